package io.pychain.node.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Callable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TempStore;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// How we use SQLite: a write-ahead log, forced to disk at every commit, with small caches.
///
/// The caches are small on purpose. What subscribers and peers ask for is mostly what came last,
/// which the operating system still holds.
record SqliteFile(Path path) {
  private static final int PAGE_BYTES = 4_096;

  /// Pages of write-ahead log after which it is copied into the file: 4 MiB.
  private static final int CHECKPOINT_PAGES = 1_024;

  /// The write-ahead log is cut back to this after it grew beyond.
  private static final int WAL_BYTES_KEPT = 8 << 20;

  private static final int WRITER_CACHE_KIB = 1_024;
  private static final int READER_CACHE_KIB = 512;

  /// Nobody else has the file open, so nothing is ever busy for long: a reader may meet the end of
  /// a checkpoint.
  private static final int BUSY_MILLIS = 2_000;

  Connection openWriter() throws SQLException {
    SQLiteConfig config = common(WRITER_CACHE_KIB);
    config.setJournalMode(JournalMode.WAL);
    config.setSynchronous(SynchronousMode.FULL);
    config.setPageSize(PAGE_BYTES);
    config.setWalAutocheckpoint(CHECKPOINT_PAGES);
    config.setJournalSizeLimit(WAL_BYTES_KEPT);
    return config.createConnection("jdbc:sqlite:" + path);
  }

  Connection openReader() throws SQLException {
    SQLiteConfig config = common(READER_CACHE_KIB);
    Connection connection = config.createConnection("jdbc:sqlite:" + path);
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA query_only = true");
    }
    return connection;
  }

  private static SQLiteConfig common(int cacheKib) {
    SQLiteConfig config = new SQLiteConfig();
    config.setCacheSize(-cacheKib);
    config.setTempStore(TempStore.MEMORY);
    config.setBusyTimeout(BUSY_MILLIS);
    return config;
  }

  /// Does something with the file, and says in one line what to do if it fails.
  <T> T attempt(Callable<T> action) throws IOException {
    try {
      return action.call();
    } catch (IOException | RuntimeException known) {
      throw known;
    } catch (SQLException failure) {
      throw new IOException(path + " " + advice(failure), failure);
    } catch (Exception other) {
      throw new IOException(path + " failed: " + other.getMessage(), other);
    }
  }

  private static String advice(SQLException failure) {
    if (!(failure instanceof SQLiteException sqlite)) {
      return "failed: " + failure.getMessage();
    }
    SQLiteErrorCode code = sqlite.getResultCode();
    return switch (SQLiteErrorCode.getErrorCode(code.code & 0xff)) {
      case SQLITE_FULL -> "cannot grow: the disk is full. Make room on it";
      case SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_AUTH ->
          "cannot be written (" + code.name() + "): make it writable for this user";
      case SQLITE_CORRUPT, SQLITE_NOTADB ->
          "is damaged ("
              + code.name()
              + "): put a backup in its place, or move it away and join anew";
      case SQLITE_BUSY, SQLITE_LOCKED ->
          "is held by another program (" + code.name() + "): close that one";
      case SQLITE_IOERR -> "cannot be read or written (" + code.name() + "): check the disk";
      default -> "failed: " + failure.getMessage();
    };
  }
}
