package io.pychain.core.broadcast;

import io.pychain.core.message.Batch;
import io.pychain.core.message.ForkProof;
import io.pychain.core.message.Frame;
import io.pychain.core.message.LogId;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.ring.Guid;

/// What is carried round the ring.
public sealed interface Parcel {
  /// What a frame carries.
  static Parcel of(Frame.Carrier frame) {
    return switch (frame) {
      case Frame.Push push -> new OfBatch(push.batch());
      case Frame.Announce announce -> new OfRecord(announce.record());
      case Frame.Fork fork -> new OfFork(fork.proof());
    };
  }

  /// Tells it from every other parcel.
  Key key();

  /// Its size, in bytes.
  int length();

  /// Whether it goes before what is not; see [Frame.Carrier#isUrgent].
  boolean isUrgent();

  /// Whether it is a batch of this origin.
  default boolean isBatchOf(Guid origin) {
    return this instanceof OfBatch(Batch batch) && batch.log().guid().equals(origin);
  }

  /// The frame that hands it on.
  Frame.Carrier frame(Handoff handoff);

  /// Name of a parcel.
  ///
  /// @param kind 0 for a batch, 1 for a record, 2 for a fork: they number differently
  /// @param log the origin's log, or the member and the epoch of its certificate
  /// @param number of the first message, or of the contact; 0 for a fork, as one proof of it is
  ///   enough
  record Key(int kind, LogId log, long number) {}

  /// A batch.
  ///
  /// @param batch carried
  record OfBatch(Batch batch) implements Parcel {
    @Override
    public Key key() {
      return new Key(0, batch.log(), batch.firstSeq());
    }

    @Override
    public int length() {
      return batch.length();
    }

    @Override
    public boolean isUrgent() {
      return batch.isOfSystemEvents();
    }

    @Override
    public Frame.Carrier frame(Handoff handoff) {
      return new Frame.Push(batch, handoff.limit(), handoff.hops(), handoff.number());
    }
  }

  /// A member record.
  ///
  /// @param record carried
  record OfRecord(MemberRecord record) implements Parcel {
    @Override
    public Key key() {
      return new Key(1, new LogId(record.guid(), record.certificate().epoch()), record.number());
    }

    @Override
    public int length() {
      return record.length();
    }

    @Override
    public boolean isUrgent() {
      return true;
    }

    @Override
    public Frame.Carrier frame(Handoff handoff) {
      return new Frame.Announce(record, handoff.limit(), handoff.hops(), handoff.number());
    }
  }

  /// The proof of a fork.
  ///
  /// @param proof carried
  record OfFork(ForkProof proof) implements Parcel {
    @Override
    public Key key() {
      return new Key(2, proof.log(), 0);
    }

    @Override
    public int length() {
      return proof.length();
    }

    @Override
    public boolean isUrgent() {
      return false;
    }

    @Override
    public Frame.Carrier frame(Handoff handoff) {
      return new Frame.Fork(proof, handoff.limit(), handoff.hops(), handoff.number());
    }
  }
}
