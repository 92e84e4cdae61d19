package io.pychain.simulator.world;

import io.pychain.core.message.Address;
import io.pychain.core.protocol.Input.DialFailed.Evidence;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/// Where a machine is plugged in: its address, whether it answers, and its ends of links.
final class Port {
  /// One-way trips until the listener knows the dialler: TCP takes two, TLS two, the hello one. The
  /// listener's own hello takes one more.
  private static final int TRIPS_TO_ACCEPT = 5;

  private final Network network;
  private final int place;
  private final Address address;
  private final Host host;
  private final SequencedSet<LinkEnd> ends = new LinkedHashSet<>();
  private final List<LinkEnd> lost = new ArrayList<>();
  private State state = State.CLOSED;
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

  private void arrive(int mine, Port target, Host.Dialler dialler, long trip) {
    if (mine != generation) {
      network.dialEnded();
      return;
    }
    if (target.state == State.DARK || !network.reach(this, target)) {
      long waited = TRIPS_TO_ACCEPT * trip;
      long left = Math.max(trip, timeout() - waited);
      fail(mine, dialler, left, Evidence.UNREACHABLE, "no answer from " + target.address);
    } else if (target.state == State.CLOSED) {
      fail(mine, dialler, trip, Evidence.REFUSED, "connection refused by " + target.address);
    } else {
      network.dialEnded();
      LinkEnd own = network.connect(this, target);
      own.peer().greet(dialler, target.host.greeting());
      target.host.accepted(own.peer(), dialler.greeting());
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
