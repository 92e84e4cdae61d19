package io.pychain.core.link;

import static io.pychain.core.Deadlines.earlier;

import io.pychain.core.ring.Guid;
import io.pychain.core.ring.Lots;
import io.pychain.core.ring.Ring;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;

/// Those whom this node has drawn by lot, and those who may have drawn it; see [Lots].
///
/// Lots are looked at when they may have changed: at each turn, and, where the ring has, no more
/// often than every [#PAUSE]. A newcomer learns of the others within moments; the few that it draws
/// before it knows how many there are it lets go again.
final class Acquaintances {
  /// Shortest time between two looks.
  static final Duration PAUSE = Duration.ofSeconds(5);

  private final Guid self;
  private final Lots lots;
  private TreeSet<Guid> drawn = new TreeSet<>();
  private int among;
  private Instant drawnAt = Instant.MIN;
  private Instant turnAt = Instant.MIN;

  Acquaintances(Guid self, Ring ring) {
    this.self = self;
    this.lots = new Lots(ring);
  }

  /// Looks, if it is time.
  ///
  /// @return whether it has
  boolean look(Instant now) {
    if (deadline().isAfter(now)) {
      return false;
    }
    drawn = new TreeSet<>(lots.drawnBy(self, now));
    among = lots.ring().size();
    drawnAt = now;
    turnAt = Lots.nextTurn(now);
    return true;
  }

  /// Whom this node has drawn, and wants a link to, by GUID.
  List<Guid> drawn() {
    return List.copyOf(drawn);
  }

  /// Whether a member may rightly want a link to this node because it has drawn it.
  boolean mayHaveDrawnUs(Instant now, Guid member) {
    return lots.mayBeDrawn(member, self, now);
  }

  /// When [#look] is due.
  Instant deadline() {
    boolean grown = lots.ring().size() != among;
    return grown ? earlier(turnAt, after(drawnAt)) : turnAt;
  }

  private static Instant after(Instant look) {
    return look.equals(Instant.MIN) ? look : look.plus(PAUSE);
  }
}
