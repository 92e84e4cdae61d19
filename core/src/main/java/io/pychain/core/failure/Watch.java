package io.pychain.core.failure;

import static io.pychain.core.Deadlines.earlier;

import io.pychain.core.link.Evidence;
import io.pychain.core.link.Gate;
import io.pychain.core.link.Links;
import io.pychain.core.membership.Members;
import io.pychain.core.ring.Guid;
import io.pychain.core.ring.Ring;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Watches the nearest members on the ring, and accuses those who are dead.
///
/// A case is opened when a link to one of them breaks, when it leaves a ping or a dial without an
/// answer, or when others accuse it. The member is then dialled in quick succession. What comes of
/// that decides how long to wait before it is accused:
///
/// | the last attempts | it is | accused |
/// | --- | --- | --- |
/// | refused | a process that is gone | at once, with others of that moment |
/// | unreachable | a machine without power, or a cable | after `unreachablePatience` |
/// | mute, or another answered | perhaps paused | after `mutePatience` |
///
/// Any sign of life closes the case: a link, a frame, a newer record.
///
/// **Local health** (Lifeguard). Where much is silent at a time, this node itself is likely to be
/// the one that hears badly, so it waits longer, up to [#HEALTH_MAX] times, and dials one after the
/// other. A refusal is an answer, and so no sign of that. False alarms make it wait longer for
/// answers; see [Hearing].
///
/// **Beyond the dead.** Counting its neighbours, the watch passes over those that it found dead
/// itself, so that whoever lives at the edge of a long dead stretch accuses all of it.
final class Watch {
  /// Pause between the attempts that decide; a process that restarts at once is back within them.
  static final Duration HURRY = Duration.ofMillis(150);

  /// Pause between further attempts, while patience is not at an end.
  static final Duration PACE = Duration.ofSeconds(2);

  /// From finding a member dead to accusing it: whoever else is found meanwhile is accused in the
  /// same batch.
  static final Duration GATHERING = Duration.ofMillis(100);

  /// Up to so much longer each accuser waits, and keeps silent if the quorum is there by then.
  static final Duration HESITATION = Duration.ofMillis(400);

  /// How many times longer than usual a node waits that hears nothing at all.
  static final int HEALTH_MAX = 8;

  /// Most cases at a time; further signs are taken up when they come again.
  static final int CASES_MAX = 512;

  private static final class Case {
    Instant since;
    int attempts;
    @Nullable Evidence evidence;
    Instant nextAttempt;
    Instant accuseAt = Instant.MAX;
    boolean confirmed;

    Case(Instant now) {
      since = now;
      nextAttempt = now;
    }

    /// One more look at a link on which nothing has come since.
    ///
    /// @param first when to dial, if this is the first look
    void unanswered(Instant heard, Instant first) {
      if (attempts == 0) {
        since = heard;
        nextAttempt = first;
      }
      attempts += evidence == null ? 1 : 0;
    }

    boolean isSilence() {
      return evidence != Evidence.REFUSED && attempts > 0;
    }
  }

  private final Guid self;
  private final Members members;
  private final Verdicts verdicts;
  private final Links links;
  private final Gate out;
  private final FailureConfig config;
  private final RandomGenerator random;
  private final TreeMap<Guid, Case> cases = new TreeMap<>();
  private final TreeMap<Guid, Probe> probed = new TreeMap<>();
  private final Hearing hearing = new Hearing();
  private long reach = Ring.ROUND;
  private long reachBack = Ring.ROUND;
  private boolean ringChanged = true;
  private Instant dueAt = Instant.MAX;
  private Instant accusationAt = Instant.EPOCH;

  /// On whose accusation this node has tried a member: not twice for as many.
  private record Probe(Suspicion about, int accusers) {}

  /// What it looks at.
  ///
  /// @param members who there is
  /// @param verdicts who is condemned, and so passed over
  /// @param links who answers
  /// @param out where pings go
  record Sight(Members members, Verdicts verdicts, Links links, Gate out) {}

  Watch(Guid self, Sight sight, FailureConfig config, RandomGenerator random) {
    this.self = self;
    this.members = sight.members();
    this.verdicts = sight.verdicts();
    this.links = sight.links();
    this.out = sight.out();
    this.config = config;
    this.random = random;
  }

  /// The ring, or who stands on it, has changed.
  void ringChanged() {
    ringChanged = true;
  }

  /// Whether this node watches a member.
  boolean isWatched(Guid guid) {
    if (ringChanged) {
      ringChanged = false;
      List<Guid> next = members.ring().successors(self, config.watchers(), this::stands);
      List<Guid> previous = members.ring().predecessors(self, config.watchers(), this::stands);
      boolean all = next.size() < config.watchers();
      reach = all ? Ring.ROUND : clockwise(next.getLast());
      reachBack = all ? Ring.ROUND : -clockwise(previous.getLast());
    }
    long distance = clockwise(guid);
    return members.takesPart(guid)
        && distance != 0
        && (Long.compareUnsigned(distance, reach) <= 0
            || Long.compareUnsigned(-distance, reachBack) <= 0);
  }

  private long clockwise(Guid guid) {
    return self.position().distanceTo(guid.position());
  }

  private boolean stands(Guid guid) {
    Case open = cases.get(guid);
    return !verdicts.isCondemned(guid) && (open == null || !open.confirmed);
  }

  /// Whether this node has found a member dead itself.
  boolean suspects(Guid guid) {
    Case open = cases.get(guid);
    return open != null && open.confirmed;
  }

  /// A link that somebody had a use for is gone. If only the link broke, both ends want it back:
  /// the higher GUID has a head start.
  void broken(Instant now, Guid guid) {
    Instant first = self.compareTo(guid) < 0 ? now.plus(HURRY) : now;
    open(now, guid).ifPresent(fresh -> fresh.nextAttempt = first);
  }

  /// Pings those watched that are linked and quiet. Each look that finds a ping still without an
  /// answer counts like an attempt, and beside them the member is dialled.
  void look(Instant now) {
    Instant latest = now.minus(hearing.stretch(now, config.pongPatience()));
    for (Links.Link link : links.quietSince(now.minus(config.quickPing()))) {
      Guid guid = link.guid();
      if (isWatched(guid)) {
        if (!links.unanswered(guid).isAfter(latest)) {
          Instant dial = now.plus(HURRY.multipliedBy(silent()));
          open(now, guid).ifPresent(found -> found.unanswered(links.heard(guid), dial));
        }
        links.ping(now, guid, out);
      }
    }
  }

  private long silent() {
    return cases.values().stream().filter(Case::isSilence).count();
  }

  /// Others have accused a member.
  void accused(Instant now, Guid guid) {
    if (cases.containsKey(guid)) {
      dueAt = earlier(dueAt, now);
      return;
    }
    if (verdicts.isCondemned(guid) || !isWatched(guid)) {
      return;
    }
    if (links.isUp(guid)) {
      links.ping(now, guid, out);
      return;
    }
    int accusers = verdicts.entitledAccusers(guid);
    Suspicion about = Suspicion.of(members.of(guid).orElseThrow());
    Probe before = probed.get(guid);
    int tried = before != null && before.about().equals(about) ? before.accusers() : 0;
    if (accusers > 0 && accusers >= 2 * tried) {
      probed.put(guid, new Probe(about, accusers));
      open(now, guid);
    }
  }

  private Optional<Case> open(Instant now, Guid guid) {
    boolean taken = members.ring().contains(guid) && isWatched(guid) && cases.size() < CASES_MAX;
    if (!taken) {
      return Optional.empty();
    }
    dueAt = earlier(dueAt, now);
    return Optional.of(cases.computeIfAbsent(guid, _ -> new Case(now)));
  }

  /// A dial has failed.
  void dialFailed(Instant now, Guid guid, Evidence evidence) {
    if (links.isUp(guid) && !cases.containsKey(guid)) {
      return;
    }
    open(now, guid)
        .ifPresent(found -> {
          boolean same = found.evidence == null || found.evidence == evidence;
          found.attempts = same ? found.attempts + 1 : 1;
          found.evidence = evidence;
          boolean enough = found.attempts >= config.attempts();
          found.nextAttempt = now.plus(enough ? PACE : HURRY);
        });
  }

  /// A member has shown that it lives.
  void alive(Guid guid) {
    Case closed = cases.remove(guid);
    ringChanged |= closed != null && closed.confirmed;
  }

  /// This node itself stood still, and was deaf meanwhile: all waiting begins anew.
  void stoodStill(Instant now) {
    cases.replaceAll((_, _) -> new Case(now));
    ringChanged = true;
    dueAt = cases.isEmpty() ? Instant.MAX : now;
  }

  /// What is to be done now.
  ///
  /// @param dial whom to dial
  /// @param accuse whom to accuse
  record Due(List<Guid> dial, List<Guid> accuse) {
    static final Due NOTHING = new Due(List.of(), List.of());
  }

  /// @param mayAccuse whether this node knows the others well enough to accuse them; else what is
  ///   proven waits
  Due due(Instant now, boolean mayAccuse) {
    if (dueAt.isAfter(now)) {
      return Due.NOTHING;
    }
    dueAt = Instant.MAX;
    Due due = new Due(new ArrayList<>(), new ArrayList<>());
    int confirmed = 0;
    for (Guid guid : List.copyOf(cases.keySet())) {
      confirmed += judge(now, guid, due) ? 1 : 0;
    }
    if (mayAccuse) {
      cases.forEach((guid, open) -> accuse(now, guid, open, due));
    }
    cases.forEach((guid, open) -> dueAt = earlier(dueAt, next(now, guid, open)));
    if (confirmed > 0) {
      lookBeyond(now);
    }
    return due;
  }

  /// @return whether the case has been confirmed just now
  private boolean judge(Instant now, Guid guid, Due due) {
    Case open = cases.get(guid);
    if (open == null) {
      return false;
    }
    boolean heard = links.heard(guid).isAfter(open.since);
    if (heard || verdicts.isCondemned(guid) || !isWatched(guid)) {
      if (heard && open.isSilence()) {
        hearing.falseAlarm(now);
      }
      alive(guid);
      return false;
    }
    boolean fresh = false;
    if (!open.confirmed && isProven(now, guid, open)) {
      fresh = true;
      open.confirmed = true;
      ringChanged = true;
      open.accuseAt = accusation(now);
    }
    if (!open.confirmed && !open.nextAttempt.isAfter(now)) {
      open.nextAttempt = now.plus(PACE);
      due.dial().add(guid);
    }
    return fresh;
  }

  private static void accuse(Instant now, Guid guid, Case open, Due due) {
    if (!open.accuseAt.isAfter(now)) {
      open.accuseAt = Instant.MAX;
      due.accuse().add(guid);
    }
  }

  private Instant accusation(Instant now) {
    if (!accusationAt.isAfter(now)) {
      accusationAt = now.plus(GATHERING).plusMillis(random.nextLong(HESITATION.toMillis()));
    }
    return accusationAt;
  }

  private boolean isProven(Instant now, Guid guid, Case open) {
    return open.attempts >= attemptsNeeded(guid) && !patienceEnd(guid, open).isAfter(now);
  }

  /// Where half a quorum has found a member dead, one attempt of its own tells a node enough.
  private int attemptsNeeded(Guid guid) {
    return isHalfCondemned(guid) ? 1 : config.attempts();
  }

  private boolean isHalfCondemned(Guid guid) {
    return 2 * verdicts.entitledAccusers(guid) >= verdicts.quorum();
  }

  /// Half a quorum has waited long enough to tell a cable pulled for a moment from a machine
  /// without power; who only heard of it need not wait as long again. A pause may outlast them all.
  private Instant patienceEnd(Guid guid, Case open) {
    Evidence evidence = open.evidence;
    if (evidence == null) {
      return Instant.MAX;
    }
    return switch (evidence) {
      case REFUSED -> open.since;
      case UNREACHABLE ->
          isHalfCondemned(guid)
              ? open.since
              : open.since.plus(stretched(config.unreachablePatience()));
      case MUTE, OTHER -> open.since.plus(stretched(config.mutePatience()));
    };
  }

  /// The share of all others that are silent too decides.
  private Duration stretched(Duration patience) {
    long silent = silent() - 1;
    long known = Math.max(1, links.size() + (long) cases.size() - 1);
    long share = Math.clamp(100 * silent / known, 0L, 100L);
    long percent = 100L + (HEALTH_MAX - 1) * share;
    return patience.multipliedBy(percent).dividedBy(100);
  }

  /// An accusation that must wait is looked at again at the pace of attempts.
  private Instant next(Instant now, Guid guid, Case open) {
    if (open.confirmed) {
      return open.accuseAt.isAfter(now) ? open.accuseAt : now.plus(PACE);
    }
    boolean enough = open.attempts >= attemptsNeeded(guid);
    return enough ? earlier(open.nextAttempt, patienceEnd(guid, open)) : open.nextAttempt;
  }

  /// Where several neighbours are dead, those next to them may be so too: as many more are tried.
  private void lookBeyond(Instant now) {
    int confirmed = (int) cases.values().stream().filter(open -> open.confirmed).count();
    if (confirmed < 2) {
      return;
    }
    List<Guid> near = new ArrayList<>(members.ring().successors(self, confirmed, this::isUntried));
    near.addAll(members.ring().predecessors(self, confirmed, this::isUntried));
    near.forEach(guid -> open(now, guid));
  }

  private boolean isUntried(Guid guid) {
    return !links.isUp(guid) && stands(guid);
  }

  Instant deadline() {
    return dueAt;
  }
}
