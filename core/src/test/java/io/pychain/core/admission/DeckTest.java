package io.pychain.core.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.message.Bytes;
import io.pychain.core.ring.Guid;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeckTest {
  private final Deck deck = new Deck(Bytes.fromHex("11".repeat(32)));

  @Test
  void smallNetworkIsNumberedInOrder() {
    for (int place = 0; place < Deck.IN_ORDER; place++) {
      assertThat(deck.guid(place)).isEqualTo(Guid.of(place));
      assertThat(deck.place(Guid.of(place))).isEqualTo(place);
    }
  }

  @Test
  void eachBlockIsDealtWholeBeforeTheNext() {
    for (int block = Deck.IN_ORDER; block < 1 << 12; block *= 2) {
      assertThat(dealt(block, 2 * block).stream().sorted().toList())
          .isEqualTo(IntStream.range(block, 2 * block).boxed().toList());
    }
  }

  @Test
  void blocksStopGrowing() {
    int from = 3 * Deck.BLOCK_MAX;

    assertThat(dealt(from, from + Deck.BLOCK_MAX).stream().sorted().toList())
        .isEqualTo(IntStream.range(from, from + Deck.BLOCK_MAX).boxed().toList());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 15, 16, 31, 32, 1_000, 65_535, 65_536, 200_000, (1 << 24) - 1})
  void placeIsTheOtherWayRound(int place) {
    assertThat(deck.place(deck.guid(place))).isEqualTo(place);
  }

  @Test
  void orderFollowsFromTheSecretAlone() {
    Deck same = new Deck(Bytes.fromHex("11".repeat(32)));
    Deck other = new Deck(Bytes.fromHex("12".repeat(32)));

    List<Integer> places = new ArrayList<>(IntStream.range(0, 1_000).boxed().toList());
    Collections.shuffle(places, new java.util.Random(1));

    assertThat(places).allSatisfy(p -> assertThat(same.guid(p)).isEqualTo(deck.guid(p)));
    assertThat(places.stream().filter(p -> other.guid(p).equals(deck.guid(p))).count())
        .as("places alike by chance, 16 of them dealt in order")
        .isLessThan(40);
  }

  @Test
  void nobodyCanGuessTheNextFromThoseBefore() {
    List<Integer> dealt = dealt(1 << 12, 1 << 13);
    long rising = 0;
    for (int i = 1; i < dealt.size(); i++) {
      rising += dealt.get(i) > dealt.get(i - 1) ? 1 : 0;
    }

    assertThat(rising).isBetween(1_900L, 2_200L);
  }

  /// However many are dealt, the circle is divided evenly but for a factor of two.
  @Test
  void placesOnTheRingStayEven() {
    for (int count = 1; count <= 1_100; count += 7) {
      long[] positions =
          IntStream.range(0, count)
              .mapToLong(place -> deck.guid(place).position().value() ^ Long.MIN_VALUE)
              .sorted()
              .toArray();
      long most = Long.MIN_VALUE;
      long least = Long.MAX_VALUE;
      for (int i = 0; i < count && count > 1; i++) {
        long gap = (positions[(i + 1) % count] - positions[i]) >>> 8;
        most = Math.max(most, gap);
        least = Math.min(least, gap);
      }
      assertThat(count == 1 || most <= 2 * least).as("%d dealt", count).isTrue();
    }
  }

  @Test
  void earlierBlocksAreToldFromLaterOnes() {
    assertThat(Deck.isOfEarlierBlock(Guid.of(3), 10)).as("dealt in order").isFalse();
    assertThat(Deck.isOfEarlierBlock(Guid.of(15), 16)).isTrue();
    assertThat(Deck.isOfEarlierBlock(Guid.of(16), 20)).isFalse();
    assertThat(Deck.isOfEarlierBlock(Guid.of(31), 32)).isTrue();
    assertThat(Deck.isOfEarlierBlock(Guid.of(40), 32)).isFalse();
  }

  private List<Integer> dealt(int from, int until) {
    return IntStream.range(from, until).map(place -> deck.guid(place).value()).boxed().toList();
  }
}
