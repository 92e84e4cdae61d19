package io.pychain.node.api;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Where the API listens, who may write, and every bound on what a client may cost.
///
/// @param host name or address to listen on
/// @param port 0 to 65535; 0 lets the system choose
/// @param names of this node besides `localhost` and `host`, in lower case, that requests may give
/// @param tls PEM file by which it is served over TLS; empty for plain HTTP
/// @param token that writes must show
/// @param messageBytesMax largest payload, as the protocol has it
/// @param limits what a client may cost
public record ApiConfig(
    String host,
    int port,
    List<String> names,
    Optional<Path> tls,
    ApiToken token,
    int messageBytesMax,
    Limits limits) {
  /// @throws IllegalArgumentException if the port cannot be one, or payloads have no room
  public ApiConfig {
    names = List.copyOf(names);
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("a port is a number from 0 to 65535, not " + port);
    }
    if (messageBytesMax < 1) {
      throw new IllegalArgumentException("messageBytesMax is at least 1, not " + messageBytesMax);
    }
  }

  /// Over plain HTTP, by no other name.
  public static ApiConfig of(
      String host, int port, ApiToken token, int messageBytesMax, Limits limits) {
    return new ApiConfig(host, port, List.of(), Optional.empty(), token, messageBytesMax, limits);
  }

  /// The same over TLS, or not.
  public ApiConfig with(Optional<Path> file) {
    return new ApiConfig(host, port, names, file, token, messageBytesMax, limits);
  }

  /// The same with other names that requests may give.
  public ApiConfig with(List<String> others) {
    return new ApiConfig(host, port, others, tls, token, messageBytesMax, limits);
  }

  /// What clients may cost. What belongs to connections and headers rather than to calls is bounded
  /// by [ServerLimits], for all servers of the process alike.
  ///
  /// @param streamsMax followers of the message stream at a time; one more gets 503. Default 64
  /// @param inquiriesMax questions about coverage that are waited for at a time; one more gets 503,
  ///   and a publish that asks is told what is known without asking. Default 64
  /// @param bulkBytesMax body of a bulk publish, in bytes; fits one batch whatever is in it.
  ///   Default 7 MiB
  /// @param bulkLinesMax messages in a bulk publish. Default 10,000
  /// @param bodiesBytesMax bodies being read at a time, all together, in bytes; a request beyond it
  ///   gets 503. At least `bulkBytesMax` and the largest message; default 32 MiB
  /// @param headersTimeout a request's headers must be here in so long from its first byte on, and
  ///   the TLS handshake before them as well. Default 10 s
  /// @param bodyTimeout a request's body must be here in so long. Default 20 s
  /// @param writeTimeout a reader that does not take an answer in so long is cut off. Default 10 s
  /// @param keepAliveInterval a silent stream gets a comment so often, which shows both ends that
  ///   the other is there. Below what proxies cut at (60 s); default 15 s
  /// @param publishTimeout after which a publish that is not yet durable is answered with 503 and
  ///   an unknown outcome. Default 30 s
  /// @param syncTimeout the same for a sync round. Default 60 s
  /// @param leaveTimeout the same for leaving. Default 10 s
  public record Limits(
      int streamsMax,
      int inquiriesMax,
      int bulkBytesMax,
      int bulkLinesMax,
      int bodiesBytesMax,
      Duration headersTimeout,
      Duration bodyTimeout,
      Duration writeTimeout,
      Duration keepAliveInterval,
      Duration publishTimeout,
      Duration syncTimeout,
      Duration leaveTimeout) {
    /// The same with another bound on what is being read.
    public Limits withBodies(int bytesMax) {
      return new Limits(
          streamsMax,
          inquiriesMax,
          bulkBytesMax,
          bulkLinesMax,
          bytesMax,
          headersTimeout,
          bodyTimeout,
          writeTimeout,
          keepAliveInterval,
          publishTimeout,
          syncTimeout,
          leaveTimeout);
    }

    /// What suits a node that many applications use.
    public static final Limits DEFAULT =
        new Limits(
            64,
            64,
            7 << 20,
            10_000,
            32 << 20,
            Duration.ofSeconds(10),
            Duration.ofSeconds(20),
            Duration.ofSeconds(10),
            Duration.ofSeconds(15),
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            Duration.ofSeconds(10));
  }
}
