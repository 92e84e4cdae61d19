package io.pychain.benchmarks.store;

import io.pychain.benchmarks.Benchmark;
import io.pychain.benchmarks.Report;
import io.pychain.core.protocol.Persist;
import io.pychain.node.store.Store;
import io.pychain.node.store.StoreConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Rows of 300 bytes into a real store, forced to the disk of the temporary folder, in groups of
/// one (a publisher alone), sixteen (publishers that wait for each other's commit) and a thousand
/// (a node that catches up); then how long a store with a million rows takes to open and to read.
public final class StoreBenchmark implements Benchmark {
  private static final int ROWS = 1_000_000;
  private static final int OPENINGS = 5;
  private static final Duration PER_GROUP = Duration.ofSeconds(5);

  @Override
  public String name() {
    return "store";
  }

  @Override
  public String what() {
    return "durable writes of 300-byte rows per second, by group; opening at a million rows";
  }

  @Override
  public void run(Report report) throws Exception {
    Path folder = Files.createTempDirectory("pychain-bench-store");
    try {
      report.columns("what", "group", "rows_per_second", "p50_ms", "p99_ms");
      for (int group : List.of(1, 16, 1_000)) {
        write(report, folder.resolve("group-" + group), group);
      }
      fill(report, folder.resolve("full"));
      open(report, folder.resolve("full"));
    } finally {
      delete(folder);
    }
  }

  private static void write(Report report, Path folder, int group) throws IOException {
    try (Store store = Store.open(StoreConfig.in(folder))) {
      Rows rows = new Rows();
      List<Long> nanos = new ArrayList<>();
      long begun = System.nanoTime();
      while (System.nanoTime() - begun < PER_GROUP.toNanos()) {
        List<Persist> next = rows.next(group);
        long before = System.nanoTime();
        store.write(next);
        nanos.add(System.nanoTime() - before);
      }
      long spent = nanos.stream().mapToLong(Long::longValue).sum();
      row(report, "commit", group, nanos.size() * (long) group, spent, nanos);
    }
  }

  private static void fill(Report report, Path folder) throws IOException {
    try (Store store = Store.open(StoreConfig.in(folder))) {
      Rows rows = new Rows();
      List<Long> nanos = new ArrayList<>();
      for (int i = 0; i < ROWS / 1_000; i++) {
        List<Persist> next = rows.next(1_000);
        long before = System.nanoTime();
        store.write(next);
        nanos.add(System.nanoTime() - before);
      }
      long spent = nanos.stream().mapToLong(Long::longValue).sum();
      row(report, "fill a million", 1_000, ROWS, spent, nanos);
    }
  }

  private static void open(Report report, Path folder) throws IOException {
    List<Long> opened = new ArrayList<>();
    List<Long> read = new ArrayList<>();
    for (int i = 0; i < OPENINGS; i++) {
      long before = System.nanoTime();
      try (Store store = Store.open(StoreConfig.in(folder))) {
        store.load();
        opened.add(System.nanoTime() - before);
        before = System.nanoTime();
        store.after(ROWS / 2, 1_000, 1 << 20, Optional.empty());
        read.add(System.nanoTime() - before);
      }
    }
    row(report, "open and load", ROWS, OPENINGS, sum(opened), opened);
    row(report, "read in middle", 1_000, OPENINGS * 1_000L, sum(read), read);
  }

  private static long sum(List<Long> nanos) {
    return nanos.stream().mapToLong(Long::longValue).sum();
  }

  private static void row(
      Report report, String what, int group, long rows, long nanos, List<Long> each) {
    List<Long> sorted = each.stream().sorted().toList();
    report.row(
        what,
        group,
        Math.round(rows * 1e9 / nanos),
        millis(sorted.get(sorted.size() / 2)),
        millis(sorted.get(sorted.size() * 99 / 100)));
  }

  private static double millis(long nanos) {
    return Double.parseDouble(String.format(Locale.ROOT, "%.3f", nanos / 1e6));
  }

  static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
