package io.pychain.node.store;

import io.pychain.core.message.Batch;
import io.pychain.core.message.Bytes;
import io.pychain.core.message.ForkProof;
import io.pychain.core.message.Sealed;
import io.pychain.core.protocol.Persist.Delivery;
import io.pychain.core.protocol.Persist.Via;
import io.pychain.core.wire.BatchCodec;
import io.pychain.core.wire.MalformedException;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// Rows of the table `batch` as values.
final class Rows {
  /// The columns that [#delivery] and [#batch] need.
  static final String COLUMNS = "first_offset, received, hops, via, content, signature";

  private Rows() {}

  static Delivery delivery(ResultSet row) throws SQLException, IOException {
    return new Delivery(
        batch(row),
        row.getLong("first_offset"),
        instant(row.getLong("received")),
        row.getInt("hops"),
        Via.valueOf(row.getString("via")));
  }

  static Batch batch(ResultSet row) throws SQLException, IOException {
    try {
      return BatchCodec.decode(sealed(row, "content", "signature"));
    } catch (MalformedException | IllegalArgumentException damaged) {
      throw new IOException(
          "the batch at offset %d is damaged: put a backup of the store in its place"
              .formatted(row.getLong("first_offset")),
          damaged);
    }
  }

  static ForkProof fork(ResultSet row) throws SQLException, IOException {
    try {
      return new ForkProof(
          BatchCodec.decode(sealed(row, "one_content", "one_signature")),
          BatchCodec.decode(sealed(row, "other_content", "other_signature")));
    } catch (MalformedException | IllegalArgumentException damaged) {
      throw new IOException("a proof of a fork is damaged in the store", damaged);
    }
  }

  private static Sealed sealed(ResultSet row, String content, String signature)
      throws SQLException {
    return new Sealed(Bytes.wrap(row.getBytes(content)), Bytes.wrap(row.getBytes(signature)));
  }

  static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }

  static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
