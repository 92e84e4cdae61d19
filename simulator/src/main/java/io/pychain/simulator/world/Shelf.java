package io.pychain.simulator.world;

import io.pychain.core.message.Batch;
import io.pychain.core.message.Frame;
import io.pychain.core.protocol.Persist.Delivery;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/// Batches as one disk has taken them, in that order.
///
/// A large world has as many shelves as nodes, and each holds every batch: so there is no table of
/// logs, but a thread through the batches of each origin, from the last back to the first. Who
/// reads a log follows it from its end, which is where most readers want to be.
final class Shelf {
  private static final int NONE = -1;

  private final List<Delivery> deliveries = new ArrayList<>();

  /// Where the batch before of the same origin stands.
  private int[] before = new int[8];

  /// By GUID, where the last batch of the origin stands.
  private int[] last = new int[0];

  /// A shelf with the same on it.
  Shelf copy() {
    Shelf copy = new Shelf();
    deliveries.forEach(copy::add);
    return copy;
  }

  /// Puts a batch behind all others.
  void add(Delivery delivery) {
    int origin = delivery.batch().log().guid().value();
    int at = deliveries.size();
    if (at == before.length) {
      before = Arrays.copyOf(before, 2 * at);
    }
    before[at] = lastOf(origin);
    deliveries.add(delivery);
    reach(origin);
    last[origin] = at;
  }

  private void reach(int origin) {
    if (origin >= last.length) {
      int length = last.length;
      last = Arrays.copyOf(last, Math.max(origin + 1, length + length / 4));
      Arrays.fill(last, length, last.length, NONE);
    }
  }

  private int lastOf(int origin) {
    return origin < last.length ? last[origin] : NONE;
  }

  /// All batches. Unmodifiable.
  List<Delivery> deliveries() {
    return Collections.unmodifiableList(deliveries);
  }

  /// The batches of a log that hold any of the messages asked for, in order.
  List<Delivery> read(Frame.Range range) {
    List<Delivery> found = new ArrayList<>();
    int at = lastOf(range.log().guid().value());
    boolean more = true;
    while (more && at != NONE) {
      Delivery delivery = deliveries.get(at);
      Batch batch = delivery.batch();
      if (batch.log().equals(range.log())) {
        more = batch.firstSeq() > range.from();
        if (batch.firstSeq() <= range.until() && batch.lastSeq() >= range.from()) {
          found.add(delivery);
        }
      }
      at = before[at];
    }
    return found.reversed();
  }
}
