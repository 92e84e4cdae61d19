package io.pychain.core.link;

import io.pychain.core.message.Frame;

/// The receiver's account of the handoffs of one kind on one link: the highest number that has
/// come, and which of the 64 before it have not.
final class Taken {
  private final boolean urgent;
  private int unacknowledged;
  private long unacknowledgedBytes;
  private long highest;
  private long missing;

  /// None has come.
  ///
  /// @param urgent which kind it is; see [Frame.Carrier#isUrgent]
  Taken(boolean urgent) {
    this.urgent = urgent;
  }

  /// A handoff has come.
  ///
  /// @param handoff with its own number, or 0 for one more than the highest
  void add(Frame.Carrier handoff) {
    unacknowledgedBytes += handoff.length();
    add(handoff.number());
  }

  void add(long number) {
    unacknowledged++;
    long at = number == 0 ? Math.max(highest, highest + 1) : number;
    long ahead = at - highest;
    if (ahead > 0) {
      missing = afterSkipping(ahead - 1);
      highest += ahead;
    } else if (ahead < 0 && ahead >= -Long.SIZE) {
      missing &= ~(1L << (-ahead - 1));
    }
  }

  /// The highest so far becomes the first before the new one; what lies between is missing.
  private long afterSkipping(long skipped) {
    if (skipped >= Long.SIZE) {
      return -1;
    }
    long gap = (1L << skipped) - 1;
    return skipped == Long.SIZE - 1 ? gap : missing << (skipped + 1) | gap;
  }

  /// Whether none is missing of those that are remembered.
  public boolean isWhole() {
    return missing == 0;
  }

  /// How many have come since the last acknowledgement.
  int unacknowledged() {
    return unacknowledged;
  }

  /// How many bytes have.
  long unacknowledgedBytes() {
    return unacknowledgedBytes;
  }

  /// What there is to say of it now.
  Frame.Ack acknowledge() {
    unacknowledged = 0;
    unacknowledgedBytes = 0;
    return new Frame.Ack(highest, missing, urgent);
  }
}
