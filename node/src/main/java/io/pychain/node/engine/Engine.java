package io.pychain.node.engine;

import io.pychain.core.admission.Terms;
import io.pychain.core.message.Frame;
import io.pychain.core.message.Message;
import io.pychain.core.message.MessageId;
import io.pychain.core.protocol.Answer;
import io.pychain.core.protocol.Effects;
import io.pychain.core.protocol.Input;
import io.pychain.core.protocol.NodeView;
import io.pychain.core.protocol.Persist.Delivery;
import io.pychain.core.protocol.Persist.Via;
import io.pychain.core.protocol.Protocol;
import io.pychain.node.DeliveredMessage;
import io.pychain.node.Node.Inquiry;
import io.pychain.node.Node.Subscription;
import io.pychain.node.metrics.NodeMetrics;
import io.pychain.node.store.Store;
import io.pychain.node.store.StoreWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Drives the protocol: the only thread that calls it is here.
///
/// It takes all that waits, hands each input to the protocol and carries out what comes of it, in
/// the order that [Effects] lays down. A fault inside the protocol stops the node: state that was
/// half changed is not carried on with.
public final class Engine implements AutoCloseable {
  /// The protocol's thread looks round at least so often.
  private static final Duration IDLE_MAX = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

  private final Protocol protocol;
  private final Links links;
  private final NodeMetrics metrics;
  private final EngineLimits limits;
  private final MonotonicClock clock;
  private final Inbox inbox;
  private final Views views;
  private final Tail tail;
  private final Follower.Feed feed;
  private final ServeDesk desk;
  private final Chronicle chronicle = new Chronicle();
  private final StoreWriter writer;
  private final Thread thread;

  /// Frames that found no room while the last input was carried out.
  private final ArrayDeque<Input.Unsent> unsent = new ArrayDeque<>();

  private final AtomicLong tickets = new AtomicLong();
  private final Map<Long, CompletableFuture<Answer>> waiting = new ConcurrentHashMap<>();
  private final Inquiries inquiries = new Inquiries();
  private final Set<Follower> followers = ConcurrentHashMap.newKeySet();
  private final AtomicLong followersEver = new AtomicLong();
  private final CompletableFuture<Throwable> met = new CompletableFuture<>();
  private volatile Optional<Terms> terms;
  private volatile boolean stopping;
  private volatile boolean stopped;

  /// What the engine works with.
  ///
  /// @param protocol to drive; nobody else calls it any more
  /// @param store that the protocol started from
  /// @param links that its inputs come from, see [#put]
  /// @param metrics that are told of deliveries and commits
  /// @param clock that everything is dated by
  public record Parts(
      Protocol protocol, Store store, Links links, NodeMetrics metrics, MonotonicClock clock) {}

  /// Makes the engine and starts its writer; the protocol runs from [#start].
  ///
  /// @param lastOffset of the last message in the store
  public Engine(Parts parts, EngineLimits limits, long lastOffset) {
    this.protocol = parts.protocol();
    this.links = parts.links();
    this.metrics = parts.metrics();
    this.clock = parts.clock();
    this.limits = limits;
    inbox = new Inbox(limits.inboxCountMax(), limits.inboxBytesMax());
    metrics.queue("inbox", inbox::queuedBytes);
    terms = protocol.terms();
    views = new Views(protocol.view(), limits.viewAge(), inbox::wake);
    tail = new Tail(limits.tailCountMax(), limits.tailBytesMax(), lastOffset);
    feed = new Follower.Feed(parts.store(), tail, limits.pageBytesMax());
    desk = new ServeDesk(parts.store(), links, limits);
    writer = new StoreWriter(parts.store(), new WriterReports(), clock);
    thread = Thread.ofPlatform().name("protocol").unstarted(this::run);
  }

  /// The writer's reports go into the lane that never waits.
  private final class WriterReports implements StoreWriter.Reports {
    @Override
    public void report(Input input) {
      inbox.report(input);
    }

    @Override
    public void committed(Duration took) {
      metrics.committed(took);
    }

    @Override
    public void fault(Throwable fault) {
      fail("writing", fault);
    }
  }

  /// Lets the protocol run.
  public void start() {
    thread.start();
  }

  /// Takes what a link has to say. Waits while too much waits already, which is what slows a peer
  /// down; a stopped engine takes nothing and does not wait.
  public void put(Input input) throws InterruptedException {
    inbox.put(input);
  }

  /// Hands messages to the protocol; see [io.pychain.node.Node#publish]. Waits a little while too
  /// much waits already.
  public CompletableFuture<Answer> publish(List<Message> messages) {
    if (stopping) {
      return refused(0, "the node is stopping: publish at another one");
    }
    long ticket = tickets.incrementAndGet();
    CompletableFuture<Answer> answer = await(ticket);
    if (!offer(new Input.Publish(ticket, messages))) {
      waiting.remove(ticket);
      return refused(ticket, "the node cannot keep up: publish again in some seconds");
    }
    return answer;
  }

  private static CompletableFuture<Answer> refused(long ticket, String reason) {
    return CompletableFuture.completedFuture(new Answer.Refused(ticket, reason));
  }

  private CompletableFuture<Answer> await(long ticket) {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    waiting.put(ticket, answer);
    return answer;
  }

  private boolean offer(Input input) {
    try {
      return inbox.offer(input, limits.publishWait());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// Hands the protocol what an operator asks for.
  ///
  /// @param input with this ticket
  /// @return the answer; an [IllegalStateException] if the protocol never got it, or has stopped
  public CompletableFuture<Answer> command(LongFunction<Input> input) {
    long ticket = tickets.incrementAndGet();
    CompletableFuture<Answer> answer = await(ticket);
    if (!inbox.command(input.apply(ticket))) {
      waiting.remove(ticket);
      return CompletableFuture.failedFuture(
          new IllegalStateException("the node cannot keep up or is stopping: try again later"));
    }
    return answer;
  }

  /// Finds out who has a message; see [io.pychain.node.Node#survey].
  public Inquiry survey(MessageId message, Duration wait) {
    long ticket = tickets.incrementAndGet();
    Inquiry inquiry = inquiries.begin(ticket);
    if (stopping || !offer(new Input.Survey(ticket, message, wait))) {
      inquiries.fail(
          ticket,
          new IllegalStateException("the node cannot keep up or is stopping: try again later"));
    }
    return inquiry;
  }

  /// See [io.pychain.node.Node#view].
  public NodeView view() {
    return views.view();
  }

  /// As [Protocol#terms]; any thread may ask.
  public Optional<Terms> terms() {
    return terms;
  }

  /// See [io.pychain.node.Node#subscribe].
  ///
  /// @throws IllegalStateException if there are as many subscriptions as there may be
  public synchronized Subscription subscribe(long after, Consumer<DeliveredMessage> consumer) {
    if (followers.size() >= limits.subscriptionsMax() || stopping) {
      throw new IllegalStateException(
          stopping
              ? "the node is stopping"
              : "%d subscriptions are open, no more are allowed: close one"
                  .formatted(limits.subscriptionsMax()));
    }
    String name = "subscription-" + followersEver.incrementAndGet();
    Follower follower = new Follower(name, feed, after, consumer, followers::remove);
    followers.add(follower);
    follower.start();
    return follower;
  }

  private void run() {
    String doing = "starting";
    try {
      while (!stopped) {
        List<Input> round = inbox.take(untilDeadline());
        for (Input input : round) {
          doing = input.getClass().getSimpleName();
          handle(input);
        }
        doing = "Wake";
        if (!clock.get().isBefore(protocol.deadline())) {
          handle(new Input.Wake());
        }
        views.drawIfWanted(protocol::view);
      }
      views.draw(protocol::view);
    } catch (InterruptedException stop) {
      LOG.debug("protocol interrupted");
    } catch (RuntimeException | Error fault) {
      fail(doing, fault);
    }
  }

  private Duration untilDeadline() {
    Duration left = Duration.between(clock.get(), protocol.deadline());
    if (left.isNegative()) {
      return Duration.ZERO;
    }
    return left.compareTo(IDLE_MAX) < 0 ? left : IDLE_MAX;
  }

  /// What finds no room on its way out is told to the protocol before anything else is: what it is
  /// handed to instead is always further along, so that this comes to an end.
  private void handle(Input input) throws InterruptedException {
    carryOut(input);
    while (!unsent.isEmpty()) {
      carryOut(unsent.remove());
    }
  }

  private void carryOut(Input input) throws InterruptedException {
    chronicle.took(input);
    Effects effects = protocol.handle(clock.get(), input);
    chronicle.caused(effects);
    views.handled();
    terms = protocol.terms();
    if (!effects.persist().isEmpty()) {
      writer.submit(effects.persist());
    }
    effects.send().forEach(this::send);
    effects.serve().forEach(desk::serve);
    effects.lookup().forEach(lookup -> desk.lookUp(lookup, this::found));
    effects.showFork().forEach(desk::show);
    effects.dial().forEach(links::dial);
    effects.seek().forEach(links::seek);
    effects.drop().forEach(links::drop);
    deliver(effects.deliver());
    answer(effects.answers());
  }

  private void found(Input.Found found) {
    try {
      inbox.put(found);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private void send(Effects.Send send) {
    if (!links.send(send) && send.frame() instanceof Frame.Carrier lost) {
      unsent.add(new Input.Unsent(send.link(), lost));
    }
  }

  private void deliver(List<Delivery> deliveries) {
    if (deliveries.isEmpty()) {
      return;
    }
    tail.add(deliveries);
    Instant now = clock.get();
    for (Delivery delivery : deliveries) {
      if (delivery.via() != Via.LOCAL) {
        Duration delay = Duration.between(delivery.batch().timestamp(), now);
        delivery.batch().messages().forEach(_ -> metrics.delivered(delay));
      }
    }
  }

  /// Whoever waits goes on on a thread of its own, so that nothing that it does holds this one up.
  private void answer(List<Answer> answers) {
    if (answers.isEmpty()) {
      return;
    }
    views.acknowledging();
    Thread.ofVirtual().name("answers").start(() -> answers.forEach(this::complete));
  }

  private void complete(Answer answer) {
    switch (answer) {
      case Answer.Covered covered -> inquiries.take(covered);
      case Answer.NotHeld(long ticket) -> inquiries.notHeld(ticket);
      case Answer.Once _ -> {
        CompletableFuture<Answer> future = waiting.remove(answer.ticket());
        if (future != null) {
          future.complete(answer);
        }
      }
    }
  }

  private void fail(String doing, Throwable fault) {
    LOG.error("fault of the node itself, it stops now: input={}", doing, fault);
    stopped = true;
    stopping = true;
    inbox.close();
    abandonWaiting();
    met.complete(fault);
  }

  /// Ends with the fault of ours that has ended the engine, if one does.
  public CompletableFuture<Throwable> fault() {
    return met.copy();
  }

  private void abandonWaiting() {
    var unknown =
        new IllegalStateException("the node stopped before it could tell whether it is durable");
    waiting.values().forEach(future -> future.completeExceptionally(unknown));
    waiting.clear();
    inquiries.abandon();
  }

  /// Takes no more publishes, and waits for those that were taken, within bounds.
  public void drain() {
    stopping = true;
    long deadline = System.nanoTime() + limits.stopWait().toNanos();
    for (CompletableFuture<Answer> future : waiting.values()) {
      future
          .copy()
          .completeOnTimeout(null, deadline - System.nanoTime(), TimeUnit.NANOSECONDS)
          .exceptionally(_ -> null)
          .join();
    }
  }

  /// To be called when the links are closed. Ends subscriptions and the protocol's thread, and
  /// writes what the writer has been given.
  @Override
  public void close() {
    stopping = true;
    stopped = true;
    tail.close();
    followers.forEach(Follower::close);
    inbox.close();
    join();
    desk.close();
    writer.close();
    abandonWaiting();
    views.close();
  }

  private void join() {
    try {
      if (!thread.equals(Thread.currentThread())) {
        thread.join();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
