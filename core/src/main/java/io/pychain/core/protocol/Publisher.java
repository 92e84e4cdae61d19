package io.pychain.core.protocol;

import io.pychain.core.log.Entry;
import io.pychain.core.log.Logs;
import io.pychain.core.log.Offer;
import io.pychain.core.message.Batch;
import io.pychain.core.message.LogId;
import io.pychain.core.message.Message;
import io.pychain.core.message.NetworkId;
import io.pychain.core.protocol.Persist.Via;
import io.pychain.core.trust.Signer;
import io.pychain.core.wire.BatchCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// This node's own log. One batch at a time is on its way to the disk; whatever is published
/// meanwhile is sealed into the next one, so that under load a signature and a commit are shared by
/// many messages, and a message alone leaves at once.
final class Publisher {
  /// Ticket of messages that the node publishes itself: nobody waits for an answer.
  static final long NO_TICKET = 0;

  /// Most bytes that the messages of one request may cost: they are sealed into one batch, which
  /// holds a message of 8 MiB and a little more.
  static final int REQUEST_BYTES_MAX = (8 << 20) + (32 << 10);

  /// What a message costs beside its payload and its content type, in bytes: more than it takes in
  /// a batch, and so much that a queue of empty messages is bounded too.
  static final int MESSAGE_COST = 64;

  /// Most messages in one request.
  static final int REQUEST_MESSAGES_MAX = 10_000;

  /// How long a request waits while this node may not publish, before it is refused.
  static final Duration HELD_MAX = Duration.ofSeconds(10);

  private record Waiting(long ticket, List<Message> messages, long bytes, Instant since) {}

  private record Sealed(Batch batch, List<Waiting> requests) {}

  private final NetworkId network;
  private final Signer signer;
  private final ProtocolConfig config;
  private final Logs logs;
  private final Writes writes;
  private final Outlet out;
  private final Deque<Waiting> queue = new ArrayDeque<>();
  private LogId log;
  private long queuedBytes;
  private Optional<Sealed> writing = Optional.empty();
  private Optional<String> closed = Optional.empty();
  private Optional<String> held = Optional.empty();
  private Instant heldUntil = Instant.MAX;

  Publisher(Identity identity, ProtocolConfig config, Logs logs, Writes writes, Outlet out) {
    var certificate = identity.record().certificate();
    this.log = new LogId(certificate.guid(), certificate.epoch());
    this.network = certificate.network();
    this.signer = identity.signer();
    this.config = config;
    this.logs = logs;
    this.writes = writes;
    this.out = out;
  }

  LogId log() {
    return log;
  }

  /// From now on publishes in another log. What waits goes there.
  void moveTo(LogId next) {
    log = next;
  }

  /// Seals nothing from now on; what is published waits for [#release], up to [#HELD_MAX].
  ///
  /// @param reason why, for whoever has waited in vain
  void hold(String reason) {
    held = Optional.of(reason);
  }

  /// Ends [#hold].
  void release(Instant now) {
    held = Optional.empty();
    heldUntil = Instant.MAX;
    seal(now);
  }

  /// Why nothing can be published now, if so.
  Optional<String> held() {
    return held;
  }

  /// Takes messages to publish, or refuses them.
  void publish(Instant now, Input.Publish request) {
    long bytes = request.messages().stream().mapToLong(Publisher::cost).sum();
    Optional<String> refusal = refusal(request.messages(), bytes);
    if (refusal.isPresent()) {
      refuse(request.ticket(), refusal.get());
      return;
    }
    await(new Waiting(request.ticket(), request.messages(), bytes, now));
    seal(now);
  }

  private void await(Waiting waiting) {
    queue.add(waiting);
    queuedBytes += waiting.bytes();
    if (held.isPresent() && waiting.ticket() != NO_TICKET && heldUntil.equals(Instant.MAX)) {
      heldUntil = waiting.since().plus(HELD_MAX);
    }
  }

  /// A character takes three bytes at most.
  private static long cost(Message message) {
    return MESSAGE_COST + message.data().length() + 3L * message.contentType().length();
  }

  private static boolean isPrintable(Message message) {
    return message.contentType().chars().noneMatch(Character::isISOControl);
  }

  /// Takes nothing more from applications.
  void close(String reason) {
    closed = Optional.of(reason);
    if (held.isPresent()) {
      refuseWaiting(Instant.MAX, reason);
    }
  }

  /// Publishes something of the node's own.
  void publish(Instant now, Message event) {
    if (writes.fault().isEmpty()) {
      await(new Waiting(NO_TICKET, List.of(event), cost(event), now));
      seal(now);
    }
  }

  /// Whether nothing waits and nothing is on its way to the disk.
  boolean isIdle() {
    return queue.isEmpty() && writing.isEmpty();
  }

  private Optional<String> refusal(List<Message> messages, long bytes) {
    int largest = messages.stream().mapToInt(message -> message.data().length()).max().orElse(0);
    if (closed.isPresent() || writes.fault().isPresent()) {
      return closed.or(writes::fault);
    }
    if (messages.isEmpty() || messages.size() > REQUEST_MESSAGES_MAX) {
      return Optional.of("publish 1 to " + REQUEST_MESSAGES_MAX + " messages at a time");
    }
    if (largest > config.messageBytesMax()) {
      return Optional.of("a message has at most " + config.messageBytesMax() + " bytes");
    }
    if (bytes > REQUEST_BYTES_MAX) {
      return Optional.of("publish at most " + REQUEST_BYTES_MAX + " bytes at a time");
    }
    if (!messages.stream().allMatch(Publisher::isPrintable)) {
      return Optional.of("a content type has no control characters");
    }
    return queuedBytes > 0 && queuedBytes + bytes > config.publishQueueBytesMax()
        ? Optional.of("more is being published than the disk takes; try again in a second")
        : Optional.empty();
  }

  private void refuse(long ticket, String reason) {
    if (ticket != NO_TICKET) {
      out.effects().answers().add(new Answer.Refused(ticket, reason));
    }
  }

  /// Refuses what has waited too long for this node to be allowed to publish.
  void onTime(Instant now) {
    if (!heldUntil.isAfter(now)) {
      refuseWaiting(now.minus(HELD_MAX), held.orElseThrow() + "; publish at another node");
    }
  }

  /// Refuses every request that was made at or before a time; the node's own events go on waiting.
  private void refuseWaiting(Instant until, String reason) {
    heldUntil = Instant.MAX;
    queue.removeIf(request -> request.ticket() != NO_TICKET && gaveUp(request, until, reason));
  }

  private boolean gaveUp(Waiting request, Instant until, String reason) {
    boolean late = !request.since().isAfter(until);
    if (late) {
      queuedBytes -= request.bytes();
      refuse(request.ticket(), reason);
    } else if (heldUntil.equals(Instant.MAX)) {
      heldUntil = request.since().plus(HELD_MAX);
    }
    return late;
  }

  Instant deadline() {
    return heldUntil;
  }

  /// Seals what waits, unless a batch is still on its way to the disk.
  private void seal(Instant now) {
    if (held.isPresent() || writing.isPresent() || queue.isEmpty()) {
      return;
    }
    List<Waiting> requests = nextRequests();
    List<Message> messages = new ArrayList<>();
    requests.forEach(request -> messages.addAll(request.messages()));
    long first = logs.taken(log) + 1;
    var draft = new BatchCodec.Draft(log, first, logs.takenHash(log), now, messages);
    Batch batch = BatchCodec.seal(draft, network, signer);
    Invariant.check(
        logs.offer(new Entry(batch, 0, false)) instanceof Offer.Accepted,
        "an own batch continues the own log");
    writing = Optional.of(new Sealed(batch, requests));
    writes.batch(now, batch, 0, Via.LOCAL);
  }

  private List<Waiting> nextRequests() {
    List<Waiting> requests = new ArrayList<>();
    long bytes = 0;
    int messages = 0;
    while (!queue.isEmpty() && (requests.isEmpty() || fits(bytes, messages))) {
      Waiting next = queue.remove();
      requests.add(next);
      bytes += next.bytes();
      messages += next.messages().size();
    }
    queuedBytes -= bytes;
    return requests;
  }

  private boolean fits(long bytes, int messages) {
    Waiting next = queue.element();
    return bytes + next.bytes() <= config.batchBytesMax()
        && messages + next.messages().size() <= config.batchMessagesMax();
  }

  /// An own batch is durable: whoever waits for it is told, and the next is sealed.
  void persisted(Instant now, Batch batch) {
    Sealed sealed = writing.orElseThrow();
    Invariant.check(sealed.batch().equals(batch), "own batches become durable one by one");
    long seq = batch.firstSeq();
    for (Waiting request : sealed.requests()) {
      if (request.ticket() != NO_TICKET) {
        var answer = new Answer.Published(request.ticket(), log, seq, batch.timestamp());
        out.effects().answers().add(answer);
      }
      seq += request.messages().size();
    }
    writing = Optional.empty();
    seal(now);
  }

  /// The store has failed: nothing that waits was kept.
  void failed(String reason) {
    writing.ifPresent(
        sealed -> sealed.requests().forEach(request -> refuse(request.ticket(), reason)));
    queue.forEach(request -> refuse(request.ticket(), reason));
    writing = Optional.empty();
    queue.clear();
    queuedBytes = 0;
    heldUntil = Instant.MAX;
  }
}
