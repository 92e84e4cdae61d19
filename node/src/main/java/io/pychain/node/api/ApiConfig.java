package io.pychain.node.api;

import java.time.Duration;

/// Where the API listens, who may write, and every bound on what a client may cost.
///
/// @param host name or address to listen on
/// @param port 0 to 65535; 0 lets the system choose
/// @param token that writes must show
/// @param messageBytesMax largest payload, as the protocol has it
/// @param limits what a client may cost
public record ApiConfig(String host, int port, ApiToken token, int messageBytesMax, Limits limits) {
  /// @throws IllegalArgumentException if the port cannot be one, or payloads have no room
  public ApiConfig {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("a port is a number from 0 to 65535, not " + port);
    }
    if (messageBytesMax < 1) {
      throw new IllegalArgumentException("messageBytesMax is at least 1, not " + messageBytesMax);
    }
  }

  /// With the default limits.
  public static ApiConfig of(String host, int port, ApiToken token, int messageBytesMax) {
    return new ApiConfig(host, port, token, messageBytesMax, Limits.DEFAULT);
  }

  /// What clients may cost. An idle connection takes some 10 KiB, a stream a thread as well.
  ///
  /// @param connectionsMax connections at a time; one more is closed at once. Default 512
  /// @param streamsMax of them, followers of the message stream; one more gets 503. Default 64
  /// @param bulkBytesMax body of a bulk publish, in bytes. Default 16 MiB
  /// @param bulkLinesMax messages in a bulk publish. Default 10,000
  /// @param headersBytesMax request line and headers, in bytes. Default 16 KiB
  /// @param bodyTimeout a request's body must be here in so long. Default 30 s
  /// @param readTimeout silence inside a request after which it is given up. Default 10 s
  /// @param idleTimeout a connection without a request is closed after so long. Default 60 s
  /// @param writeTimeout a reader that takes nothing for so long is cut off. Default 10 s
  /// @param keepAliveInterval a silent stream gets a comment so often, which shows both ends that
  ///   the other is there. Below what proxies cut at (60 s); default 15 s
  /// @param publishTimeout after which a publish that is not yet durable is answered with 503 and
  ///   an unknown outcome. Default 30 s
  /// @param syncTimeout the same for a sync round. Default 60 s
  public record Limits(
      int connectionsMax,
      int streamsMax,
      int bulkBytesMax,
      int bulkLinesMax,
      int headersBytesMax,
      Duration bodyTimeout,
      Duration readTimeout,
      Duration idleTimeout,
      Duration writeTimeout,
      Duration keepAliveInterval,
      Duration publishTimeout,
      Duration syncTimeout) {
    /// What suits a node that many applications use.
    public static final Limits DEFAULT =
        new Limits(
            512,
            64,
            16 << 20,
            10_000,
            16 << 10,
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Duration.ofSeconds(10),
            Duration.ofSeconds(15),
            Duration.ofSeconds(30),
            Duration.ofSeconds(60));
  }
}
