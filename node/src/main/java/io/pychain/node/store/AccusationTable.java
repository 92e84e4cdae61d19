package io.pychain.node.store;

import io.pychain.core.failure.Accusation;
import io.pychain.core.failure.Suspicion;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.ring.Guid;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Who has accused whom, bounded like what is kept in memory, see [Accusation]: a liar can fill its
/// own log, and no more.
///
/// Written in the same transaction as the messages and records that change it, so that a node that
/// was killed judges as before.
final class AccusationTable implements AutoCloseable {
  private final PreparedStatement accuse;
  private final PreparedStatement accusers;
  private final PreparedStatement drop;
  private final PreparedStatement refute;

  AccusationTable(WriterConnection connection) throws SQLException {
    accuse =
        connection.prepare(
            """
            INSERT INTO accusation (accused, accuser, epoch, number) SELECT ?1, ?2, ?3, ?4
              WHERE ?1 <= (SELECT coalesce(max(guid), 0) FROM member) + ?5
            ON CONFLICT (accused, accuser) DO UPDATE SET
              epoch = excluded.epoch, number = excluded.number
              WHERE (excluded.epoch, excluded.number) > (epoch, number)\
            """);
    accusers = connection.prepare("SELECT accuser FROM accusation WHERE accused = ?");
    drop = connection.prepare("DELETE FROM accusation WHERE accused = ? AND accuser = ?");
    refute =
        connection.prepare("DELETE FROM accusation WHERE accused = ? AND (epoch, number) < (?, ?)");
  }

  /// Takes an accusation.
  void add(Accusation accusation) throws SQLException {
    Guid accuser = accusation.accuser();
    Suspicion suspicion = accusation.suspicion();
    Guid accused = suspicion.guid();
    accuse.setInt(1, accused.value());
    accuse.setInt(2, accuser.value());
    accuse.setInt(3, suspicion.epoch());
    accuse.setLong(4, suspicion.number());
    accuse.setInt(5, Accusation.AHEAD_MAX);
    if (accuse.executeUpdate() > 0) {
      Optional<Guid> surplus = Accusation.surplus(accused, accusersOf(accused), accuser);
      if (surplus.isPresent()) {
        drop.setInt(1, accused.value());
        drop.setInt(2, surplus.get().value());
        drop.executeUpdate();
      }
    }
  }

  private List<Guid> accusersOf(Guid accused) throws SQLException {
    List<Guid> all = new ArrayList<>();
    accusers.setInt(1, accused.value());
    try (ResultSet row = accusers.executeQuery()) {
      while (row.next()) {
        all.add(Guid.of(row.getInt(1)));
      }
    }
    return all;
  }

  /// Lets go of what is about an older record of a member than this one.
  void refute(MemberRecord record) throws SQLException {
    refute.setInt(1, record.guid().value());
    refute.setInt(2, record.certificate().epoch());
    refute.setLong(3, record.number());
    refute.executeUpdate();
  }

  @Override
  public void close() throws SQLException {
    accuse.close();
    accusers.close();
    drop.close();
    refute.close();
  }
}
