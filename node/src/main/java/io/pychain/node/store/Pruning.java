package io.pychain.node.store;

import io.pychain.core.message.LogId;
import io.pychain.core.ring.Guid;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.TreeMap;

/// Forgets the oldest batches beyond what is retained, by age or by size, in delivery order.
///
/// A log's end stays known when all of it is gone, and its floor says where it begins now.
///
/// ```
///   delivery order   A1 B1 A2 │ A3 B2 A4      A: floor 3, end 4
///                    pruned   │ held          B: floor 2, end 2
/// ```
final class Pruning implements AutoCloseable {
  /// Batches forgotten in one transaction: small enough that a publish never waits long for it.
  static final int BATCHES_PER_STEP = 256;

  private final WriterConnection connection;
  private final PreparedStatement held;
  private final PreparedStatement oldest;
  private final PreparedStatement delete;
  private final PreparedStatement raiseFloor;
  private final PreparedStatement subtract;

  Pruning(WriterConnection connection) throws SQLException {
    this.connection = connection;
    held = connection.prepare("SELECT bytes FROM state");
    oldest =
        connection.prepare(
            """
            SELECT first_offset, guid, epoch, last_seq, count, received,
              length(content) + length(signature) AS bytes
            FROM batch ORDER BY first_offset LIMIT ?\
            """);
    delete = connection.prepare("DELETE FROM batch WHERE first_offset <= ?");
    raiseFloor =
        connection.prepare("UPDATE log SET floor = max(floor, ?) WHERE guid = ? AND epoch = ?");
    subtract = connection.prepare("UPDATE state SET messages = messages - ?, bytes = bytes - ?");
  }

  /// What a step forgets.
  private static final class Forgotten {
    private final TreeMap<LogId, Long> lastSeqs = new TreeMap<>();
    private int batches;
    private long lastOffset;
    private long messages;
    private long bytes;

    void add(ResultSet row) throws SQLException {
      LogId log = new LogId(Guid.of(row.getInt("guid")), row.getInt("epoch"));
      lastSeqs.put(log, row.getLong("last_seq"));
      lastOffset = row.getLong("first_offset");
      messages += row.getLong("count");
      bytes += row.getLong("bytes");
      batches++;
    }
  }

  /// Takes one step, all or none.
  ///
  /// @return whether another one may find something to do
  boolean step(Instant now, Duration age, long bytesMax) throws SQLException {
    return connection.atomically(() -> forgetOldest(Rows.micros(now.minus(age)), bytesMax));
  }

  private boolean forgetOldest(long receivedBefore, long bytesMax) throws SQLException {
    Forgotten forgotten = choose(receivedBefore, bytesMax);
    if (forgotten.batches > 0) {
      forget(forgotten);
    }
    return forgotten.batches == BATCHES_PER_STEP;
  }

  private Forgotten choose(long receivedBefore, long bytesMax) throws SQLException {
    Forgotten forgotten = new Forgotten();
    long bytes = heldBytes();
    oldest.setInt(1, BATCHES_PER_STEP);
    try (ResultSet row = oldest.executeQuery()) {
      while (row.next()
          && (bytes - forgotten.bytes > bytesMax || row.getLong("received") < receivedBefore)) {
        forgotten.add(row);
      }
    }
    return forgotten;
  }

  private long heldBytes() throws SQLException {
    try (ResultSet row = held.executeQuery()) {
      row.next();
      return row.getLong("bytes");
    }
  }

  private void forget(Forgotten forgotten) throws SQLException {
    delete.setLong(1, forgotten.lastOffset);
    delete.executeUpdate();
    for (var log : forgotten.lastSeqs.entrySet()) {
      raiseFloor.setLong(1, log.getValue() + 1);
      raiseFloor.setInt(2, log.getKey().guid().value());
      raiseFloor.setInt(3, log.getKey().epoch());
      raiseFloor.executeUpdate();
    }
    subtract.setLong(1, forgotten.messages);
    subtract.setLong(2, forgotten.bytes);
    subtract.executeUpdate();
  }

  @Override
  public void close() throws SQLException {
    held.close();
    oldest.close();
    delete.close();
    raiseFloor.close();
    subtract.close();
  }
}
