package io.pychain.node.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.failure.Accusation;
import io.pychain.core.failure.Suspicion;
import io.pychain.core.message.Message;
import io.pychain.core.protocol.Persist;
import io.pychain.core.ring.Guid;
import io.pychain.node.store.Origin.Taker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What liars can make a node keep on its disk.
class AccusationTableTest {
  private static final Guid VICTIM = Guid.of(0);

  @TempDir Path folder;
  private Store store;
  private final Taker taker = new Taker();
  private final List<Origin> origins = IntStream.range(0, 300).mapToObj(Origin::new).toList();

  @BeforeEach
  void open() throws IOException {
    store = Store.open(StoreConfig.in(folder));
  }

  @AfterEach
  void close() throws IOException {
    store.close();
  }

  @Test
  void ofVeryManyAccusersTheNearestAreKeptWhateverTheOrder() throws IOException {
    List<Integer> accusers = new ArrayList<>(IntStream.range(1, 300).boxed().toList());
    accuse(accusers);
    List<Guid> kept = accusersOfVictim();
    accuse(accusers.reversed());

    assertThat(kept).hasSize(2 * Accusation.SIDE_MAX);
    assertThat(accusersOfVictim()).isEqualTo(kept);
    for (Guid near : kept) {
      assertThat(Accusation.surplus(VICTIM, kept, near)).isEmpty();
    }
  }

  @Test
  void whoDoesNotExistCannotBeAccusedByTheMillion() throws IOException {
    Origin liar = new Origin(1);
    List<Persist> writes = new ArrayList<>();
    for (int guid = 0; guid < 1_000_000; guid += 997) {
      writes.add(taker.take(liar.saying(suspicion(guid))));
    }
    store.write(writes);

    assertThat(store.load().accusations())
        .hasSize(1 + Accusation.AHEAD_MAX / 997)
        .allMatch(said -> said.suspicion().guid().value() <= Accusation.AHEAD_MAX);
  }

  private void accuse(List<Integer> accusers) throws IOException {
    List<Persist> writes = new ArrayList<>();
    for (int accuser : accusers) {
      writes.add(taker.take(origins.get(accuser).saying(suspicion(VICTIM.value()))));
    }
    store.write(writes);
  }

  private List<Guid> accusersOfVictim() throws IOException {
    return store.load().accusations().stream().map(Accusation::accuser).sorted().toList();
  }

  private static Message suspicion(int guid) {
    return new Suspicion(Guid.of(guid), 1, 1).message();
  }
}
