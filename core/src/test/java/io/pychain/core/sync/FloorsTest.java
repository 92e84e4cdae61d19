package io.pychain.core.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.message.Frame.Fetch;
import io.pychain.core.message.Frame.LogHead;
import io.pychain.core.message.Frame.Range;
import io.pychain.core.sync.Mailbox.Letter;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Logs whose beginning some peers have pruned.
class FloorsTest extends WantsFixture {
  @Test
  void floorThatNoSignedBatchReachesIsNotBelievedWhoeverSaysSo() {
    claim(A, Long.MAX_VALUE);
    claim(B, Long.MAX_VALUE);

    assertThat(answerAllWithFloors(Long.MAX_VALUE, 2)).isEmpty();

    assertThat(wants.isEmpty()).as("nobody is left to ask").isTrue();
  }

  @Test
  void floorIsBelievedUpToWhatWaitsAlready() {
    shelf.gapEnd = 89;
    claim(A, 100);
    claim(B, 100);

    assertThat(answerAllWithFloors(90, 2)).containsExactly(new LogHead(LOG, 90));
  }

  @Test
  void twoOfManyCannotMakeOthersGiveUpABeginning() {
    peers.add(C);
    peers.add(D);
    claim(A, 100);
    claim(B, 100);
    wants.proven(new LogHead(LOG, 100));

    assertThat(answerAllWithFloors(80, 2)).isEmpty();
    ask();

    assertThat(onlyAsked()).isIn(C, D);
  }

  @Test
  void prunedBeginningIsGivenUpWhenMostSaySo() {
    claim(A, 100);
    wants.proven(new LogHead(LOG, 100));
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
    wants.proven(new LogHead(LOG, 100));
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
    wants.proven(new LogHead(LOG, 100));
    pass(GRACE);
    ask();
    Letter toHolder = mailbox.take().getFirst();
    answer(toHolder, true, new LogHead(LOG, 90));
    ask();
    Letter toOther = mailbox.take().getFirst();

    assertThat(answer(toOther, true)).containsExactly(new LogHead(LOG, 90));
  }

  @Test
  void onlyPeerIsBelievedOfWhatItProves() {
    peers.remove(B);
    claim(A, 100);
    wants.proven(new LogHead(LOG, 100));
    pass(GRACE);
    ask();

    assertThat(answer(mailbox.take().getFirst(), true, new LogHead(LOG, 90)))
        .containsExactly(new LogHead(LOG, 90));
  }

  @Test
  void whoHasPrunedIsAskedForTheRestWhenTheOthersGoDown() {
    claim(A, 100);
    wants.proven(new LogHead(LOG, 100));
    pass(GRACE);
    ask();
    answer(mailbox.take().getFirst(), true, new LogHead(LOG, 90));
    ask();
    assertThat(onlyAsked()).isEqualTo(B);

    down(B);
    ask();

    assertThat(onlyAsked()).isEqualTo(A);
  }
}
