package io.pychain.node.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.message.Batch;
import io.pychain.core.protocol.Persist;
import io.pychain.core.protocol.Persist.Delivery;
import io.pychain.core.protocol.Stored;
import io.pychain.node.store.Origin.Taker;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process that writes is killed as by a power switch, again and again, at any moment.
class CrashTest {
  private static final int ROUNDS = 6;

  @TempDir Path folder;

  /// Writes for ever, and says each write's number once it is acknowledged.
  static final class Child {
    private Child() {}

    public static void main(String[] args) throws IOException {
      Store store = Store.open(StoreConfig.in(Path.of(args[0])));
      Stored stored = store.load();
      Taker taker = new Taker(stored.lastWrite(), stored.lastOffset());
      Origin ann = new Origin(1);
      stored.logs().forEach(end -> ann.after(end.seq(), end.hash()));
      while (true) {
        List<Persist> group = List.of(taker.take(ann.batch(1)), taker.take(ann.batch(3)));
        store.write(group);
        System.out.println(group.getLast().write());
      }
    }
  }

  @Test
  void everyAcknowledgedWriteSurvivesAKillAndNoLogHasAGap() throws Exception {
    RandomGenerator luck = RandomGenerator.of("L64X128MixRandom");
    long acknowledged = 0;
    for (int round = 0; round < ROUNDS; round++) {
      acknowledged = writeAndKill(luck.nextInt(1, 200));

      try (Store store = Store.open(StoreConfig.in(folder))) {
        Stored stored = store.load();
        assertThat(stored.lastWrite()).isGreaterThanOrEqualTo(acknowledged);
        assertThat(seqs(store))
            .isEqualTo(LongStream.rangeClosed(1, stored.lastOffset()).boxed().toList());
        assertThat(stored.logs().getFirst().seq()).isEqualTo(stored.lastOffset());
        assertThat(store.extent().messages()).isEqualTo(stored.lastOffset());
      }
    }
    assertThat(acknowledged).isGreaterThan(ROUNDS);
  }

  /// Kills the writer after so many acknowledgements.
  ///
  /// @return the last write that it acknowledged
  private long writeAndKill(int acknowledgements) throws IOException, InterruptedException {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    long last = 0;
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(child.getInputStream(), StandardCharsets.US_ASCII))) {
      for (int i = 0; i < acknowledgements; i++) {
        last = Long.parseLong(lines.readLine());
      }
      // By its handle: the process itself would close what it has still to say.
      child.toHandle().destroyForcibly();
      // What it still said before it died counts too; a line that was cut off does not.
      String line;
      while ((line = lines.readLine()) != null) {
        last = line.length() >= Long.toString(last).length() ? Long.parseLong(line) : last;
      }
    } finally {
      child.destroyForcibly().waitFor();
    }
    return last;
  }

  private static List<Long> seqs(Store store) throws IOException {
    List<Long> seqs = new ArrayList<>();
    List<Delivery> page = store.after(0, 1_000, 1 << 20, Optional.empty());
    while (!page.isEmpty()) {
      for (Delivery delivery : page) {
        Batch batch = delivery.batch();
        LongStream.rangeClosed(batch.firstSeq(), batch.lastSeq()).forEach(seqs::add);
      }
      page = store.after(seqs.size(), 1_000, 1 << 20, Optional.empty());
    }
    return seqs;
  }
}
