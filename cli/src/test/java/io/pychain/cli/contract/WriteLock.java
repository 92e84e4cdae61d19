package io.pychain.cli.contract;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/// The right to write to a node's database, taken away from it: its writer waits, for as long as it
/// has patience.
final class WriteLock implements AutoCloseable {
  private static final String WAIT_FOR_A_COMMIT = "PRAGMA busy_timeout = 5000";

  private final Connection connection;

  private WriteLock(Connection connection) {
    this.connection = connection;
  }

  static WriteLock of(Path database) throws IOException {
    try {
      Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
      try (Statement statement = connection.createStatement()) {
        statement.execute(WAIT_FOR_A_COMMIT);
        statement.execute("BEGIN IMMEDIATE");
      }
      return new WriteLock(connection);
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }
}
