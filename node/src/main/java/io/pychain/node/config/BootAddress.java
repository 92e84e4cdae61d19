package io.pychain.node.config;

import io.pychain.core.message.Address;
import io.pychain.core.message.NodeKey;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Whom a newcomer joins by: one entry of BOOT_NODE.
public sealed interface BootAddress {
  /// Port of links where an entry names none.
  int PEER_PORT = 9000;

  /// Port of the API where an entry names none.
  int API_PORT = 8000;

  /// Most entries in one list: enough for every boot node of a network, few enough to try in turn.
  int ENTRIES_MAX = 32;

  /// What an entry must look like, for messages.
  String FORMS =
      "a comma-separated list of host, IPv4 or [IPv6], each with an optional :port,"
          + " of http(s)://host[:port], or of KEY@host[:port] with KEY 64 hexadecimal digits";

  /// A boot node's links: `host[:port]`, or `KEY@host[:port]`.
  ///
  /// @param address where to dial
  /// @param authority the network's authority key, if the operator pinned it; without it the first
  ///   one seen is trusted, and pinned then
  record Peer(Address address, Optional<NodeKey> authority) implements BootAddress {
    @Override
    public String toString() {
      return authority.map(key -> key + "@").orElse("") + address;
    }
  }

  /// A boot node's HTTP API, whose status tells the rest: `http(s)://host[:port]`.
  ///
  /// @param tls whether it is https
  /// @param address where to ask
  record Api(boolean tls, Address address) implements BootAddress {
    @Override
    public String toString() {
      return (tls ? "https://" : "http://") + address;
    }
  }

  /// Reads a comma-separated list, in the order in which the entries are to be tried.
  ///
  /// @throws IllegalArgumentException if any entry is malformed or there are too many, saying what
  ///   is allowed
  static List<BootAddress> parseList(String text) {
    List<BootAddress> entries =
        Arrays.stream(text.split(",", -1)).map(String::strip).map(BootAddress::parse).toList();
    if (entries.size() > ENTRIES_MAX) {
      throw new IllegalArgumentException("at most " + ENTRIES_MAX + " entries");
    }
    return entries;
  }

  /// Reads one entry.
  ///
  /// @throws IllegalArgumentException if it is malformed, saying what is allowed
  static BootAddress parse(String text) {
    try {
      return parseForm(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(FORMS, e);
    }
  }

  private static BootAddress parseForm(String text) {
    int scheme = text.indexOf("://");
    if (scheme >= 0) {
      String authority = text.substring(scheme + 3);
      String bare = authority.endsWith("/") ? chop(authority) : authority;
      return new Api(isTls(text.substring(0, scheme)), address(bare, API_PORT));
    }
    int at = text.indexOf('@');
    Optional<NodeKey> key =
        at < 0 ? Optional.empty() : Optional.of(NodeKey.fromHex(text.substring(0, at)));
    return new Peer(address(text.substring(at + 1), PEER_PORT), key);
  }

  private static String chop(String text) {
    return text.substring(0, text.length() - 1);
  }

  private static boolean isTls(String scheme) {
    return switch (scheme) {
      case "http" -> false;
      case "https" -> true;
      default -> throw new IllegalArgumentException(FORMS);
    };
  }

  private static Address address(String text, int defaultPort) {
    Endpoint endpoint = Endpoint.parse(text, defaultPort);
    return new Address(endpoint.host(), endpoint.port());
  }
}
