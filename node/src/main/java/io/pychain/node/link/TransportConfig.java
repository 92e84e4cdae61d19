package io.pychain.node.link;

import java.net.InetSocketAddress;
import java.time.Duration;

/// Every bound and wait of the links.
///
/// @param listen where to take connections; port 0 lets the system choose
/// @param connectionsMax connections accepted and not yet closed, of whatever state; beyond it a
///   new one is closed at once. Default 2,048: ten times what the ring needs at 100,000 nodes
/// @param handshakesMax accepted connections that have not said hello; a newer one makes the oldest
///   give way. Below `connectionsMax`; default 256, of which each costs at most 120 KiB
/// @param guestsMax newcomers connected at once; beyond it they are told to come back. Default 128
/// @param dialsMax connections being opened at once; further ones wait. Default 8
/// @param dialsWaitingMax dials waiting for their turn; beyond it a dial fails. Default 1,024
/// @param connectTimeout for the TCP connection to one address. Default 3 s
/// @param handshakeTimeout from the TCP connection to the peer's hello, however slowly it comes.
///   Default 5 s
/// @param guestTimeout how long a newcomer may stay. Default 30 s
/// @param closeTimeout for a goodbye to get through before the connection is cut. Default 2 s
/// @param controlBytesMax bytes of small frames that may wait for one link; a peer that takes them
///   so slowly is disconnected. Default 4 MiB
/// @param dataBytesMax bytes of [io.pychain.core.message.Frame.Push] and the like that may wait for
///   one link; beyond it they are dropped and counted, and sync repairs. An empty outbox takes a
///   frame of any length. Default 8 MiB
/// @param answerBytesMax bytes of data that may wait when a part of an answer to a fetch is added:
///   small, so that what is broadcast does not queue behind what is old. Default 512 KiB
/// @param socketBufferBytes size of the system's buffers of each connection, 0 for its own choice,
///   which is best for throughput. Default 0
public record TransportConfig(
    InetSocketAddress listen,
    int connectionsMax,
    int handshakesMax,
    int guestsMax,
    int dialsMax,
    int dialsWaitingMax,
    Duration connectTimeout,
    Duration handshakeTimeout,
    Duration guestTimeout,
    Duration closeTimeout,
    int controlBytesMax,
    int dataBytesMax,
    int answerBytesMax,
    int socketBufferBytes) {
  /// @throws IllegalArgumentException if bounds contradict each other
  public TransportConfig {
    if (handshakesMax < 1 || handshakesMax >= connectionsMax || guestsMax < 1 || dialsMax < 1) {
      throw new IllegalArgumentException("limits of connections contradict each other");
    }
    if (controlBytesMax < 1 || answerBytesMax < 1 || answerBytesMax > dataBytesMax) {
      throw new IllegalArgumentException("limits of the outbox contradict each other");
    }
  }

  /// The defaults.
  public static TransportConfig on(InetSocketAddress listen) {
    return new TransportConfig(
        listen,
        2_048,
        256,
        128,
        8,
        1_024,
        Duration.ofSeconds(3),
        Duration.ofSeconds(5),
        Duration.ofSeconds(30),
        Duration.ofSeconds(2),
        4 << 20,
        8 << 20,
        512 << 10,
        0);
  }
}
