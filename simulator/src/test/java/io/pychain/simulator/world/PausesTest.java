package io.pychain.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.link.Evidence;
import io.pychain.core.message.Bytes;
import io.pychain.core.message.Message;
import io.pychain.core.protocol.Answer;
import io.pychain.core.protocol.Input;
import io.pychain.simulator.check.Onlooker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A node that stands still loses nothing, and looks to others as a stopped process or machine.
class PausesTest {
  private static final Duration LONG = Duration.ofSeconds(40);

  private final World world = new World(WorldConfig.of(6), 1);
  private final Set<Evidence> evidence = new TreeSet<>();

  @BeforeEach
  void connect() {
    world.startWarm();
    world.pass(Duration.ofSeconds(2));
    world
        .witness()
        .show(
            new Onlooker() {
              @Override
              public void takes(int node, Input input) {
                if (input instanceof Input.DialFailed failed && failed.guid().value() == 3) {
                  evidence.add(failed.evidence());
                }
              }
            });
  }

  @Test
  void whatHappensMeanwhileComesToItWhenItGoesOn() {
    int before = world.machine(3).delivered().size();
    world.machine(3).pause(false);

    world.machine(1).publish(List.of(message(1)), _ -> {});
    world.pass(Duration.ofSeconds(1));
    assertThat(world.machine(3).delivered()).hasSize(before);

    world.machine(3).resume();
    world.pass(Duration.ofSeconds(1));
    assertThat(world.machine(3).delivered()).hasSize(before + 1);
    world.settled();
  }

  @Test
  void whoPublishesThereWaitsForTheAnswer() {
    List<Answer> answers = new ArrayList<>();
    world.machine(3).pause(false);

    world.machine(3).publish(List.of(message(1)), answers::add);
    world.pass(LONG);
    assertThat(answers).isEmpty();

    world.machine(3).resume();
    world.pass(LONG);
    assertThat(answers).hasSize(1);
    world.settled();
  }

  @Test
  void kernelOfAStoppedProcessTakesConnectionsOnWhichNobodySpeaks() {
    world.machine(3).pause(false);

    world.pass(LONG);

    assertThat(evidence).containsExactly(Evidence.MUTE);
  }

  @Test
  void machineThatStandsStillDoesNotAnswerAtAll() {
    world.machine(3).pause(true);

    world.pass(LONG);

    assertThat(evidence).containsExactly(Evidence.UNREACHABLE);
  }

  @Test
  void processThatIsKilledWhileItStandsStillRefuses() {
    world.machine(3).pause(false);
    world.pass(LONG);
    evidence.clear();

    world.machine(3).crash();
    world.pass(LONG);

    assertThat(evidence).contains(Evidence.REFUSED).doesNotContain(Evidence.UNREACHABLE);
  }

  @Test
  void networkIsWholeAgainAfterALongPause() {
    world.machine(3).pause(true);
    world.machine(1).publish(List.of(message(1)), _ -> {});
    world.pass(LONG);

    world.machine(3).resume();
    world.machine(3).publish(List.of(message(2)), _ -> {});
    world.pass(LONG);

    assertThat(world.machine(3).linkCount()).isGreaterThan(2);
    assertThat(world.witness().ledger().missing(_ -> true)).isZero();
    world.settled();
  }

  @Test
  void nodeThatHearsNothingKeepsNoLink() {
    world.machine(3).deafen(1);

    world.pass(LONG);
    assertThat(world.machine(3).isRunning()).isTrue();
    world.machine(3).deafen(0);
    world.machine(2).publish(List.of(message(2)), _ -> {});
    world.pass(LONG);

    world.settled();
  }

  private static Message message(int number) {
    return new Message(Message.JSON, Bytes.utf8(Integer.toString(number)));
  }
}
