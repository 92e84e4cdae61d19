package io.pychain.core.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

/// Positions, arcs and bases: the circle before anybody sits on it.
final class CircleTest {

  private static final Position TOP = new Position(0);
  private static final Position QUARTER = Guid.of(2).position();
  private static final Position HALF = Guid.of(1).position();
  private static final Position THREE_QUARTERS = Guid.of(3).position();

  @Test
  void distanceIsClockwiseAndUnsigned() {
    assertThat(TOP.distanceTo(HALF)).isEqualTo(Long.MIN_VALUE);
    assertThat(HALF.distanceTo(TOP)).isEqualTo(Long.MIN_VALUE);
    assertThat(THREE_QUARTERS.distanceTo(QUARTER)).isEqualTo(Long.MIN_VALUE);
    assertThat(TOP.distanceTo(TOP)).isZero();
    assertThat(new Position(1).distanceTo(TOP)).isEqualTo(-1);
  }

  @Test
  void sumsWrapAtTheTop() {
    Position beyond = THREE_QUARTERS.plus(THREE_QUARTERS.value());

    assertThat(beyond).isEqualTo(HALF);
  }

  @Test
  void arcHoldsItsBeginningAndNotItsEnd() {
    Arc arc = new Arc(QUARTER, HALF);

    assertThat(arc.contains(QUARTER)).isTrue();
    assertThat(arc.contains(HALF.plus(-1))).isTrue();
    assertThat(arc.contains(HALF)).isFalse();
    assertThat(arc.contains(TOP)).isFalse();
  }

  @Test
  void arcGoesOnBeyondTheTop() {
    Arc arc = new Arc(THREE_QUARTERS, QUARTER);

    assertThat(arc.contains(THREE_QUARTERS)).isTrue();
    assertThat(arc.contains(TOP)).isTrue();
    assertThat(arc.contains(QUARTER)).isFalse();
    assertThat(arc.contains(HALF)).isFalse();
  }

  @Test
  void arcThatEndsWhereItBeginsIsTheWholeCircle() {
    Arc whole = new Arc(HALF, HALF);

    assertThat(whole.contains(HALF)).isTrue();
    assertThat(whole.contains(HALF.plus(-1))).isTrue();
    assertThat(whole.contains(TOP)).isTrue();
  }

  @Test
  void limitInsideAnArcCutsIt() {
    assertThat(new Arc(QUARTER, TOP).cutAt(HALF)).isEqualTo(new Arc(QUARTER, HALF));
    assertThat(new Arc(HALF, QUARTER).cutAt(TOP)).isEqualTo(new Arc(HALF, TOP));
    assertThat(new Arc(TOP, TOP).cutAt(HALF)).isEqualTo(new Arc(TOP, HALF));
  }

  @Test
  void limitOutsideAnArcOrAtItsEdgesLeavesItAlone() {
    Arc arc = new Arc(QUARTER, HALF);

    assertThat(arc.cutAt(THREE_QUARTERS)).isEqualTo(arc);
    assertThat(arc.cutAt(QUARTER)).isEqualTo(arc);
    assertThat(arc.cutAt(HALF)).isEqualTo(arc);
  }

  @Test
  void basesAreTwoFourEightAndSixteen() {
    assertThat(Base.of(2)).isEqualTo(new Base(1)).hasToString("2");
    assertThat(Base.of(4)).isEqualTo(new Base(2)).hasToString("4");
    assertThat(Base.of(8)).isEqualTo(new Base(3)).hasToString("8");
    assertThat(Base.of(16)).isEqualTo(new Base(4)).hasToString("16");
    for (int parts : new int[] {-2, 0, 1, 3, 12, 32, Integer.MIN_VALUE}) {
      assertThatIllegalArgumentException().isThrownBy(() -> Base.of(parts));
    }
    for (int bits : new int[] {-1, 0, 5}) {
      assertThatIllegalArgumentException().isThrownBy(() -> new Base(bits));
    }
  }

  @Test
  void levelsAreTheLogarithmRoundedUp() {
    assertThat(Base.of(2).levels(10)).isEqualTo(10);
    assertThat(Base.of(4).levels(10)).isEqualTo(5);
    assertThat(Base.of(8).levels(10)).isEqualTo(4);
    assertThat(Base.of(16).levels(10)).isEqualTo(3);
  }
}
