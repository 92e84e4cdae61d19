package io.pychain.core.link;

import io.pychain.core.message.Frame;

/// What the member at the other end of a link can be proven to have done. Nobody who keeps to the
/// protocol does any of it: what it relays it has verified itself, and nobody on the way can have
/// changed it. What may be a fault of this node, of a third or of the network is not here.
public enum Fault {
  /// Sent a batch that its origin has not signed.
  SIGNATURE("signature"),
  /// Sent a record that the authority has not certified, or that its member has not signed.
  RECORD("record"),
  /// Sent bytes that are no frame, or a frame that has no place between members.
  MALFORMED("malformed"),
  /// Announced a frame longer than any may be.
  OVERSIZE("oversize"),
  /// Published far more than any member may, over its own link: many bursts beyond its limit.
  FLOOD("flood"),
  /// Told two stories once more, after it had been shown that it did so: a disk that is an old copy
  /// of itself explains the first time.
  FORK("fork");

  private final String label;

  Fault(String label) {
    this.label = label;
  }

  /// What whoever sends a frame is to blame for, if something in it is not signed as it must be.
  public static Fault of(Frame invalid) {
    return switch (invalid) {
      case Frame.Push _, Frame.Batches _, Frame.Fork _ -> SIGNATURE;
      default -> RECORD;
    };
  }

  /// The word that it is counted by.
  public String label() {
    return label;
  }
}
