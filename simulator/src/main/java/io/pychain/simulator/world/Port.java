package io.pychain.simulator.world;

import io.pychain.core.link.Evidence;
import io.pychain.core.message.Address;
import io.pychain.core.message.Frame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.function.Consumer;

/// Where a machine is plugged in: its address, whether it answers, and its ends of links.
final class Port {
  /// One-way trips until the listener knows the dialler: TCP takes two, TLS two, the hello one. The
  /// listener's own hello takes one more.
  private static final int TRIPS_TO_ACCEPT = 5;

  /// One-way trips until a question is there that is asked without TLS.
  private static final int TRIPS_TO_ASK = 3;

  /// How long a dialler waits for a hello once it is connected.
  private static final long HELLO_NANOS_MAX = Duration.ofSeconds(5).toNanos();

  private final Network network;
  private final int place;
  private final Address address;
  private final Host host;
  private final SequencedSet<LinkEnd> ends = new LinkedHashSet<>();
  private final List<LinkEnd> lost = new ArrayList<>();
  private final SequencedSet<Knock> knocks = new LinkedHashSet<>();
  private State state = State.CLOSED;
  private boolean frozen;
  private double deafness;
  private int generation;

  private enum State {
    /// Takes links.
    OPEN,
    /// The machine runs, nobody listens: dials are refused at once.
    CLOSED,
    /// The machine is off: dials run into silence.
    DARK
  }

  Port(Network network, int place, Address address, Host host) {
    this.network = network;
    this.place = place;
    this.address = address;
    this.host = host;
  }

  int place() {
    return place;
  }

  Address address() {
    return address;
  }

  Network network() {
    return network;
  }

  Host host() {
    return host;
  }

  /// Its ends of links, oldest first.
  SequencedSet<LinkEnd> ends() {
    return ends;
  }

  /// Starts to take links. Whoever still believes in a link from before the power went finds out.
  void open() {
    state = State.OPEN;
    lost.forEach(LinkEnd::hangUpAfterAll);
    lost.clear();
    turnAway();
  }

  /// The process has died: its machine closes every link, and refuses dials.
  void close() {
    shut(State.CLOSED);
  }

  /// The machine has lost its power: links fall silent, and dials get no answer.
  void goDark() {
    shut(State.DARK);
  }

  private void shut(State next) {
    state = next;
    generation++;
    frozen = false;
    if (next == State.CLOSED) {
      turnAway();
    }
    for (LinkEnd end : List.copyOf(ends)) {
      end.die(next == State.CLOSED);
    }
    if (next == State.DARK) {
      lost.addAll(ends);
    }
    ends.clear();
  }

  /// Dials an address. Ends in one call of the dialler, unless this machine goes down before.
  void dial(Address to, Host.Dialler dialler) {
    Port target = network.find(to);
    network.dialStarted();
    if (target == null) {
      fail(generation, dialler, timeout(), Evidence.UNREACHABLE, "no such host " + to);
      return;
    }
    long trip = network.latency(place, target.place) + network.jitter();
    int mine = generation;
    network.timeline().after(TRIPS_TO_ACCEPT * trip, () -> arrive(mine, target, dialler, trip));
  }

  /// Asks whoever listens at an address something, on a connection for this alone.
  ///
  /// @param answer is given the answer; nothing if there is none
  void ask(Address to, Frame.BeforeTls question, Consumer<Optional<Frame>> answer) {
    Port target = Objects.requireNonNull(network.find(to));
    network.dialStarted();
    long trip = network.latency(place, target.place);
    int mine = generation;
    network
        .timeline()
        .after(
            TRIPS_TO_ASK * trip,
            () -> {
              boolean heard = target.state == State.OPEN && !target.isSilent();
              Optional<Frame> reply =
                  heard && !target.host.isFrozen() && network.reach(this, target)
                      ? target.host.asked(question, address.host())
                      : Optional.empty();
              network.timeline().after(trip, () -> answered(mine, reply, answer));
            });
  }

  private void answered(int mine, Optional<Frame> reply, Consumer<Optional<Frame>> answer) {
    network.dialEnded();
    if (mine == generation) {
      answer.accept(reply);
    }
  }

  /// The host stands still.
  ///
  /// @param machine whether its kernel does too, so that dials run into silence
  void freeze(boolean machine) {
    frozen = machine;
  }

  /// Whether the kernel stands still too.
  boolean isFrozen() {
    return frozen;
  }

  /// The host goes on, and takes whoever has waited at its door.
  void thaw() {
    frozen = false;
    List<Knock> waited = List.copyOf(knocks);
    knocks.clear();
    waited.forEach(Knock::answer);
  }

  /// Resets whoever waits for a process that is gone.
  private void turnAway() {
    List<Knock> waited = List.copyOf(knocks);
    knocks.clear();
    waited.forEach(Knock::reset);
  }

  /// Makes the machine lose frames that arrive.
  void deafen(double chance) {
    deafness = chance;
  }

  /// Whether a frame that arrives now gets lost in the machine.
  boolean mishears() {
    return network.strikes(deafness);
  }

  private void arrive(int mine, Port target, Host.Dialler dialler, long trip) {
    if (mine != generation) {
      network.dialEnded();
      return;
    }
    if (target.isSilent() || !network.reach(this, target)) {
      long waited = TRIPS_TO_ACCEPT * trip;
      long left = Math.max(trip, timeout() - waited);
      fail(mine, dialler, left, Evidence.UNREACHABLE, "no answer from " + target.address);
    } else if (target.state == State.CLOSED) {
      fail(mine, dialler, trip, Evidence.REFUSED, "connection refused by " + target.address);
    } else if (host.isFrozen()) {
      fail(mine, dialler, trip, Evidence.MUTE, "no time for the hello of " + target.address);
    } else if (target.host.isFrozen()) {
      new Knock(mine, target, dialler).await();
    } else {
      enter(target, dialler);
    }
  }

  private void enter(Port target, Host.Dialler dialler) {
    network.dialEnded();
    LinkEnd own = network.connect(this, target);
    own.peer().greet(dialler, target.host.greeting());
    target.host.accepted(own.peer(), dialler.greeting());
  }

  private boolean isSilent() {
    return state == State.DARK || frozen;
  }

  /// A dialler whom the kernel has let in and nobody greets: until the time for a hello is over, or
  /// the process goes on.
  private final class Knock {
    private final int mine;
    private final Port target;
    private final Host.Dialler dialler;

    Knock(int mine, Port target, Host.Dialler dialler) {
      this.mine = mine;
      this.target = target;
      this.dialler = dialler;
    }

    void await() {
      target.knocks.add(this);
      network.timeline().after(HELLO_NANOS_MAX, this::giveUp);
    }

    private void giveUp() {
      if (target.knocks.remove(this)) {
        fail(mine, dialler, 0, Evidence.MUTE, "no hello from " + target.address);
      }
    }

    void answer() {
      if (mine == generation && target.state == State.OPEN && !host.isFrozen()) {
        enter(target, dialler);
      } else {
        reset();
      }
    }

    void reset() {
      fail(mine, dialler, 0, Evidence.OTHER, "reset by " + target.address);
    }
  }

  private void fail(int mine, Host.Dialler dialler, long delay, Evidence evidence, String reason) {
    network
        .timeline()
        .after(
            delay,
            () -> {
              network.dialEnded();
              if (mine == generation) {
                dialler.failed(reason, evidence);
              }
            });
  }

  private long timeout() {
    return network.config().dialTimeout().toNanos();
  }

  @Override
  public String toString() {
    return address.toString();
  }
}
