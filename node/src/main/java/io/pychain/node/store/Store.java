package io.pychain.node.store;

import io.pychain.core.message.Batch;
import io.pychain.core.message.Certificate;
import io.pychain.core.message.Frame;
import io.pychain.core.message.Frame.NetworkInfo;
import io.pychain.core.message.MessageId;
import io.pychain.core.protocol.Persist;
import io.pychain.core.protocol.Persist.Delivery;
import io.pychain.core.protocol.Stored;
import io.pychain.core.ring.Guid;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The node's memory. One process owns the folder as long as the store is open.
///
/// Writing is for one thread, reading for any number; a reader sees what is durable.
public final class Store implements AutoCloseable {
  /// Opens the store, making folder and file if they are not there.
  ///
  /// @throws IOException if the folder cannot be written, belongs to another running node, or holds
  ///   a file that is damaged or of a newer version; the message says what to do
  public static Store open(StoreConfig config) throws IOException {
    throw new IOException("not there yet: " + config);
  }

  /// What the protocol starts from.
  public Stored load() throws IOException {
    throw new IOException();
  }

  /// The network this store belongs to, once that is decided.
  public Optional<NetworkInfo> network() throws IOException {
    throw new IOException();
  }

  /// Decides for ever which network this store belongs to.
  ///
  /// @throws IOException if it belongs to another one, or cannot be written
  public void pinNetwork(NetworkInfo network) throws IOException {
    throw new IOException(network.name());
  }

  /// The node's own certificate, once it has been admitted.
  public Optional<Certificate> certificate() throws IOException {
    throw new IOException();
  }

  /// Keeps the node's own certificate.
  public void keepCertificate(Certificate certificate) throws IOException {
    throw new IOException(certificate.toString());
  }

  /// Writes all in one transaction, durable on return; on failure nothing of it is kept.
  public void write(List<Persist> writes) throws IOException {
    throw new IOException(writes.toString());
  }

  /// Prunes at most some hundreds of batches that are beyond what is retained, oldest first.
  ///
  /// @return whether more is to be pruned
  public boolean prune(Instant now) throws IOException {
    throw new IOException(now.toString());
  }

  /// Batches that hold messages of this node's delivery order after an offset. The first may begin
  /// at or before that offset; the last may go beyond the limit.
  ///
  /// @param after offsets above this one
  /// @param limit until so many messages after the offset are covered
  /// @param bytesMax or so many bytes; at least one batch comes
  /// @param origin only of this one, if given
  public List<Delivery> after(long after, int limit, int bytesMax, Optional<Guid> origin)
      throws IOException {
    throw new IOException(after + " " + limit + " " + bytesMax + " " + origin);
  }

  /// The batch that holds this message, if it is held.
  public Optional<Delivery> find(MessageId id) throws IOException {
    throw new IOException(id.toString());
  }

  /// Whole batches, in order, that hold messages of a range.
  ///
  /// @param range what a peer wants
  /// @param bytesMax until so many bytes are covered; at least one batch comes if any is held
  public Held held(Frame.Range range, int bytesMax) throws IOException {
    throw new IOException(range.toString() + bytesMax);
  }

  /// What is held of a range.
  ///
  /// @param batches in order; fewer than asked where the limit of bytes was reached
  /// @param floor number of the first message of this log that has not been pruned
  public record Held(List<Batch> batches, long floor) {
    /// Copies the list.
    public Held {
      batches = List.copyOf(batches);
    }
  }

  /// How much is held.
  public Extent extent() throws IOException {
    throw new IOException();
  }

  /// How much is held.
  ///
  /// @param firstOffset of the oldest message held; `lastOffset + 1` if none is
  /// @param lastOffset of the newest message ever taken, 0 if none was
  /// @param messages held
  /// @param bytes of sealed batches held
  public record Extent(long firstOffset, long lastOffset, long messages, long bytes) {}

  @Override
  public void close() {}
}
