package io.pychain.node.config;

import io.pychain.core.message.Address;
import java.net.Inet4Address;
import java.net.Inet6Address;

/// A host and a port as an operator writes them. Unlike [Address] the port may be 0, which leaves
/// it open: to the operating system where we listen, to the listening port where we advertise.
///
/// @param host name, IPv4, or IPv6 without brackets
/// @param port 0 to 65535
public record Endpoint(String host, int port) {
  /// What a text must look like, for messages.
  static final String FORMS = "host, host:port, [IPv6] or [IPv6]:port, the port from 0 to 65535";

  /// The port that somebody else chooses.
  public static final int OPEN = 0;

  private static final int PORT_MAX = 65_535;

  /// @throws IllegalArgumentException if the host or port cannot be one
  public Endpoint {
    if (port < 0 || port > PORT_MAX || !isHost(host)) {
      throw new IllegalArgumentException(FORMS);
    }
  }

  /// Reads one of the forms above; brackets tell an IPv6 address from a port.
  ///
  /// @throws IllegalArgumentException if the text is none of them, saying what is allowed
  public static Endpoint parse(String text, int defaultPort) {
    boolean bracketed = text.startsWith("[");
    int hostEnd = bracketed ? text.indexOf(']') + 1 : indexOrEnd(text, ':');
    String written = text.substring(0, hostEnd);
    String host = bracketed ? withoutBrackets(written) : written;
    String rest = text.substring(hostEnd);
    if (rest.isEmpty()) {
      return new Endpoint(host, defaultPort);
    }
    if (!rest.matches(":[0-9]{1,5}")) {
      throw new IllegalArgumentException(FORMS);
    }
    return new Endpoint(host, Integer.parseInt(rest.substring(1)));
  }

  private static String withoutBrackets(String written) {
    if (written.length() < 2 || written.indexOf(':') < 0) {
      throw new IllegalArgumentException(FORMS);
    }
    return written.substring(1, written.length() - 1);
  }

  private static int indexOrEnd(String text, char wanted) {
    int index = text.indexOf(wanted);
    return index < 0 ? text.length() : index;
  }

  /// Only digits and dots must be an IPv4 address, a colon makes it IPv6, the rest are names; no
  /// name is looked up.
  private static boolean isHost(String host) {
    if (host.indexOf(':') >= 0) {
      return isLiteral(() -> Inet6Address.ofLiteral(withoutZone(host)));
    }
    if (host.matches("[0-9.]+")) {
      return host.matches("([0-9]+\\.){3}[0-9]+") && isLiteral(() -> Inet4Address.ofLiteral(host));
    }
    return host.length() <= Address.HOST_LENGTH_MAX
        && host.matches("[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?(\\.[A-Za-z0-9_-]+)*\\.?");
  }

  private static String withoutZone(String host) {
    return host.substring(0, indexOrEnd(host, '%'));
  }

  private static boolean isLiteral(Runnable read) {
    try {
      read.run();
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /// This, or the same host with `chosen` where the port was left open.
  public Address orPort(int chosen) {
    return new Address(host, port == OPEN ? chosen : port);
  }

  @Override
  public String toString() {
    return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
  }
}
