package io.pychain.simulator.liar;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.failure.Suspicion;
import io.pychain.core.link.Fault;
import io.pychain.core.message.Bytes;
import io.pychain.core.message.Frame;
import io.pychain.core.message.Message;
import io.pychain.core.protocol.Input;
import io.pychain.core.ring.Guid;
import io.pychain.simulator.check.Onlooker;
import io.pychain.simulator.world.World;
import io.pychain.simulator.world.WorldConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// A liar lies: what honest nodes withstand in simulations really happens there.
class LiarsTest {
  private static final int NODES = 12;
  private static final int LIAR = 4;

  private final World world = new World(WorldConfig.of(NODES), 1);
  private final List<Frame> sent = new ArrayList<>();
  private final List<Fault> misdeeds = new ArrayList<>();

  @Test
  void silentRelayHandsOnOnlyWhatItPublishes() {
    begin("silent-relay");

    publishEverywhere();

    assertThat(pushes()).isNotEmpty().allMatch(push -> push.batch().log().guid().value() == LIAR);
    assertThat(world.witness().ledger().missing(_ -> true)).isZero();
  }

  @Test
  void falseAccuserAccusesManyAndNobodyBelievesIt() {
    begin("false-accuser");

    world.pass(Duration.ofMinutes(2));

    Set<Guid> accused =
        pushes().stream()
            .flatMap(push -> push.batch().messages().stream())
            .flatMap(message -> Suspicion.in(message).stream())
            .map(Suspicion::guid)
            .collect(Collectors.toSet());
    assertThat(accused).hasSizeGreaterThan(3);
    assertThat(world.machines()).allMatch(machine -> machine.core().orElseThrow().deaths() == 0);
  }

  @Test
  void forkMakerTellsTwoStoriesUnderOneNumber() {
    world.witness().ledger().distrust(LIAR);
    begin("fork-maker");

    world.machine(LIAR).publish(List.of(message(1)), _ -> {});
    world.pass(Duration.ofSeconds(5));

    assertThat(pushes().stream().map(Frame.Push::batch).distinct()).hasSizeGreaterThan(1);
    assertThat(pushes().stream().map(push -> push.batch().firstSeq()).distinct()).hasSize(1);
  }

  @Test
  void hoarderGivesNothing() {
    begin("hoarder");

    publishEverywhere();
    world.machine(LIAR + 1).crash();
    publishEverywhere();
    world.machine(LIAR + 1).restart();
    world.pass(Duration.ofSeconds(30));

    assertThat(sent)
        .filteredOn(Frame.Batches.class::isInstance)
        .allMatch(frame -> ((Frame.Batches) frame).batches().isEmpty());
    assertThat(world.witness().ledger().missing(_ -> true)).isZero();
  }

  @Test
  void prophetOfFarNumbersMakesNobodyDeaf() {
    begin("prophet");

    for (int round = 0; round < 5; round++) {
      publishEverywhere();
    }
    world.pass(Duration.ofSeconds(30));

    assertThat(sent)
        .as("it has said that what comes first is pruned")
        .anyMatch(frame -> frame instanceof Frame.Batches part && !part.floors().isEmpty());
    publishEverywhere();
    world.pass(Duration.ofSeconds(30));
    assertThat(world.witness().ledger().missing(_ -> true)).isZero();
  }

  @Test
  void forgerIsCutOffAndItsShareComesAnotherWay() {
    world.witness().ledger().overlook(LIAR);
    begin("forger");

    for (int round = 0; round < 10; round++) {
      publishEverywhere();
    }

    assertThat(misdeeds).hasSizeBetween(1, 50).containsOnly(Fault.SIGNATURE);
    assertThat(world.witness().ledger().missing(_ -> true)).isZero();
  }

  @Test
  void replayerRepeatsItself() {
    begin("replayer");

    publishEverywhere();

    assertThat(sent.stream().distinct().count()).isLessThan(sent.size());
    assertThat(world.witness().ledger().missing(_ -> true)).isZero();
  }

  private void begin(String role) {
    world.machine(LIAR).run(Liars.of(role, world.makerOf(world.machine(LIAR))).orElseThrow());
    world.startWarm();
    world.pass(Duration.ofSeconds(2));
    world
        .witness()
        .show(
            new Onlooker() {
              @Override
              public void takes(int node, Input input) {
                if (input instanceof Input.Misdeed misdeed) {
                  misdeeds.add(misdeed.fault());
                }
              }

              @Override
              public void sent(int node, int to, Frame frame) {
                if (node == LIAR) {
                  sent.add(frame);
                }
              }
            });
  }

  private void publishEverywhere() {
    for (int node = 0; node < NODES; node++) {
      if (world.machine(node).isRunning()) {
        world.machine(node).publish(List.of(message(node)), _ -> {});
      }
    }
    world.pass(Duration.ofSeconds(5));
  }

  private List<Frame.Push> pushes() {
    return sent.stream().filter(Frame.Push.class::isInstance).map(Frame.Push.class::cast).toList();
  }

  private static Message message(int number) {
    return new Message(Message.JSON, Bytes.utf8(Integer.toString(number)));
  }
}
