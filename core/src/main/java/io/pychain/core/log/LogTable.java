package io.pychain.core.log;

import io.pychain.core.message.Digest;
import io.pychain.core.message.LogId;
import io.pychain.core.ring.Guid;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// How far each log has been taken, by name.
///
/// A node looks logs up for every frame, and holds one for each member there ever was: so it is a
/// table of columns, 24 bytes a log, in which each log has a row. GUIDs are dense, so the first row
/// of an origin is found at its number; the rows of its other epochs, which it seldom has, hang
/// behind it in the order of the epochs.
///
/// ```
///   first    by GUID   0 ─► row 2   1 ─► row 0   2 ─► –   3 ─► row 1
///   columns  by row    0  1:1  42   1  3:1  7   2  0:1  9   3  3:2  1
///   next     by row    –            ─► row 3    –           –
/// ```
///
/// Only logs of members that the authority has admitted may come in here, which is what keeps the
/// table as small as the network.
final class LogTable {
  /// Stands for no row.
  static final int NONE = -1;

  private static final int ROWS_MIN = 16;

  /// One row in so many is left free when the table grows.
  private static final int SPARE = 4;

  private int[] first = new int[0];
  private int[] next = new int[ROWS_MIN];
  private LogId[] ids = new LogId[ROWS_MIN];
  private long[] seqs = new long[ROWS_MIN];
  private @Nullable Digest[] hashes = new @Nullable Digest[ROWS_MIN];
  private int rows;

  /// Makes room for so many more logs at once.
  void expect(int logs) {
    grow(Math.max(ids.length, rows + logs));
    reach(logs - 1);
  }

  /// The row of a log, or [#NONE].
  int find(LogId id) {
    int row = firstOf(id.guid());
    while (row != NONE && ids[row].epoch() < id.epoch()) {
      row = next[row];
    }
    return row != NONE && ids[row].epoch() == id.epoch() ? row : NONE;
  }

  /// The row of a log, begun if there is none.
  int open(LogId id) {
    int row = find(id);
    return row == NONE ? begin(id) : row;
  }

  private int begin(LogId id) {
    if (rows == ids.length) {
      grow(rows + rows / SPARE);
    }
    int row = rows++;
    ids[row] = id;
    hashes[row] = Digest.ZERO;
    insert(row, id);
    return row;
  }

  private void grow(int length) {
    next = Arrays.copyOf(next, length);
    ids = Arrays.copyOf(ids, length);
    seqs = Arrays.copyOf(seqs, length);
    hashes = Arrays.copyOf(hashes, length);
  }

  private void insert(int row, LogId id) {
    reach(id.guid().value());
    int before = NONE;
    int after = firstOf(id.guid());
    while (after != NONE && ids[after].epoch() < id.epoch()) {
      before = after;
      after = next[after];
    }
    next[row] = after;
    if (before == NONE) {
      first[id.guid().value()] = row;
    } else {
      next[before] = row;
    }
  }

  private void reach(int origin) {
    if (origin >= first.length) {
      int length = first.length;
      first = Arrays.copyOf(first, Math.max(origin + 1, length + length / SPARE));
      Arrays.fill(first, length, first.length, NONE);
    }
  }

  private int firstOf(Guid origin) {
    return origin.value() < first.length ? first[origin.value()] : NONE;
  }

  /// The name of the log in a row.
  LogId id(int row) {
    return ids[row];
  }

  /// Number of the last message taken, 0 if none.
  long seq(int row) {
    return seqs[row];
  }

  /// How far the log has been taken.
  End end(int row) {
    return new End(seqs[row], Optional.ofNullable(hashes[row]));
  }

  /// Moves the end of a log.
  void moveTo(int row, End end) {
    seqs[row] = end.seq();
    hashes[row] = end.hash().orElse(null);
  }

  /// The rows of an origin, by epoch.
  void forEach(Guid origin, IntConsumer action) {
    for (int row = firstOf(origin); row != NONE; row = next[row]) {
      action.accept(row);
    }
  }

  /// All rows, by origin and epoch.
  void forEach(IntConsumer action) {
    for (int start : first) {
      for (int row = start; row != NONE; row = next[row]) {
        action.accept(row);
      }
    }
  }
}
