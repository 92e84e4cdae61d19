package io.pychain.core.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.Cast;
import io.pychain.core.link.LinkId;
import io.pychain.core.message.Bytes;
import io.pychain.core.message.Delegation;
import io.pychain.core.message.OriginLimits;
import io.pychain.core.message.Parameters;
import io.pychain.core.trust.Mandate;
import io.pychain.core.trust.Networks;
import io.pychain.core.wire.DelegationCodec;
import io.pychain.core.wire.ParametersCodec;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// A boot node that may speak for the authority until one hour past noon.
class DelegatedLimitsTest {
  private static final Instant END = Cast.NOON.plusSeconds(3600);
  private static final OriginLimits LIMITS = new OriginLimits(10, 0, Duration.ofSeconds(1));

  private final Mandate mandate = mandate();
  private final Protocol boot =
      new Protocol(identity(), Props.CONFIG, Stored.empty(9), new SplittableRandom(1));

  @Test
  void limitsAreLaidDownWhileTheDelegationHolds() {
    assertThat(layDown(Cast.NOON).answers()).isEmpty();
  }

  @Test
  void nothingIsLaidDownThatOthersWouldTakeForAForgery() {
    assertThat(layDown(END.plusSeconds(1)).answers())
        .singleElement()
        .isInstanceOf(Answer.NotLaidDown.class);
  }

  @Test
  void whatIsDatedAtTheEndOfTheDelegationIsNotOutdoneByIt() {
    Parameters last =
        ParametersCodec.seal(
            Networks.idOf(Cast.NETWORK),
            ChronoUnit.MICROS.between(Instant.EPOCH, END),
            LIMITS,
            mandate);
    LinkId link = new LinkId(1);
    boot.handle(Cast.NOON, new Input.LinkUp(link, Cast.record(6, 1), 6, "host", 2, false));
    boot.handle(Cast.NOON, new Input.Received(link, last));

    assertThat(layDown(Cast.NOON).answers()).singleElement().isInstanceOf(Answer.NotLaidDown.class);
  }

  private Effects layDown(Instant now) {
    return boot.handle(now, new Input.LayDown(1, LIMITS));
  }

  private static Mandate mandate() {
    Delegation delegation =
        DelegationCodec.issue(
            Networks.idOf(Cast.NETWORK), Cast.signer(0).key(), END, Cast.AUTHORITY);
    return new Mandate(Cast.signer(0), Optional.of(delegation), Bytes.fromHex("5e".repeat(32)));
  }

  private Identity identity() {
    return new Identity(
        Cast.NETWORK, Cast.record(0, 1), Cast.signer(0), Optional.of(mandate), true);
  }
}
