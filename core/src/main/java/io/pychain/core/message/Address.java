package io.pychain.core.message;

/// Where a node takes links: a host name or IP address, and a port.
///
/// @param host name, IPv4, or IPv6 without brackets; 1 to 255 printable ASCII characters
/// @param port 1 to 65535
public record Address(String host, int port) {
  /// Longest host, in characters (RFC 1035).
  public static final int HOST_LENGTH_MAX = 255;

  /// @throws IllegalArgumentException if the host or port cannot be one
  public Address {
    if (host.isEmpty() || host.length() > HOST_LENGTH_MAX || !printable(host)) {
      throw new IllegalArgumentException(
          "a host has 1 to 255 letters, digits, dots, dashes or colons, not \"" + host + "\"");
    }
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("a port is a number from 1 to 65535, not " + port);
    }
  }

  private static boolean printable(String host) {
    return host.chars()
        .allMatch(c -> (Character.isLetterOrDigit(c) && c < 128) || "-_.:%".indexOf(c) >= 0);
  }

  /// Reads `host`, `host:port`, `[IPv6]` or `[IPv6]:port`; a bare IPv6 address needs its brackets.
  ///
  /// @throws IllegalArgumentException if the text is none of these, saying what is allowed
  public static Address parse(String text, int defaultPort) {
    int close = text.startsWith("[") ? text.indexOf(']') : -1;
    String host = close > 0 ? text.substring(1, close) : text.substring(0, endOfName(text));
    String rest = text.substring(close > 0 ? close + 1 : host.length());
    if (rest.isEmpty()) {
      return new Address(host, defaultPort);
    }
    if (!rest.matches(":[0-9]{1,5}")) {
      throw new IllegalArgumentException(
          "an address is host, host:port, [IPv6] or [IPv6]:port, not \"" + text + "\"");
    }
    return new Address(host, Integer.parseInt(rest.substring(1)));
  }

  private static int endOfName(String text) {
    int colon = text.indexOf(':');
    return colon < 0 ? text.length() : colon;
  }

  @Override
  public String toString() {
    return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
  }
}
