package io.pychain.benchmarks.simulate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A scenario at full size, and what it is meant to reach.
///
/// @param scenario its name
/// @param nodes how many
/// @param seeds how many runs, from seed 1 on
/// @param options as `key=value`
/// @param goals of every single run
record Trial(String scenario, int nodes, int seeds, List<String> options, List<Goal> goals) {
  private static final String MISSING = "missing";
  private static final String SENDS = "sends_per_delivery";
  private static final String BEFORE = "coverage_before_repair";

  /// All of them.
  static final List<Trial> ALL =
      List.of(
          new Trial(
              "broadcast",
              10_000,
              1,
              List.of("messages=1000", "rate=100"),
              List.of(
                  Goal.atLeast("coverage", 1),
                  Goal.atMost(SENDS, 1.02),
                  Goal.atMost("hops_max", 7))),
          new Trial(
              "broadcast",
              1_000,
              1,
              List.of("messages=10000", "rate=1000"),
              List.of(Goal.atMost(MISSING, 0), Goal.atMost("control_bytes_per_delivery", 40))),
          new Trial(
              "broadcast",
              1_000,
              1,
              List.of("messages=600", "rate=10"),
              List.of(Goal.atMost(MISSING, 0), Goal.atLeast("speed", 20))),
          new Trial(
              "lossy",
              2_000,
              1,
              List.of(),
              List.of(Goal.atMost(MISSING, 0), Goal.atMost(SENDS, 1.15))),
          massDeath(0.3, 0.999),
          massDeath(0.5, 0.99),
          massDeath(0.8, 0.95),
          oneDeath("crash"),
          oneDeath("power-cut"),
          new Trial("slow-and-liars", 1_000, 1, List.of(), List.of(Goal.atMost("false_deaths", 0))),
          new Trial(
              "slow-and-liars",
              100,
              100,
              List.of("minutes=10"),
              List.of(Goal.atMost("false_deaths", 0))),
          new Trial(
              "split-heal",
              1_000,
              1,
              List.of(),
              List.of(Goal.atMost(MISSING, 0), Goal.atMost("healed_seconds", 10))),
          new Trial("silent-relays", 1_000, 1, List.of(), List.of(Goal.atMost(MISSING, 0))),
          new Trial(
              "churn",
              1_000,
              1,
              List.of(),
              List.of(Goal.atMost(MISSING, 0), Goal.atMost(SENDS, 1.1))),
          new Trial(
              "idle", 1_000, 1, List.of(), List.of(Goal.atMost("idle_bytes_per_link_second", 100))),
          new Trial(
              "join-burst",
              2_000,
              1,
              List.of(),
              List.of(Goal.atMost(MISSING, 0), Goal.atMost("healed_seconds", 10))),
          new Trial(
              "join-and-drop",
              500,
              1,
              List.of(),
              List.of(
                  Goal.atMost("delay_p99_ms", 300),
                  Goal.atMost("idle_bytes_per_link_second", 4_096))),
          new Trial("power-cuts", 100, 1, List.of(), List.of(Goal.atMost(MISSING, 0))));

  private static Trial oneDeath(String how) {
    return new Trial(
        "one-death",
        1_000,
        5,
        List.of("how=" + how),
        List.of(Goal.atMost("detect_p50_s", 5), Goal.atMost("detect_p99_s", 12)));
  }

  private static Trial massDeath(double dead, double before) {
    return new Trial(
        "mass-death",
        10_000,
        1,
        List.of("dead=" + dead),
        List.of(Goal.atMost(MISSING, 0), Goal.atLeast(BEFORE, before)));
  }

  /// The options by key.
  Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    for (String option : options) {
      int equals = option.indexOf('=');
      settings.put(option.substring(0, equals), option.substring(equals + 1));
    }
    return settings;
  }
}
