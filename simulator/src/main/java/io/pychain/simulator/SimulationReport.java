package io.pychain.simulator;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/// What came of a simulation. A figure that makes no sense in a scenario is absent.
///
/// @param request what was simulated, with the number of nodes
/// @param options every option with the value that it had
/// @param published messages that were published and kept
/// @param missing pairs of such a message and a running node that has not delivered it
/// @param figures what was measured
/// @param violations promises that were broken; each with its occasion and how to replay it
/// @param virtualSeconds time that passed in the world
/// @param wallSeconds time that it took here; the only figure that differs from run to run
/// @param events that happened in the world
/// @param traceHash tells whether two runs went the same way, 16 hexadecimal digits
public record SimulationReport(
    SimulationRequest request,
    Map<String, String> options,
    long published,
    long missing,
    Figures figures,
    List<String> violations,
    double virtualSeconds,
    double wallSeconds,
    long events,
    String traceHash) {
  /// What was measured, from when the network had come together.
  ///
  /// @param coverage share of pairs of a message and a running node that are delivered
  /// @param coverageBeforeRepair share of deliveries at others that came by broadcast; in a story
  ///   that was rehearsed without network sync, the share that was delivered then
  /// @param sendsPerDelivery pushes sent for each batch delivered at others than its origin
  /// @param dataBytesPerDelivery bytes of batches sent, for each message delivered at others than
  ///   its origin
  /// @param controlBytesPerDelivery all other bytes sent, for each such message
  /// @param idleBytesPerLinkSecond bytes per link and second when nothing is published
  /// @param hopsMax most links that a broadcast crossed
  /// @param delayP50Ms median time from publishing to delivery
  /// @param delayP99Ms 99th percentile of it
  /// @param healedSeconds from the end of trouble until everybody had everything
  /// @param falseDeaths living members that were found dead
  /// @param suspicions that were published
  /// @param suspicionBatches that they were published in, each of which goes to everybody
  /// @param untruePerNodeSecond messages that a node takes in a second of what liars put into their
  ///   own logs
  /// @param detectP50Seconds median time from a death until everybody knows
  /// @param detectP99Seconds 99th percentile of it
  public record Figures(
      OptionalDouble coverage,
      OptionalDouble coverageBeforeRepair,
      OptionalDouble sendsPerDelivery,
      OptionalDouble dataBytesPerDelivery,
      OptionalDouble controlBytesPerDelivery,
      OptionalDouble idleBytesPerLinkSecond,
      OptionalDouble hopsMax,
      OptionalDouble delayP50Ms,
      OptionalDouble delayP99Ms,
      OptionalDouble healedSeconds,
      OptionalDouble falseDeaths,
      OptionalDouble suspicions,
      OptionalDouble suspicionBatches,
      OptionalDouble untruePerNodeSecond,
      OptionalDouble detectP50Seconds,
      OptionalDouble detectP99Seconds) {}

  /// How many machines there were.
  public int nodes() {
    return request.nodes().orElseThrow();
  }

  /// Whether every promise was kept.
  public boolean passed() {
    return violations.isEmpty();
  }

  /// How many seconds of the world passed in one of ours.
  public double speed() {
    return virtualSeconds / Math.max(1e-9, wallSeconds);
  }
}
