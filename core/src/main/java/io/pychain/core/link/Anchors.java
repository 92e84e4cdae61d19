package io.pychain.core.link;

import io.pychain.core.ring.Guid;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The members whose links have lasted longest: written down, and the first that a node turns to
/// when it starts again.
///
/// In its first moments a node has no links, and whoever dials it then could be all that it hears.
/// So it dials its anchors itself, and until each of them has answered or failed, for [#PATIENCE]
/// at most, it takes no visits: links that the ring asks for are let in at once, as ever.
///
/// ```
///   start ──► anchors dialled ──► all have answered, or 1 s ──► visits as ever
///               │ visits turned away: come back soon │
/// ```
///
/// To be an anchor takes [#PROVEN] of being linked where the ring asks for it: neither a burst of
/// dials nor a crash at the right moment makes one. Who was one before the start remains one until
/// others have been linked for so long.
public final class Anchors {
  /// Anchors written down.
  public static final int MAX = 8;

  /// How long a link must have lasted.
  static final Duration PROVEN = Duration.ofMinutes(5);

  /// How often it is looked who they are; they are written at most as often.
  static final Duration LOOK = Duration.ofMinutes(1);

  /// How long visits wait for them after the start: longer than a dial takes round the world.
  static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Links links;
  private final Predicate<Guid> counts;
  private final SequencedSet<Guid> untried;
  private List<Guid> durable;
  private Instant visitsAt = Instant.MAX;
  private Instant lookAt = Instant.MAX;

  /// Nobody has been dialled yet.
  ///
  /// @param stored those of the last run, best first
  /// @param counts whether a member takes part, as far as is known now
  public Anchors(List<Guid> stored, Links links, Predicate<Guid> counts) {
    this.durable = List.copyOf(stored);
    this.untried = new LinkedHashSet<>(stored);
    this.links = links;
    this.counts = counts;
  }

  /// The node starts.
  public void begin(Instant now) {
    visitsAt = now.plus(PATIENCE);
    lookAt = now.plus(LOOK);
  }

  /// Those of the last run who have neither answered nor failed in this one.
  public List<Guid> untried() {
    return untried.stream().filter(counts).toList();
  }

  /// A member has answered, or could not be reached.
  public void tried(Guid member) {
    untried.remove(member);
  }

  /// Why a visit of a member has to wait; empty if it need not.
  public Optional<String> refusal(Instant now, Guid member) {
    boolean waits = visitsAt.isAfter(now) && !durable.contains(member) && !untried().isEmpty();
    return waits
        ? Optional.of("this node has just started; come back in a second")
        : Optional.empty();
  }

  /// Who is to be written down, if that has changed.
  ///
  /// @param unasked whether the ring asks neither end for a link to this member
  public Optional<List<Guid>> onTime(Instant now, Predicate<Guid> unasked) {
    if (lookAt.isAfter(now)) {
      return Optional.empty();
    }
    lookAt = now.plus(LOOK);
    Stream<Guid> proven =
        links.all().stream()
            .filter(link -> !link.since().plus(PROVEN).isAfter(now))
            .sorted(Comparator.comparing(Links.Link::since))
            .map(Links.Link::guid)
            .filter(guid -> !unasked.test(guid));
    List<Guid> chosen =
        Stream.concat(proven, durable.stream()).distinct().filter(counts).limit(MAX).toList();
    return Optional.of(chosen).filter(anchors -> !anchors.equals(durable));
  }

  /// They have been written down.
  public void stored(List<Guid> anchors) {
    durable = List.copyOf(anchors);
  }

  /// When [#onTime] has something to do.
  public Instant deadline() {
    return lookAt;
  }
}
