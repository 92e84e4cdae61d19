package io.pychain.node.api;

/// Bounds on connections and headers, which the JDK's server takes from system properties once per
/// process. What the operator gives on the command line (`-Djdk.httpserver.maxConnections=…`) wins.
///
/// They make sure that a client which sends nothing, half a request, or headers without end costs
/// little and is gone soon.
final class ServerLimits {
  /// Open connections of one server; one more is closed at once. So many that a crowd which only
  /// holds them open has to be large; each costs it a connection too, and the node some kilobytes.
  static final int CONNECTIONS_MAX = 6_144;

  /// Request line and headers, in bytes, each header counted with 32 bytes more (RFC 9113, 6.5.2).
  static final int HEADERS_BYTES_MAX = 32 << 10;

  /// Headers of one request.
  static final int HEADERS_MAX = 64;

  /// A request must be here, body and all, in so many seconds. Longer than
  /// [ApiConfig.Limits#bodyTimeout], which can still say why.
  static final int REQUEST_SECONDS_MAX = 30;

  /// A connection without a request is closed after so many seconds.
  static final int IDLE_SECONDS_MAX = 60;

  /// What is read and thrown away of a body that nobody asked for, in bytes, before the connection
  /// is closed instead.
  static final int DRAIN_BYTES_MAX = 64 << 10;

  private ServerLimits() {}

  /// Sets what the operator has not set. Without effect once the JDK's server is loaded.
  static void apply() {
    limit("jdk.httpserver.maxConnections", CONNECTIONS_MAX);
    limit("sun.net.httpserver.maxIdleConnections", CONNECTIONS_MAX);
    limit("sun.net.httpserver.maxReqHeaderSize", HEADERS_BYTES_MAX);
    limit("sun.net.httpserver.maxReqHeaders", HEADERS_MAX);
    limit("sun.net.httpserver.maxReqTime", REQUEST_SECONDS_MAX);
    limit("sun.net.httpserver.idleInterval", IDLE_SECONDS_MAX);
    limit("sun.net.httpserver.drainAmount", DRAIN_BYTES_MAX);
    // Without it every answer waits for the client's delayed acknowledgement, some 40 ms.
    property("sun.net.httpserver.nodelay", "true");
  }

  private static void limit(String name, int value) {
    property(name, Integer.toString(value));
  }

  private static void property(String name, String value) {
    if (System.getProperty(name) == null) {
      System.setProperty(name, value);
    }
  }
}
