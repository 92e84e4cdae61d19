package io.pychain.core.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.Cast;
import io.pychain.core.message.Frame.LogHead;
import io.pychain.core.message.Frame.News;
import io.pychain.core.message.Frame.SyncRequest;
import io.pychain.core.ring.Guid;
import io.pychain.core.sync.Mailbox.Letter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Ten acquaintances are told what there is to tell, as long as that is little.
class GrapevineTest {
  private static final int ACQUAINTANCES = 10;
  private static final Duration INTERVAL = Duration.ofMillis(250);

  private final Shelf shelf = Shelf.knowing(1_000);
  private final Journal journal = new Journal(0);
  private final Teller teller = new Teller(77, shelf, journal, new Rows(shelf));
  private final Grapevine grapevine = new Grapevine(teller, INTERVAL, new Random(1));
  private final TreeMap<Guid, Assumed> assumed = new TreeMap<>();
  private final Mailbox mailbox = new Mailbox();
  private Instant now = Cast.NOON;

  GrapevineTest() {
    for (int guid = 1; guid <= ACQUAINTANCES; guid++) {
      teller.answer(Guid.of(guid), new SyncRequest(0, 0));
      assumed.put(Guid.of(guid), new Assumed());
    }
    grapevine.acquaintedWith(List.copyOf(assumed.keySet()));
  }

  @Test
  void allAreToldWithinThreeIntervals() {
    grow(20, 1);

    assertThat(grapevine.deadline())
        .isBetween(now.plus(INTERVAL), now.plus(INTERVAL.multipliedBy(3)));
    assertThat(tell()).extracting(Letter::to).containsExactlyElementsOf(assumed.keySet());
    assertThat(grapevine.deadline()).isEqualTo(Instant.MAX);
  }

  @Test
  void whoHasToldOfItIsNotToldBack() {
    assumed.getOrDefault(Guid.of(3), new Assumed()).add(new LogHead(Cast.log(20), 1));
    grow(20, 1);

    assertThat(tell()).extracting(Letter::to).hasSize(9).doesNotContain(Guid.of(3));
  }

  @Test
  void underLoadTheyTakeTurns() {
    TreeSet<Guid> told = new TreeSet<>();
    List<Integer> times = new ArrayList<>();
    for (int round = 1; round <= 10; round++) {
      for (int guid = 20; guid < 60; guid++) {
        grow(guid, round);
      }
      List<Letter> letters = tell();
      letters.forEach(letter -> told.add(letter.to()));
      times.add(letters.size());
    }

    assertThat(times).containsOnly(Grapevine.ROWS_MAX / 40);
    assertThat(told).hasSize(ACQUAINTANCES);
  }

  @Test
  void underHeavyLoadNobodyIsToldAndNothingIsMadeUpForLater() {
    for (int guid = 20; guid < 200; guid++) {
      grow(guid, 1);
    }
    assertThat(tell()).isEmpty();

    grow(300, 1);

    assertThat(tell())
        .hasSize(ACQUAINTANCES)
        .allMatch(letter -> letter.frame() instanceof News news && news.logs().size() == 1);
  }

  @Test
  void nobodyWaitsForNews() {
    grapevine.acquaintedWith(List.of());

    grow(20, 1);

    assertThat(grapevine.deadline()).isEqualTo(Instant.MAX);
  }

  private void grow(int guid, long seq) {
    shelf.logs.put(Cast.log(guid), seq);
    journal.append(journal.last() + 1, Guid.of(guid), false);
    grapevine.changed(now);
  }

  private List<Letter> tell() {
    now = grapevine.deadline();
    grapevine.onTime(now, assumed, mailbox);
    return mailbox.take();
  }
}
