package io.pychain.core.sync;

import static io.pychain.core.Deadlines.earlier;

import io.pychain.core.message.Batch;
import io.pychain.core.message.Frame;
import io.pychain.core.message.Frame.LogHead;
import io.pychain.core.message.Frame.Range;
import io.pychain.core.message.LogId;
import io.pychain.core.ring.Guid;
import io.pychain.core.sync.Questions.Question;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/// Messages that exist and are not held: who has them, and which peer is being asked for which.
///
/// A want is due a grace after it was first heard of, since broadcast mostly brings it by then, or
/// after its log has last grown: then what is missing is still on its way. One peer is asked for a
/// range, and different peers for different logs at the same time. If it does not answer in time,
/// another is asked; after some times, or if it has not got what it claimed, it loses its claim. A
/// want that nobody has a claim for any more is dropped.
///
/// A beginning that peers have pruned is given up when more than half of all peers say so, or
/// nobody is left to ask; and only up to a batch that has been seen, with its origin's signature.
/// Else a liar's number would make this node deaf to all that the origin says below it.
///
/// After each [#ask] a want is not due yet, is being asked for, or waits for a peer that is; so the
/// next moment at which there is something to do always lies ahead.
final class Wants {
  /// Ranges in one question.
  static final int RANGES_MAX = 256;

  /// Questions about one log that a peer may leave unanswered before it loses its claim.
  static final int MISSES_MAX = 3;

  private static final class Want {
    final TreeMap<Guid, Claim> claims = new TreeMap<>();
    final TreeMap<Guid, Floor> floors = new TreeMap<>();
    Instant due;
    long taken;

    /// The highest number that a signed batch of the log is known to have reached.
    long proven;

    boolean asked;
    boolean everybodyAsked;

    Want(Instant due, long taken) {
      this.due = due;
      this.taken = taken;
    }

    void claim(Guid peer, long seq) {
      claims.merge(peer, new Claim(seq, 0), Claim::or);
    }

    long target() {
      return claims.values().stream().mapToLong(Claim::seq).max().orElse(0);
    }
  }

  /// A peer says that it holds a log this far, and has not answered so many questions about it.
  private record Claim(long seq, int misses) {
    Claim or(Claim other) {
      return new Claim(Math.max(seq, other.seq), Math.min(misses, other.misses));
    }
  }

  /// A peer has pruned what is wanted, and holds a log from here on.
  private record Floor(long seq, long claim) {}

  private final Held held;
  private final Set<Guid> peers;
  private final Patience patience;
  private final Questions questions;
  private final Duration pause;
  private final RandomGenerator random;
  private final TreeMap<LogId, Want> wants = new TreeMap<>();
  private Instant wakeAt = Instant.MAX;

  /// @param peers those with a link; changes, and is only read here
  Wants(Held held, Set<Guid> peers, SyncConfig config, RandomGenerator random) {
    this.held = held;
    this.peers = peers;
    this.patience = new Patience(config.grace());
    this.questions = new Questions(config.timeout());
    this.pause = config.headsInterval();
    this.random = random;
  }

  /// A peer says that it holds a log this far.
  ///
  /// @param atOnce whether it is old, and not to be waited for
  /// @return false if its origin is a stranger, or its epoch one that the origin's certificate does
  ///   not cover: nothing of it could be verified, so it is not wanted
  boolean claim(Instant now, Guid peer, LogHead head, boolean atOnce) {
    if (head.seq() <= held.taken(head.log())) {
      return true;
    }
    boolean known =
        held.record(head.log().guid()).map(r -> head.log().epoch() <= r.epoch()).orElse(false);
    if (known) {
      Instant due = atOnce ? now : now.plus(patience.grace());
      Want want = wants.computeIfAbsent(head.log(), log -> new Want(due, held.taken(log)));
      want.claim(peer, head.seq());
      want.due = earlier(want.due, due);
      wakeAt = earlier(wakeAt, due);
    }
    return known;
  }

  /// A batch of a log has come that reaches so far, and could not be taken yet.
  void proven(LogHead head) {
    Want want = wants.get(head.log());
    if (want != null) {
      want.proven = Math.max(want.proven, head.seq());
    }
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

  /// Asks for what is due; nobody while there is no room for the answers.
  void ask(Instant now, Post post) {
    if (wakeAt.isAfter(now)) {
      return;
    }
    wants.entrySet().removeIf(want -> isSettled(want.getKey(), want.getValue()));
    Errands errands = new Errands();
    if (held.hasRoom()) {
      wants.forEach((log, want) -> {
        if (!want.asked && !want.due.isAfter(now) && !isGrowing(now, log, want)) {
          want.due = held.fetchableAt(now, log);
          if (!want.due.isAfter(now)) {
            assign(now, log, want, errands);
          }
        }
      });
    }
    errands.full.forEach(errand -> questions.ask(now, errand.peer(), errand.ranges(), post));
    errands.open.forEach((peer, ranges) -> questions.ask(now, peer, ranges, post));
    wakeAt = nextWake(now);
  }

  /// Questions being put together.
  private final class Errands {
    final TreeMap<Guid, List<Range>> open = new TreeMap<>();
    final List<Errand> full = new ArrayList<>();

    record Errand(Guid peer, List<Range> ranges) {}

    boolean hasRoomFor(Guid peer) {
      long begun = full.stream().filter(errand -> errand.peer().equals(peer)).count();
      return questions.room(peer) > begun;
    }

    void add(Guid peer, Range range) {
      List<Range> ranges = open.computeIfAbsent(peer, _ -> new ArrayList<>());
      ranges.add(range);
      if (ranges.size() >= RANGES_MAX) {
        full.add(new Errand(peer, ranges));
        open.remove(peer);
      }
    }
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

  private void assign(Instant now, LogId log, Want want, Errands errands) {
    long next = held.taken(log) + 1;
    List<Guid> able = new ArrayList<>();
    int fewest = Integer.MAX_VALUE;
    for (var entry : want.claims.entrySet()) {
      Guid peer = entry.getKey();
      Claim claim = entry.getValue();
      int failures = claim.misses() + questions.silences(peer);
      if (claim.seq() >= next && failures <= fewest && errands.hasRoomFor(peer)) {
        if (failures < fewest) {
          able.clear();
          fewest = failures;
        }
        able.add(peer);
      }
    }
    if (!able.isEmpty()) {
      Guid peer = able.get(random.nextInt(able.size()));
      long claimed = Optional.ofNullable(want.claims.get(peer)).map(Claim::seq).orElse(next);
      long most = next - 1 + Math.min(held.fetchable(now, log), Long.MAX_VALUE - next);
      errands.add(peer, new Range(log, next, Math.min(Math.min(claimed, most), held.gapEnd(log))));
      want.asked = true;
    }
  }

  /// Whether a part of an answer is one that is waited for.
  boolean isAsked(Guid peer, long id, Batch batch) {
    return questions.isAsked(peer, id, batch);
  }

  /// A part of an answer has come, after what it brought was taken.
  ///
  /// @return logs that nobody holds from the next message on, with the first that somebody holds
  List<LogHead> answered(Instant now, Guid peer, Frame.Batches batches) {
    Optional<Question> question = questions.answered(now, peer, batches);
    if (question.isEmpty()) {
      return List.of();
    }
    batches.floors().forEach(floor -> noteFloor(peer, floor));
    wakeAt = earlier(wakeAt, questions.deadline());
    return batches.done() ? close(now, question.get(), false) : List.of();
  }

  private void noteFloor(Guid peer, LogHead floor) {
    Want want = wants.get(floor.log());
    Claim claim = want == null ? null : want.claims.get(peer);
    if (want != null && claim != null && floor.seq() > held.taken(floor.log()) + 1) {
      want.floors.put(peer, new Floor(floor.seq(), claim.seq()));
    }
  }

  /// Ends a question. Who brought nothing of what it claimed to hold loses its claim; who has not
  /// answered may have lost the question.
  private List<LogHead> close(Instant now, Question question, boolean late) {
    questions.close(question);
    wakeAt = now;
    List<LogHead> floors = new ArrayList<>();
    for (Range range : question.ranges()) {
      Want want = wants.get(range.log());
      if (want != null) {
        want.asked = false;
        want.due = now;
        want.taken = held.taken(range.log());
        if (want.taken < range.from() && held.hasRoom()) {
          miss(question.peer(), want, late);
        }
        settle(range, want).ifPresent(floors::add);
      }
    }
    return floors;
  }

  private static void miss(Guid peer, Want want, boolean late) {
    want.claims.computeIfPresent(
        peer,
        (_, claim) ->
            late && claim.misses() + 1 < MISSES_MAX
                ? new Claim(claim.seq(), claim.misses() + 1)
                : null);
  }

  private Optional<LogHead> settle(Range range, Want want) {
    if (want.taken < range.from() && held.hasRoom() && isLost(range.log(), want)) {
      return Optional.of(new LogHead(range.log(), lowestFloor(want)));
    }
    if (isSettled(range.log(), want)) {
      wants.remove(range.log());
    }
    return Optional.empty();
  }

  private boolean isLost(LogId log, Want want) {
    long waits = held.gapEnd(log) == Long.MAX_VALUE ? 0 : held.gapEnd(log) + 1;
    want.floors.values().removeIf(floor -> floor.seq() > Math.max(want.proven, waits));
    if (want.floors.isEmpty()) {
      return false;
    }
    boolean most = 2 * want.floors.size() > peers.size();
    if (want.claims.isEmpty() && !most && !want.everybodyAsked) {
      askEverybody(want);
    }
    return want.claims.isEmpty() || most;
  }

  private void askEverybody(Want want) {
    want.everybodyAsked = true;
    long claim = want.floors.firstEntry().getValue().claim();
    for (Guid peer : peers) {
      if (!want.floors.containsKey(peer)) {
        want.claim(peer, claim);
      }
    }
  }

  /// The peers that hold a log from some floor on are asked again, for what lies above.
  private static long lowestFloor(Want want) {
    want.floors.forEach((peer, floor) -> want.claim(peer, floor.claim()));
    long lowest = want.floors.values().stream().mapToLong(Floor::seq).min().orElse(1);
    want.floors.clear();
    want.taken = lowest - 1;
    return lowest;
  }

  /// Gives up questions whose time is up.
  void expire(Instant now) {
    questions.expire(now).forEach(question -> close(now, question, true));
  }

  /// A peer is gone, and with it what it was asked for and what it claimed.
  void peerDown(Instant now, Guid peer) {
    questions.peerDown(peer).forEach(question -> close(now, question, true));
    wants.values().forEach(want -> forget(peer, want));
  }

  /// Who has pruned the beginning still has the rest.
  private static void forget(Guid peer, Want want) {
    want.claims.remove(peer);
    want.floors.remove(peer);
    if (want.claims.isEmpty()) {
      want.floors.forEach((other, floor) -> want.claim(other, floor.claim()));
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
    next = earlier(next, questions.deadline());
    for (Want want : wants.values()) {
      if (!want.asked && want.due.isAfter(now)) {
        next = earlier(next, want.due);
      }
    }
    return next;
  }
}
