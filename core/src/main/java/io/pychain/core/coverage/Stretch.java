package io.pychain.core.coverage;

import io.pychain.core.message.Reach;
import io.pychain.core.ring.Arc;
import io.pychain.core.ring.Guid;
import io.pychain.core.ring.Ring;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// A part of the circle that one member at a time is asked to answer for, and the best answer.
///
/// An answer stays true for ever, since what is durable stays so: a later one that counts fewer,
/// because its sender reaches fewer, does not replace it. Where answers do not get better another
/// member is asked, for it may have links that the first one lacks, and whoever gives the better
/// answer in the end is believed.
final class Stretch {
  /// Time without a better answer after which another member is asked: far above what an answer
  /// takes. It doubles with each member that did answer, since those who are missing are likely to
  /// lack the message, and whom one asks costs the network a question to each in the stretch.
  static final Duration PATIENCE = Duration.ofSeconds(1);

  /// How often one stretch may be asked about, whatever happens to links.
  static final int ASKS_MAX = 16;

  /// Positions of two GUIDs are at least so far apart, as a power of two.
  private static final int SPACING_BITS = Long.SIZE - 24;

  private final Arc arc;
  private final Set<Guid> asked = new LinkedHashSet<>();
  private Optional<Guid> answering = Optional.empty();
  private boolean heard;
  private Optional<Coverage> best = Optional.empty();
  private int asks;
  private int doublings;
  private Instant againAt = Instant.MAX;

  Stretch(Arc arc) {
    this.arc = arc;
  }

  Arc arc() {
    return arc;
  }

  boolean contains(Guid guid) {
    return arc.contains(guid.position());
  }

  /// Chooses whom to ask: the first in the stretch that was not asked before, else the nearest
  /// before the stretch; else, if nobody answers, the first in it once more.
  ///
  /// @param outside whether one that is not in the stretch may be asked
  /// @return empty if whoever was asked last may go on
  Optional<Guid> next(Instant now, Ring ring, Predicate<Guid> linked, boolean outside) {
    againAt = Instant.MAX;
    if (asks >= ASKS_MAX || isOnlyTheOneWhoAnswersMissing()) {
      return Optional.empty();
    }
    Predicate<Guid> fresh = peer -> linked.test(peer) && !asked.contains(peer);
    Optional<Guid> choice =
        ring.firstIn(arc, fresh)
            .or(() -> outside ? before(ring, fresh) : Optional.empty())
            .or(() -> heard ? Optional.empty() : ring.firstIn(arc, linked));
    choice.ifPresent(peer -> ask(now, peer));
    return choice;
  }

  private boolean isOnlyTheOneWhoAnswersMissing() {
    return best.isPresent()
        && best.get().unnamed() == 0
        && best.get().missing().equals(answering.stream().toList());
  }

  private Optional<Guid> before(Ring ring, Predicate<Guid> usable) {
    return ring.firstIn(arc).stream()
        .flatMap(first -> ring.predecessors(first, 1, usable).stream())
        .findFirst();
  }

  /// This member is asked.
  void ask(Instant now, Guid peer) {
    boolean repeats = !asked.add(peer);
    doublings += heard || repeats ? 1 : 0;
    asks++;
    answering = Optional.of(peer);
    heard = false;
    againAt = now.plus(patience());
  }

  private Duration patience() {
    return PATIENCE.multipliedBy(1L << doublings);
  }

  /// Whether a member that can be asked anew may know better: nobody else answers for the stretch,
  /// or could not reach this one.
  boolean wants(Guid peer) {
    boolean missed = best.filter(known -> known.missing().contains(peer)).isPresent();
    return asks < ASKS_MAX && contains(peer) && (answering.isEmpty() || missed);
  }

  boolean wasAsked(Guid peer) {
    return asked.contains(peer);
  }

  boolean isWith(Guid peer) {
    return answering.filter(peer::equals).isPresent();
  }

  /// Whoever was asked last answers no more.
  void abandon() {
    answering = Optional.empty();
    heard = false;
    againAt = Instant.MAX;
  }

  /// Takes an answer of a member that was asked.
  ///
  /// @return whether it is a better one
  boolean take(Instant now, Guid from, Reach.Tally tally) {
    heard |= isWith(from);
    boolean refused = tally.members() == 0;
    if (refused || !isPossible(tally)) {
      return false;
    }
    Coverage told = new Coverage(tally.reached(), tally.members(), tally.missing());
    boolean better = best.filter(known -> known.reached() >= told.reached()).isEmpty();
    if (better) {
      againAt = now.plus(patience());
      best = Optional.of(told);
    }
    return better;
  }

  /// Whether it speaks of this stretch, and of no more members than can be in it. Beyond that a
  /// member may lie about what is behind it, as it may about itself.
  private boolean isPossible(Reach.Tally tally) {
    long last = arc.from().distanceTo(arc.until()) - 1;
    return tally.members() <= (last >>> SPACING_BITS) + 1
        && tally.missing().stream().allMatch(this::contains);
  }

  boolean isComplete(Ring ring) {
    return best.isEmpty() ? ring.firstIn(arc).isEmpty() : best.get().among(ring).isComplete();
  }

  Coverage coverage(Ring ring) {
    return best.map(known -> known.among(ring))
        .orElseGet(() -> Coverage.lacking(ring.membersIn(arc)));
  }

  /// When another should be asked; never while nobody can be.
  Instant againAt() {
    return againAt;
  }
}
