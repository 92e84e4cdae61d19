package io.pychain.node.store;

import io.pychain.core.failure.Accusation;
import io.pychain.core.failure.Suspicion;
import io.pychain.core.message.Batch;
import io.pychain.core.message.Certificate;
import io.pychain.core.message.ForkProof;
import io.pychain.core.message.LogId;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.message.Message;
import io.pychain.core.protocol.Persist;
import io.pychain.core.protocol.Persist.Delivery;
import io.pychain.core.ring.Guid;
import io.pychain.core.wire.ParametersCodec;
import io.pychain.core.wire.RecordCodec;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// Applies writes to the tables, all or none. Belongs to the one writing connection.
///
/// What many writes of a group change alike, the ends of logs and the totals, is written once.
final class Transaction implements AutoCloseable {
  private final WriterConnection connection;
  private final PreparedStatement insertBatch;
  private final PreparedStatement extendLog;
  private final PreparedStatement putMember;
  private final PreparedStatement putAllocation;
  private final PreparedStatement putOwnCertificate;
  private final PreparedStatement putParameters;
  private final PreparedStatement clearAnchors;
  private final PreparedStatement putAnchor;
  private final AccusationTable accusations;
  private final PreparedStatement putFork;
  private final PreparedStatement advance;

  Transaction(WriterConnection connection) throws SQLException {
    this.connection = connection;
    insertBatch =
        connection.prepare(
            """
            INSERT INTO batch (first_offset, guid, epoch, first_seq, last_seq, count,
              received, hops, via, content, signature)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
            """);
    // A log that goes on beyond a gap is held from after the gap.
    extendLog =
        connection.prepare(
            """
            INSERT INTO log (guid, epoch, floor, first, last_seq, hash)
              VALUES (?1, ?2, ?3, ?3, ?4, ?5)
            ON CONFLICT (guid, epoch) DO UPDATE SET
              first = CASE WHEN excluded.first > last_seq + 1 THEN excluded.first ELSE first END,
              floor = CASE WHEN excluded.floor > last_seq + 1 THEN excluded.floor ELSE floor END,
              last_seq = excluded.last_seq,
              hash = excluded.hash\
            """);
    putMember = connection.prepare("INSERT OR REPLACE INTO member VALUES (?, ?)");
    putAllocation = connection.prepare("INSERT OR REPLACE INTO allocation VALUES (?, ?)");
    putFork = connection.prepare("INSERT OR IGNORE INTO fork VALUES (?, ?, ?, ?, ?, ?)");
    putOwnCertificate = connection.prepare("UPDATE state SET certificate = ?");
    putParameters = connection.prepare("UPDATE state SET parameters = ?");
    clearAnchors = connection.prepare("DELETE FROM anchor");
    putAnchor = connection.prepare("INSERT INTO anchor VALUES (?, ?)");
    accusations = new AccusationTable(connection);
    advance =
        connection.prepare(
            """
            UPDATE state SET last_write = max(last_write, ?), last_offset = max(last_offset, ?),
              messages = messages + ?, bytes = bytes + ?\
            """);
  }

  /// Durable on return; on failure nothing of it is kept.
  void apply(List<Persist> writes) throws SQLException {
    try {
      connection.atomically(() -> {
        Group group = new Group();
        for (Persist write : writes) {
          group.take(write);
        }
        group.finish();
        return group;
      });
    } finally {
      insertBatch.clearBatch();
    }
  }

  /// The consecutive batches of one log that the group ends with.
  private record Run(long firstSeq, Batch last) {
    Run then(Batch next) {
      boolean consecutive = next.firstSeq() == last.lastSeq() + 1;
      return new Run(consecutive ? firstSeq : next.firstSeq(), next);
    }
  }

  /// What one transaction adds up to.
  private final class Group {
    private final TreeMap<LogId, Run> runs = new TreeMap<>();
    private long lastWrite;
    private long lastOffset;
    private long messages;
    private long bytes;
    private int batches;

    void take(Persist write) throws SQLException {
      lastWrite = write.write();
      switch (write) {
        case Persist.StoreBatch(long _, Delivery delivery) -> add(delivery);
        case Persist.StoreRecord(long _, MemberRecord record) -> {
          put(putMember, record.guid().value(), RecordCodec.encode(record));
          accusations.refute(record);
        }
        case Persist.StoreAllocation(long _, Certificate certificate) ->
            put(putAllocation, certificate.guid().value(), RecordCodec.encode(certificate));
        case Persist.StoreFork(long _, ForkProof proof) -> add(proof);
        case Persist.StoreCertificate(long _, Certificate certificate) -> {
          putOwnCertificate.setBytes(1, RecordCodec.encode(certificate));
          putOwnCertificate.executeUpdate();
        }
        case Persist.StoreParameters(long _, var parameters) -> {
          putParameters.setBytes(1, ParametersCodec.encode(parameters));
          putParameters.executeUpdate();
        }
        case Persist.StoreAnchors(long _, List<Guid> members) -> replaceAnchors(members);
        case Persist.Probe _ -> {
          // The number of the write is what is written.
        }
      }
    }

    private void replaceAnchors(List<Guid> members) throws SQLException {
      clearAnchors.executeUpdate();
      for (int place = 0; place < members.size(); place++) {
        putAnchor.setInt(1, place);
        putAnchor.setInt(2, members.get(place).value());
        putAnchor.executeUpdate();
      }
    }

    private void add(ForkProof proof) throws SQLException {
      putFork.setInt(1, proof.log().guid().value());
      putFork.setInt(2, proof.log().epoch());
      putFork.setBytes(3, proof.one().sealed().content().toArray());
      putFork.setBytes(4, proof.one().sealed().signature().toArray());
      putFork.setBytes(5, proof.other().sealed().content().toArray());
      putFork.setBytes(6, proof.other().sealed().signature().toArray());
      putFork.executeUpdate();
    }

    private void add(Delivery delivery) throws SQLException {
      Batch batch = delivery.batch();
      insertBatch.setLong(1, delivery.firstOffset());
      insertBatch.setInt(2, batch.log().guid().value());
      insertBatch.setInt(3, batch.log().epoch());
      insertBatch.setLong(4, batch.firstSeq());
      insertBatch.setLong(5, batch.lastSeq());
      insertBatch.setInt(6, batch.messages().size());
      insertBatch.setLong(7, Rows.micros(delivery.received()));
      insertBatch.setInt(8, delivery.hops());
      insertBatch.setString(9, delivery.via().name());
      insertBatch.setBytes(10, batch.sealed().content().toArray());
      insertBatch.setBytes(11, batch.sealed().signature().toArray());
      insertBatch.addBatch();
      batches++;
      messages += batch.messages().size();
      bytes += batch.length();
      lastOffset = delivery.firstOffset() + batch.messages().size() - 1;
      for (Message message : batch.messages()) {
        Optional<Suspicion> suspicion = Suspicion.in(message);
        if (suspicion.isPresent()) {
          accusations.add(new Accusation(batch.log().guid(), suspicion.get()));
        }
      }
      runs.merge(batch.log(), new Run(batch.firstSeq(), batch), (run, _) -> run.then(batch));
    }

    void finish() throws SQLException {
      if (batches > 0) {
        insertBatch.executeBatch();
      }
      for (Run run : runs.values()) {
        extendLog.setInt(1, run.last().log().guid().value());
        extendLog.setInt(2, run.last().log().epoch());
        extendLog.setLong(3, run.firstSeq());
        extendLog.setLong(4, run.last().lastSeq());
        extendLog.setBytes(5, run.last().hash().bytes().toArray());
        extendLog.executeUpdate();
      }
      advance.setLong(1, lastWrite);
      advance.setLong(2, lastOffset);
      advance.setLong(3, messages);
      advance.setLong(4, bytes);
      advance.executeUpdate();
    }
  }

  private static void put(PreparedStatement statement, int guid, byte[] value) throws SQLException {
    statement.setInt(1, guid);
    statement.setBytes(2, value);
    statement.executeUpdate();
  }

  @Override
  public void close() throws SQLException {
    insertBatch.close();
    extendLog.close();
    putMember.close();
    putAllocation.close();
    putOwnCertificate.close();
    putParameters.close();
    clearAnchors.close();
    putAnchor.close();
    accusations.close();
    putFork.close();
    advance.close();
  }
}
