package io.pychain.core.protocol;

import io.pychain.core.limit.Quotas;
import io.pychain.core.log.Entry;
import io.pychain.core.log.Logs;
import io.pychain.core.log.Offer;
import io.pychain.core.message.Batch;
import io.pychain.core.message.LogId;
import io.pychain.core.message.Message;
import io.pychain.core.message.NetworkId;
import io.pychain.core.protocol.Persist.Via;
import io.pychain.core.protocol.PublishQueue.Waiting;
import io.pychain.core.trust.Signer;
import io.pychain.core.wire.BatchCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// This node's own log. One batch at a time is on its way to the disk; whatever is published
/// meanwhile is sealed into the next one, so that under load a signature and a commit are shared by
/// many messages, and a message alone leaves at once.
///
/// What applications publish waits while the network takes no more, see
/// [io.pychain.core.broadcast.Broadcast#keepsUp], or while this node may not publish, and is
/// refused once it has waited too long. Events of the system wait for no network.
final class Publisher {
  /// Most bytes that the messages of one request may cost: they are sealed into one batch, which
  /// holds a message of 8 MiB and a little more.
  static final int REQUEST_BYTES_MAX = (8 << 20) + (32 << 10);

  /// Most messages in one request.
  static final int REQUEST_MESSAGES_MAX = 10_000;

  /// How long a request waits to be sealed before it is refused: for the disk, for the network, or
  /// for leave to publish at all.
  static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final String CANNOT_KEEP_UP =
      "more is being published than the disk and the network take; try again in a second";

  /// What it stands on.
  ///
  /// @param networkKeepsUp whether data may leave now
  record Ground(
      Logs logs, Writes writes, Quotas quotas, BooleanSupplier networkKeepsUp, Outlet out) {}

  private record Sealed(Batch batch, List<Waiting> requests) {}

  private final NetworkId network;
  private final Signer signer;
  private final ProtocolConfig config;
  private final Logs logs;
  private final Writes writes;
  private final Quotas quotas;
  private final Outlet out;
  private final BooleanSupplier networkKeepsUp;
  private final PublishQueue queue;
  private LogId log;
  private Optional<Sealed> writing = Optional.empty();
  private Optional<String> closed = Optional.empty();
  private Optional<String> held = Optional.empty();
  private Optional<String> barred = Optional.empty();

  Publisher(Identity identity, ProtocolConfig config, Ground ground) {
    var certificate = identity.record().certificate();
    this.log = new LogId(certificate.guid(), certificate.epoch());
    this.network = certificate.network();
    this.signer = identity.signer();
    this.config = config;
    this.logs = ground.logs();
    this.writes = ground.writes();
    this.quotas = ground.quotas();
    this.networkKeepsUp = ground.networkKeepsUp();
    this.out = ground.out();
    this.queue = new PublishQueue(config);
  }

  LogId log() {
    return log;
  }

  /// From now on publishes in another log. What waits goes there.
  void moveTo(LogId next) {
    log = next;
  }

  /// Seals nothing from now on; what is published waits for [#release], up to [#PATIENCE].
  ///
  /// @param reason why, for whoever has waited in vain
  void hold(String reason) {
    held = Optional.of(reason);
    barred = Optional.empty();
  }

  /// Ends [#hold].
  void release(Instant now) {
    held = Optional.empty();
    seal(now);
  }

  /// Refuses what is published from now on, until [#hold].
  ///
  /// @param reason why, for whoever publishes
  void bar(String reason) {
    barred = Optional.of(reason);
    turnAway(reason);
  }

  /// Why nothing can be published now, if so.
  Optional<String> held() {
    return barred.or(() -> held);
  }

  /// Takes messages to publish, or refuses them.
  void publish(Instant now, Input.Publish request) {
    long bytes = PublishQueue.cost(request.messages());
    Optional<String> refusal = refusal(request.messages(), bytes);
    if (refusal.isPresent()) {
      refuse(request.ticket(), refusal.get());
      return;
    }
    Duration wait = quotas.publish(now, request.messages());
    if (wait.isPositive()) {
      out.effects().answers().add(new Answer.Limited(request.ticket(), wait));
      return;
    }
    queue.add(new Waiting(request.ticket(), request.messages(), bytes, now));
    seal(now);
  }

  private static boolean isPrintable(Message message) {
    return message.contentType().chars().noneMatch(Character::isISOControl);
  }

  /// Takes nothing more from applications.
  void close(String reason) {
    closed = Optional.of(reason);
    if (held.isPresent()) {
      turnAway(reason);
    }
  }

  /// Refuses what applications wait with, but not what is on its way to the disk.
  void turnAway(String reason) {
    queue.takeRequests(Instant.MAX).forEach(request -> refuse(request.ticket(), reason));
  }

  /// Publishes something of the node's own.
  void publish(Instant now, Message event) {
    publish(now, List.of(event));
  }

  /// Publishes something of the node's own, in one batch.
  void publish(Instant now, List<Message> events) {
    if (writes.fault().isEmpty() && barred.isEmpty()) {
      quotas.publishAtOnce(now, events);
      queue.add(new Waiting(PublishQueue.NO_TICKET, events, now));
      seal(now);
    }
  }

  /// Bytes that wait to be sealed.
  long queuedBytes() {
    return queue.bytes();
  }

  /// Whether nothing waits to be sealed.
  boolean isSettled() {
    return queue.isEmpty();
  }

  /// Whether nothing waits and nothing is on its way to the disk.
  boolean isIdle() {
    return queue.isEmpty() && writing.isEmpty();
  }

  private Optional<String> refusal(List<Message> messages, long bytes) {
    int largest = messages.stream().mapToInt(message -> message.data().length()).max().orElse(0);
    Optional<String> shut = closed.or(() -> barred).or(writes::fault);
    if (shut.isPresent()) {
      return shut;
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
    return queue.hasRoom(bytes) ? Optional.empty() : Optional.of(CANNOT_KEEP_UP);
  }

  private void refuse(long ticket, String reason) {
    if (ticket != PublishQueue.NO_TICKET) {
      out.effects().answers().add(new Answer.Refused(ticket, reason));
    }
  }

  /// Seals what waits if it may leave now, and refuses what has waited too long.
  void onTime(Instant now) {
    seal(now);
    if (!deadline().isAfter(now)) {
      String reason = held.map(why -> why + "; publish at another node").orElse(CANNOT_KEEP_UP);
      queue.takeRequests(now.minus(PATIENCE)).forEach(request -> refuse(request.ticket(), reason));
    }
  }

  Instant deadline() {
    Instant oldest = queue.oldest();
    return oldest.equals(Instant.MAX) ? oldest : oldest.plus(PATIENCE);
  }

  /// Seals what waits and may leave, unless a batch is still on its way to the disk.
  private void seal(Instant now) {
    if (held().isPresent() || logs.isForked(log) || writing.isPresent() || queue.isEmpty()) {
      return;
    }
    List<Waiting> requests = queue.next(networkKeepsUp.getAsBoolean());
    if (!requests.isEmpty()) {
      seal(now, requests);
    }
  }

  private void seal(Instant now, List<Waiting> requests) {
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

  /// An own batch is durable: whoever waits for it is told, and the next is sealed.
  void persisted(Instant now, Batch batch) {
    Sealed sealed = writing.orElseThrow();
    Invariant.check(sealed.batch().equals(batch), "own batches become durable one by one");
    long seq = batch.firstSeq();
    for (Waiting request : sealed.requests()) {
      if (request.ticket() != PublishQueue.NO_TICKET) {
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
    writing = Optional.empty();
    queue.takeAll().forEach(request -> refuse(request.ticket(), reason));
  }
}
