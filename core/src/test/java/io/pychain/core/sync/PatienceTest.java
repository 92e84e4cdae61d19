package io.pychain.core.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.Cast;
import io.pychain.core.message.Frame.Fetch;
import io.pychain.core.message.Frame.LogHead;
import io.pychain.core.message.Frame.Range;
import io.pychain.core.ring.Guid;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PatienceTest {
  private static final Duration SHORTEST = Duration.ofMillis(100);

  private static final SyncConfig CONFIG =
      new SyncConfig(
          Duration.ofMinutes(1),
          Duration.ZERO,
          Duration.ofMillis(250),
          SHORTEST,
          Duration.ofSeconds(2));

  private final Patience patience = new Patience(SHORTEST);

  @Test
  void growsWithWhatComesTwiceButNotBeyondItsBound() {
    patience.tooShort();
    assertThat(patience.grace()).isEqualTo(Duration.ofMillis(125));

    for (int i = 0; i < 100; i++) {
      patience.tooShort();
    }
    assertThat(patience.grace()).isEqualTo(SHORTEST.multipliedBy(Patience.STRETCH_MAX));
  }

  @Test
  void whatFollowsALogThatBroadcastStillBringsIsNotFetchedUntilItStops() {
    Shelf shelf = Shelf.knowing(2);
    Mailbox mailbox = new Mailbox();
    Guid peer = Guid.of(1);
    Wants wants = new Wants(shelf, Set.of(peer), CONFIG, new Random(1));
    Instant now = Cast.NOON;
    wants.claim(now, peer, new LogHead(Cast.log(0), 50), false);
    for (long head = 1; head <= 5; head++) {
      shelf.logs.put(Cast.log(0), head);
      now = now.plus(SHORTEST);
      wants.ask(now, mailbox);
    }
    assertThat(mailbox.take()).as("it grows").isEmpty();

    wants.ask(now.plus(SHORTEST), mailbox);

    Fetch fetch = new Fetch(1, List.of(new Range(Cast.log(0), 6, 50)));
    assertThat(mailbox.take()).as("it stopped").containsExactly(new Mailbox.Letter(peer, fetch));
  }

  @Test
  void whatHasComeEarlyIsNotFetchedWithTheGapBeforeIt() {
    Shelf shelf = Shelf.knowing(2);
    Mailbox mailbox = new Mailbox();
    Guid peer = Guid.of(1);
    Wants wants = new Wants(shelf, Set.of(peer), CONFIG, new Random(1));
    wants.claim(Cast.NOON, peer, new LogHead(Cast.log(0), 50), false);
    shelf.gapEnd = 7;

    wants.ask(Cast.NOON.plus(SHORTEST), mailbox);

    Fetch fetch = new Fetch(1, List.of(new Range(Cast.log(0), 1, 7)));
    assertThat(mailbox.take()).containsExactly(new Mailbox.Letter(peer, fetch));
  }

  @Test
  void shrinksBackWithWhatComesOnce() {
    patience.tooShort();
    patience.tooShort();
    Duration before = patience.grace();

    patience.longEnough();
    assertThat(patience.grace()).isLessThan(before);

    for (int i = 0; i < 100; i++) {
      patience.longEnough();
    }
    assertThat(patience.grace()).isEqualTo(SHORTEST);
  }

  @Test
  void whatIsSentAgainHereAndThereIsNoReasonToWait() {
    for (int i = 0; i < 1_000; i++) {
      if (i % 20 == 0) {
        patience.tooShort();
      } else {
        patience.longEnough();
      }
    }

    assertThat(patience.grace()).isLessThan(Duration.ofMillis(130));
  }
}
