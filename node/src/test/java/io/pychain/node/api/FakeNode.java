package io.pychain.node.api;

import io.pychain.core.coverage.Coverage;
import io.pychain.core.failure.State;
import io.pychain.core.link.LinkId;
import io.pychain.core.message.Bytes;
import io.pychain.core.message.Contact;
import io.pychain.core.message.Digest;
import io.pychain.core.message.Frame.NetworkInfo;
import io.pychain.core.message.LogId;
import io.pychain.core.message.Message;
import io.pychain.core.message.MessageId;
import io.pychain.core.message.NetworkId;
import io.pychain.core.message.NodeKey;
import io.pychain.core.message.OriginLimits;
import io.pychain.core.message.Parameters;
import io.pychain.core.message.Sealed;
import io.pychain.core.protocol.Answer;
import io.pychain.core.protocol.NodeView;
import io.pychain.core.protocol.NodeView.Counts;
import io.pychain.core.protocol.NodeView.Kind;
import io.pychain.core.protocol.NodeView.LinkView;
import io.pychain.core.protocol.NodeView.LogView;
import io.pychain.core.protocol.NodeView.MemberView;
import io.pychain.core.protocol.Persist.Via;
import io.pychain.core.ring.Guid;
import io.pychain.node.DeliveredMessage;
import io.pychain.node.Expiry;
import io.pychain.node.Node;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// A node in memory: GUID 3 in a network of 0, 3 and the dead 7, linked to 0. What is published is
/// delivered at once.
final class FakeNode implements Node {
  private List<Expiry> expiries = List.of();
  static final Instant START = Instant.parse("2026-11-22T05:32:03.482913700Z");
  static final Guid SELF = Guid.of(3);
  static final LogId LOG = new LogId(SELF, 1);

  static final NetworkId NETWORK = new NetworkId(new Digest(Bytes.fromHex("ab".repeat(32))));
  static final Sealed SEALED = new Sealed(Bytes.utf8("signed"), Bytes.wrap(new byte[64]));
  private static final NodeKey AUTHORITY = NodeKey.fromHex("cd".repeat(32));

  private final List<DeliveredMessage> delivered = new ArrayList<>();
  private volatile Optional<String> refusal = Optional.empty();
  private volatile Optional<Duration> limited = Optional.empty();
  private volatile boolean boot = true;
  private volatile Optional<Parameters> parameters = Optional.empty();
  private volatile Optional<String> storeFault = Optional.empty();
  private volatile Optional<RuntimeException> fault = Optional.empty();
  private volatile Answer ruling =
      new Answer.Overruled(1, Answer.Overruled.Why.NO_BOOT_NODE, "not here");
  private volatile boolean silent;
  private final List<Asking> inquiries = new ArrayList<>();
  private final AtomicLong looks = new AtomicLong();
  private boolean everybody;
  private int subscriptions;

  /// From now on publishing is refused for this reason.
  void refuse(String reason) {
    refusal = Optional.of(reason);
  }

  /// From now on it has not the authority's key.
  void isNoBootNode() {
    boot = false;
  }

  /// From now on this is what bans and pardons come to.
  void rule(Answer answer) {
    ruling = answer;
  }

  /// From now on publishing is over the limit for so long.
  void limit(Duration after) {
    limited = Optional.of(after);
  }

  /// From now on publishing is never answered.
  void fallSilent() {
    silent = true;
  }

  /// From now on the store takes no writes.
  void breakStore(String reason) {
    storeFault = Optional.of(reason);
  }

  /// From now on reading fails by a fault of ours.
  void fail(RuntimeException exception) {
    fault = Optional.of(exception);
  }

  /// Delivers a message of GUID 0, as if it had come over a link.
  synchronized void receive(Message message) {
    LogId log = new LogId(Guid.of(0), 1);
    long seq = delivered.stream().filter(m -> m.id().log().equals(log)).count() + 1;
    deliver(new MessageId(log, seq), message, 2, Via.PUSH);
  }

  /// From now on, GUID 0 has everything too; until then, nothing.
  synchronized void reachEverybody() {
    everybody = true;
    inquiries.forEach(Asking::complete);
  }

  /// How many have asked who has a message.
  synchronized int inquiries() {
    return inquiries.size();
  }

  /// How often somebody has looked what is known of that.
  long looks() {
    return looks.get();
  }

  @Override
  public synchronized Inquiry survey(MessageId message, Duration wait) {
    Asking inquiry = new Asking(wait);
    inquiries.add(inquiry);
    if (everybody) {
      inquiry.complete();
    }
    return inquiry;
  }

  private final class Asking implements Inquiry {
    private static final Coverage OWN = new Coverage(1, 2, List.of(Guid.of(0)));
    private static final Coverage ALL = new Coverage(2, 2, List.of());

    private final CompletableFuture<Optional<Coverage>> end = new CompletableFuture<>();

    Asking(Duration wait) {
      var _ = end.completeOnTimeout(Optional.of(OWN), wait.toNanos(), TimeUnit.NANOSECONDS);
    }

    void complete() {
      end.complete(Optional.of(ALL));
    }

    @Override
    public Optional<Coverage> known() {
      looks.incrementAndGet();
      return end.getNow(Optional.of(OWN));
    }

    @Override
    public CompletableFuture<Optional<Coverage>> end() {
      return end.copy();
    }
  }

  /// How many subscriptions are open.
  synchronized int subscriptions() {
    return subscriptions;
  }

  synchronized List<DeliveredMessage> delivered() {
    return List.copyOf(delivered);
  }

  private void deliver(MessageId id, Message message, int hops, Via via) {
    long offset = delivered.size() + 1L;
    delivered.add(new DeliveredMessage(offset, id, message, START, START.plusMillis(2), hops, via));
    notifyAll();
  }

  @Override
  public NetworkInfo network() {
    return new NetworkInfo("testing \"net\"", AUTHORITY);
  }

  @Override
  public NetworkId networkId() {
    return NETWORK;
  }

  @Override
  public Instant started() {
    return START;
  }

  @Override
  public synchronized NodeView view() {
    List<MemberView> members =
        List.of(
            FakeMember.of(0, Contact.BOOT, State.ALIVE, Optional.of(START), true),
            FakeMember.of(3, "sync", State.ALIVE, Optional.empty(), false),
            FakeMember.of(7, "sync", State.DEAD, Optional.of(START), false));
    List<LinkView> links =
        List.of(
            new LinkView(
                new LinkId(1),
                Guid.of(0),
                List.of(Kind.PRIMARY, Kind.NEIGHBOUR),
                2,
                Optional.of(Duration.ofNanos(1_234_567)),
                START));
    Counts counts = new Counts(11, 2, 1, 13, delivered.size(), 5, 6, 7, 8, 9, 10, 11, 12, 13);
    List<LogView> logs = List.of(new LogView(LOG, delivered.size()));
    long last = delivered.size();
    Optional<Instant> synced = Optional.of(START);
    return new NodeView(
        members.get(1).record(),
        members,
        links,
        logs,
        last,
        4,
        synced,
        storeFault,
        Optional.empty(),
        parameters,
        new NodeView.Queues(12, 13, 14),
        counts,
        Map.of());
  }

  @Override
  public synchronized List<Expiry> expiries() {
    return expiries;
  }

  synchronized void willEnd(Expiry expiry) {
    expiries = List.of(expiry);
  }

  @Override
  public Map<LinkId, LinkTraffic> traffic() {
    return Map.of(new LinkId(1), new LinkTraffic(1_000, 2_000, 30, 4));
  }

  @Override
  public synchronized CompletableFuture<Answer> publish(List<Message> messages) {
    if (silent) {
      return new CompletableFuture<>();
    }
    Optional<Answer> no =
        limited
            .<Answer>map(after -> new Answer.Limited(1, after))
            .or(() -> refusal.map(why -> new Answer.Refused(1, why)));
    if (no.isPresent()) {
      return CompletableFuture.completedFuture(no.get());
    }
    long first = delivered.stream().filter(m -> m.id().log().equals(LOG)).count() + 1;
    for (int i = 0; i < messages.size(); i++) {
      deliver(new MessageId(LOG, first + i), messages.get(i), 0, Via.LOCAL);
    }
    return CompletableFuture.completedFuture(new Answer.Published(1, LOG, first, START));
  }

  @Override
  public synchronized List<DeliveredMessage> messages(
      long after, int limit, Optional<Guid> origin) {
    fault.ifPresent(exception -> {
      throw exception;
    });
    return delivered.stream()
        .filter(m -> m.offset() > after)
        .filter(m -> origin.isEmpty() || origin.get().equals(m.id().log().guid()))
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized long held() {
    return delivered.size();
  }

  @Override
  public synchronized Optional<DeliveredMessage> message(MessageId id) {
    return delivered.stream().filter(m -> m.id().equals(id)).findFirst();
  }

  @Override
  public Subscription subscribe(long after, Consumer<DeliveredMessage> consumer) {
    return new Following(this, after, consumer);
  }

  @Override
  public CompletableFuture<Answer.Synced> sync() {
    return CompletableFuture.completedFuture(new Answer.Synced(1, 2, 3, 4));
  }

  @Override
  public CompletableFuture<Answer> ban(Guid guid, boolean force) {
    return CompletableFuture.completedFuture(ruling);
  }

  @Override
  public CompletableFuture<Answer> unban(Guid guid) {
    return CompletableFuture.completedFuture(ruling);
  }

  @Override
  public CompletableFuture<Answer.Left> leave() {
    return CompletableFuture.completedFuture(new Answer.Left(1));
  }

  @Override
  public CompletableFuture<Answer> rotateKey() {
    return CompletableFuture.completedFuture(ruling);
  }

  @Override
  public CompletableFuture<Answer> layDown(OriginLimits limits) {
    if (!boot) {
      return CompletableFuture.completedFuture(new Answer.NotLaidDown(1, "ask a boot node"));
    }
    Parameters next = new Parameters(NETWORK, 7, limits, Optional.empty(), SEALED);
    parameters = Optional.of(next);
    return CompletableFuture.completedFuture(new Answer.LaidDown(1, next));
  }

  /// Signs by writing the nonce twice.
  @Override
  public Bytes prove(Bytes nonce) {
    return Bytes.fromHex(nonce.hex() + nonce.hex());
  }

  synchronized DeliveredMessage next(long after) throws InterruptedException {
    while (delivered.size() <= after) {
      wait();
    }
    return delivered.get((int) after);
  }

  synchronized void count(int change) {
    subscriptions = subscriptions + change;
  }
}
