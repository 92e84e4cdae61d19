package io.pychain.simulator.world;

import io.pychain.core.message.Batch;
import io.pychain.core.message.Frame;
import io.pychain.core.message.Frame.LogHead;
import io.pychain.core.protocol.Persist.Delivery;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Puts together what a peer asked for: parts of bounded size, the last of which says that it is.
final class Answering {
  private final long id;
  private final DiskConfig config;
  private final List<Frame.Batches> parts = new ArrayList<>();
  private final List<LogHead> floors = new ArrayList<>();
  private List<Batch> part = new ArrayList<>();
  private long partBytes;
  private long bytes;

  private Answering(long id, DiskConfig config) {
    this.id = id;
    this.config = config;
  }

  /// The parts, in order; at least one.
  static List<Frame.Batches> of(Platter platter, Frame.Fetch fetch, DiskConfig config) {
    Answering answer = new Answering(fetch.id(), config);
    for (Frame.Range range : fetch.ranges()) {
      List<Delivery> held = platter.read(range);
      if (held.isEmpty() || held.getFirst().batch().firstSeq() > range.from()) {
        answer.floor(platter, range);
      }
      for (Delivery delivery : held) {
        if (answer.bytes >= config.answerBytesMax()) {
          return answer.end();
        }
        answer.add(delivery.batch());
      }
    }
    return answer.end();
  }

  private void floor(Platter platter, Frame.Range range) {
    Optional<Long> floor = platter.floor(range.log());
    if (floor.isPresent() && floor.get() > range.from()) {
      floors.add(new LogHead(range.log(), floor.get()));
    }
  }

  private void add(Batch batch) {
    if (!part.isEmpty() && partBytes + batch.length() > config.partBytesMax()) {
      parts.add(new Frame.Batches(id, part, List.of(), false));
      part = new ArrayList<>();
      partBytes = 0;
    }
    part.add(batch);
    partBytes += batch.length();
    bytes += batch.length();
  }

  private List<Frame.Batches> end() {
    parts.add(new Frame.Batches(id, part, floors, true));
    return parts;
  }
}
