package io.pychain.core.protocol;

import io.pychain.core.membership.Members;
import io.pychain.core.ring.Guid;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// What a node does that is banned: it dials one member after the other, ever more rarely, to hear
/// whether that still holds. Who has heard of the pardon lets it in and tells it, and it goes on
/// with the certificate that it finds there; all others turn it away.
final class Exile {
  /// First pause between two dials; doubles each time.
  static final Duration PAUSE_MIN = Duration.ofSeconds(2);

  /// Longest pause. A ban is lifted by hand: nobody expects that to take effect within seconds.
  static final Duration PAUSE_MAX = Duration.ofSeconds(30);

  private final Guid self;
  private final Members members;
  private Duration pause = PAUSE_MIN;
  private Instant nextAt = Instant.MAX;
  private Guid last;

  Exile(Guid self, Members members) {
    this.self = self;
    this.members = members;
    this.last = self;
  }

  /// Whom to dial now.
  List<Guid> due(Instant now) {
    if (nextAt.equals(Instant.MAX)) {
      nextAt = now.plus(pause);
    }
    if (nextAt.isAfter(now)) {
      return List.of();
    }
    pause = pause.multipliedBy(2).compareTo(PAUSE_MAX) < 0 ? pause.multipliedBy(2) : PAUSE_MAX;
    nextAt = now.plus(pause);
    return next();
  }

  /// In order of their GUIDs, and round again.
  private List<Guid> next() {
    List<Guid> others = members.addressed().stream().filter(guid -> !guid.equals(self)).toList();
    if (others.isEmpty()) {
      return List.of();
    }
    last =
        others.stream()
            .filter(guid -> guid.compareTo(last) > 0)
            .findFirst()
            .orElse(others.getFirst());
    return List.of(last);
  }

  /// It is over.
  void end() {
    pause = PAUSE_MIN;
    nextAt = Instant.MAX;
  }

  Instant deadline() {
    return nextAt;
  }
}
