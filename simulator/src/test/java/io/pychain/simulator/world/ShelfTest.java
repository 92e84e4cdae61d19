package io.pychain.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.message.Batch;
import io.pychain.core.message.Frame.Range;
import io.pychain.core.message.LogId;
import io.pychain.core.protocol.Persist.Delivery;
import io.pychain.core.protocol.Persist.Via;
import io.pychain.core.ring.Guid;
import io.pychain.simulator.Chains;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A shelf gives each log back in order, however the logs were mixed when they came.
class ShelfTest {
  private static final LogId LATER = new LogId(Chains.LOG.guid(), 2);
  private static final LogId OTHER = new LogId(Guid.of(20), 1);

  private final Shelf shelf = new Shelf();
  private final List<List<Batch>> chains =
      List.of(Chains.chain(30), Chains.chain(LATER, 30), Chains.chain(OTHER, 30));

  @Test
  void logIsReadInOrderFromAmongTheBatchesOfOthersAndOfOtherEpochs() {
    putAllInTurn();

    assertThat(read(Chains.LOG, 1, 30)).isEqualTo(chains.get(0));
    assertThat(read(LATER, 1, 30)).isEqualTo(chains.get(1));
    assertThat(read(OTHER, 1, 30)).isEqualTo(chains.get(2));
  }

  @Test
  void partOfALogIsReadWithoutWhatIsBeforeAndAfterIt() {
    putAllInTurn();

    assertThat(read(LATER, 4, 6)).isEqualTo(chains.get(1).subList(3, 6));
    assertThat(read(LATER, 29, Long.MAX_VALUE)).isEqualTo(chains.get(1).subList(28, 30));
    assertThat(read(LATER, 31, 40)).isEmpty();
  }

  @Test
  void logThatNeverCameIsEmpty() {
    putAllInTurn();

    assertThat(read(new LogId(Guid.of(19), 1), 1, 9)).isEmpty();
    assertThat(read(new LogId(Guid.of(1_000), 1), 1, 9)).isEmpty();
  }

  @Test
  void allIsKeptInTheOrderInWhichItCame() {
    List<Delivery> put = putAllInTurn();

    assertThat(shelf.deliveries()).isEqualTo(put);
  }

  private List<Delivery> putAllInTurn() {
    List<Delivery> put = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      for (List<Batch> chain : chains) {
        Delivery delivery =
            new Delivery(chain.get(i), put.size() + 1, Timeline.BEGINNING, 1, Via.PUSH);
        shelf.add(delivery);
        put.add(delivery);
      }
    }
    return put;
  }

  private List<Batch> read(LogId log, long from, long until) {
    return shelf.read(new Range(log, from, until)).stream().map(Delivery::batch).toList();
  }
}
