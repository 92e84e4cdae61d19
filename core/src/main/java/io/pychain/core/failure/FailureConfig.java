package io.pychain.core.failure;

import io.pychain.core.message.Address;
import java.time.Duration;
import java.util.List;

/// Every bound and delay of finding out who is dead, and of finding again who was lost.
///
/// @param attempts to reach a member that fail in a row before those who watch it take it for out
///   of reach. As many as [io.pychain.core.link.LinkConfig#maxUnresponsive]; default 3
/// @param watchers how many members on either side of a member watch it and have a say about its
///   death, and how many of them must agree. As many on both, so that at the edge of a dead stretch
///   the living side alone can decide. 2 to 32; default 12: with a tenth of all members lying, the
///   chance that 12 of somebody's 24 watchers do is 8e-7
/// @param refutation time for a condemned member to answer with a newer record before it counts as
///   dead; longer than a message and its answer take through the network. Default 1.5 s
/// @param quickPing time without a frame after which the link to a watched member is tried. Below
///   [io.pychain.core.link.LinkConfig#pingInterval]; default 1 s
/// @param pongPatience after which a ping without an answer counts as a failed attempt, and the
///   member is dialled beside the link. Default 500 ms
/// @param unreachablePatience how long at least a member must have been out of reach, with nothing
///   at all answering there, before it is accused; grows with what else is silent. Default 3 s
/// @param mutePatience the same where a machine answers and the process does not. It may be paused
///   and go on; default 60 s
/// @param guidTimeout age of a member's record after which the member is forgotten. Members sign
///   theirs anew three times as often. Default 1 day
/// @param searchInterval mean time between two dials of one who was lost, as long as there are any.
///   Default 5 s: where each of 1,000 nodes has lost 500, the first link across is up some 10 ms
///   after they can meet again
/// @param bootNodes where somebody of the network may be found when the addresses in all records
///   lead nowhere
public record FailureConfig(
    int attempts,
    int watchers,
    Duration refutation,
    Duration quickPing,
    Duration pongPatience,
    Duration unreachablePatience,
    Duration mutePatience,
    Duration guidTimeout,
    Duration searchInterval,
    List<Address> bootNodes) {
  /// The defaults.
  public static final FailureConfig DEFAULT =
      new FailureConfig(
          3,
          12,
          Duration.ofMillis(1_500),
          Duration.ofSeconds(1),
          Duration.ofMillis(500),
          Duration.ofSeconds(3),
          Duration.ofSeconds(60),
          Duration.ofDays(1),
          Duration.ofSeconds(5),
          List.of());

  /// Copies the list.
  public FailureConfig {
    bootNodes = List.copyOf(bootNodes);
  }

  /// The same with what an operator chooses.
  public FailureConfig with(int unresponsive, Duration timeout, List<Address> bootAddresses) {
    return new FailureConfig(
        unresponsive,
        watchers,
        refutation,
        quickPing,
        pongPatience,
        unreachablePatience,
        mutePatience,
        timeout,
        searchInterval,
        bootAddresses);
  }
}
