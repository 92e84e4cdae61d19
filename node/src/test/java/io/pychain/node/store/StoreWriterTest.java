package io.pychain.node.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.protocol.Input;
import io.pychain.core.protocol.Persist;
import io.pychain.node.store.Origin.Taker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreWriterTest {
  private static final long MANY_PAGES = 1 << 20;

  @TempDir Path folder;
  private Store store;
  private StoreWriter writer;
  private final Told told = new Told();
  private final Origin ann = new Origin(1);
  private final Taker taker = new Taker();

  /// Remembers what the writer reports.
  private static final class Told implements StoreWriter.Reports {
    private final BlockingQueue<Object> reports = new LinkedBlockingQueue<>();

    @Override
    public void report(Input input) {
      reports.add(input);
    }

    @Override
    public void committed(Duration took) {}

    @Override
    public void fault(Throwable fault) {
      reports.add(fault);
    }

    Object next() throws InterruptedException {
      Object report = reports.poll(10, TimeUnit.SECONDS);
      return report == null ? "no report came" : report;
    }
  }

  @BeforeEach
  void open() throws IOException {
    store = Store.open(StoreConfig.in(folder));
    writer = new StoreWriter(store, told, () -> Origin.START);
  }

  @AfterEach
  void close() throws IOException {
    writer.close();
    store.close();
  }

  private Persist batch() {
    return taker.take(ann.batch(1));
  }

  /// Too much for a file that may not grow.
  private Persist largeBatch() {
    return taker.take(ann.large(1 << 20));
  }

  @Test
  void reportsTheLastWriteThatIsDurable() throws Exception {
    writer.submit(List.of(batch(), batch(), batch()));

    assertThat(told.next()).isEqualTo(new Input.Persisted(3));
    assertThat(store.load().lastWrite()).isEqualTo(3);
  }

  @Test
  void writesWhatWaitsBeforeItCloses() throws Exception {
    for (int i = 0; i < 100; i++) {
      writer.submit(List.of(batch()));
    }
    writer.close();

    assertThat(store.load().lastWrite()).isEqualTo(100);
  }

  @Test
  void afterAFailureNothingIsWrittenUntilAProbeSucceeds() throws Exception {
    writer.submit(List.of(batch()));
    assertThat(told.next()).isEqualTo(new Input.Persisted(1));

    store.limitPages(1);
    writer.submit(List.of(batch(), largeBatch()));
    assertThat(told.next())
        .isInstanceOfSatisfying(
            Input.PersistFailed.class, failed -> assertThat(failed.reason()).contains("full"));

    store.limitPages(MANY_PAGES);
    writer.submit(List.of(batch()));
    Persist probe = taker.probe();
    writer.submit(List.of(probe));

    assertThat(told.next()).isEqualTo(new Input.Persisted(probe.write()));
    assertThat(store.after(0, 100, 1 << 20, Optional.empty())).hasSize(1);
  }

  @Test
  void probeThatFailsIsReportedAndTheNextOneIsTried() throws Exception {
    store.limitPages(1);
    writer.submit(List.of(largeBatch()));
    assertThat(told.next()).isInstanceOf(Input.PersistFailed.class);

    // A probe alone is small enough to fit; what comes with it is not.
    writer.submit(List.of(taker.probe(), largeBatch()));
    assertThat(told.next()).isInstanceOf(Input.PersistFailed.class);

    store.limitPages(MANY_PAGES);
    Persist probe = taker.probe();
    writer.submit(List.of(probe));
    assertThat(told.next()).isEqualTo(new Input.Persisted(probe.write()));
  }

  @Test
  void faultOfOursEndsTheWriterAndIsReported() throws Exception {
    StoreWriter broken =
        new StoreWriter(
            store,
            told,
            () -> {
              throw new IllegalStateException("no clock");
            });

    assertThat(told.next()).isInstanceOf(IllegalStateException.class);
    broken.close();
  }
}
