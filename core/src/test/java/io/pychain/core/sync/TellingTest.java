package io.pychain.core.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.Cast;
import io.pychain.core.message.Frame;
import io.pychain.core.message.Frame.LogHead;
import io.pychain.core.message.Frame.SyncRequest;
import io.pychain.core.ring.Guid;
import io.pychain.core.sync.Mailbox.Letter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Member 0 of a ring of sixteen, linked with all others: the next on the ring is 8, the previous
/// is 15.
class TellingTest {
  private static final Guid NEXT = Guid.of(8);
  private static final Guid PREVIOUS = Guid.of(15);
  private static final SyncConfig CONFIG =
      new SyncConfig(
          Duration.ofMinutes(1),
          Duration.ZERO,
          Duration.ofMillis(250),
          Duration.ofMillis(100),
          Duration.ofSeconds(2));

  private final Shelf shelf = Shelf.knowing(100);
  private final Journal journal = new Journal(0);
  private final Teller teller = new Teller(77, shelf, journal, new Rows(shelf));
  private final TreeSet<Guid> peers = new TreeSet<>();
  private final Telling telling =
      new Telling(
          new Sync.Self(Guid.of(0), 1, 0, _ -> false), teller, peers, CONFIG, new Random(1));
  private final Mailbox mailbox = new Mailbox();
  private Instant now = Cast.NOON;

  TellingTest() {
    for (int guid = 1; guid < 16; guid++) {
      peers.add(Guid.of(guid));
      teller.answer(Guid.of(guid), new SyncRequest(0, 0));
    }
    telling.peersChanged();
  }

  @Test
  void oneIsToldAtATimeWhileAllIsWell() {
    grow(1, 5);

    assertThat(runOut()).hasSize(3);
    assertThat(now).isEqualTo(Cast.NOON.plus(CONFIG.headsInterval().multipliedBy(3)));
  }

  @Test
  void neighboursAreToldFirstAndThenAnybodyElse() {
    grow(1, 5);

    List<Letter> letters = runOut();

    assertThat(letters).extracting(Letter::to).startsWith(NEXT, PREVIOUS);
    assertThat(letters.getLast().to()).isNotIn(NEXT, PREVIOUS);
  }

  @Test
  void whoHasHandedItOnOrWasHandedItIsNotToldOfIt() {
    telling.holds(NEXT, new LogHead(Cast.log(1), 5));
    telling.holds(PREVIOUS, new LogHead(Cast.log(1), 4));
    grow(1, 5);

    assertThat(runOut()).extracting(Letter::to).startsWith(PREVIOUS).doesNotContain(NEXT);
  }

  @Test
  void whoCouldNotBeHandedItIsToldOfIt() {
    telling.holds(NEXT, new LogHead(Cast.log(1), 5));
    telling.lacks(NEXT, Cast.log(1));
    grow(1, 5);

    assertThat(runOut()).extracting(Letter::to).contains(NEXT);
  }

  @Test
  void allAreToldAtOnceAndTwiceAsSoonWhereSomethingHasBeenMissing() {
    telling.trouble(now);
    grow(1, 5);

    now = telling.deadline();
    telling.onTime(now, mailbox);

    assertThat(now).isEqualTo(Cast.NOON.plus(CONFIG.headsInterval().dividedBy(2)));
    assertThat(mailbox.take()).hasSize(2 + Telling.TROUBLED_ANYBODIES);
  }

  @Test
  void quietAfterTroubleCallsForAComparisonWithTheNextOnTheRing() {
    telling.trouble(now);
    grow(1, 5);
    now = telling.deadline();
    assertThat(telling.onTime(now, mailbox)).isEmpty();

    now = telling.deadline();

    assertThat(telling.onTime(now, mailbox)).contains(NEXT);
    assertThat(telling.deadline()).isEqualTo(Instant.MAX);
  }

  @Test
  void quietWhileAllIsWellCallsForNothing() {
    grow(1, 5);
    runOut();

    assertThat(telling.deadline()).isEqualTo(Instant.MAX);
  }

  @Test
  void whatWasRepairedIsToldAtOnceToAFewAndNothingElseIs() {
    for (int guid = 20; guid < 60; guid++) {
      grow(guid, 1);
    }
    grow(1, 5);
    telling.repaired(now, Guid.of(1));

    now = telling.deadline();
    telling.onTime(now, mailbox);

    List<Letter> letters = mailbox.take();
    assertThat(now).isEqualTo(Cast.NOON.plusMillis(25));
    assertThat(letters).extracting(Letter::to).contains(NEXT, PREVIOUS);
    assertThat(letters)
        .hasSizeLessThanOrEqualTo(2 * Telling.REPAIR_NEAR + Telling.REPAIR_FAR)
        .extracting(Letter::frame)
        .containsOnly(new Frame.News(0, 0, List.of(new LogHead(Cast.log(1), 5)), List.of()));
  }

  @Test
  void nodeThatCatchesUpDoesNotTakeItForRepairs() {
    for (int guid = 20; guid < 21 + Telling.REPAIRS_MAX; guid++) {
      grow(guid, 1);
      telling.repaired(now, Guid.of(guid));
    }

    now = telling.deadline();
    telling.onTime(now, mailbox);

    assertThat(mailbox.take()).isEmpty();
  }

  private void grow(int guid, long seq) {
    shelf.logs.put(Cast.log(guid), seq);
    journal.append(journal.last() + 1, Guid.of(guid), false);
    telling.changed(now);
  }

  /// Lets time pass until there is nothing more to tell.
  private List<Letter> runOut() {
    List<Letter> letters = new ArrayList<>();
    while (telling.deadline().isBefore(Instant.MAX)) {
      now = telling.deadline();
      telling.onTime(now, mailbox);
      letters.addAll(mailbox.take());
    }
    return letters;
  }
}
