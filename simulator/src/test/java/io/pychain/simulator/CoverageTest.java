package io.pychain.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pychain.core.coverage.Coverage;
import io.pychain.core.message.Bytes;
import io.pychain.core.message.Message;
import io.pychain.core.message.MessageId;
import io.pychain.core.message.Reach;
import io.pychain.core.protocol.Answer;
import io.pychain.core.protocol.Effects;
import io.pychain.core.protocol.Input;
import io.pychain.core.ring.Guid;
import io.pychain.simulator.check.Violation;
import io.pychain.simulator.world.Machine;
import io.pychain.simulator.world.World;
import io.pychain.simulator.world.WorldConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Who has a message, asked in worlds in which things go wrong. That nobody is counted who does not
/// have it, and that every question is answered in time, is checked by the witness at every step.
class CoverageTest {
  private static final Duration WAIT = Duration.ofSeconds(5);

  /// Shorter than it takes to be held for dead.
  private static final Duration AWAY = Duration.ofMillis(500);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 40, 200})
  void messageThatReachesAllIsReportedByAll(int nodes) {
    World world = warm(nodes, nodes);
    Inquiry inquiry = publishAndAsk(world, nodes / 2, WAIT);

    world.pass(Duration.ofSeconds(1));

    assertThat(inquiry.last()).contains(new Coverage(nodes, nodes, List.of()));
    assertThat(inquiry.done).isTrue();
  }

  @Test
  void whoeverCannotWriteIsMissingUntilItCan() {
    World world = warm(20, 1);
    world.machine(7).breakDisk();
    Inquiry inquiry = publishAndAsk(world, 3, WAIT);

    world.pass(Duration.ofSeconds(2));
    assertThat(inquiry.last()).contains(new Coverage(19, 20, List.of(Guid.of(7))));
    world.machine(7).repairDisk();
    world.pass(Duration.ofSeconds(3));

    assertThat(inquiry.last()).contains(new Coverage(20, 20, List.of()));
  }

  @Test
  void anyMemberMayAskAboutAnyMessageAtAnyTime() {
    World world = warm(20, 1);
    Inquiry first = publishAndAsk(world, 3, WAIT);
    world.pass(Duration.ofMinutes(2));

    Inquiry late = ask(world.machine(11), first.message.orElseThrow(), WAIT);
    world.pass(Duration.ofSeconds(1));

    assertThat(late.last()).contains(new Coverage(20, 20, List.of()));
  }

  @Test
  void messageThatIsNotHeldIsSaidSo() {
    World world = warm(3, 1);
    List<Answer> answers = new ArrayList<>();

    world.machine(0).survey(MessageId.parse("1:1:77"), WAIT, answers::add);

    assertThat(answers).singleElement().isInstanceOf(Answer.NotHeld.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void whoSurvivesIsCountedWhileOthersDie(long seed) {
    World world = warm(40, seed);
    SplittableRandom random = new SplittableRandom(seed);
    Inquiry inquiry = publishAndAsk(world, 0, Duration.ofSeconds(20));

    for (int i = 0; i < 8; i++) {
      Machine victim = world.machine(1 + random.nextInt(39));
      if (victim.isUp() && random.nextBoolean()) {
        victim.crash();
      } else if (victim.isUp()) {
        victim.powerOff();
      }
      world.pass(Duration.ofMillis(random.nextInt(40)));
    }
    world.pass(Duration.ofSeconds(21));

    long dead = world.machines().stream().filter(machine -> !machine.isUp()).count();
    assertThat(inquiry.done).isTrue();
    assertThat(inquiry.last().orElseThrow().reached()).isGreaterThanOrEqualTo((int) (40 - dead));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void everybodyIsCountedInTheEndWhereverLinksBreakAndMembersComeBack(long seed) {
    World world = warm(40, seed);
    SplittableRandom random = new SplittableRandom(seed);
    Inquiry inquiry = publishAndAsk(world, 0, Duration.ofSeconds(40));

    for (int i = 0; i < 20; i++) {
      Machine machine = world.machine(1 + random.nextInt(39));
      if (i % 4 == 0 && machine.isUp()) {
        machine.crash();
        world.timeline().after(AWAY.toNanos(), machine::restart);
      }
      world.breakLinks(random.nextInt(40), random.nextInt(40));
      world.breakLinks(0, 1 + random.nextInt(39));
      world.pass(Duration.ofMillis(random.nextInt(60)));
    }
    world.pass(Duration.ofSeconds(40));

    assertThat(inquiry.last()).contains(new Coverage(40, 40, List.of()));
  }

  @Test
  void memberThatClaimsWhatItDoesNotHoldIsFoundOut() {
    WorldConfig lying = WorldConfig.of(8).with(FaultyCore.with(CoverageTest::claimToHaveIt));
    World world = new World(lying, 1);
    world.startWarm();
    world.pass(Duration.ofSeconds(2));
    world.machine(5).breakDisk();
    publishAndAsk(world, 0, WAIT);

    assertThatThrownBy(() -> world.pass(WAIT))
        .isInstanceOf(Violation.class)
        .hasMessageContaining("who is counted as reached has the message");
  }

  private static void claimToHaveIt(FaultyCore core, Input input, Effects effects) {
    effects
        .send()
        .replaceAll(send ->
            send.frame() instanceof Reach.Tally tally && tally.members() > 0
                ? new Effects.Send(send.link(), complete(tally))
                : send);
  }

  private static Reach.Tally complete(Reach.Tally tally) {
    return new Reach.Tally(tally.number(), tally.members(), tally.members(), List.of(), true);
  }

  private static World warm(int nodes, long seed) {
    World world = new World(WorldConfig.of(nodes), seed);
    world.startWarm();
    world.pass(Duration.ofSeconds(2));
    return world;
  }

  /// What somebody who asks is told.
  private static final class Inquiry {
    private final List<Coverage> told = new ArrayList<>();
    private Optional<MessageId> message = Optional.empty();
    private boolean done;

    private void take(Answer answer) {
      if (answer instanceof Answer.Covered covered) {
        told.add(covered.coverage());
        done = covered.done();
      }
    }

    private Optional<Coverage> last() {
      return told.isEmpty() ? Optional.empty() : Optional.of(told.getLast());
    }
  }

  private static Inquiry ask(Machine machine, MessageId message, Duration wait) {
    Inquiry inquiry = new Inquiry();
    machine.survey(message, wait, inquiry::take);
    return inquiry;
  }

  private static Inquiry publishAndAsk(World world, int node, Duration wait) {
    Inquiry inquiry = new Inquiry();
    Machine machine = world.machine(node);
    machine.publish(
        List.of(new Message(Message.JSON, Bytes.utf8("\"hello\""))),
        answer -> {
          Answer.Published published = (Answer.Published) answer;
          MessageId id = new MessageId(published.log(), published.firstSeq());
          inquiry.message = Optional.of(id);
          world.timeline().after(0, () -> machine.survey(id, wait, inquiry::take));
        });
    return inquiry;
  }
}
