package io.pychain.benchmarks.network;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/// Makes a node's store slow without the node knowing: a trigger that computes for a while on every
/// batch that is written.
final class SlowDisk {
  private SlowDisk() {}

  /// @param database file of a node's store, which exists
  /// @param steps of the computation; some 10,000,000 take a second
  static void slowDown(Path database, int steps) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 10000");
      statement.execute(
          """
          CREATE TRIGGER slow AFTER INSERT ON batch BEGIN
            SELECT (
              WITH RECURSIVE step(n) AS (
                SELECT 1 UNION ALL SELECT n + 1 FROM step WHERE n < %d)
              SELECT count(*) FROM step);
          END\
          """
              .formatted(steps));
    }
  }
}
