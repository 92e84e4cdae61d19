package io.pychain.core.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.Cast;
import io.pychain.core.message.Frame;
import io.pychain.core.message.Frame.LogHead;
import io.pychain.core.message.Frame.SyncRequest;
import io.pychain.core.ring.Guid;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TellerTest {
  private static final Guid PEER = Guid.of(9);
  private static final long STORE = 77;

  private final Shelf shelf = Shelf.knowing(3);
  private final Journal journal = new Journal(0);
  private final Teller teller = new Teller(STORE, shelf, journal, new Rows(shelf));
  private final Assumed nothing = new Assumed();

  @Test
  void peerThatHasNotAskedIsToldNothing() {
    grow(1, 1);

    assertThat(teller.hasNewsFor(PEER)).isFalse();
  }

  @Test
  void peerThatHasAskedIsToldOnlyWhatChangedSince() {
    grow(1, 1);
    teller.answer(PEER, new SyncRequest(0, 0));
    assertThat(teller.hasNewsFor(PEER)).isFalse();

    grow(2, 5);

    assertThat(teller.hasNewsFor(PEER)).isTrue();
    assertThat(teller.news(PEER, nothing))
        .contains(new Frame.News(1, 2, List.of(new LogHead(Cast.log(2), 5)), List.of()));
    assertThat(teller.hasNewsFor(PEER)).isFalse();
  }

  @Test
  void peerIsNotToldWhatItHolds() {
    teller.answer(PEER, new SyncRequest(0, 0));
    grow(1, 4);
    grow(2, 5);
    Assumed known = new Assumed();
    known.add(new LogHead(Cast.log(1), 4));
    known.add(new LogHead(Cast.log(2), 4));

    assertThat(teller.news(PEER, known))
        .contains(new Frame.News(0, 2, List.of(new LogHead(Cast.log(2), 5)), List.of()));
  }

  @Test
  void silenceWhereAPeerKnowsEverythingIsMadeUpForByTheNextTelling() {
    teller.answer(PEER, new SyncRequest(0, 0));
    grow(1, 4);
    Assumed known = new Assumed();
    known.add(new LogHead(Cast.log(1), 4));
    assertThat(teller.news(PEER, known)).isEmpty();
    assertThat(teller.hasNewsFor(PEER)).isFalse();

    grow(2, 5);

    assertThat(teller.news(PEER, known))
        .contains(new Frame.News(0, 2, List.of(new LogHead(Cast.log(2), 5)), List.of()));
  }

  @Test
  void peerThatHoldsTheSameIsAnsweredByAHash() {
    grow(1, 1);
    Frame.Summary same = teller.summary();

    assertThat(teller.answer(PEER, new SyncRequest(STORE, 0, Optional.of(same)))).isEqualTo(same);
  }

  @Test
  void cursorOfThisStoreIsAnsweredByWhatChangedSince() {
    grow(1, 1);
    grow(2, 5);

    assertThat(teller.answer(PEER, new SyncRequest(STORE, 1)))
        .isEqualTo(new Frame.Heads(STORE, 1, 2, List.of(new LogHead(Cast.log(2), 5)), List.of()));
  }

  @Test
  void cursorOfAnotherStoreOrFromTheFutureIsAnsweredByASummary() {
    grow(1, 1);

    assertThat(teller.answer(PEER, new SyncRequest(STORE + 1, 0)))
        .isInstanceOf(Frame.Summary.class);
    assertThat(teller.answer(PEER, new SyncRequest(STORE, 2))).isInstanceOf(Frame.Summary.class);
  }

  @Test
  void peerThatFellFarBehindGetsASummary() {
    teller.answer(PEER, new SyncRequest(0, 0));
    for (int i = 0; i < Journal.CHANGES_MAX + 1; i++) {
      grow(1, i + 1);
    }

    assertThat(teller.news(PEER, nothing)).get().isInstanceOf(Frame.Summary.class);
    assertThat(teller.hasNewsFor(PEER)).isFalse();
  }

  @Test
  void peerThatIsGoneIsForgotten() {
    teller.answer(PEER, new SyncRequest(0, 0));
    grow(1, 1);

    teller.forget(PEER);

    assertThat(teller.hasNewsFor(PEER)).isFalse();
  }

  private void grow(int guid, long seq) {
    shelf.logs.put(Cast.log(guid), seq);
    journal.append(journal.last() + 1, Guid.of(guid), false);
  }
}
