package io.pychain.simulator.check;

import io.pychain.core.failure.Suspicion;
import io.pychain.core.message.Batch;
import io.pychain.core.message.Frame;
import io.pychain.core.protocol.Persist.Delivery;
import io.pychain.core.protocol.Persist.Via;

/// What a run cost and how fast it was, counted as it goes.
public final class Measures {
  private final long since;
  private final Histogram delays = new Histogram();
  private long pushes;
  private long dataBytes;
  private long controlBytes;
  private long batchesOfOthers;
  private long messagesOfOthers;
  private long untrueMessages;
  private long messagesByPush;
  private long suspicions;
  private long batchesOfSuspicions;
  private int hopsMax;

  /// @param since when it begins to count, in nanoseconds of the world
  public Measures(long since) {
    this.since = since;
  }

  /// A frame is sent.
  ///
  /// @param bytes its size on the wire
  public void sent(Frame frame, int bytes) {
    long data =
        switch (frame) {
          case Frame.Push push -> {
            pushes++;
            yield push.batch().length();
          }
          case Frame.Batches batches -> batches.batches().stream().mapToLong(Batch::length).sum();
          default -> 0;
        };
    dataBytes += data;
    controlBytes += bytes - data;
  }

  /// A batch goes to the subscribers of a node.
  ///
  /// @param times when its messages were published
  /// @param now nanoseconds of the world
  /// @param upSince when the node was started: what was published before is caught up with, and
  ///   that is no delay
  public void delivered(Delivery delivery, Ledger.PublishTimes times, long now, long upSince) {
    Batch batch = delivery.batch();
    int asked = 0;
    for (long seq = batch.firstSeq(); seq <= batch.lastSeq(); seq++) {
      long published = times.of(seq);
      if (published == Ledger.PublishTimes.UNTRUE) {
        untrueMessages += delivery.via() == Via.LOCAL ? 0 : 1;
      } else if (published != Ledger.PublishTimes.UNASKED) {
        asked++;
        if (published >= upSince) {
          delays.add(now - published);
        }
      }
    }
    if (delivery.via() == Via.LOCAL) {
      count(batch);
    } else {
      batchesOfOthers++;
      messagesOfOthers += asked;
    }
    if (delivery.via() == Via.PUSH) {
      messagesByPush += asked;
      hopsMax = Math.max(hopsMax, delivery.hops());
    }
  }

  private void count(Batch own) {
    long claims = own.messages().stream().filter(m -> Suspicion.in(m).isPresent()).count();
    suspicions += claims;
    batchesOfSuspicions += claims > 0 ? 1 : 0;
  }

  /// Suspicions that were published.
  public long suspicions() {
    return suspicions;
  }

  /// Batches that they were published in.
  public long batchesOfSuspicions() {
    return batchesOfSuspicions;
  }

  /// From publishing to each delivery at a node that was up when it was published.
  public Histogram delays() {
    return delays;
  }

  /// Frames that carried a batch by broadcast.
  public long pushes() {
    return pushes;
  }

  /// Bytes of sealed batches sent.
  public long dataBytes() {
    return dataBytes;
  }

  /// All other bytes sent.
  public long controlBytes() {
    return controlBytes;
  }

  /// Batches delivered at others than their origin.
  public long batchesOfOthers() {
    return batchesOfOthers;
  }

  /// Messages of applications delivered at others than their origin.
  public long messagesOfOthers() {
    return messagesOfOthers;
  }

  /// Messages delivered at others than their origin, from logs that are nobody's truth.
  public long untrueMessages() {
    return untrueMessages;
  }

  /// How many nanoseconds it has counted.
  public long time(long now) {
    return now - since;
  }

  /// Messages of applications delivered at others that came by broadcast, not by repair.
  public long messagesByPush() {
    return messagesByPush;
  }

  /// Most links that a delivered broadcast crossed.
  public int hopsMax() {
    return hopsMax;
  }
}
