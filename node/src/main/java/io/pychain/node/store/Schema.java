package io.pychain.node.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/// The tables, as the steps that lead to them. `PRAGMA user_version` says how many were taken.
///
/// A step that has been released is never changed: a new need is a new step at the end.
final class Schema {
  /// Marks the file as ours (`PRAGMA application_id`): "pych".
  static final int APPLICATION_ID = 0x70796368;

  /// What was done with each version, the first one first.
  static final List<List<String>> STEPS =
      List.of(
          List.of(
              """
              CREATE TABLE state (
                id INTEGER PRIMARY KEY CHECK (id = 1),
                store_id INTEGER NOT NULL,              -- random identity of this store, never 0
                last_write INTEGER NOT NULL DEFAULT 0,  -- number of the last durable write
                last_offset INTEGER NOT NULL DEFAULT 0, -- offset of the newest message ever taken
                messages INTEGER NOT NULL DEFAULT 0,    -- held now
                bytes INTEGER NOT NULL DEFAULT 0,       -- of sealed batches held now
                network_name TEXT,
                authority BLOB,                         -- public key that the network is pinned to
                certificate BLOB                        -- the node's own
              )\
              """,
              """
              CREATE TABLE batch (
                first_offset INTEGER PRIMARY KEY,       -- delivery order of this node
                guid INTEGER NOT NULL,
                epoch INTEGER NOT NULL,
                first_seq INTEGER NOT NULL,
                last_seq INTEGER NOT NULL,
                count INTEGER NOT NULL,
                received INTEGER NOT NULL,              -- Unix time in microseconds
                hops INTEGER NOT NULL,
                via TEXT NOT NULL,
                content BLOB NOT NULL,                  -- what the origin signed, verbatim
                signature BLOB NOT NULL
              )\
              """,
              "CREATE UNIQUE INDEX batch_in_log ON batch (guid, epoch, last_seq)",
              // An index ends in the row's key: this one is (guid, first_offset).
              "CREATE INDEX batch_of_origin ON batch (guid)",
              """
              CREATE TABLE log (
                guid INTEGER NOT NULL,
                epoch INTEGER NOT NULL,
                floor INTEGER NOT NULL,                 -- first message held, or the next
                last_seq INTEGER NOT NULL,
                hash BLOB NOT NULL,                     -- of the last batch
                PRIMARY KEY (guid, epoch)
              ) WITHOUT ROWID\
              """,
              "CREATE TABLE member (guid INTEGER PRIMARY KEY, record BLOB NOT NULL)",
              "CREATE TABLE allocation (guid INTEGER PRIMARY KEY, certificate BLOB NOT NULL)"),
          List.of(
              """
              CREATE TABLE accusation (                 -- newest of each accuser about each member
                accused INTEGER NOT NULL,
                accuser INTEGER NOT NULL,
                epoch INTEGER NOT NULL,                 -- of the record that it is about
                number INTEGER NOT NULL,
                PRIMARY KEY (accused, accuser)
              ) WITHOUT ROWID\
              """),
          List.of(
              """
              CREATE TABLE fork (                       -- logs that tell two stories
                guid INTEGER NOT NULL,
                epoch INTEGER NOT NULL,
                one_content BLOB NOT NULL,              -- two batches that contradict each other
                one_signature BLOB NOT NULL,
                other_content BLOB NOT NULL,
                other_signature BLOB NOT NULL,
                PRIMARY KEY (guid, epoch)
              )\
              """),
          // From which message on a log was taken without a gap; pruning does not change that.
          List.of("ALTER TABLE log ADD COLUMN first INTEGER NOT NULL DEFAULT 1"),
          // What the authority has laid down for the whole network.
          List.of("ALTER TABLE state ADD COLUMN parameters BLOB"),
          List.of(
              """
              CREATE TABLE anchor (                     -- whom to turn to first at the next start
                place INTEGER PRIMARY KEY,              -- 0: linked for longest
                guid INTEGER NOT NULL
              )\
              """));

  /// The version that this code knows.
  static final int VERSION = STEPS.size();

  private Schema() {}

  /// Takes the steps that this file lacks, all or none.
  ///
  /// @throws IOException if the file is not ours, or was written by a newer version
  static void upgrade(WriterConnection connection, Path file) throws SQLException, IOException {
    int version = pragma(connection, "user_version");
    int application = pragma(connection, "application_id");
    if (application != APPLICATION_ID && (application != 0 || version != 0)) {
      throw new IOException(file + " is the file of another program: choose another STORAGE_DIR");
    }
    if (version > VERSION) {
      throw new IOException(
          ("%s was written by a newer version of pychain (schema %d, this one knows %d): run"
                  + " that version")
              .formatted(file, version, VERSION));
    }
    if (version < VERSION) {
      connection.atomically(() -> take(connection, STEPS.subList(version, VERSION)));
    }
  }

  private static int take(WriterConnection connection, List<List<String>> steps)
      throws SQLException {
    for (List<String> step : steps) {
      for (String sql : step) {
        connection.execute(sql);
      }
    }
    connection.execute("PRAGMA application_id = " + APPLICATION_ID);
    connection.execute("PRAGMA user_version = " + VERSION);
    return VERSION;
  }

  private static int pragma(WriterConnection connection, String name) throws SQLException {
    try (PreparedStatement statement = connection.prepare("PRAGMA " + name);
        ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getInt(1);
    }
  }
}
