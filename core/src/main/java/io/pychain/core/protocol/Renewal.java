package io.pychain.core.protocol;

import io.pychain.core.message.Frame;
import java.time.Duration;
import java.time.Instant;

/// Asks for a certificate with the next epoch: a boot node asks itself, all others one boot node
/// after the other, until one answers.
final class Renewal {
  /// Pause between two questions. An answer takes two trips and a write to disk.
  static final Duration RETRY = Duration.ofSeconds(2);

  private final Papers papers;
  private final BootNodes bootNodes;
  private final Guests guests;
  private Instant nextAt = Instant.MAX;

  Renewal(Papers papers, BootNodes bootNodes, Guests guests) {
    this.papers = papers;
    this.bootNodes = bootNodes;
    this.guests = guests;
  }

  /// Begins to ask; nothing else happens if it asks already.
  void begin(Instant now) {
    nextAt = nextAt.equals(Instant.MAX) ? now : nextAt;
  }

  /// The answer is durable.
  void end() {
    nextAt = Instant.MAX;
  }

  void onTime(Instant now) {
    if (!nextAt.isAfter(now)) {
      nextAt = now.plus(RETRY);
      if (!guests.renewOwn(now, papers.certificate())) {
        bootNodes.ask(new Frame.Join(papers.certificate().epoch()));
      }
    }
  }

  Instant deadline() {
    return nextAt;
  }
}
