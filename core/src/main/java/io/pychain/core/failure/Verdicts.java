package io.pychain.core.failure;

import io.pychain.core.membership.Members;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.ring.Guid;
import io.pychain.core.ring.Ring;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// Who is condemned: a fold over records and accusations, with no clock in it.
///
/// **Who has a say.** An accuser counts for X only if fewer than `watchers` members that stand
/// (take part and are not condemned) lie strictly between the two, on one side or the other. So a
/// stranger far away has none, and to condemn somebody one needs neighbours of that very member.
///
/// ```
///   … a12 a11 … a2 a1  X  b1 b2 … b11 b12 …       watchers = 12
///     └── have a say ──┘  └── have a say ─┘
///
///   a1 and a2 condemned:  a14 a13 … a3 (a2 a1)  X     two more on that side
/// ```
///
/// **How many it takes.** [#quorum]: `watchers`, or in a small network the majority of those who
/// stand, the accused included; two at least. It is as many as one side has, so that at the edge of
/// a long dead stretch the living side alone decides.
///
/// **The least fixpoint.** Each verdict passes the say on to others beyond, and may complete
/// another quorum. The condemned are the least set that this comes to, starting from nobody. So
/// they depend on the facts, and not on the order in which they were heard. The greatest such set
/// would be another function of the facts, and a fatal one: it lets three liars bury everybody
/// between them, each victim's verdict resting on the others'.
///
/// **What undoes a verdict.** A newer record of the condemned; and one of somebody else who was
/// condemned may, since then all verdicts are computed anew, with the ring as it is ([#settle]).
/// Who joins or returns in between takes the say from others, but before that no verdict back. A
/// vote outlives its voter.
///
/// A member's own record number is all that refutes; whether there was time enough for that is for
/// the caller, who has a clock.
final class Verdicts {
  private static final int[] NOBODY = {};

  private final Members members;
  private final int watchers;
  private final Ring standing = new Ring();
  private final TreeMap<Guid, Ballots> accused = new TreeMap<>();
  private final TreeSet<Guid> condemned = new TreeSet<>();
  private final TreeSet<Guid> changed = new TreeSet<>();
  private boolean unsettled;

  /// Nobody is accused.
  ///
  /// @param members whose records are the newest known
  /// @param watchers how many on either side of a member have a say about it
  Verdicts(Members members, int watchers) {
    this.members = members;
    this.watchers = watchers;
  }

  /// A member's record is new or newer, or the member has been forgotten.
  void renewed(Guid guid) {
    members.of(guid).ifPresent(record -> dropOlderThan(record));
    if (condemned.remove(guid)) {
      changed.add(guid);
      unsettled = true;
    }
    if (members.takesPart(guid)) {
      standing.add(guid);
      decide(List.of(guid));
    } else if (standing.remove(guid)) {
      decide(affectedBy(guid));
    }
  }

  private void dropOlderThan(MemberRecord record) {
    Ballots ballots = accused.get(record.guid());
    if (ballots != null && ballots.dropOlderThan(Suspicion.of(record))) {
      accused.remove(record.guid());
    }
  }

  /// Takes an accusation. What is about an older record than the newest known, or about the accuser
  /// itself, changes nothing.
  ///
  /// @return whether it is news
  boolean accuse(Accusation accusation) {
    Guid accuser = accusation.accuser();
    Suspicion suspicion = accusation.suspicion();
    if (accuser.equals(suspicion.guid()) || !mayBeKept(suspicion)) {
      return false;
    }
    boolean news = accused.computeIfAbsent(suspicion.guid(), Ballots::new).take(accuser, suspicion);
    if (news) {
      decide(List.of(suspicion.guid()));
    }
    return news;
  }

  private boolean mayBeKept(Suspicion suspicion) {
    Optional<MemberRecord> held = members.of(suspicion.guid());
    return held.isPresent()
        ? suspicion.isAbout(held.get()) || isNewer(suspicion, held.get())
        : suspicion.guid().value() < members.size() + Accusation.AHEAD_MAX;
  }

  private static boolean isNewer(Suspicion suspicion, MemberRecord held) {
    int epochs = Integer.compare(suspicion.epoch(), held.certificate().epoch());
    return epochs > 0 || (epochs == 0 && suspicion.number() > held.number());
  }

  /// Condemns whoever must be, of these and of those whose case rests on theirs.
  private void decide(List<Guid> cases) {
    Deque<Guid> open = new ArrayDeque<>(cases);
    while (!open.isEmpty()) {
      Guid guid = open.remove();
      if (standing.contains(guid) && entitledAccusers(guid) >= quorum()) {
        condemned.add(guid);
        changed.add(guid);
        standing.remove(guid);
        open.addAll(affectedBy(guid));
      }
    }
  }

  /// Those accused whose accusers may count now that this member stands no longer between them.
  private List<Guid> affectedBy(Guid gone) {
    if (accused.isEmpty()) {
      return List.of();
    }
    if (standing.size() < 2 * watchers) {
      return List.copyOf(accused.keySet());
    }
    List<Guid> affected = new ArrayList<>(standing.successors(gone, watchers));
    affected.addAll(standing.predecessors(gone, watchers));
    return affected;
  }

  /// How many entitled accusers condemn a member.
  int quorum() {
    return Math.max(2, Math.min(watchers, standing.size() / 2 + 1));
  }

  /// How many accuse the newest record of a member and have a say about it.
  int entitledAccusers(Guid guid) {
    int[] accusers = accusersOf(guid);
    if (accusers.length == 0) {
      return 0;
    }
    long clockwise = standing.reach(guid, watchers);
    long anticlockwise = standing.reachBack(guid, watchers);
    int count = 0;
    for (int accuser : accusers) {
      long distance = guid.position().distanceTo(Guid.of(accuser).position());
      boolean entitled =
          Long.compareUnsigned(distance, clockwise) <= 0
              || Long.compareUnsigned(-distance, anticlockwise) <= 0;
      count += entitled ? 1 : 0;
    }
    return count;
  }

  /// How many accuse the newest record of a member, with or without a say about it; of very many,
  /// the nearest.
  int accusers(Guid guid) {
    return accusersOf(guid).length;
  }

  private int[] accusersOf(Guid guid) {
    Ballots ballots = accused.get(guid);
    return ballots == null
        ? NOBODY
        : members.of(guid).map(record -> ballots.accusersOf(Suspicion.of(record))).orElse(NOBODY);
  }

  /// Whether somebody has accused the newest record of a member.
  boolean accuses(Guid accuser, Guid guid) {
    for (int one : accusersOf(guid)) {
      if (one == accuser.value()) {
        return true;
      }
    }
    return false;
  }

  /// Whether a member is condemned.
  boolean isCondemned(Guid guid) {
    return condemned.contains(guid);
  }

  /// Those who take part and are not condemned. Not to be changed.
  Ring standing() {
    return standing;
  }

  /// Whether somebody who was condemned has a newer record, so that verdicts may have lost their
  /// ground: [#settle] is due.
  boolean isUnsettled() {
    return unsettled;
  }

  /// Computes all verdicts anew, from nobody on. Costs time in proportion to all who are accused,
  /// so it is put off while many return at once.
  void settle() {
    unsettled = false;
    List<Guid> before = List.copyOf(condemned);
    condemned.clear();
    before.forEach(standing::add);
    List<Guid> sofar = List.copyOf(changed);
    changed.clear();
    decide(List.copyOf(accused.keySet()));
    TreeSet<Guid> differs = new TreeSet<>(changed);
    changed.clear();
    before.forEach(guid -> toggle(differs, guid));
    changed.addAll(differs);
    changed.addAll(sofar);
  }

  private static void toggle(TreeSet<Guid> set, Guid guid) {
    if (!set.remove(guid)) {
      set.add(guid);
    }
  }

  /// Whose verdict has changed since this was asked last, by GUID.
  List<Guid> changes() {
    List<Guid> news = List.copyOf(changed);
    changed.clear();
    return news;
  }
}
