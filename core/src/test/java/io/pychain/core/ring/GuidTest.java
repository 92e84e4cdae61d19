package io.pychain.core.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

final class GuidTest {

  @Test
  void negativeNumberIsNoGuid() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Guid.of(-1))
        .withMessage("A GUID is 0 or more, not -1");
  }

  @Test
  void printsAsThePlainNumber() {
    assertThat(Guid.of(42)).hasToString("42");
  }

  @Test
  void isOrderedByNumber() {
    assertThat(List.of(Guid.of(2), Guid.of(10), Guid.of(0)).stream().sorted())
        .containsExactly(Guid.of(0), Guid.of(2), Guid.of(10));
  }

  @Test
  void sitsAtItsBitsReversed() {
    assertThat(Guid.of(0).position()).hasToString("0000000000000000");
    assertThat(Guid.of(1).position()).hasToString("8000000000000000");
    assertThat(Guid.of(2).position()).hasToString("4000000000000000");
    assertThat(Guid.of(3).position()).hasToString("c000000000000000");
    assertThat(Guid.of(Integer.MAX_VALUE).position()).hasToString("fffffffe00000000");
  }

  @Test
  void comesBackFromItsPosition() {
    for (int value : new int[] {0, 1, 2, 3, 1000, Ring.GUID_MAX, Integer.MAX_VALUE}) {
      assertThat(Ring.guidAt(Guid.of(value).place())).isEqualTo(Guid.of(value));
    }
  }
}
