package io.pychain.node;

import io.pychain.core.message.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// A paper that this node works with and that ends: when, and what is to be done before.
///
/// @param paper one word, lower case
/// @param end of it
/// @param warnFrom from when on its end is told of
/// @param advice what somebody has to do, as a sentence without its full stop
public record Expiry(String paper, Instant end, Instant warnFrom, String advice) {
  /// How long before its end a delegation is told of: somebody has to fetch a key from a safe.
  static final Duration DELEGATION_NOTICE = Duration.ofDays(30);

  /// That of a certificate. It is told of once a quarter of its time has gone by in which it should
  /// have been renewed.
  static Optional<Expiry> ofCertificate(Certificate certificate) {
    return certificate
        .expires()
        .map(end ->
            new Expiry(
                "certificate",
                end,
                end.minus(Duration.between(certificate.issued(), end).dividedBy(4)),
                "no boot node has renewed it: see that one runs and can be reached, or other"
                    + " members turn this node away"));
  }

  /// That of the right to sign for the authority.
  static Expiry ofDelegation(Instant end) {
    return new Expiry(
        "delegation",
        end,
        end.minus(DELEGATION_NOTICE),
        "let the holder of the authority's key make another by \"pychain authority delegate\", or"
            + " nobody is admitted any more");
  }

  /// Whether somebody should act.
  public boolean isNear(Instant now) {
    return !now.isBefore(warnFrom);
  }

  /// What to tell somebody who can act.
  public String warning(Instant now) {
    String ends = now.isAfter(end) ? "has ended at" : "ends at";
    return "the %s of this node %s %s: %s"
        .formatted(paper, ends, end.truncatedTo(ChronoUnit.SECONDS), advice);
  }
}
