package io.pychain.benchmarks;

/// Something that can be measured, by name: `./bench NAME`. [Main] lists them all.
public interface Benchmark {
  /// What the user types; also the name of the file of results.
  String name();

  /// One line: what is measured, and in which units.
  String what();

  /// Measures, and writes each line of figures to the report as soon as it is known.
  void run(Report report) throws Exception;
}
