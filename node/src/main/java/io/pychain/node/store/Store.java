package io.pychain.node.store;

import io.pychain.core.message.Batch;
import io.pychain.core.message.Certificate;
import io.pychain.core.message.ForkProof;
import io.pychain.core.message.Frame;
import io.pychain.core.message.Frame.NetworkInfo;
import io.pychain.core.message.LogId;
import io.pychain.core.message.MessageId;
import io.pychain.core.protocol.Persist;
import io.pychain.core.protocol.Persist.Delivery;
import io.pychain.core.protocol.Stored;
import io.pychain.core.ring.Guid;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/// The node's memory: one SQLite file, `pychain.db`, in a folder that it owns while it is open.
///
/// Safe for many threads. There is one connection for writing and a few for reading; a read waits
/// for one of them, never for a write, and sees what is durable. Calls into SQLite hold their
/// carrier thread, which is why readers are few and every read is bounded in bytes.
public final class Store implements AutoCloseable {
  private static final String FILE = "pychain.db";

  /// A read that gets no connection for so long fails: something holds them all.
  private static final long READER_WAIT_SECONDS = 30;

  private final StoreConfig config;
  private final StorageFolder folder;
  private final SqliteFile file;
  private final WriterConnection writer;
  private final Startup startup;
  private final Transaction transaction;
  private final Pruning pruning;
  private final BlockingQueue<Reader> readers;
  private volatile boolean closed;

  private Store(StoreConfig config, StorageFolder folder, SqliteFile file, WriterConnection writer)
      throws SQLException, IOException {
    this.config = config;
    this.folder = folder;
    this.file = file;
    this.writer = writer;
    Schema.upgrade(writer, file.path());
    startup = new Startup(writer);
    startup.identify();
    transaction = new Transaction(writer);
    pruning = new Pruning(writer);
    readers = new ArrayBlockingQueue<>(config.readers());
    for (int i = 0; i < config.readers(); i++) {
      readers.add(new Reader(file.openReader()));
    }
  }

  /// Opens the store, making folder and file if they are not there. However the process before
  /// ended, what was acknowledged is there.
  ///
  /// @throws IOException if the folder cannot be written, belongs to another running node, or holds
  ///   a file that is damaged or of a newer version; the message says what to do
  public static Store open(StoreConfig config) throws IOException {
    StorageFolder folder = StorageFolder.take(config.folder());
    SqliteFile file = new SqliteFile(folder.path().resolve(FILE));
    try {
      return file.attempt(() -> open(config, folder, file));
    } catch (IOException | RuntimeException failure) {
      folder.close();
      throw failure;
    }
  }

  private static Store open(StoreConfig config, StorageFolder folder, SqliteFile file)
      throws SQLException, IOException {
    WriterConnection writer = new WriterConnection(file.openWriter());
    try {
      return new Store(config, folder, file, writer);
    } catch (SQLException | IOException | RuntimeException failure) {
      writer.close();
      throw failure;
    }
  }

  /// What the protocol starts from; as fast with a million batches as with none.
  public synchronized Stored load() throws IOException {
    return file.attempt(startup::load);
  }

  /// The network this store belongs to, once that is decided.
  public synchronized Optional<NetworkInfo> network() throws IOException {
    return file.attempt(startup::network);
  }

  /// Decides for ever which network this store belongs to.
  ///
  /// @throws IOException if it belongs to another one, or cannot be written
  public synchronized void pinNetwork(NetworkInfo network) throws IOException {
    Optional<NetworkInfo> pinned = network();
    if (pinned.isPresent() && !pinned.get().equals(network)) {
      throw new IOException(
          ("STORAGE_DIR %s belongs to network %s of authority %s, not to %s of %s: choose"
                  + " another folder")
              .formatted(
                  folder.path(),
                  pinned.get().name(),
                  pinned.get().authority(),
                  network.name(),
                  network.authority()));
    }
    file.attempt(() -> {
      startup.pin(network);
      return network;
    });
  }

  /// The node's own certificate, once it has been admitted.
  public synchronized Optional<Certificate> certificate() throws IOException {
    return file.attempt(startup::certificate);
  }

  /// Keeps the node's own certificate, durable on return.
  public synchronized void keepCertificate(Certificate certificate) throws IOException {
    file.attempt(() -> {
      startup.keep(certificate);
      return certificate;
    });
  }

  /// Writes all in one transaction, durable on return; on failure nothing of it is kept.
  public synchronized void write(List<Persist> writes) throws IOException {
    file.attempt(() -> {
      transaction.apply(writes);
      return writes;
    });
  }

  /// Prunes a bounded number of batches that are beyond what is retained, oldest first.
  ///
  /// @return whether more may be pruned: call again
  public synchronized boolean prune(Instant now) throws IOException {
    return file.attempt(() -> pruning.step(now, config.retentionAge(), config.retentionBytes()));
  }

  /// Batches that hold messages of this node's delivery order after an offset. The first may begin
  /// at or before that offset; the last may go beyond the limit.
  ///
  /// @param after offsets above this one
  /// @param limit until so many messages after the offset are covered
  /// @param bytesMax or so many bytes; at least one batch comes if any is held
  /// @param origin only of this one, if given
  public List<Delivery> after(long after, int limit, int bytesMax, Optional<Guid> origin)
      throws IOException {
    return read(reader -> reader.after(after, limit, bytesMax, origin));
  }

  /// The batch that holds this message, if it is held.
  public Optional<Delivery> find(MessageId id) throws IOException {
    return read(reader -> reader.find(id));
  }

  /// The proof that a log is forked, if there is one.
  public Optional<ForkProof> fork(LogId log) throws IOException {
    return read(reader -> reader.fork(log));
  }

  /// Whole batches, in order, that hold messages of a range.
  ///
  /// @param range what a peer wants
  /// @param bytesMax until so many bytes are covered; at least one batch comes if any is held
  public Held held(Frame.Range range, int bytesMax) throws IOException {
    return read(reader -> reader.held(range, bytesMax));
  }

  /// What is held of a range.
  ///
  /// @param batches in order; fewer than asked where the limit of bytes was reached
  /// @param floor number of the first message of this log that has not been pruned, from 1
  public record Held(List<Batch> batches, long floor) {
    /// Copies the list.
    public Held {
      batches = List.copyOf(batches);
    }
  }

  /// How much is held.
  public Extent extent() throws IOException {
    return read(Reader::extent);
  }

  /// How much is held.
  ///
  /// @param firstOffset of the oldest message held; `lastOffset + 1` if none is
  /// @param lastOffset of the newest message ever taken, 0 if none was
  /// @param messages held
  /// @param bytes of sealed batches held
  public record Extent(long firstOffset, long lastOffset, long messages, long bytes) {}

  private interface Query<T> {
    T of(Reader reader) throws SQLException, IOException;
  }

  private <T> T read(Query<T> query) throws IOException {
    Reader reader = borrow();
    try {
      return file.attempt(() -> query.of(reader));
    } finally {
      readers.add(reader);
    }
  }

  private Reader borrow() throws IOException {
    try {
      Reader reader = closed ? null : readers.poll(READER_WAIT_SECONDS, TimeUnit.SECONDS);
      if (reader == null) {
        throw new IOException(file.path() + (closed ? " is closed" : " is too busy to be read"));
      }
      return reader;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting to read " + file.path());
    }
  }

  /// Lets the file grow to so many pages of 4 KiB only, as a full disk would: for drills and tests.
  public synchronized void limitPages(long pages) throws IOException {
    file.attempt(() -> {
      writer.execute("PRAGMA max_page_count = " + pages);
      return writer;
    });
  }

  /// Ends reads that run, closes the file and lets another node have the folder.
  @Override
  public synchronized void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try {
      file.attempt(() -> {
        for (int i = 0; i < config.readers(); i++) {
          borrowToClose();
        }
        writer.close();
        return folder;
      });
    } finally {
      folder.close();
    }
  }

  private void borrowToClose() throws InterruptedException, SQLException {
    Reader reader = readers.poll(READER_WAIT_SECONDS, TimeUnit.SECONDS);
    if (reader != null) {
      reader.close();
    }
  }
}
