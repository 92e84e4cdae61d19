package io.pychain.core.sync;

import io.pychain.core.message.Frame;
import io.pychain.core.message.Frame.LogHead;
import io.pychain.core.message.Frame.Range;
import io.pychain.core.message.LogId;
import io.pychain.core.ring.Guid;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/// Messages that exist and are not held: who has them, and which peer is being asked for which.
///
/// A want is due a grace after it was first heard of, since broadcast mostly brings it by then, or
/// after its log has last grown: then what is missing is still on its way. One peer is asked for a
/// range; if it does not answer in time, or has not got what it claimed, it loses its claim and
/// another is asked. A want that nobody has a claim for any more is dropped.
///
/// After each [#ask] a want is not due yet, is being asked for, or waits for a peer that is; so the
/// next moment at which there is something to do always lies ahead.
final class Wants {
  /// Peers that must have pruned the beginning of a log before it is given up for lost. One alone
  /// may lie: then everybody else is asked first, whether they have claimed it or not.
  static final int FLOORS_MIN = 2;

  /// Most timeouts that one answer may take, in however many parts it comes.
  static final int ANSWER_TIMEOUTS_MAX = 5;

  /// Ranges in one question.
  static final int RANGES_MAX = 64;

  private static final class Want {
    final TreeMap<Guid, Long> claims = new TreeMap<>();
    final TreeMap<Guid, Floor> floors = new TreeMap<>();
    Instant due;
    long taken;
    boolean asked;
    boolean everybodyAsked;

    Want(Instant due, long taken) {
      this.due = due;
      this.taken = taken;
    }

    long target() {
      return claims.values().stream().mapToLong(Long::longValue).max().orElse(0);
    }
  }

  /// A peer has pruned what is wanted, and holds a log from here on.
  private record Floor(long seq, long claim) {}

  /// A question that is out.
  private record Question(Guid peer, long id, List<Range> ranges, Instant latest) {}

  private final Held held;
  private final Set<Guid> peers;
  private final Patience patience;
  private final Duration timeout;
  private final Duration pause;
  private final RandomGenerator random;
  private final TreeMap<LogId, Want> wants = new TreeMap<>();
  private final TreeMap<Guid, Question> questions = new TreeMap<>();
  private final TreeMap<Guid, Instant> deadlines = new TreeMap<>();
  private Instant wakeAt = Instant.MAX;
  private long lastId;

  /// @param peers those with a link; changes, and is only read here
  Wants(Held held, Set<Guid> peers, SyncConfig config, RandomGenerator random) {
    this.held = held;
    this.peers = peers;
    this.patience = new Patience(config.grace());
    this.timeout = config.timeout();
    this.pause = config.headsInterval();
    this.random = random;
  }

  /// A peer says that it holds a log this far.
  ///
  /// @return false if its origin is a stranger, or its epoch one that the origin's certificate does
  ///   not cover: nothing of it could be verified, so it is not wanted
  boolean claim(Instant now, Guid peer, LogHead head) {
    boolean known =
        held.record(head.log().guid()).map(r -> head.log().epoch() <= r.epoch()).orElse(false);
    if (known && head.seq() > held.taken(head.log())) {
      wants
          .computeIfAbsent(head.log(), log -> new Want(now.plus(patience.grace()), held.taken(log)))
          .claims
          .merge(peer, head.seq(), Math::max);
      wakeAt = earlier(wakeAt, now.plus(patience.grace()));
    }
    return known;
  }

  /// How long broadcast is waited for.
  Patience patience() {
    return patience;
  }

  /// A log has grown, by whatever way.
  void taken(LogId log) {
    Want want = wants.get(log);
    if (want != null && isSettled(log, want)) {
      wants.remove(log);
    }
  }

  private boolean isSettled(LogId log, Want want) {
    return !want.asked && held.taken(log) >= want.target();
  }

  /// Asks for what is due, each peer one question at a time; nobody while there is no room for the
  /// answers.
  void ask(Instant now, Post post) {
    wants.entrySet().removeIf(want -> isSettled(want.getKey(), want.getValue()));
    TreeMap<Guid, List<Range>> ranges = new TreeMap<>();
    wants.forEach((log, want) -> {
      if (!want.asked && !want.due.isAfter(now) && held.hasRoom() && !isGrowing(now, log, want)) {
        assign(log, want, ranges);
      }
    });
    ranges.forEach((peer, asked) -> {
      Instant latest = now.plus(timeout.multipliedBy(ANSWER_TIMEOUTS_MAX));
      Question question = new Question(peer, ++lastId, asked, latest);
      questions.put(peer, question);
      deadlines.put(peer, now.plus(timeout));
      post.send(peer, new Frame.Fetch(question.id(), asked));
    });
    wakeAt = nextWake(now);
  }

  /// While broadcast still brings what comes next, what comes after that is left to it.
  private boolean isGrowing(Instant now, LogId log, Want want) {
    long taken = held.taken(log);
    boolean growing = taken > want.taken;
    if (growing) {
      want.taken = taken;
      want.due = now.plus(patience.grace());
    }
    return growing;
  }

  private void assign(LogId log, Want want, TreeMap<Guid, List<Range>> ranges) {
    long next = held.taken(log) + 1;
    List<Guid> able = new ArrayList<>();
    want.claims.forEach((peer, seq) -> {
      boolean room = ranges.getOrDefault(peer, List.of()).size() < RANGES_MAX;
      if (seq >= next && !questions.containsKey(peer) && room) {
        able.add(peer);
      }
    });
    if (!able.isEmpty()) {
      Guid peer = able.get(random.nextInt(able.size()));
      long claimed = want.claims.getOrDefault(peer, next);
      Range range = new Range(log, next, Math.min(claimed, held.gapEnd(log)));
      ranges.computeIfAbsent(peer, _ -> new ArrayList<>()).add(range);
      want.asked = true;
    }
  }

  /// A part of an answer has come, after what it brought was taken.
  ///
  /// @return logs that nobody holds from the next message on, with the first that somebody holds
  List<LogHead> answered(Instant now, Guid peer, Frame.Batches batches) {
    Question question = questions.get(peer);
    if (question == null || question.id() != batches.id()) {
      return List.of();
    }
    batches.floors().forEach(floor -> noteFloor(peer, floor));
    if (!batches.done()) {
      deadlines.put(peer, earlier(now.plus(timeout), question.latest()));
      return List.of();
    }
    return close(now, question);
  }

  private void noteFloor(Guid peer, LogHead floor) {
    Want want = wants.get(floor.log());
    Long claim = want == null ? null : want.claims.get(peer);
    if (want != null && claim != null && floor.seq() > held.taken(floor.log()) + 1) {
      want.floors.put(peer, new Floor(floor.seq(), claim));
    }
  }

  /// Ends a question. Who brought nothing of what it claimed to hold loses its claim.
  private List<LogHead> close(Instant now, Question question) {
    questions.remove(question.peer());
    deadlines.remove(question.peer());
    wakeAt = now;
    List<LogHead> floors = new ArrayList<>();
    for (Range range : question.ranges()) {
      Want want = wants.get(range.log());
      if (want != null) {
        want.asked = false;
        want.due = now;
        want.taken = held.taken(range.log());
        settle(question.peer(), range, want).ifPresent(floors::add);
      }
    }
    return floors;
  }

  private Optional<LogHead> settle(Guid peer, Range range, Want want) {
    long taken = held.taken(range.log());
    if (taken < range.from() && held.hasRoom()) {
      want.claims.remove(peer);
      if (isLost(want)) {
        return Optional.of(new LogHead(range.log(), lowestFloor(want)));
      }
    }
    if (isSettled(range.log(), want)) {
      wants.remove(range.log());
    }
    return Optional.empty();
  }

  private boolean isLost(Want want) {
    if (want.floors.isEmpty()) {
      return false;
    }
    if (want.claims.isEmpty() && want.floors.size() < FLOORS_MIN && !want.everybodyAsked) {
      askEverybody(want);
    }
    return want.claims.isEmpty() || want.floors.size() >= FLOORS_MIN;
  }

  private void askEverybody(Want want) {
    want.everybodyAsked = true;
    long claim = want.floors.firstEntry().getValue().claim();
    for (Guid peer : peers) {
      if (!want.floors.containsKey(peer)) {
        want.claims.put(peer, claim);
      }
    }
  }

  /// The peers that hold a log from some floor on are asked again, for what lies above.
  private static long lowestFloor(Want want) {
    want.floors.forEach((peer, floor) -> want.claims.put(peer, floor.claim()));
    long lowest = want.floors.values().stream().mapToLong(Floor::seq).min().orElse(1);
    want.floors.clear();
    want.taken = lowest - 1;
    return lowest;
  }

  /// Gives up questions whose time is up.
  void expire(Instant now) {
    TreeSet<Guid> late = new TreeSet<>();
    deadlines.forEach((peer, deadline) -> addIf(!deadline.isAfter(now), late, peer));
    late.forEach(peer -> Optional.ofNullable(questions.get(peer)).ifPresent(q -> close(now, q)));
  }

  private static void addIf(boolean condition, TreeSet<Guid> set, Guid guid) {
    if (condition) {
      set.add(guid);
    }
  }

  /// A peer is gone, and with it what it was asked for and what it claimed.
  void peerDown(Instant now, Guid peer) {
    Optional.ofNullable(questions.get(peer)).ifPresent(question -> close(now, question));
    wants.values().forEach(want -> forget(peer, want));
  }

  /// Who has pruned the beginning still has the rest.
  private static void forget(Guid peer, Want want) {
    want.claims.remove(peer);
    want.floors.remove(peer);
    if (want.claims.isEmpty()) {
      want.floors.forEach((other, floor) -> want.claims.put(other, floor.claim()));
    }
  }

  /// How many messages are known to exist and not held.
  long behind() {
    long behind = 0;
    for (var want : wants.entrySet()) {
      behind += Math.max(0, want.getValue().target() - held.taken(want.getKey()));
      behind = behind < 0 ? Long.MAX_VALUE : behind;
    }
    return behind;
  }

  boolean contains(LogId log) {
    return wants.containsKey(log);
  }

  boolean isEmpty() {
    return wants.isEmpty();
  }

  /// When something is due or late at the earliest.
  Instant deadline() {
    return wakeAt;
  }

  /// A want that waits for a busy peer is due when that one answers.
  private Instant nextWake(Instant now) {
    boolean stuck = !held.hasRoom() && !wants.isEmpty();
    Instant next = stuck ? now.plus(pause) : Instant.MAX;
    for (Instant deadline : deadlines.values()) {
      next = earlier(next, deadline);
    }
    for (Want want : wants.values()) {
      if (!want.asked && want.due.isAfter(now)) {
        next = earlier(next, want.due);
      }
    }
    return next;
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
