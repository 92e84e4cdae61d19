package io.pychain.core.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.Cast;
import io.pychain.core.message.Frame.LogHead;
import io.pychain.core.message.LogId;
import io.pychain.core.ring.Guid;
import io.pychain.core.sync.Mailbox.Letter;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WantsTest extends WantsFixture {
  @Test
  void whatIsHeardOfIsFetchedAfterAGrace() {
    claim(A, 5);
    ask();
    assertThat(fetches()).as("broadcast may still bring it").isEmpty();
    assertThat(wants.deadline()).isEqualTo(now.plus(GRACE));

    pass(GRACE);
    ask();

    assertThat(fetches()).containsExactly(new Letter(A, fetch(1, 1, 5)));
  }

  @Test
  void whatBroadcastBringsWithinTheGraceIsNotFetched() {
    claim(A, 5);
    shelf.logs.put(LOG, 5L);
    wants.taken(LOG);

    pass(GRACE);
    ask();

    assertThat(fetches()).isEmpty();
    assertThat(wants.isEmpty()).isTrue();
  }

  @Test
  void logOfAStrangerOrOfAnUncertifiedEpochIsNotWanted() {
    assertThat(wants.claim(now, A, new LogHead(Cast.log(999), 5), false)).isFalse();
    assertThat(wants.claim(now, A, new LogHead(new LogId(Guid.of(1), 2), 5), false)).isFalse();

    assertThat(wants.isEmpty()).isTrue();
  }

  @Test
  void wantThatNobodyAnswersIsDropped() {
    claim(A, 5);
    claim(B, 5);
    for (int i = 0; i < 1 + 2 * Wants.MISSES_MAX; i++) {
      pass(TIMEOUT);
      wants.expire(now);
      ask();
    }

    assertThat(wants.isEmpty()).isTrue();
    assertThat(wants.deadline()).isEqualTo(Instant.MAX);
  }

  @Test
  void whatIsOldIsFetchedAtOnce() {
    assertThat(wants.claim(now, A, new LogHead(LOG, 5), true)).isTrue();

    ask();

    assertThat(onlyAsked()).isEqualTo(A);
  }

  @Test
  void peerThatLiesAboutAHeadIsAskedOnceAndTheTruthIsFetchedElsewhere() {
    claim(A, Long.MAX_VALUE);
    claim(B, 5);
    for (int i = 0; i < 3 && !wants.isEmpty(); i++) {
      pass(GRACE);
      ask();
      for (Letter letter : mailbox.take()) {
        long held = letter.to().equals(B) ? 5 : 0;
        shelf.logs.merge(LOG, held, Math::max);
        answer(letter, true);
      }
    }

    assertThat(shelf.taken(LOG)).isEqualTo(5);
    assertThat(wants.isEmpty()).isTrue();
  }

  @Test
  void peerThatGoesDownInTheMiddleOfAnAnswerIsReplacedAtOnce() {
    claim(A, 10);
    claim(B, 10);
    pass(GRACE);
    ask();
    Letter first = mailbox.take().getFirst();
    shelf.logs.put(LOG, 4L);
    answer(first, false);

    down(first.to());
    ask();

    assertThat(onlyAsked()).isNotEqualTo(first.to());
  }

  @Test
  void wantLeftWithStaleClaimsOnlyIsDroppedWhenItsPeerGoesDown() {
    claim(A, 10);
    claim(B, 5);
    shelf.logs.put(LOG, 7L);
    wants.taken(LOG);

    down(A);
    pass(GRACE);
    ask();

    assertThat(wants.isEmpty()).isTrue();
    assertThat(wants.deadline()).isEqualTo(Instant.MAX);
  }

  @Test
  void wantThatWaitsForABusyPeerDoesNotWakeTheNodeBesideAStaleClaim() {
    LogId other = Cast.log(2);
    wants.claim(now, A, new LogHead(other, 3), false);
    pass(GRACE);
    ask();
    claim(A, 10);
    claim(B, 5);
    shelf.logs.put(LOG, 7L);

    pass(GRACE);
    ask();

    assertThat(wants.deadline()).isAfter(now);
  }

  @Test
  void logThatGrewUnnoticedLeavesNoWantBehind() {
    claim(A, 5);
    shelf.logs.put(LOG, 5L);

    pass(GRACE);
    ask();

    assertThat(wants.isEmpty()).isTrue();
  }

  @Test
  void nothingIsAskedForWhileThereIsNoRoomAndNothingIsForgotten() {
    shelf.hasRoom = false;
    claim(A, 5);
    pass(GRACE);
    ask();
    assertThat(fetches()).isEmpty();
    assertThat(wants.deadline()).isBetween(now.plusMillis(100), now.plusSeconds(2));

    shelf.hasRoom = true;
    now = wants.deadline();
    ask();
    assertThat(onlyAsked()).isEqualTo(A);
  }

  @Test
  void peerIsNotBlamedForWhatThereWasNoRoomFor() {
    claim(A, 5);
    pass(GRACE);
    ask();
    shelf.hasRoom = false;
    answer(mailbox.take().getFirst(), true);
    shelf.hasRoom = true;

    ask();

    assertThat(onlyAsked()).isEqualTo(A);
  }

  @Test
  void liesDoNotOverflowTheCountOfWhatIsMissing() {
    for (int guid = 0; guid < 5; guid++) {
      wants.claim(now, A, new LogHead(Cast.log(guid), Long.MAX_VALUE), false);
    }

    assertThat(wants.behind()).isEqualTo(Long.MAX_VALUE);
  }
}
