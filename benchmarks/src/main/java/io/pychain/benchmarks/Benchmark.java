package io.pychain.benchmarks;

import java.util.List;

/// Something that can be measured, by name: `./bench NAME`. [Main] lists them all.
public interface Benchmark {
  /// What the user types; also the name of the file of results.
  String name();

  /// One line: what is measured, and in which units.
  String what();

  /// Measures, and writes each line of figures to the report as soon as it is known.
  void run(Report report) throws Exception;

  /// Whether it takes so long that it is run only where it is named.
  default boolean runsOnlyByName() {
    return false;
  }

  /// Names of parts that can be run alone, if there are any: `./bench NAME PART…`.
  default List<String> parts() {
    return List.of();
  }

  /// As [#run(Report)], but only some of its parts.
  default void run(Report report, List<String> parts) throws Exception {
    run(report);
  }
}
