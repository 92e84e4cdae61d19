package io.pychain.core.message;

import java.util.Arrays;
import java.util.List;

/// Addresses that mostly belong to one owner: a /24 of IPv4, a /48 of IPv6. Addresses within one
/// cost an attacker little; each more group costs a contract.
///
/// @param name the group, for people: `192.0.2.0/24`, `2001:db8:0::/48`, or a host's name as it is
public record AddressGroup(String name) implements Comparable<AddressGroup> {
  private static final int IPV4_PARTS = 4;
  private static final int IPV6_PARTS = 8;

  /// The group of a host as Java writes addresses: IPv6 in eight parts, none left out.
  public static AddressGroup of(String host) {
    List<String> four = Arrays.asList(host.split("\\.", -1));
    if (four.size() == IPV4_PARTS && four.stream().allMatch(AddressGroup::isNumber)) {
      return new AddressGroup(String.join(".", four.subList(0, 3)) + ".0/24");
    }
    List<String> eight = Arrays.asList(host.split(":", -1));
    return eight.size() == IPV6_PARTS
        ? new AddressGroup(String.join(":", eight.subList(0, 3)) + "::/48")
        : new AddressGroup(host);
  }

  private static boolean isNumber(String part) {
    return !part.isEmpty() && part.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /// Whether it is this very machine, whose users share it whatever address they come from.
  public boolean isLoopback() {
    return name.startsWith("127.") || name.equals("0:0:0::/48");
  }

  @Override
  public int compareTo(AddressGroup other) {
    return name.compareTo(other.name);
  }
}
