package io.pychain.node.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/// The one connection that writes, and its transactions.
///
/// They are begun and ended by hand: after a full disk SQLite itself has rolled back, which the
/// driver's own transactions take for an error that hides the first one.
record WriterConnection(Connection connection) implements AutoCloseable {
  /// Something that is done as a whole or not at all.
  interface Action<T, E extends Exception> {
    T run() throws SQLException, E;
  }

  /// Runs the action in a transaction, durable on return; if it throws nothing of it is kept.
  <T, E extends Exception> T atomically(Action<T, E> action) throws SQLException, E {
    execute("BEGIN IMMEDIATE");
    boolean committed = false;
    try {
      T result = action.run();
      execute("COMMIT");
      committed = true;
      return result;
    } finally {
      if (!committed) {
        rollBack();
      }
    }
  }

  private void rollBack() {
    try {
      execute("ROLLBACK");
    } catch (SQLException alreadyRolledBack) {
      // Then nothing is kept either; were it still open, the next one could not begin.
    }
  }

  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  PreparedStatement prepare(String sql) throws SQLException {
    return connection.prepareStatement(sql);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
