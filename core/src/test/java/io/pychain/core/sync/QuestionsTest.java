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
import org.junit.jupiter.api.Test;

/// Who is asked for what, how many questions are out, and how long they are waited for.
class QuestionsTest extends WantsFixture {
  @Test
  void peerThatDoesNotAnswerIsPassedOverForAnother() {
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
  void peerThatMayHaveMissedTheQuestionIsAskedAgainWhereNobodyElseHasTheLog() {
    claim(A, 5);
    pass(GRACE);
    ask();
    assertThat(onlyAsked()).isEqualTo(A);

    pass(TIMEOUT);
    wants.expire(now);
    ask();

    assertThat(onlyAsked()).isEqualTo(A);
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
  void peerThatLetsItsAnswerDripHoldsALogUpNoLongerThanOneThatIsSilent() {
    claim(A, 5);
    claim(B, 5);
    pass(GRACE);
    ask();
    Letter first = mailbox.take().getFirst();
    Instant asked = now;

    while (mailbox.take(Fetch.class).isEmpty()) {
      pass(AnswerTime.FIRST.dividedBy(4));
      answer(first, false);
      wants.expire(now);
      ask();
      assertThat(Duration.between(asked, now)).isLessThanOrEqualTo(AnswerTime.FIRST);
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
  void questionsAreBoundedAndAFewAtATimeForEachPeer() {
    for (int guid = 0; guid < 3 * Wants.RANGES_MAX; guid++) {
      wants.claim(now, A, new LogHead(Cast.log(guid), 1), false);
    }
    pass(GRACE);
    ask();
    ask();

    assertThat(mailbox.take(Fetch.class))
        .hasSize(Questions.PER_PEER_MAX)
        .allSatisfy(fetch -> assertThat(fetch.ranges()).hasSize(Wants.RANGES_MAX));
    assertThat(wants.deadline())
        .as("nothing to do before the answer")
        .isEqualTo(now.plus(AnswerTime.FIRST));
  }

  @Test
  void nextQuestionIsOutBeforeTheAnswerToTheFirstHasEnded() {
    claim(A, 5);
    pass(GRACE);
    ask();
    Letter first = mailbox.take().getFirst();
    LogId other = Cast.log(2);
    wants.claim(now, A, new LogHead(other, 7), true);

    answer(first, false);
    ask();

    assertThat(mailbox.take(Fetch.class))
        .containsExactly(new Fetch(2, List.of(new Range(other, 1, 7))));
  }

  @Test
  void differentLogsAreFetchedFromDifferentPeersAtTheSameTime() {
    for (int guid = 0; guid < 100; guid++) {
      wants.claim(now, A, new LogHead(Cast.log(guid), 1), true);
      wants.claim(now, B, new LogHead(Cast.log(guid), 1), true);
    }

    ask();

    assertThat(mailbox.take()).extracting(Letter::to).containsExactlyInAnyOrder(A, B);
  }

  @Test
  void peerThatDidNotAnswerAboutOneLogIsTheLastToBeAskedAboutOthers() {
    claim(A, 5);
    pass(GRACE);
    ask();
    mailbox.take();
    pass(TIMEOUT);
    wants.expire(now);
    claim(B, 5);
    for (int guid = 10; guid < 30; guid++) {
      wants.claim(now, A, new LogHead(Cast.log(guid), 1), true);
      wants.claim(now, B, new LogHead(Cast.log(guid), 1), true);
    }

    ask();

    assertThat(mailbox.take()).extracting(Letter::to).containsOnly(B);
  }
}
