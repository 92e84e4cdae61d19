package io.pychain.core.admission;

import java.time.Duration;

/// How the price of joining follows demand. One unit of price is about a second of one core.
///
/// Demand is a bucket that each paid or free admission fills by one and that leaks steadily:
///
/// ```
///   price
///     3 ┤                         ┌────────
///     2 ┤                ┌────────┘
///     1 ┤       ┌────────┘
///     0 ┼───────┘
///       0     free   +step   +2·step        in the bucket
/// ```
///
/// So in the long run as many are admitted as leak, however much anybody pays, and the price is
/// what the highest bidder can pay for those.
///
/// @param all the bucket of everybody. Default: 256 free, then 1 more per 1,024, leaking 4 a
///   second: a data centre may start at once, and 345,000 nodes a day may join
/// @param group the bucket of one address group, whose price is added. Default: 16 free, then 1
///   more per 16, leaking one in 30 s: an office may join, and a rented /24 pays
/// @param priceMax the highest price, reached by either or both. Below what [Door#OFFER_AGE_MAX]
///   leaves time for, also on a slow core; default 60
/// @param groupsMax groups of which demand is remembered; beyond it the least demanding is
///   forgotten. Default 4,096
public record TariffConfig(Bucket all, Bucket group, int priceMax, int groupsMax) {
  /// A bucket that leaks.
  ///
  /// @param free admissions in it that cost nothing
  /// @param step how many more make one unit of price
  /// @param leak time in which one admission leaks out
  public record Bucket(int free, int step, Duration leak) {
    /// @throws IllegalArgumentException if it would not leak, or has no steps
    public Bucket {
      if (free < 0 || step < 1 || !leak.isPositive()) {
        throw new IllegalArgumentException("a bucket has steps of at least 1, and leaks");
      }
    }
  }

  /// The defaults.
  public static final TariffConfig DEFAULT =
      new TariffConfig(
          new Bucket(256, 1_024, Duration.ofMillis(250)),
          new Bucket(16, 16, Duration.ofSeconds(30)),
          60,
          4_096);
}
