package io.pychain.node.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.pychain.core.message.Bytes;
import io.pychain.node.fuzz.Target.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Nothing that an attacker may send is accepted, allocates over the limits, or is a fault of ours.
/// `./bench fuzz` looks a hundred times as long.
class FuzzTest {
  private static final int INPUTS = 100_000;
  private static final int HISTORIES = 300;
  private static final long SEED = 20_261_122;
  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
  private static final Path FOUND = Path.of("src/test/resources/fuzz");

  @TempDir Path folder;

  @Test
  void hundredThousandInputsAreReadOrRefusedAndNothingElse() throws Exception {
    Duration limit = Duration.ofMinutes(5);
    var run = new FuzzRun(Targets.ALL, INPUTS, limit, SEED, HOME, folder);

    FuzzRun.Result result = run.run();

    assertThat(result.finding()).as(result.output()).isEmpty();
    assertThat(result.executions()).as(result.output()).isGreaterThanOrEqualTo(INPUTS);
    assertThat(result.refused()).as("understood and refused").isGreaterThan(INPUTS / 20);
  }

  @Test
  void historiesKeepTheLawWhateverPeersSay() {
    Target conversations = Targets.find(Targets.CONVERSATIONS).orElseThrow();
    SplittableRandom random = new SplittableRandom(SEED);
    List<byte[]> seeds = conversations.seeds();
    int heard = 0;

    for (int i = 0; i < HISTORIES; i++) {
      byte[] history = new byte[400];
      random.nextBytes(history);
      byte[] seed = seeds.get(i % seeds.size());
      System.arraycopy(seed, 0, history, 0, seed.length);
      heard += take(conversations, history) == Outcome.TAKEN ? 1 : 0;
    }

    assertThat(heard).as("in which peers were heard").isGreaterThan(HISTORIES / 2);
  }

  private static Outcome take(Target target, byte[] input) {
    try {
      return target.run(input);
    } catch (RuntimeException | AssertionError found) {
      throw new AssertionError("history " + Bytes.wrap(input).hex(), found);
    }
  }

  static List<String> targets() {
    return List.copyOf(Targets.each().keySet());
  }

  @ParameterizedTest
  @MethodSource("targets")
  void searchBeginsWithWhatIsTaken(String name) {
    Target target = Targets.find(name).orElseThrow();
    Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);

    target.seeds().forEach(seed -> outcomes.merge(target.run(seed), 1, Integer::sum));

    assertThat(outcomes).containsKey(Outcome.TAKEN);
  }

  @ParameterizedTest
  @MethodSource("targets")
  void whatWasFoundOnceIsRefused(String name) throws IOException {
    if (Files.isDirectory(FOUND.resolve(name))) {
      try (Stream<Path> inputs = Files.list(FOUND.resolve(name))) {
        for (Path input : inputs.sorted().toList()) {
          assertThatCode(() -> FuzzRun.replay(name, input))
              .as(input.toString())
              .doesNotThrowAnyException();
        }
      }
    }
  }
}
