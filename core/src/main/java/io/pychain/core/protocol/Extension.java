package io.pychain.core.protocol;

import io.pychain.core.message.Certificate;
import io.pychain.core.message.Frame;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Gets a later certificate of the same epoch for this node, long before its own ends: from the
/// half of it on it asks one boot node after the other, until one answers.
///
/// ```
///   issued ──────────── half ─┬─┬──┬──┬─── end ───── grace ── over
///                             asks, 16 times or so
/// ```
///
/// Members that were admitted together do not ask together: each begins up to an eighth later.
final class Extension {
  /// Shortest pause between two questions.
  static final Duration PAUSE_MIN = Duration.ofSeconds(10);

  /// Longest pause between two questions: a boot node may be back for a day only.
  static final Duration PAUSE_MAX = Duration.ofHours(6);

  /// How often it asks in the time that is left, if nobody answers.
  private static final int QUESTIONS = 16;

  private final Papers papers;
  private final BootNodes bootNodes;
  private final Guests guests;
  private final RandomGenerator random;
  private Optional<Certificate> planned = Optional.empty();
  private Instant nextAt = Instant.MAX;

  Extension(Papers papers, BootNodes bootNodes, Guests guests, RandomGenerator random) {
    this.papers = papers;
    this.bootNodes = bootNodes;
    this.guests = guests;
    this.random = random;
  }

  void onTime(Instant now) {
    Certificate certificate = papers.certificate();
    if (planned.filter(certificate::equals).isEmpty()) {
      planned = Optional.of(certificate);
      nextAt = certificate.halfway().map(half -> later(half, certificate)).orElse(Instant.MAX);
    }
    if (!nextAt.isAfter(now)) {
      nextAt = now.plus(pause(now, certificate));
      if (!guests.extendOwn(now, certificate)) {
        bootNodes.ask(new Frame.Join(certificate.epoch(), true, Optional.empty()));
      }
    }
  }

  private Instant later(Instant half, Certificate certificate) {
    Duration eighth = Duration.between(certificate.issued(), half).dividedBy(4);
    return half.plusMillis(random.nextLong(Math.max(1, eighth.toMillis())));
  }

  private static Duration pause(Instant now, Certificate certificate) {
    Duration left = Duration.between(now, certificate.expires().orElse(now));
    Duration share = left.dividedBy(QUESTIONS);
    Duration most = share.compareTo(PAUSE_MAX) < 0 ? share : PAUSE_MAX;
    return most.compareTo(PAUSE_MIN) > 0 ? most : PAUSE_MIN;
  }

  Instant deadline() {
    return nextAt;
  }
}
