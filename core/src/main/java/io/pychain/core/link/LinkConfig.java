package io.pychain.core.link;

import java.time.Duration;

/// Every bound and delay of links.
///
/// @param neighbours live successors, and as many predecessors, that a node keeps links to, so that
///   the ring stays closed where many die at once. 1 to 8; default 2
/// @param pingInterval time without a frame after which a link is tried. Default 5 s
/// @param silence time without a frame after which a link counts as broken; at least two
///   `pingInterval`s. Default 15 s
/// @param maxUnresponsive failed dials in a row after which a member is passed over in favour of
///   the next backup, and suspected by those who watch it. 1 to 100; default 3
/// @param redialMin first pause after a failed dial; doubles each time, with jitter. Default 250 ms
/// @param redialMax longest pause between dials. Default 30 s
public record LinkConfig(
    int neighbours,
    Duration pingInterval,
    Duration silence,
    int maxUnresponsive,
    Duration redialMin,
    Duration redialMax) {
  /// The defaults.
  public static final LinkConfig DEFAULT =
      new LinkConfig(
          2,
          Duration.ofSeconds(5),
          Duration.ofSeconds(15),
          3,
          Duration.ofMillis(250),
          Duration.ofSeconds(30));

  /// The same with what an operator chooses.
  public LinkConfig with(int unresponsive) {
    return new LinkConfig(neighbours, pingInterval, silence, unresponsive, redialMin, redialMax);
  }
}
