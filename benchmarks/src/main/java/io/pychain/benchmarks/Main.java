package io.pychain.benchmarks;

import io.pychain.benchmarks.admission.AdmissionBenchmark;
import io.pychain.benchmarks.links.LinksBenchmark;
import io.pychain.benchmarks.network.CatchupBenchmark;
import io.pychain.benchmarks.network.LatencyBenchmark;
import io.pychain.benchmarks.network.OverloadBenchmark;
import io.pychain.benchmarks.network.ThroughputBenchmark;
import io.pychain.benchmarks.ring.RingBenchmark;
import io.pychain.benchmarks.ring.SurroundBenchmark;
import io.pychain.benchmarks.simulate.SimulateBenchmark;
import io.pychain.benchmarks.store.StoreBenchmark;
import io.pychain.benchmarks.wire.WireBenchmark;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `./bench`: lists all benchmarks and runs those that need not be named; `./bench NAME [PART…]…`:
/// runs these, or parts of them.
public final class Main {

  /// All that can be run, in the order of the list. A new benchmark is a class, entered here.
  private static final List<Benchmark> ALL =
      List.of(
          new RingBenchmark(),
          new SurroundBenchmark(),
          new SignatureBenchmark(),
          new WireBenchmark(),
          new LinksBenchmark(),
          new ApiBenchmark(),
          new StoreBenchmark(),
          new LatencyBenchmark(),
          new ThroughputBenchmark(),
          new OverloadBenchmark(),
          new CatchupBenchmark(),
          new StartupBenchmark(),
          new AdmissionBenchmark(),
          new ConnectionsBenchmark(),
          new DeathBenchmark(),
          new SimulateBenchmark());

  private Main() {}

  public static void main(String[] names) throws Exception {
    Map<Benchmark, List<String>> wanted = new LinkedHashMap<>();
    Benchmark last = null;
    for (String name : names) {
      Optional<Benchmark> named = find(name);
      if (named.isPresent()) {
        last = named.get();
        wanted.put(last, new ArrayList<>());
      } else if (last != null && last.parts().contains(name)) {
        wanted.computeIfAbsent(last, _ -> new ArrayList<>()).add(name);
      } else {
        refuse(name, last);
      }
    }
    if (wanted.isEmpty()) {
      list();
      ALL.stream()
          .filter(benchmark -> !benchmark.runsOnlyByName())
          .forEach(benchmark -> wanted.put(benchmark, List.of()));
    }
    for (Map.Entry<Benchmark, List<String>> each : wanted.entrySet()) {
      run(each.getKey(), each.getValue());
    }
  }

  private static Optional<Benchmark> find(String name) {
    return ALL.stream().filter(benchmark -> benchmark.name().equals(name)).findFirst();
  }

  private static void refuse(String name, @Nullable Benchmark of) {
    System.err.println("there is no benchmark \"" + name + "\"; there are:");
    list();
    if (of != null && !of.parts().isEmpty()) {
      System.err.println("  parts of " + of.name() + ": " + String.join(", ", of.parts()));
    }
    System.exit(2);
  }

  private static void list() {
    for (Benchmark benchmark : ALL) {
      System.err.printf("  %-16s %s%n", benchmark.name(), benchmark.what());
    }
  }

  private static void run(Benchmark benchmark, List<String> parts) throws Exception {
    System.out.println();
    System.out.println(benchmark.name() + ": " + benchmark.what());
    Report report = new Report(benchmark.name(), parts, System.out);
    if (parts.isEmpty()) {
      benchmark.run(report);
    } else {
      benchmark.run(report, parts);
    }
    report.writeTo(Path.of(System.getProperty("pychain.home", "."), "benchmarks", "results"));
  }
}
