package io.pychain.core.protocol;

import io.pychain.core.broadcast.Handoff;
import io.pychain.core.broadcast.Parcel;
import io.pychain.core.message.Frame;
import io.pychain.core.message.Frame.LogHead;
import io.pychain.core.message.Frame.RecordHead;
import io.pychain.core.ring.Guid;
import io.pychain.core.sync.Sync;

/// What broadcast lets network sync know of peers without a word: who has handed something on, or
/// was handed it, holds it and need not be told of it.
final class Hearsay {
  private final Sync sync;

  Hearsay(Sync sync) {
    this.sync = sync;
  }

  /// A peer has been handed a parcel.
  void handed(Handoff handoff) {
    holds(handoff.to(), handoff.parcel());
  }

  /// A peer has handed on a parcel.
  void handedBy(Guid peer, Frame.Carrier frame) {
    holds(peer, Parcel.of(frame));
  }

  private void holds(Guid peer, Parcel parcel) {
    switch (parcel) {
      case Parcel.OfBatch(var batch) -> sync.holds(peer, new LogHead(batch.log(), batch.lastSeq()));
      case Parcel.OfRecord(var record) -> {
        RecordHead head = Intake.headOf(record);
        sync.holds(peer, head);
      }
      case Parcel.OfFork _ -> {
        // A proof is no news that is told twice: comparisons bring it to whoever lacks it.
      }
    }
  }

  /// There was no room on the way to a peer for what it was to be handed.
  void notHanded(Guid peer, Frame.Carrier frame) {
    if (frame instanceof Frame.Push push) {
      sync.lacks(peer, push.batch().log());
    }
  }
}
