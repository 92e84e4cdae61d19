package io.pychain.core.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.Cast;
import io.pychain.core.message.Bytes;
import io.pychain.core.message.Message;
import io.pychain.core.message.OriginLimits;
import io.pychain.core.ring.Guid;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuotasTest {
  private static final Guid ORIGIN = Guid.of(5);
  private static final Guid RELAY = Guid.of(6);
  private static final Duration BURST = Duration.ofSeconds(10);

  /// Ten messages a second, a hundred at once.
  private static final OriginLimits TEN = new OriginLimits(10, 0, BURST);

  private final Quotas quotas = new Quotas();
  private Instant now = Cast.NOON;

  @Test
  void nobodyIsLimitedUntilLimitsAreSet() {
    assertThat(quotas.publish(now, messages(10_000))).isEqualTo(Duration.ZERO);
    assertThat(pushed(ORIGIN, 1_000_000)).isEqualTo(1_000_000);
    assertThat(quotas.fetchable(now, ORIGIN)).isEqualTo(Long.MAX_VALUE);
    assertThat(quotas.size()).isZero();
  }

  @Test
  void publishingWaitsAsLongAsItIsTold() {
    quotas.set(TEN);

    assertThat(quotas.publish(now, messages(100))).as("a burst").isEqualTo(Duration.ZERO);
    Duration wait = quotas.publish(now, messages(5));

    assertThat(wait).isEqualTo(Duration.ofMillis(500));
    now = now.plus(wait).minusNanos(1);
    assertThat(quotas.publish(now, messages(5))).as("too early").isEqualTo(Duration.ofNanos(1));
    now = now.plusNanos(1);
    assertThat(quotas.publish(now, messages(5))).isEqualTo(Duration.ZERO);
    assertThat(quotas.publish(now, messages(1))).isPositive();
  }

  @Test
  void whatIsDearerThanABurstIsPublishedAfterAPauseAndPaidForLater() {
    quotas.set(TEN);
    assertThat(quotas.publish(now, messages(1))).isEqualTo(Duration.ZERO);
    assertThat(quotas.publish(now, messages(1_000))).isEqualTo(Duration.ofMillis(100));

    now = now.plusMillis(100);
    assertThat(quotas.publish(now, messages(1_000))).isEqualTo(Duration.ZERO);

    assertThat(quotas.publish(now, messages(1))).isEqualTo(Duration.ofMillis(90_100));
  }

  @Test
  void whatCannotWaitIsPublishedAndPaidFor() {
    quotas.set(TEN);

    quotas.publishAtOnce(now, messages(150));

    assertThat(quotas.publish(now, messages(1))).isEqualTo(Duration.ofMillis(5_100));
  }

  @Test
  void bytesLimitEmptyMessagesToo() {
    quotas.set(new OriginLimits(0, 1_000, BURST));

    assertThat(OriginLimits.bytes(messages(10))).isGreaterThan(640);
    assertThat(pushed(ORIGIN, 1_000)).isLessThan(500);
  }

  @Test
  void whoPublishesAtItsLimitIsNeverOverItForOthers() {
    quotas.set(TEN);
    Quotas own = new Quotas();
    own.set(TEN);

    for (int i = 0; i < 10_000; i++) {
      now = now.plusMillis(i % 7);
      if (own.publish(now, messages(1)).isZero()) {
        assertThat(quotas.pushed(now, RELAY, ORIGIN, messages(1))).isTrue();
      }
    }
  }

  @Test
  void whatWasHeldUpForTenSecondsIsTakenAtOnceHoweverShortTheBurst() {
    quotas.set(new OriginLimits(10, 0, Duration.ofSeconds(1)));

    assertThat(pushed(ORIGIN, 10 + 100)).isEqualTo(110);
  }

  @Test
  void longBurstsCountForTheFloodAsWell() {
    quotas.set(new OriginLimits(10, 0, Duration.ofMinutes(1)));
    pushed(ORIGIN, 2_000);

    for (int i = 0; i < 4 * 600; i++) {
      quotas.pushed(now, ORIGIN, ORIGIN, messages(1));
    }
    assertThat(quotas.catchFlooding(now, ORIGIN)).isFalse();
    quotas.pushed(now, ORIGIN, ORIGIN, messages(1));

    assertThat(quotas.catchFlooding(now, ORIGIN)).isTrue();
  }

  @Test
  void pushesBeyondTheLimitAreRefusedInTheLongRun() {
    quotas.set(TEN);
    int taken = 0;

    for (int second = 0; second < 100; second++) {
      taken += pushed(ORIGIN, 1_000);
      now = now.plusSeconds(1);
    }

    assertThat(taken).isBetween(1_250, 1_250 + 260);
  }

  @Test
  void oneOriginOverItsLimitDoesNotConcernAnother() {
    quotas.set(TEN);
    pushed(ORIGIN, 10_000);

    assertThat(quotas.pushed(now, RELAY, Guid.of(7), messages(1))).isTrue();
  }

  @Test
  void onlyWhoSendsItItselfIsFlooding() {
    quotas.set(TEN);
    pushed(ORIGIN, 300);
    for (int i = 0; i < 1_000; i++) {
      assertThat(quotas.pushed(now, RELAY, ORIGIN, messages(1))).isFalse();
    }
    assertThat(quotas.catchFlooding(now, ORIGIN)).as("a relay sent it").isFalse();

    for (int i = 0; i < 600; i++) {
      quotas.pushed(now, ORIGIN, ORIGIN, messages(1));
      assertThat(quotas.catchFlooding(now, ORIGIN)).as("a minute's worth is not enough").isFalse();
    }
    quotas.pushed(now, ORIGIN, ORIGIN, messages(1));

    assertThat(quotas.catchFlooding(now, ORIGIN)).isTrue();
    quotas.pushed(now, ORIGIN, ORIGIN, messages(1));
    assertThat(quotas.catchFlooding(now, ORIGIN)).as("what was under way").isFalse();
  }

  @Test
  void whatIsFetchedDoesNotCountUntilANodeHasCaughtUp() {
    quotas.set(TEN);
    quotas.fetched(now, ORIGIN, messages(1_000_000));

    assertThat(quotas.fetchableAt(now, ORIGIN)).isEqualTo(now);
    assertThat(quotas.fetchable(now, ORIGIN)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void fetchingIsEightTimesAsWide() {
    quotas.set(TEN);
    quotas.begin();
    long fetched = 0;

    Instant end = now.plusSeconds(100);
    while (now.isBefore(end)) {
      int chunk = (int) quotas.fetchable(now, ORIGIN);
      quotas.fetched(now, ORIGIN, messages(chunk));
      fetched += chunk;
      Instant next = quotas.fetchableAt(now, ORIGIN);
      assertThat(next).as("it is spent").isAfter(now);
      now = next;
    }

    assertThat(fetched).isBetween(8_000L, 8_000L + 900);
  }

  @Test
  void accountsOfWhoIsIdleAreClosed() {
    quotas.set(TEN);

    for (int guid = 0; guid < 10_000; guid++) {
      now = now.plusMillis(100);
      quotas.pushed(now, RELAY, Guid.of(guid), messages(1));
    }

    assertThat(quotas.size()).isLessThan(600);
  }

  private int pushed(Guid origin, int count) {
    int taken = 0;
    for (int i = 0; i < count; i++) {
      taken += quotas.pushed(now, RELAY, origin, messages(1)) ? 1 : 0;
    }
    return taken;
  }

  private static List<Message> messages(int count) {
    return Collections.nCopies(count, new Message(Message.JSON, Bytes.EMPTY));
  }
}
