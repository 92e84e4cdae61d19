package io.pychain.benchmarks;

import io.pychain.benchmarks.links.LinksBenchmark;
import io.pychain.benchmarks.network.LatencyBenchmark;
import io.pychain.benchmarks.network.OverloadBenchmark;
import io.pychain.benchmarks.network.ThroughputBenchmark;
import io.pychain.benchmarks.ring.RingBenchmark;
import io.pychain.benchmarks.store.StoreBenchmark;
import io.pychain.benchmarks.wire.WireBenchmark;
import java.nio.file.Path;
import java.util.List;

/// `./bench`: lists and runs all benchmarks; `./bench NAME…`: runs these.
public final class Main {

  /// All that can be run, in the order of the list. A new benchmark is a class, entered here.
  private static final List<Benchmark> ALL =
      List.of(
          new RingBenchmark(),
          new SignatureBenchmark(),
          new WireBenchmark(),
          new LinksBenchmark(),
          new ApiBenchmark(),
          new StoreBenchmark(),
          new LatencyBenchmark(),
          new ThroughputBenchmark(),
          new OverloadBenchmark(),
          new StartupBenchmark());

  private Main() {}

  public static void main(String[] names) throws Exception {
    List<String> wanted = List.of(names);
    for (String name : wanted) {
      if (ALL.stream().noneMatch(benchmark -> benchmark.name().equals(name))) {
        System.err.println("there is no benchmark \"" + name + "\"; there are:");
        list();
        System.exit(2);
      }
    }
    if (wanted.isEmpty()) {
      list();
    }
    for (Benchmark benchmark : ALL) {
      if (wanted.isEmpty() || wanted.contains(benchmark.name())) {
        run(benchmark);
      }
    }
  }

  private static void list() {
    for (Benchmark benchmark : ALL) {
      System.err.printf("  %-16s %s%n", benchmark.name(), benchmark.what());
    }
  }

  private static void run(Benchmark benchmark) throws Exception {
    System.out.println();
    System.out.println(benchmark.name() + ": " + benchmark.what());
    Report report = new Report(benchmark.name(), System.out);
    benchmark.run(report);
    report.writeTo(Path.of(System.getProperty("pychain.home", "."), "benchmarks", "results"));
  }
}
