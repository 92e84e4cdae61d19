package io.pychain.node.store;

import io.pychain.core.failure.Accusation;
import io.pychain.core.failure.Suspicion;
import io.pychain.core.message.Bytes;
import io.pychain.core.message.Certificate;
import io.pychain.core.message.Digest;
import io.pychain.core.message.Frame.NetworkInfo;
import io.pychain.core.message.LogId;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.message.NodeKey;
import io.pychain.core.message.Parameters;
import io.pychain.core.protocol.Stored;
import io.pychain.core.protocol.Stored.LogEnd;
import io.pychain.core.ring.Guid;
import io.pychain.core.wire.MalformedException;
import io.pychain.core.wire.ParametersCodec;
import io.pychain.core.wire.RecordCodec;
import java.io.IOException;
import java.security.SecureRandom;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a node reads and decides before it runs: who it is, and where its logs end.
///
/// Never touches the table of batches, so it takes as long with a million of them as with none.
final class Startup {
  private final WriterConnection connection;

  Startup(WriterConnection connection) {
    this.connection = connection;
  }

  /// Gives a fresh store its identity.
  void identify() throws SQLException {
    long id = 0;
    while (id == 0) {
      id = new SecureRandom().nextLong();
    }
    update("INSERT OR IGNORE INTO state (id, store_id) VALUES (1, ?)", id);
  }

  Stored load() throws SQLException, IOException {
    List<MemberRecord> records = read("SELECT record FROM member ORDER BY guid", Startup::record);
    List<LogEnd> logs =
        read(
            "SELECT guid, epoch, first, last_seq, hash FROM log ORDER BY guid, epoch",
            Startup::logEnd);
    List<Accusation> accusations =
        read(
            "SELECT accuser, accused, epoch, number FROM accusation ORDER BY accused, accuser",
            Startup::accusation);
    List<Certificate> allocations =
        read("SELECT certificate FROM allocation ORDER BY guid", Startup::certificate);
    List<LogId> forks =
        read(
            "SELECT guid, epoch FROM fork ORDER BY guid, epoch",
            row -> new LogId(Guid.of(row.getInt(1)), row.getInt(2)));
    Optional<Parameters> parameters =
        read(
                "SELECT parameters FROM state WHERE parameters IS NOT NULL",
                row -> ParametersCodec.decode(Bytes.wrap(row.getBytes(1))))
            .stream()
            .findFirst();
    List<Guid> anchors =
        read("SELECT guid FROM anchor ORDER BY place", row -> Guid.of(row.getInt(1)));
    return read(
            "SELECT store_id, last_write, last_offset FROM state",
            row ->
                new Stored(
                    row.getLong(1),
                    row.getLong(2),
                    row.getLong(3),
                    records,
                    logs,
                    accusations,
                    allocations,
                    forks,
                    parameters,
                    anchors))
        .getFirst();
  }

  Optional<NetworkInfo> network() throws SQLException, IOException {
    return read(
            "SELECT network_name, authority FROM state WHERE authority IS NOT NULL",
            row -> new NetworkInfo(row.getString(1), new NodeKey(Bytes.wrap(row.getBytes(2)))))
        .stream()
        .findFirst();
  }

  void pin(NetworkInfo network) throws SQLException {
    update(
        "UPDATE state SET network_name = ?, authority = ?",
        network.name(),
        network.authority().bytes().toArray());
  }

  Optional<Certificate> certificate() throws SQLException, IOException {
    return read("SELECT certificate FROM state WHERE certificate IS NOT NULL", Startup::certificate)
        .stream()
        .findFirst();
  }

  void keep(Certificate certificate) throws SQLException {
    update("UPDATE state SET certificate = ?", (Object) RecordCodec.encode(certificate));
  }

  private static MemberRecord record(ResultSet row) throws SQLException, MalformedException {
    return RecordCodec.decode(Bytes.wrap(row.getBytes(1)));
  }

  private static Certificate certificate(ResultSet row) throws SQLException, MalformedException {
    return RecordCodec.decodeCertificate(Bytes.wrap(row.getBytes(1)));
  }

  private static Accusation accusation(ResultSet row) throws SQLException {
    return new Accusation(
        Guid.of(row.getInt(1)),
        new Suspicion(Guid.of(row.getInt(2)), row.getInt(3), row.getLong(4)));
  }

  private static LogEnd logEnd(ResultSet row) throws SQLException {
    return new LogEnd(
        new LogId(Guid.of(row.getInt(1)), row.getInt(2)),
        row.getLong(3),
        row.getLong(4),
        new Digest(Bytes.wrap(row.getBytes(5))));
  }

  /// One row as a value.
  private interface Mapping<T> {
    T of(ResultSet row) throws SQLException, MalformedException;
  }

  private <T> List<T> read(String sql, Mapping<T> mapping) throws SQLException, IOException {
    List<T> values = new ArrayList<>();
    try (PreparedStatement statement = connection.prepare(sql);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        values.add(mapping.of(row));
      }
      return values;
    } catch (MalformedException | IllegalArgumentException damaged) {
      throw new IOException(
          "the store holds a damaged row: put a backup in its place, or move it away and join anew",
          damaged);
    }
  }

  private void update(String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = connection.prepare(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      connection.atomically(statement::executeUpdate);
    }
  }
}
