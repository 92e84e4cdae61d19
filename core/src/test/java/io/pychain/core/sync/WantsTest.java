package io.pychain.core.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.Cast;
import io.pychain.core.message.Frame;
import io.pychain.core.message.Frame.Fetch;
import io.pychain.core.message.Frame.LogHead;
import io.pychain.core.message.Frame.Range;
import io.pychain.core.message.LogId;
import io.pychain.core.ring.Guid;
import io.pychain.core.sync.Mailbox.Letter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class WantsTest {
  private static final LogId LOG = Cast.log(1);
  private static final Guid A = Guid.of(10);
  private static final Guid B = Guid.of(11);
  private static final Guid C = Guid.of(12);
  private static final Duration GRACE = Duration.ofMillis(100);
  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final SyncConfig CONFIG =
      new SyncConfig(Duration.ofMinutes(1), Duration.ZERO, Duration.ofMillis(250), GRACE, TIMEOUT);

  private final Shelf shelf = Shelf.knowing(200);
  private final TreeSet<Guid> peers = new TreeSet<>(List.of(A, B));
  private final Wants wants = new Wants(shelf, peers, CONFIG, new Random(1));
  private final Mailbox mailbox = new Mailbox();
  private Instant now = Cast.NOON;

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
    assertThat(wants.claim(now, A, new LogHead(Cast.log(999), 5))).isFalse();
    assertThat(wants.claim(now, A, new LogHead(new LogId(Guid.of(1), 2), 5))).isFalse();

    assertThat(wants.isEmpty()).isTrue();
  }

  @Test
  void peerThatNeverAnswersLosesItsClaimAndAnotherIsAsked() {
    claim(A, 5);
    claim(B, 5);
    pass(GRACE);
    ask();
    Guid silent = onlyAsked();

    pass(TIMEOUT);
    wants.expire(now);
    ask();

    assertThat(onlyAsked()).isNotEqualTo(silent);
  }

  @Test
  void wantThatNobodyAnswersIsDropped() {
    claim(A, 5);
    claim(B, 5);
    for (int i = 0; i < 3; i++) {
      pass(TIMEOUT);
      wants.expire(now);
      ask();
    }

    assertThat(wants.isEmpty()).isTrue();
    assertThat(wants.deadline()).isEqualTo(Instant.MAX);
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
  void partOfAnAnswerIsFollowedByAQuestionForTheRest() {
    claim(A, 10);
    pass(GRACE);
    ask();
    Letter first = mailbox.take().getFirst();

    shelf.logs.put(LOG, 4L);
    answer(first, false);
    shelf.logs.put(LOG, 7L);
    answer(first, true);
    ask();

    assertThat(fetches()).containsExactly(new Letter(A, fetch(2, 8, 10)));
  }

  @Test
  void peerThatAnswersInEndlessEmptyPartsHoldsALogUpForABoundedTime() {
    claim(A, 5);
    claim(B, 5);
    pass(GRACE);
    ask();
    Letter first = mailbox.take().getFirst();
    Instant asked = now;

    while (mailbox.take(Fetch.class).isEmpty()) {
      pass(TIMEOUT.dividedBy(2));
      answer(first, false);
      wants.expire(now);
      ask();
      assertThat(Duration.between(asked, now))
          .isLessThanOrEqualTo(TIMEOUT.multipliedBy(Wants.ANSWER_TIMEOUTS_MAX));
    }
  }

  @Test
  void answerToAnotherQuestionOrFromAnotherPeerChangesNothing() {
    claim(A, 5);
    pass(GRACE);
    ask();
    Letter first = mailbox.take().getFirst();
    long id = ((Fetch) first.frame()).id();

    wants.answered(now, A, new Frame.Batches(id + 1, List.of(), List.of(), true));
    wants.answered(now, B, new Frame.Batches(id, List.of(), List.of(), true));
    ask();

    assertThat(fetches()).isEmpty();
    assertThat(wants.isEmpty()).isFalse();
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
    wants.claim(now, A, new LogHead(other, 3));
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
  void prunedBeginningIsGivenUpWhenTwoSaySo() {
    claim(A, 100);
    claim(B, 100);
    claim(C, 100);

    List<LogHead> given = answerAllWithFloors(80, 2);

    assertThat(given).containsExactly(new LogHead(LOG, 80));
    shelf.logs.put(LOG, 79L);
    ask();
    assertThat(((Fetch) mailbox.take().getFirst().frame()).ranges())
        .containsExactly(new Range(LOG, 80, 100));
  }

  @Test
  void oneLiarCannotMakeOthersGiveUpABeginningThatAnotherHolds() {
    claim(A, 100);
    pass(GRACE);
    ask();
    Letter toLiar = mailbox.take().getFirst();

    assertThat(answer(toLiar, true, new LogHead(LOG, 90))).isEmpty();
    ask();

    assertThat(onlyAsked()).as("who has claimed nothing is asked too").isEqualTo(B);
  }

  @Test
  void beginningThatEverybodyLacksIsGivenUpOnTheWordOfOne() {
    claim(A, 100);
    pass(GRACE);
    ask();
    Letter toHolder = mailbox.take().getFirst();
    answer(toHolder, true, new LogHead(LOG, 90));
    ask();
    Letter toOther = mailbox.take().getFirst();

    assertThat(answer(toOther, true)).containsExactly(new LogHead(LOG, 90));
  }

  @Test
  void onlyPeerIsBelieved() {
    peers.remove(B);
    claim(A, 100);
    pass(GRACE);
    ask();

    assertThat(answer(mailbox.take().getFirst(), true, new LogHead(LOG, 90)))
        .containsExactly(new LogHead(LOG, 90));
  }

  @Test
  void whoHasPrunedIsAskedForTheRestWhenTheOthersGoDown() {
    claim(A, 100);
    pass(GRACE);
    ask();
    answer(mailbox.take().getFirst(), true, new LogHead(LOG, 90));
    ask();
    assertThat(onlyAsked()).isEqualTo(B);

    down(B);
    ask();

    assertThat(onlyAsked()).isEqualTo(A);
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
  void questionsAreBoundedAndOneAtATimeForEachPeer() {
    for (int guid = 0; guid < 150; guid++) {
      wants.claim(now, A, new LogHead(Cast.log(guid), 1));
    }
    pass(GRACE);
    ask();
    ask();

    assertThat(mailbox.take(Fetch.class))
        .singleElement()
        .satisfies(fetch -> assertThat(fetch.ranges()).hasSize(Wants.RANGES_MAX));
    assertThat(wants.deadline()).as("nothing to do before the answer").isEqualTo(now.plus(TIMEOUT));
  }

  @Test
  void liesDoNotOverflowTheCountOfWhatIsMissing() {
    for (int guid = 0; guid < 5; guid++) {
      wants.claim(now, A, new LogHead(Cast.log(guid), Long.MAX_VALUE));
    }

    assertThat(wants.behind()).isEqualTo(Long.MAX_VALUE);
  }

  private List<LogHead> answerAllWithFloors(long floor, int times) {
    List<LogHead> given = List.of();
    for (int i = 0; i < times; i++) {
      pass(GRACE);
      ask();
      given = answer(mailbox.take().getFirst(), true, new LogHead(LOG, floor));
    }
    return given;
  }

  private List<LogHead> answer(Letter letter, boolean done, LogHead... floors) {
    long id = ((Fetch) letter.frame()).id();
    return wants.answered(
        now, letter.to(), new Frame.Batches(id, List.of(), List.of(floors), done));
  }

  private void claim(Guid peer, long seq) {
    assertThat(wants.claim(now, peer, new LogHead(LOG, seq))).isTrue();
  }

  private void down(Guid peer) {
    peers.remove(peer);
    wants.peerDown(now, peer);
  }

  private void ask() {
    wants.ask(now, mailbox);
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }

  private Guid onlyAsked() {
    List<Letter> letters = mailbox.take();
    assertThat(letters).hasSize(1);
    return letters.getFirst().to();
  }

  private List<Letter> fetches() {
    return mailbox.take();
  }

  private static Fetch fetch(long id, long from, long until) {
    return new Fetch(id, List.of(new Range(LOG, from, until)));
  }
}
