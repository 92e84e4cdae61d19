package io.pychain.core.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.Cast;
import io.pychain.core.message.Frame.LogHead;
import io.pychain.core.message.Frame.RecordHead;
import io.pychain.core.message.Frame.RecordsWanted;
import io.pychain.core.message.LogId;
import io.pychain.core.ring.Guid;
import io.pychain.core.sync.Mailbox.Letter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordWantsTest {
  private static final Guid A = Guid.of(10);
  private static final Guid B = Guid.of(11);
  private static final Guid STRANGER = Guid.of(50);
  private static final SyncConfig CONFIG =
      new SyncConfig(
          Duration.ofMinutes(1),
          Duration.ZERO,
          Duration.ofMillis(250),
          Duration.ofMillis(100),
          Duration.ofSeconds(2));

  private final Shelf shelf = Shelf.knowing(3);
  private final RecordWants wants = new RecordWants(shelf, CONFIG);
  private final Mailbox mailbox = new Mailbox();
  private Instant now = Cast.NOON;

  @Test
  void onlyNewerRecordsAreWanted() {
    wants.claim(now, A, new RecordHead(Guid.of(1), 1, 1), false);
    assertThat(wants.isEmpty()).isTrue();

    wants.claim(now, A, new RecordHead(Guid.of(1), 1, 2), false);
    wants.claim(now, A, new RecordHead(Guid.of(2), 2, 1), false);
    passAndAsk(CONFIG.grace());

    assertThat(mailbox.take())
        .containsExactly(new Letter(A, new RecordsWanted(List.of(Guid.of(1), Guid.of(2)))));
  }

  @Test
  void eachPeerIsAskedOnceInTurnAndThenTheWantIsDropped() {
    wants.claim(now, A, new RecordHead(STRANGER, 1, 1), false);
    wants.claim(now, B, new RecordHead(STRANGER, 1, 1), false);

    passAndAsk(CONFIG.grace());
    assertThat(mailbox.take()).extracting(Letter::to).containsExactly(A);
    passAndAsk(CONFIG.timeout());
    assertThat(mailbox.take()).extracting(Letter::to).containsExactly(B);
    passAndAsk(CONFIG.timeout());

    assertThat(mailbox.take()).isEmpty();
    assertThat(wants.isEmpty()).isTrue();
    assertThat(wants.deadline()).isEqualTo(Instant.MAX);
  }

  @Test
  void nextWakeAlwaysLiesAheadAfterAsking() {
    for (int guid = 100; guid < 1_000; guid++) {
      wants.claim(now, guid % 2 == 0 ? A : B, new RecordHead(Guid.of(guid), 1, 1), false);
      wants.stranger(now, A, Guid.of(guid));
    }
    int rounds = 0;
    while (!wants.isEmpty()) {
      wants.ask(now, mailbox);
      assertThat(wants.deadline()).isAfter(now);
      now = wants.deadline().equals(Instant.MAX) ? now : wants.deadline();
      rounds++;
    }

    assertThat(rounds).isLessThan(10);
    assertThat(mailbox.take(RecordsWanted.class))
        .allMatch(wanted -> wanted.guids().size() <= RecordWants.GUIDS_MAX);
  }

  @Test
  void peerThatInventsMembersFillsAShareOfTheTableAndNoMore() {
    for (int guid = 0; guid < RecordWants.WANTS_PER_PEER_MAX + 100; guid++) {
      wants.claim(now, A, new RecordHead(Guid.of(1_000 + guid), 1, 1), false);
    }
    wants.claim(now, B, new RecordHead(Guid.of(900), 1, 1), false);
    passAndAsk(CONFIG.grace());

    List<Letter> letters = mailbox.take();
    assertThat(asked(letters, A)).isEqualTo(RecordWants.WANTS_PER_PEER_MAX);
    assertThat(asked(letters, B)).isEqualTo(1);
  }

  @Test
  void shareOfAPeerIsFreeAgainWhenItsWantsAreSettled() {
    for (int guid = 0; guid < RecordWants.WANTS_PER_PEER_MAX; guid++) {
      wants.claim(now, A, new RecordHead(Guid.of(1_000 + guid), 1, 1), false);
    }
    wants.claim(now, A, new RecordHead(STRANGER, 1, 1), false);
    wants.taken(Guid.of(1_000));

    wants.claim(now, A, new RecordHead(Guid.of(51), 1, 1), false);
    passAndAsk(CONFIG.grace());

    assertThat(mailbox.take(RecordsWanted.class))
        .flatExtracting(RecordsWanted::guids)
        .hasSize(RecordWants.WANTS_PER_PEER_MAX)
        .contains(Guid.of(51))
        .doesNotContain(STRANGER);
  }

  private static int asked(List<Letter> letters, Guid peer) {
    return letters.stream()
        .filter(letter -> letter.to().equals(peer))
        .mapToInt(letter -> ((RecordsWanted) letter.frame()).guids().size())
        .sum();
  }

  @Test
  void logsOfAStrangerAreKeptUntilItsRecordHasCome() {
    LogHead head = new LogHead(new LogId(STRANGER, 1), 5);
    wants.logOfStranger(now, A, head);
    wants.logOfStranger(now, B, head);

    assertThat(wants.taken(STRANGER))
        .containsEntry(A, List.of(head))
        .containsEntry(B, List.of(head));
    assertThat(wants.isEmpty()).isTrue();
  }

  @Test
  void logsOfAStrangerAreBoundedForEachPeerAndForgottenWithIt() {
    for (int epoch = 1; epoch < 100; epoch++) {
      wants.logOfStranger(now, A, new LogHead(new LogId(STRANGER, epoch), 5));
    }
    wants.logOfStranger(now, B, new LogHead(new LogId(STRANGER, 1), 5));

    wants.peerDown(B);

    assertThat(wants.taken(STRANGER))
        .hasEntrySatisfying(A, heads -> assertThat(heads).hasSize(RecordWants.LOGS_MAX))
        .doesNotContainKey(B);
  }

  private void passAndAsk(Duration time) {
    now = now.plus(time);
    wants.ask(now, mailbox);
  }
}
