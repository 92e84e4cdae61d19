package io.pychain.core.admission;

import io.pychain.core.admission.TariffConfig.Bucket;
import io.pychain.core.message.AddressGroup;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/// What joining costs, as demand has been so far. Never changes, so that the doors, which are many
/// threads, can read it: each admission makes a new one.
///
/// A bucket is one moment: the one at which it will have leaked dry.
///
/// ```
///   in the bucket = (dry − now) / leak          one more: dry = max(dry, now) + leak
/// ```
public final class Tariff {
  private final TariffConfig config;
  private final Instant dry;
  private final TreeMap<AddressGroup, Instant> dryByGroup;

  private Tariff(TariffConfig config, Instant dry, TreeMap<AddressGroup, Instant> dryByGroup) {
    this.config = config;
    this.dry = dry;
    this.dryByGroup = dryByGroup;
  }

  /// Nobody has joined of late.
  public static Tariff quiet(TariffConfig config) {
    return new Tariff(config, Instant.EPOCH, new TreeMap<>());
  }

  /// What it costs somebody of this group to join now: 0 for nothing.
  public int price(Instant now, AddressGroup group) {
    long price = price(now, dry, config.all());
    if (!group.isLoopback()) {
      price += price(now, dryByGroup.getOrDefault(group, Instant.EPOCH), config.group());
    }
    return (int) Math.min(price, config.priceMax());
  }

  /// The same for somebody who bids so much.
  int price(Instant now, AddressGroup group, int bid) {
    return Math.max(price(now, group), Math.min(bid, config.priceMax()));
  }

  /// The same for a group that nobody has come from of late.
  int leastPrice(Instant now) {
    return (int) Math.min(price(now, dry, config.all()), config.priceMax());
  }

  private static long price(Instant now, Instant dry, Bucket bucket) {
    Duration left = Duration.between(now, dry);
    long over = left.isPositive() ? left.dividedBy(bucket.leak()) - bucket.free() : -1;
    return over < 0 ? 0 : 1 + over / bucket.step();
  }

  /// Whether what was quoted is still enough. Prices that rise while somebody works must not make
  /// the work worthless, and prices of calm times must not be hoarded for others: it may have
  /// doubled meanwhile, and what was free is free no more once there is a price.
  public boolean isEnough(int quoted, Instant now, AddressGroup group) {
    return price(now, group) <= 2L * quoted;
  }

  /// One of this group has been admitted.
  public Tariff after(Instant now, AddressGroup group) {
    TreeMap<AddressGroup, Instant> groups = new TreeMap<>(dryByGroup);
    if (!group.isLoopback()) {
      groups.merge(group, now.plus(config.group().leak()), (before, _) -> more(before, now));
      bound(groups, now);
    }
    Instant filled = dry.isAfter(now) ? dry : now;
    return new Tariff(config, filled.plus(config.all().leak()), groups);
  }

  private Instant more(Instant before, Instant now) {
    return (before.isAfter(now) ? before : now).plus(config.group().leak());
  }

  private void bound(TreeMap<AddressGroup, Instant> groups, Instant now) {
    groups.values().removeIf(groupDry -> !groupDry.isAfter(now));
    if (groups.size() > config.groupsMax()) {
      groups.remove(
          groups.entrySet().stream()
              .min(Map.Entry.comparingByValue(Comparator.naturalOrder()))
              .orElseThrow()
              .getKey());
    }
  }
}
