package io.pychain.core.admission;

import io.pychain.core.message.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// How long certificates hold.
///
/// @param lifetime of those that a boot node gives; empty if they hold for ever, which is the
///   default: a network shall not end because its boot node is away. Members ask for a later one
///   from the half of it on
/// @param grace for how long after its end a certificate is taken all the same, so that an outage
///   of the boot nodes that is a little too long costs nothing, and clocks may differ
public record CertificateConfig(Optional<Duration> lifetime, Duration grace) {
  /// Certificates hold for ever; those of others are taken for a week after their end.
  public static final CertificateConfig DEFAULT =
      new CertificateConfig(Optional.empty(), Duration.ofDays(7));

  /// When a certificate issued now ends.
  public Optional<Instant> end(Instant issued) {
    return lifetime.map(issued::plus);
  }

  /// When a certificate is taken no more; empty if it holds for ever.
  public Optional<Instant> lastMoment(Certificate certificate) {
    return certificate.expires().map(end -> end.plus(grace));
  }

  /// Whether a certificate is taken no more.
  public boolean isOver(Instant now, Certificate certificate) {
    return lastMoment(certificate).filter(last -> !now.isBefore(last)).isPresent();
  }
}
