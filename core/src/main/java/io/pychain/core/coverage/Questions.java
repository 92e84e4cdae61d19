package io.pychain.core.coverage;

import java.time.Instant;
import java.util.TreeMap;

/// What one asker, a peer or this node's own users, has asked and not been told yet, and how fast
/// it asks: a survey costs the network two frames for each member, so nobody may start many for
/// others to carry.
final class Questions {
  /// Most that one asker may have open. Surveys of all members meet at relays, so it is far above
  /// what one member needs.
  static final int OPEN_MAX = 256;

  /// Most that one asker may ask in a second.
  static final int PER_SECOND_MAX = 256;

  private final TreeMap<Long, Survey> open = new TreeMap<>();
  private long second;
  private int inSecond;

  TreeMap<Long, Survey> open() {
    return open;
  }

  /// Whether one more may be asked now; it counts as asked.
  boolean admit(Instant now) {
    if (now.getEpochSecond() != second) {
      second = now.getEpochSecond();
      inSecond = 0;
    }
    inSecond++;
    return inSecond <= PER_SECOND_MAX && open.size() < OPEN_MAX;
  }
}
