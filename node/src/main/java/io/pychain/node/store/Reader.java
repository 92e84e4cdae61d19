package io.pychain.node.store;

import io.pychain.core.message.Batch;
import io.pychain.core.message.ForkProof;
import io.pychain.core.message.Frame;
import io.pychain.core.message.LogId;
import io.pychain.core.message.MessageId;
import io.pychain.core.protocol.Persist.Delivery;
import io.pychain.core.ring.Guid;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One connection that reads batches, used by one thread at a time.
final class Reader implements AutoCloseable {
  private final Connection connection;
  private final PreparedStatement inOrder;
  private final PreparedStatement ofOrigin;
  private final PreparedStatement inLog;
  private final PreparedStatement floor;
  private final PreparedStatement fork;
  private final PreparedStatement extent;

  Reader(Connection connection) throws SQLException {
    this.connection = connection;
    String select = "SELECT count, " + Rows.COLUMNS + " FROM batch ";
    // Both begin at the last batch that starts at or before the first offset wanted.
    inOrder =
        connection.prepareStatement(
            select
                + """
                WHERE first_offset >= coalesce(
                  (SELECT max(first_offset) FROM batch WHERE first_offset <= ?1), ?1)
                ORDER BY first_offset\
                """);
    ofOrigin =
        connection.prepareStatement(
            select
                + """
                WHERE guid = ?2 AND first_offset >= coalesce(
                  (SELECT max(first_offset) FROM batch WHERE guid = ?2 AND first_offset <= ?1), ?1)
                ORDER BY first_offset\
                """);
    inLog =
        connection.prepareStatement(
            select
                + """
                WHERE guid = ?1 AND epoch = ?2 AND last_seq >= ?3 AND first_seq <= ?4
                ORDER BY last_seq\
                """);
    floor = connection.prepareStatement("SELECT floor FROM log WHERE guid = ?1 AND epoch = ?2");
    fork = connection.prepareStatement("SELECT * FROM fork WHERE guid = ?1 AND epoch = ?2");
    extent =
        connection.prepareStatement(
            """
            SELECT (SELECT min(first_offset) FROM batch) AS first_offset,
              last_offset, messages, bytes FROM state\
            """);
  }

  List<Delivery> after(long after, int limit, int bytesMax, Optional<Guid> origin)
      throws SQLException, IOException {
    PreparedStatement query = origin.isPresent() ? ofOrigin : inOrder;
    query.setLong(1, after + 1);
    if (origin.isPresent()) {
      query.setInt(2, origin.get().value());
    }
    List<Delivery> deliveries = new ArrayList<>();
    long messages = 0;
    long bytes = 0;
    try (ResultSet row = query.executeQuery()) {
      while (messages < limit && bytes < bytesMax && row.next()) {
        long end = row.getLong("first_offset") + row.getLong("count");
        if (end <= after + 1) {
          continue;
        }
        Delivery delivery = Rows.delivery(row);
        deliveries.add(delivery);
        messages += Math.min(end - after - 1, row.getLong("count"));
        bytes += delivery.batch().length();
      }
    }
    return deliveries;
  }

  Optional<Delivery> find(MessageId id) throws SQLException, IOException {
    select(id.log(), id.seq(), id.seq());
    try (ResultSet row = inLog.executeQuery()) {
      return row.next() ? Optional.of(Rows.delivery(row)) : Optional.empty();
    }
  }

  Store.Held held(Frame.Range range, int bytesMax) throws SQLException, IOException {
    select(range.log(), range.from(), range.until());
    List<Batch> batches = new ArrayList<>();
    int bytes = 0;
    try (ResultSet row = inLog.executeQuery()) {
      while (bytes < bytesMax && row.next()) {
        Batch batch = Rows.batch(row);
        if (!batches.isEmpty() && batch.length() > bytesMax - bytes) {
          break;
        }
        batches.add(batch);
        bytes += batch.length();
      }
    }
    // Read last: what was pruned in between must be below the floor that we tell.
    return new Store.Held(batches, floor(range.log()));
  }

  private void select(LogId log, long from, long until) throws SQLException {
    inLog.setInt(1, log.guid().value());
    inLog.setInt(2, log.epoch());
    inLog.setLong(3, from);
    inLog.setLong(4, until);
  }

  private long floor(LogId log) throws SQLException {
    floor.setInt(1, log.guid().value());
    floor.setInt(2, log.epoch());
    try (ResultSet row = floor.executeQuery()) {
      return row.next() ? row.getLong(1) : 1;
    }
  }

  /// The proof that a log is forked, if there is one.
  Optional<ForkProof> fork(LogId log) throws SQLException, IOException {
    fork.setInt(1, log.guid().value());
    fork.setInt(2, log.epoch());
    try (ResultSet row = fork.executeQuery()) {
      return row.next() ? Optional.of(Rows.fork(row)) : Optional.empty();
    }
  }

  Store.Extent extent() throws SQLException {
    try (ResultSet row = extent.executeQuery()) {
      row.next();
      long lastOffset = row.getLong("last_offset");
      long firstOffset = row.getLong("first_offset");
      return new Store.Extent(
          firstOffset == 0 ? lastOffset + 1 : firstOffset,
          lastOffset,
          row.getLong("messages"),
          row.getLong("bytes"));
    }
  }

  @Override
  public void close() throws SQLException {
    // Closes its statements too.
    connection.close();
  }
}
