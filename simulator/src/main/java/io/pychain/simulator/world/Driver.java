package io.pychain.simulator.world;

import io.pychain.core.admission.Pass;
import io.pychain.core.link.Evidence;
import io.pychain.core.link.Fault;
import io.pychain.core.link.LinkId;
import io.pychain.core.message.Address;
import io.pychain.core.message.ForkProof;
import io.pychain.core.message.Frame;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.message.Message;
import io.pychain.core.message.MessageId;
import io.pychain.core.protocol.Answer;
import io.pychain.core.protocol.Effects;
import io.pychain.core.protocol.Input;
import io.pychain.core.protocol.Input.DialFailed;
import io.pychain.core.protocol.Persist;
import io.pychain.core.ring.Guid;
import io.pychain.core.trust.Verdict;
import io.pychain.simulator.check.Bounds;
import io.pychain.simulator.check.RuleBroken;
import io.pychain.simulator.check.Witness;
import io.pychain.simulator.world.Host.Greeting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/// One run of one node, from its start to its crash: gives the core its inputs and carries out its
/// effects, in the order that [Effects] lays down.
///
/// Inputs come one at a time: whatever an effect leads to comes back as an event of its own.
final class Driver {
  /// Wakes in a row at one moment after which the core is taken to spin.
  private static final int WAKES_AT_ONCE_MAX = 1_000;

  private final Machine machine;
  private final Core core;
  private final Services services;
  private final Witness witness;
  private final Gate.Guard guard;
  private final Porter porter;
  private final Map<LinkId, LinkEnd> links = new HashMap<>();
  private final Tickets tickets = new Tickets();
  private final MemberRecord self;
  private boolean stopped;
  private long lastLink;

  /// When wakes are scheduled, the next one first: each came earlier than all that were scheduled
  /// before it.
  private final ArrayDeque<Long> wakes = new ArrayDeque<>();

  private long lastWake = -1;
  private int wakesAtOnce;

  /// What all drivers of a world share.
  ///
  /// @param timeline the clock
  /// @param gate verifies what arrives
  /// @param wire sizes frames
  /// @param witness sees every step
  /// @param bounds of what waits in a core
  record Services(Timeline timeline, Gate gate, Wire wire, Witness witness, Bounds bounds) {}

  /// @param self what the node says of itself
  Driver(Machine machine, Core core, MemberRecord self, Services services) {
    this.machine = machine;
    this.core = core;
    this.self = self;
    this.services = services;
    this.witness = services.witness();
    KeyTable keys = machine.disk().platter().keys();
    keys.learn(self);
    this.guard = services.gate().guard(keys);
    this.porter = new Porter(core, services.gate().door(machine.key().key()));
  }

  /// Lets the core begin.
  void start() {
    arm();
  }

  /// The process is gone; events that are still under way find nobody.
  void stop() {
    stopped = true;
  }

  boolean isStopped() {
    return stopped;
  }

  /// The newest that this node says of itself and that is on its disk.
  MemberRecord self() {
    Optional<MemberRecord> stored = machine.disk().platter().record(self.guid().value());
    return stored
        .filter(record -> record.newerThan(self) && record.key().equals(self.key()))
        .orElse(self);
  }

  /// What it drives.
  Core core() {
    return core;
  }

  /// How many links are up.
  int linkCount() {
    return links.size();
  }

  /// Whether a link to a machine is open.
  boolean isLinkedTo(int index) {
    return links.values().stream()
        .anyMatch(end -> end.isOpen() && end.peer().port().place() == index);
  }

  /// Asks the core for what an operator may ask for.
  void ask(LongFunction<Input> input, Consumer<Answer> answer) {
    take(input.apply(tickets.issue(answer)));
  }

  /// Asks the core to publish.
  void publish(List<Message> messages, Consumer<Answer> answer) {
    long ticket = tickets.issue(answer);
    witness.submitted(machine.index(), ticket, messages);
    take(new Input.Publish(ticket, messages));
  }

  /// Asks the core who has a message.
  void survey(MessageId message, Duration wait, Consumer<Answer> answer) {
    Input.Survey survey = new Input.Survey(tickets.issue(answer), message, wait);
    witness.surveys(machine.index(), survey);
    take(survey);
  }

  /// A group of writes is durable.
  void committed(long write) {
    take(new Input.Persisted(write));
  }

  /// Nothing since the last commit was written.
  void writesFailed(String reason) {
    take(new Input.PersistFailed(reason));
  }

  /// A link is up.
  void linkUp(LinkEnd end, Greeting peer, boolean dialled) {
    LinkId link = new LinkId(++lastLink);
    end.name(link);
    links.put(link, end);
    switch (peer) {
      case Greeting.Member(MemberRecord record, long storeId) -> {
        if (!guard.check(record)) {
          throw new RuleBroken("a record is valid: %s".formatted(record));
        }
        int version = self.contact().protocol().common(record.contact().protocol());
        end.agree(version);
        String host = end.peer().port().address().host();
        take(new Input.LinkUp(link, record, storeId, host, version, dialled));
      }
      case Greeting.Guest guest -> enter(link, end, guest);
    }
  }

  /// Somebody asks before it connects.
  Optional<Frame> asked(Frame.BeforeTls question, String host) {
    return porter.answer(now(), question, host);
  }

  private void enter(LinkId link, LinkEnd end, Greeting.Guest guest) {
    Optional<Pass> pass = porter.receive(now(), guest);
    if (pass.isPresent()) {
      take(new Input.GuestUp(link, guest.key(), guest.host(), pass.get()));
    } else {
      links.remove(link);
      end.close("FULL: it has not paid enough");
    }
  }

  private Instant now() {
    return machine.clock().instant();
  }

  /// A frame has arrived. One that is out of line may overtake the news that the link is up; nobody
  /// can tell yet whom it is from, and it is lost.
  void received(LinkEnd end, Frame frame) {
    end.name().ifPresent(link -> received(link, end, frame));
  }

  private void received(LinkId link, LinkEnd end, Frame frame) {
    switch (guard.check(frame)) {
      case Verdict.Valid _ -> take(new Input.Received(link, frame));
      case Verdict.Disputed _ -> {}
      case Verdict.Invalid invalid -> {
        take(new Input.Misdeed(link, Fault.of(frame)));
        end.close("INVALID: " + invalid.reason());
      }
      case Verdict.UnknownOrigin unknown -> take(new Input.UnknownOrigin(link, unknown.log()));
    }
  }

  /// A link is gone.
  void closed(LinkEnd end, String reason) {
    Optional<LinkId> name = end.name().filter(link -> links.remove(link, end));
    name.ifPresent(link -> take(new Input.LinkDown(link, reason)));
  }

  /// Gives the core an input, and carries out what follows.
  void take(Input input) {
    if (stopped) {
      return;
    }
    witness.takes(machine.index(), input);
    carryOut(core.handle(now(), input));
    arm();
  }

  private void carryOut(Effects effects) {
    write(effects.persist());
    effects.send().forEach(this::send);
    effects.serve().forEach(this::serve);
    effects.lookup().forEach(this::lookUp);
    effects.showFork().forEach(this::show);
    effects.dial().forEach(this::dial);
    effects.seek().forEach(seek -> machine.port().dial(seek.address(), new Seeking(machine, this)));
    effects.drop().forEach(this::drop);
    for (Persist.Delivery delivery : effects.deliver()) {
      witness.delivers(machine.index(), delivery);
      machine.delivered(delivery);
    }
    effects.answers().forEach(this::answer);
  }

  private void write(List<Persist> writes) {
    if (writes.isEmpty()) {
      return;
    }
    services.bounds().check(core.queues());
    for (Persist write : writes) {
      witness.writes(machine.index(), write);
    }
    machine.disk().write(writes);
  }

  private void send(Effects.Send send) {
    witness.sends(machine.index(), send.frame());
    LinkEnd end = links.get(send.link());
    if (end != null && !send(end, send.frame()) && send.frame() instanceof Frame.Carrier lost) {
      services.timeline().after(0, () -> unsent(send.link(), lost));
    }
  }

  private void unsent(LinkId link, Frame.Carrier frame) {
    if (links.containsKey(link)) {
      take(new Input.Unsent(link, frame));
    }
  }

  private boolean send(LinkEnd end, Frame frame) {
    Wire.Parcel parcel = services.wire().pack(frame);
    boolean sent = end.send(parcel.frame(), parcel.bytes());
    if (sent) {
      witness.sent(machine.index(), end.peer().port().place(), frame, parcel.bytes());
    }
    return sent;
  }

  private void serve(Effects.Serve serve) {
    LinkEnd end = links.get(serve.link());
    if (end == null) {
      return;
    }
    machine.disk().read(serve.fetch(), part -> machine.whenAwake(() -> serve(end, part)));
  }

  private void serve(LinkEnd end, Frame part) {
    witness.sends(machine.index(), part);
    send(end, part);
  }

  private void lookUp(Effects.Lookup lookup) {
    Input found = machine.disk().platter().find(lookup);
    services.timeline().after(0, () -> machine.whenAwake(() -> take(found)));
  }

  private void show(Effects.ShowFork show) {
    LinkEnd end = links.get(show.link());
    Optional<ForkProof> proof = machine.disk().platter().fork(show.log());
    if (end != null && proof.isPresent()) {
      send(end, new Frame.Fork(proof.get(), show.peer().position(), 1, 0));
    }
  }

  private void dial(Effects.Dial dial) {
    Guid guid = dial.guid();
    List<Address> addresses = dial.addresses();
    witness.dials(machine.index(), guid);
    if (addresses.isEmpty()) {
      services
          .timeline()
          .after(0, () -> take(new DialFailed(guid, "no address", Evidence.UNREACHABLE)));
      return;
    }
    machine.port().dial(addresses.getFirst(), new Dialling(machine, this, dial));
  }

  private void drop(Effects.Drop drop) {
    LinkEnd end = links.get(drop.link());
    if (end != null) {
      end.close(drop.reason().name() + ": " + drop.detail());
    }
  }

  private void answer(Answer answer) {
    witness.answers(machine.index(), answer);
    tickets.answer(answer);
  }

  /// Makes sure that the core is woken at its deadline: schedules only what comes earlier than all
  /// wakes that are scheduled already, which on waking find out whether there is time left.
  private void arm() {
    long deadline = machine.clock().nanosOf(core.deadline());
    long at = Math.max(deadline, services.timeline().now());
    if (at < (wakes.isEmpty() ? Long.MAX_VALUE : wakes.peek())) {
      wakes.push(at);
      services.timeline().at(at, () -> machine.whenAwake(this::wake));
    }
  }

  private void wake() {
    if (stopped) {
      return;
    }
    long mine = wakes.pop();
    if (machine.clock().nanosOf(core.deadline()) > mine) {
      arm();
      return;
    }
    wakesAtOnce = mine == lastWake ? wakesAtOnce + 1 : 0;
    lastWake = mine;
    if (wakesAtOnce >= WAKES_AT_ONCE_MAX) {
      throw new RuleBroken("a deadline moves: still %s".formatted(core.deadline()));
    }
    take(new Input.Wake());
  }
}
