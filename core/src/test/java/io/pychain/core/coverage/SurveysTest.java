package io.pychain.core.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.message.Reach;
import io.pychain.core.ring.Arc;
import io.pychain.core.ring.Guid;
import io.pychain.core.ring.Position;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SurveysTest {
  private static final Duration WAIT = Duration.ofSeconds(5);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 8, 31, 100, 257})
  void everybodyIsAskedOnceAndAnswersOnce(int size) {
    Group group = new Group(size);

    group.ask(size / 2, WAIT);
    group.pass(200);

    assertThat(group.last()).isEqualTo(new Coverage(size, size, List.of()));
    assertThat(group.done).isTrue();
    assertThat(group.sent).filteredOn(Reach.Survey.class::isInstance).hasSize(size - 1);
    assertThat(group.sent).filteredOn(Reach.Tally.class::isInstance).hasSizeLessThan(2 * size);
    assertThat(group.open()).isZero();
  }

  @Test
  void whoeverLacksTheMessageToTheEndIsNamed() {
    Group group = new Group(30);
    group.lacks(7);
    group.lacks(21);

    group.ask(3, WAIT);
    group.pass(WAIT.toMillis() - 1);
    assertThat(group.done).isFalse();
    group.pass(1);

    assertThat(group.done).isTrue();
    assertThat(group.last().reached()).isEqualTo(28);
    assertThat(group.last().members()).isEqualTo(30);
    assertThat(group.last().missing()).containsExactlyInAnyOrder(Guid.of(7), Guid.of(21));
    assertThat(group.open()).isZero();
  }

  @Test
  void whoeverStoresTheMessageLateIsCountedAsSoonAsItHas() {
    Group group = new Group(30);
    group.lacks(21);
    group.ask(3, WAIT);
    group.pass(2_000);
    assertThat(group.last()).isEqualTo(new Coverage(29, 30, List.of(Guid.of(21))));

    group.stores(21);
    group.pass(200);

    assertThat(group.done).isTrue();
    assertThat(group.last().isComplete()).isTrue();
  }

  @Test
  void askerThatLacksItCountsAmongTheMissing() {
    Group group = new Group(2);
    group.lacks(0);

    group.ask(0, WAIT);
    group.pass(WAIT.toMillis());

    assertThat(group.last()).isEqualTo(new Coverage(1, 2, List.of(Guid.of(0))));
  }

  @Test
  void whatIsKnownSoFarIsToldWhileOthersAreWaitedFor() {
    Group group = new Group(100);
    IntStream.range(50, 60).forEach(group::lacks);
    group.ask(0, WAIT);

    for (int i = 50; i < 60; i++) {
      group.pass(300);
      group.stores(i);
    }
    group.pass(300);

    assertThat(group.told.size()).isGreaterThan(8);
    assertThat(group.told).extracting(Coverage::reached).isSorted();
    assertThat(group.last().isComplete()).isTrue();
  }

  @Test
  void membersBehindALinkThatIsDownAreReachedByOthers() {
    Group group = new Group(64);
    for (int i = 1; i <= 32; i++) {
      group.cut(0, i);
    }

    group.ask(0, WAIT);
    group.pass(1_000);

    assertThat(group.last().isComplete()).isTrue();
  }

  @Test
  void linkThatBreaksWhileAnAnswerIsAwaitedLosesNobody() {
    Group group = new Group(64);
    group.ask(0, WAIT);
    group.pass(5);

    for (int i = 1; i <= 8; i++) {
      group.cut(0, i);
    }
    group.pass(1_000);

    assertThat(group.last().isComplete()).isTrue();
    assertThat(group.open()).isZero();
  }

  @Test
  void memberThatIsSilentIsPassedOverAndIsTheOnlyOneMissing() {
    Group group = new Group(64);
    group.silence(1);
    group.silence(2);

    group.ask(0, WAIT);
    group.pass(WAIT.toMillis());

    assertThat(group.last().members()).isEqualTo(64);
    assertThat(group.last().missing()).containsExactlyInAnyOrder(Guid.of(1), Guid.of(2));
    assertThat(group.done).isTrue();
  }

  @Test
  void stretchInWhichNobodyAnswersAnyMoreIsAskedOfSomebodyOutside() {
    Group group = new Group(64);
    for (int i = 1; i < 64; i += 2) {
      if (i != 1) {
        group.cut(0, i);
      }
    }
    group.silence(1);

    group.ask(0, WAIT);
    group.pass(WAIT.toMillis());

    assertThat(group.last()).isEqualTo(new Coverage(63, 64, List.of(Guid.of(1))));
  }

  @Test
  void lostQuestionIsAskedAgain() {
    Group group = new Group(8);
    int[] losses = {3};
    group.lose((_, frame) -> frame instanceof Reach.Survey && losses[0]-- > 0);

    group.ask(0, WAIT);
    group.pass(WAIT.toMillis());

    assertThat(group.last().isComplete()).isTrue();
  }

  @Test
  void lostAnswerIsGivenAgain() {
    Group group = new Group(8);
    int[] losses = {3};
    group.lose((_, frame) -> frame instanceof Reach.Tally && losses[0]-- > 0);

    group.ask(0, WAIT);
    group.pass(WAIT.toMillis());

    assertThat(group.last().isComplete()).isTrue();
  }

  @Test
  void memberThatNobodyCouldAskIsAskedOnceALinkToItIsUp() {
    Group group = new Group(16);
    for (int i = 0; i < 16; i++) {
      if (i != 5) {
        group.cut(5, i);
      }
    }
    group.ask(0, WAIT);
    group.pass(1_000);
    assertThat(group.last()).isEqualTo(new Coverage(15, 16, List.of(Guid.of(5))));

    for (int i = 0; i < 16; i++) {
      if (i != 5) {
        group.mend(5, i);
      }
    }
    group.pass(1_000);

    assertThat(group.last().isComplete()).isTrue();
  }

  @Test
  void memberThatLeavesMeanwhileIsNoLongerWaitedFor() {
    Group group = new Group(16);
    group.lacks(5);
    group.ask(0, WAIT);
    group.pass(1_000);

    group.ring.remove(Guid.of(5));
    group.pass(1_000);

    assertThat(group.done).isTrue();
    assertThat(group.last()).isEqualTo(new Coverage(15, 15, List.of()));
  }

  @Test
  void withoutAWaitNobodyIsAsked() {
    Group group = new Group(4);

    group.ask(0, Duration.ZERO);

    assertThat(group.done).isTrue();
    assertThat(group.last().reached()).isEqualTo(1);
    assertThat(group.last().members()).isEqualTo(4);
    assertThat(group.sent).isEmpty();
  }

  @Test
  void namesOfTheMissingAreBoundedAndTheirNumberIsNot() {
    Group group = new Group(1_500);

    group.ask(0, Duration.ZERO);

    assertThat(group.last().missing()).hasSize(Reach.Tally.MISSING_MAX);
    assertThat(group.last().unnamed()).isEqualTo(1_499 - Reach.Tally.MISSING_MAX);
  }

  @Test
  void questionBeyondWhatAPeerMayAskIsRefused() {
    Group group = new Group(3);
    Surveys asked = group.member(Guid.of(1));
    group.lacks(1);

    for (int i = 1; i <= Questions.OPEN_MAX + 1; i++) {
      asked.asked(group.now(), Guid.of(0), question(i, onlyFor(1)));
    }

    assertThat(asked.size()).isEqualTo(Questions.OPEN_MAX);
    assertThat(group.sent)
        .containsExactly(new Reach.Tally(Questions.OPEN_MAX + 1, 0, 0, List.of(), true));
  }

  @Test
  void peersThatAskForWhatNobodyHasLeaveRoomForOthers() {
    Group group = new Group(8);
    Surveys asked = group.member(Guid.of(1));
    group.lacks(1);
    for (int crowd = 2; crowd <= 5; crowd++) {
      for (int i = 1; i <= Questions.OPEN_MAX; i++) {
        asked.asked(group.now(), Guid.of(crowd), question(i, onlyFor(1)));
      }
    }
    assertThat(asked.size()).isEqualTo(Surveys.ANYBODYS_MAX + 2 * Surveys.SHARE);
    group.sent.clear();

    for (int i = 1; i <= Surveys.SHARE + 1; i++) {
      asked.asked(group.now(), Guid.of(0), question(i, onlyFor(1)));
    }

    assertThat(group.sent)
        .containsExactly(new Reach.Tally(Surveys.SHARE + 1, 0, 0, List.of(), true));
  }

  @Test
  void questionsThatComeFasterThanAllowedAreRefusedAlsoIfTheyAreAnsweredAtOnce() {
    Group group = new Group(3);

    for (int i = 1; i <= Questions.PER_SECOND_MAX + 5; i++) {
      group.member(Guid.of(1)).asked(group.now(), Guid.of(0), question(i, onlyFor(1)));
    }

    assertThat(group.sent)
        .filteredOn(frame -> frame instanceof Reach.Tally tally && tally.members() == 0)
        .hasSize(5);
  }

  @Test
  void stretchThatTheAskerRefusedToAnswerForCountsAsMissing() {
    Group group = new Group(3);
    group.ask(0, WAIT);
    group.lose((_, frame) -> frame instanceof Reach.Tally);
    group.pass(20);
    for (int i = 1; i <= 2; i++) {
      for (int number = 1; number <= 2; number++) {
        var refusal = new Reach.Tally(number, 0, 0, List.of(), true);
        group.member(Guid.of(0)).told(group.now(), Guid.of(i), refusal);
      }
    }

    group.pass(WAIT.toMillis());

    assertThat(group.last().reached()).isEqualTo(1);
    assertThat(group.last().members()).isEqualTo(3);
  }

  @Test
  void questionAboutAStretchThatTheAskerIsInIsPassedOver() {
    Group group = new Group(8);
    Surveys asked = group.member(Guid.of(1));
    Position zero = Guid.of(0).position();

    asked.asked(group.now(), Guid.of(0), question(1, new Arc(zero, zero)));
    asked.asked(group.now(), Guid.of(0), question(2, new Arc(Guid.of(1).position(), zero.plus(1))));

    assertThat(asked.size()).isZero();
    assertThat(group.sent).isEmpty();
  }

  @Test
  void answerThatCannotBeIsNotBelieved() {
    Group group = new Group(4);
    group.lose((_, _) -> true);
    group.ask(0, WAIT);
    Surveys asker = group.member(Guid.of(0));
    long of1 = group.numberOf(1);

    asker.told(group.now(), Guid.of(1), new Reach.Tally(of1, 1 << 25, 1 << 25, List.of(), false));
    asker.told(group.now(), Guid.of(1), new Reach.Tally(of1, 0, 1, List.of(Guid.of(0)), false));
    asker.told(group.now(), Guid.of(3), new Reach.Tally(of1, 1, 1, List.of(), true));
    asker.told(group.now(), Guid.of(1), new Reach.Tally(of1 + 1, 1, 1, List.of(), true));
    asker.told(group.now(), Guid.of(1), new Reach.Tally(99, 1, 1, List.of(), true));
    group.pass(WAIT.toMillis());

    assertThat(group.last().reached()).isEqualTo(1);
    assertThat(group.last().members()).isEqualTo(4);
  }

  @Test
  void questionsOfAPeerThatIsGoneAreForgotten() {
    Group group = new Group(64);
    group.lacks(9);
    group.ask(0, WAIT);
    group.pass(1_000);

    for (int i = 1; i < 64; i++) {
      group.cut(0, i);
    }
    group.pass(WAIT.toMillis() - 1_000);

    assertThat(group.open()).isZero();
  }

  private static Reach.Survey question(long number, Arc stretch) {
    return new Reach.Survey(number, Group.MESSAGE, stretch, WAIT);
  }

  private static Arc onlyFor(int guid) {
    Position place = Guid.of(guid).position();
    return new Arc(place, place.plus(1));
  }
}
