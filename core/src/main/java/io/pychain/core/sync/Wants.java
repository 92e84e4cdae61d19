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
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/// Messages that exist and are not held: who has them, and which peer is being asked for which.
///
/// A want is due a grace after it was first heard of, since broadcast mostly brings it by then. One
/// peer is asked for a range; if it does not answer in time, or has not got what it claimed, it
/// loses its claim and another is asked. A want that nobody has a claim for any more is dropped.
final class Wants {
  /// Peers that must have pruned the beginning of a log before it is given up for lost, unless
  /// there are no more: one alone may lie.
  static final int FLOORS_MIN = 2;

  /// Ranges in one question.
  static final int RANGES_MAX = 64;

  private static final class Want {
    final TreeMap<Guid, Long> claims = new TreeMap<>();
    final TreeMap<Guid, Floor> floors = new TreeMap<>();
    Instant due;
    boolean asked;

    Want(Instant due) {
      this.due = due;
    }

    long target() {
      return claims.values().stream().mapToLong(Long::longValue).max().orElse(0);
    }
  }

  /// A peer has pruned what is wanted, and holds a log from here on.
  private record Floor(long seq, long claim) {}

  /// A question that is out.
  private record Question(Guid peer, long id, List<Range> ranges) {}

  private final Held held;
  private final Duration grace;
  private final Duration timeout;
  private final RandomGenerator random;
  private final TreeMap<LogId, Want> wants = new TreeMap<>();
  private final TreeMap<Guid, Question> questions = new TreeMap<>();
  private final TreeMap<Guid, Instant> deadlines = new TreeMap<>();
  private Instant wakeAt = Instant.MAX;
  private long lastId;

  Wants(Held held, SyncConfig config, RandomGenerator random) {
    this.held = held;
    this.grace = config.grace();
    this.timeout = config.timeout();
    this.random = random;
  }

  /// A peer says that it holds a log this far. Logs of strangers, and of epochs that their
  /// certificates do not cover, are not wanted: nothing of them could be verified.
  void claim(Instant now, Guid peer, LogHead head) {
    boolean known =
        held.record(head.log().guid()).map(r -> head.log().epoch() <= r.epoch()).orElse(false);
    if (known && head.seq() > held.taken(head.log())) {
      wants
          .computeIfAbsent(head.log(), _ -> new Want(now.plus(grace)))
          .claims
          .merge(peer, head.seq(), Math::max);
      wakeAt = earlier(wakeAt, now.plus(grace));
    }
  }

  /// A log has grown, by whatever way.
  void taken(LogId log) {
    Want want = wants.get(log);
    if (want != null && !want.asked && held.taken(log) >= want.target()) {
      wants.remove(log);
    }
  }

  /// Asks for what is due, each peer one question at a time.
  void ask(Instant now, Post post) {
    TreeMap<Guid, List<Range>> ranges = new TreeMap<>();
    wants.forEach((log, want) -> {
      if (!want.asked && !want.due.isAfter(now)) {
        assign(log, want, ranges);
      }
    });
    ranges.forEach((peer, asked) -> {
      Question question = new Question(peer, ++lastId, asked);
      questions.put(peer, question);
      deadlines.put(peer, now.plus(timeout));
      post.send(peer, new Frame.Fetch(question.id(), asked));
    });
    wakeAt = nextWake();
  }

  private void assign(LogId log, Want want, TreeMap<Guid, List<Range>> ranges) {
    long next = held.taken(log) + 1;
    List<Guid> able = new ArrayList<>(able(log, want));
    able.removeIf(peer -> ranges.getOrDefault(peer, List.of()).size() >= RANGES_MAX);
    if (!able.isEmpty()) {
      Guid peer = able.get(random.nextInt(able.size()));
      Range range = new Range(log, next, want.claims.getOrDefault(peer, next));
      ranges.computeIfAbsent(peer, _ -> new ArrayList<>()).add(range);
      want.asked = true;
    }
  }

  /// Peers that claim what comes next and are not being asked for anything.
  private List<Guid> able(LogId log, Want want) {
    long next = held.taken(log) + 1;
    return want.claims.entrySet().stream()
        .filter(claim -> claim.getValue() >= next && !questions.containsKey(claim.getKey()))
        .map(Map.Entry::getKey)
        .toList();
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
      deadlines.put(peer, now.plus(timeout));
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
        settle(question.peer(), range, want).ifPresent(floors::add);
      }
    }
    return floors;
  }

  private Optional<LogHead> settle(Guid peer, Range range, Want want) {
    long taken = held.taken(range.log());
    if (taken < range.from()) {
      want.claims.remove(peer);
    }
    boolean lost = want.claims.isEmpty() || want.floors.size() >= FLOORS_MIN;
    if (lost && taken < range.from() && !want.floors.isEmpty()) {
      return Optional.of(new LogHead(range.log(), lowestFloor(want)));
    }
    if (taken >= want.target()) {
      wants.remove(range.log());
    }
    return Optional.empty();
  }

  /// The peers that hold a log from some floor on are asked again, for what lies above.
  private static long lowestFloor(Want want) {
    want.floors.forEach((peer, floor) -> want.claims.put(peer, floor.claim()));
    long lowest = want.floors.values().stream().mapToLong(Floor::seq).min().orElse(1);
    want.floors.clear();
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
    wants.values().forEach(want -> want.claims.remove(peer));
    wants.entrySet().removeIf(want -> !want.getValue().asked && isVain(want));
  }

  /// Whether nobody claims to hold more than is held here.
  private boolean isVain(Map.Entry<LogId, Want> want) {
    return want.getValue().target() <= held.taken(want.getKey());
  }

  /// How many messages are known to exist and not held.
  long behind() {
    long behind = 0;
    for (var want : wants.entrySet()) {
      behind += Math.max(0, want.getValue().target() - held.taken(want.getKey()));
    }
    return behind;
  }

  boolean isEmpty() {
    return wants.isEmpty();
  }

  /// When something is due or late at the earliest.
  Instant deadline() {
    return wakeAt;
  }

  /// A want that waits for a busy peer is due when that one answers.
  private Instant nextWake() {
    Instant next = Instant.MAX;
    for (Instant deadline : deadlines.values()) {
      next = earlier(next, deadline);
    }
    for (var want : wants.entrySet()) {
      if (!want.getValue().asked && !able(want.getKey(), want.getValue()).isEmpty()) {
        next = earlier(next, want.getValue().due);
      }
    }
    return next;
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
