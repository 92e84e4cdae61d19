package io.pychain.core.broadcast;

import io.pychain.core.Cast;
import io.pychain.core.message.Batch;
import io.pychain.core.message.Bytes;
import io.pychain.core.message.Frame;
import io.pychain.core.message.Sealed;
import io.pychain.core.ring.Base;
import io.pychain.core.ring.Guid;
import io.pychain.core.ring.Ring;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;

/// All members at one table: who is handed something takes it in its turn. Nobody acknowledges,
/// since that comes later than what is handed on.
final class Circle {
  static final Parcel PARCEL = new Parcel.OfRecord(Cast.record(0, 1));

  final List<Broadcast> nodes = new ArrayList<>();
  final TreeMap<Guid, Integer> received = new TreeMap<>();
  final TreeSet<Guid> dead = new TreeSet<>();
  final TreeMap<Guid, Instant> heard = new TreeMap<>();
  final Deque<Passing> passing = new ArrayDeque<>();
  Instant now = Cast.NOON;
  int hopsMax;

  record Passing(Guid from, Handoff handoff) {}

  /// Everybody has a link to everybody.
  Circle(int size) {
    this(size, (_, _) -> true);
  }

  Circle(int size, BiPredicate<Integer, Integer> linked) {
    Ring members = Ring.complete(size);
    for (int i = 0; i < size; i++) {
      nodes.add(new Broadcast(Guid.of(i), Base.of(4), members, this::heard));
      for (int peer = 0; peer < size; peer++) {
        if (peer != i && linked.test(Math.min(i, peer), Math.max(i, peer))) {
          nodes.get(i).linkUp(now, Guid.of(peer));
        }
      }
    }
  }

  private Instant heard(Guid peer) {
    return heard.getOrDefault(peer, Instant.MIN);
  }

  /// A batch of so many bytes.
  static Parcel parcelOf(int bytes) {
    Batch any = Cast.chain(Cast.log(1), 1, 1).getFirst();
    var sealed = new Sealed(Bytes.wrap(new byte[bytes]), any.sealed().signature());
    return new Parcel.OfBatch(
        new Batch(
            any.log(), 1, any.previous(), any.timestamp(), any.messages(), sealed, any.hash()));
  }

  Broadcast node(int guid) {
    return nodes.get(guid);
  }

  void originate(int origin) {
    received.put(Guid.of(origin), 1);
    pass(Guid.of(origin), node(origin).originate(now, PARCEL));
  }

  void pass(Guid from, List<Handoff> handoffs) {
    handoffs.forEach(handoff -> passing.add(new Passing(from, handoff)));
  }

  /// The first that was handed something is too slow to be sent it.
  Guid refuseFirst() {
    Passing first = passing.remove();
    Guid slow = first.handoff().to();
    Broadcast from = node(first.from().value());
    pass(first.from(), from.unsent(now, slow, first.handoff().frame()));
    return slow;
  }

  void run() {
    run(Integer.MAX_VALUE);
  }

  void run(int steps) {
    for (int i = 0; i < steps && !passing.isEmpty(); i++) {
      Handoff handoff = passing.remove().handoff();
      if (!dead.contains(handoff.to())) {
        take(handoff);
      }
    }
  }

  private void take(Handoff handoff) {
    Frame.Carrier frame = handoff.frame();
    received.merge(handoff.to(), 1, Integer::sum);
    hopsMax = Math.max(hopsMax, frame.hops());
    pass(handoff.to(), node(handoff.to().value()).carry(now, frame));
  }

  /// What it has sent and nobody has taken is lost with it, and everybody hears of it.
  void kill(int victim) {
    Guid guid = Guid.of(victim);
    if (dead.add(guid)) {
      passing.removeIf(next -> next.from().equals(guid));
      living().forEach(other -> pass(other, node(other.value()).linkDown(now, guid)));
    }
  }

  /// It stands still, and nobody hears of it.
  void freeze(int victim) {
    dead.add(Guid.of(victim));
  }

  /// A link comes up.
  void link(int one, int other) {
    pass(Guid.of(one), node(one).linkUp(now, Guid.of(other)));
    pass(Guid.of(other), node(other).linkUp(now, Guid.of(one)));
  }

  /// Time passes, in steps, and everybody looks whether somebody has fallen silent.
  void await(Duration time) {
    Instant until = now.plus(time);
    while (now.isBefore(until)) {
      now = now.plusMillis(10);
      for (Guid self : living()) {
        Broadcast node = node(self.value());
        node.fallenSilent(now).forEach(peer -> pass(self, node.giveUp(now, peer)));
      }
      run();
    }
  }

  List<Guid> living() {
    List<Guid> living = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      if (!dead.contains(Guid.of(i))) {
        living.add(Guid.of(i));
      }
    }
    return living;
  }

  /// Who lives and has not got it.
  TreeSet<Guid> missing() {
    TreeSet<Guid> missing = new TreeSet<>(living());
    missing.removeAll(received.keySet());
    return missing;
  }
}
