package io.pychain.node.metrics;

import io.pychain.node.Node.LinkTraffic;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// What the rooms of the node report while they work; one per node, safe for many threads, and
/// cheap enough for every message.
///
/// Only what the protocol's own counts cannot know is reported here:
///
/// | who | calls | when |
/// | --- | --- | --- |
/// | engine, links | [#queue] | it has made a queue |
/// | engine | [#delivered] | a message of another origin has become durable and got its offset |
/// | store | [#committed] | a group of writes has been forced to disk |
/// | link | [#linkClosed] | a link is gone, with what it carried in all |
/// | link, verifier | [#invalidBatch] | a batch was thrown away before the protocol saw it |
/// | everybody | [#refused] | something from outside was turned away |
public final class NodeMetrics {
  /// Most distinct reasons of [#refused]; any further one is counted as `other`, so that whoever
  /// made a reason out of a stranger's bytes cannot fill the memory.
  public static final int REASONS_MAX = 64;

  private static final String OTHER = "other";

  private final Histogram deliveryDelay = new Histogram();
  private final Histogram commit = new Histogram();
  private final LongAdder invalidBatches = new LongAdder();
  private final LongAdder closedSentBytes = new LongAdder();
  private final LongAdder closedReceivedBytes = new LongAdder();
  private final LongAdder closedDroppedFrames = new LongAdder();
  private final ConcurrentHashMap<String, LongAdder> refused = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, LongSupplier> queues = new ConcurrentHashMap<>();
  private volatile Supplier<Optional<Integer>> admissionPrice = Optional::empty;
  private LinkTraffic shown = new LinkTraffic(0, 0, 0, 0);

  /// From now on shows how full a queue is.
  ///
  /// @param name of the queue, lower case with underscores
  /// @param bytes that wait in it
  public void queue(String name, LongSupplier bytes) {
    queues.put(name, bytes);
  }

  /// From now on shows what joining by this node costs.
  ///
  /// @param price at least; empty if nobody joins by it
  public void admissionPrice(Supplier<Optional<Integer>> price) {
    admissionPrice = price;
  }

  Optional<Integer> admissionPrice() {
    return admissionPrice.get();
  }

  /// Bytes that wait in each queue, by name.
  Map<String, Long> queues() {
    Map<String, Long> waiting = new TreeMap<>();
    queues.forEach((name, bytes) -> waiting.put(name, bytes.getAsLong()));
    return waiting;
  }

  /// A message of another origin has become durable here, so long after its origin sealed it. By
  /// the origin's clock: where clocks differ it may be negative, and counts as zero.
  public void delivered(Duration delay) {
    deliveryDelay.record(delay);
  }

  /// A group of writes became durable, which took so long.
  public void committed(Duration took) {
    commit.record(took);
  }

  /// A batch did not decode, or is not signed by its origin.
  public void invalidBatch() {
    invalidBatches.increment();
  }

  /// A link is gone; adds what it carried to the totals, which thus never fall.
  public void linkClosed(LinkTraffic carried) {
    closedSentBytes.add(carried.sentBytes());
    closedReceivedBytes.add(carried.receivedBytes());
    closedDroppedFrames.add(carried.droppedFrames());
  }

  /// Something from outside was turned away: a link, a frame, a request.
  ///
  /// @param reason one of a few fixed words, lower case with underscores, such as `wrong_network`
  public void refused(String reason) {
    LongAdder known = refused.get(reason);
    if (known == null) {
      String counted = refused.size() < REASONS_MAX ? reason : OTHER;
      known = refused.computeIfAbsent(counted, _ -> new LongAdder());
    }
    known.increment();
  }

  /// How much was turned away, by reason, in the order of the words.
  public Map<String, Long> refused() {
    Map<String, Long> counts = new TreeMap<>();
    refused.forEach((reason, count) -> counts.put(reason, count.sum()));
    return counts;
  }

  Histogram deliveryDelay() {
    return deliveryDelay;
  }

  Histogram commit() {
    return commit;
  }

  long invalidBatches() {
    return invalidBatches.sum();
  }

  /// What all links together have carried, closed ones too. Never falls, although a link that has
  /// just closed may be missing on both sides for a moment.
  synchronized LinkTraffic totalTraffic(Collection<LinkTraffic> open) {
    long queued = open.stream().mapToLong(LinkTraffic::queuedBytes).sum();
    LinkTraffic sum =
        new LinkTraffic(
            closedSentBytes.sum() + open.stream().mapToLong(LinkTraffic::sentBytes).sum(),
            closedReceivedBytes.sum() + open.stream().mapToLong(LinkTraffic::receivedBytes).sum(),
            queued,
            closedDroppedFrames.sum() + open.stream().mapToLong(LinkTraffic::droppedFrames).sum());
    shown =
        new LinkTraffic(
            Math.max(shown.sentBytes(), sum.sentBytes()),
            Math.max(shown.receivedBytes(), sum.receivedBytes()),
            queued,
            Math.max(shown.droppedFrames(), sum.droppedFrames()));
    return shown;
  }
}
