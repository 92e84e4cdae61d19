package io.pychain.node.link;

import java.net.InetSocketAddress;
import java.time.Duration;

/// Every bound and wait of the links.
///
/// @param listen where to take connections; port 0 lets the system choose
/// @param accepting how many may come
/// @param dialling how many are opened
/// @param patience how long anything may take
/// @param queues what may wait for one link
public record TransportConfig(
    InetSocketAddress listen,
    Accepting accepting,
    Dialling dialling,
    Patience patience,
    Queues queues) {

  /// The defaults.
  public static TransportConfig on(InetSocketAddress listen) {
    return new TransportConfig(
        listen, Accepting.DEFAULT, Dialling.DEFAULT, Patience.DEFAULT, Queues.DEFAULT);
  }

  /// The same with other bounds on what may wait.
  public TransportConfig with(Queues others) {
    return new TransportConfig(listen, accepting, dialling, patience, others);
  }

  /// Connections from outside. A link costs some 30 KiB of heap, one that only waits some 10.
  ///
  /// @param connectionsMax of whatever state; beyond it a new one is closed at once. Default 2,048:
  ///   many times what the ring needs at 100,000 nodes
  /// @param handshakesMax that have not said hello; a newer one makes the oldest give way. Below
  ///   `connectionsMax`, so that members have room; default 256
  /// @param guestsMax newcomers that are joining; beyond it they are told to come back. Default 128
  /// @param pace how fast TLS is begun with them
  public record Accepting(int connectionsMax, int handshakesMax, int guestsMax, Pace pace) {
    /// The defaults.
    public static final Accepting DEFAULT = new Accepting(2_048, 256, 128);

    /// At the default pace.
    public Accepting(int connectionsMax, int handshakesMax, int guestsMax) {
      this(connectionsMax, handshakesMax, guestsMax, Pace.DEFAULT);
    }

    /// @throws IllegalArgumentException if they contradict each other
    public Accepting {
      if (handshakesMax < 1 || handshakesMax >= connectionsMax || guestsMax < 1) {
        throw new IllegalArgumentException(
            "handshakesMax and guestsMax are at least 1, connectionsMax is above handshakesMax");
      }
    }
  }

  /// How fast TLS is begun with those who come.
  ///
  /// @param perSecond handshakes; each costs up to a millisecond of a core before it is known who
  ///   comes. Default 300: a third of a core at most
  /// @param burst handshakes that may begin at once after a quiet time. Default 300: a node with
  ///   the links of a network of 10,000, all of which start at once, and room to spare
  /// @param waitingMax that wait for their turn; beyond it one gives way. Below `handshakesMax`, so
  ///   that those who have yet to speak have room; default 128
  public record Pace(int perSecond, int burst, int waitingMax) {
    /// The defaults.
    public static final Pace DEFAULT = new Pace(300, 300, 128);

    /// @throws IllegalArgumentException if nothing could begin
    public Pace {
      if (perSecond < 1 || burst < 1 || waitingMax < 1) {
        throw new IllegalArgumentException("perSecond, burst and waitingMax are at least 1");
      }
    }
  }

  /// Connections to others.
  ///
  /// @param dialsMax opened at once; further ones wait. Default 32: half of what the protocol has
  ///   under way at most, since those who do not answer hold their place for seconds
  /// @param waitingMax that wait; beyond it a dial fails. Default 1,024
  public record Dialling(int dialsMax, int waitingMax) {
    /// The defaults.
    public static final Dialling DEFAULT = new Dialling(32, 1_024);

    /// @throws IllegalArgumentException if nothing could be dialled
    public Dialling {
      if (dialsMax < 1 || waitingMax < 0) {
        throw new IllegalArgumentException("dialsMax is at least 1, and waitingMax at least 0");
      }
    }
  }

  /// How long anything may take.
  ///
  /// @param connect for the TCP connection to one address: what gets lost on the way is sent again
  ///   by most systems after as long, and by a node with its next dial. Default 1 s
  /// @param handshake from there to the other side's hello, however slowly it comes. Default 5 s
  /// @param guest how long a newcomer may stay. Default 30 s
  /// @param close for a goodbye to get through before the connection is cut. Default 2 s
  public record Patience(Duration connect, Duration handshake, Duration guest, Duration close) {
    /// The defaults.
    public static final Patience DEFAULT =
        new Patience(
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofSeconds(2));
  }

  /// What may wait for one link, in bytes. An empty lane takes a frame of any length.
  ///
  /// @param controlBytesMax small frames; who takes them so slowly is disconnected. Default 4 MiB
  /// @param urgentBytesMax member records and events of the system; beyond it they are refused, and
  ///   sync repairs. Default 1 MiB
  /// @param dataBytesMax pushes and the like; beyond it they are refused and counted, their stretch
  ///   of the circle goes to another member, and sync repairs. Default 4 MiB
  /// @param answerBytesMax data that may wait when a part of an answer to a fetch is added: little,
  ///   so that what is broadcast does not queue behind what is old. At most `dataBytesMax`; default
  ///   512 KiB
  /// @param allBytesMax data in the outboxes of all links together; beyond it a link that has some
  ///   waiting is refused more. At least `dataBytesMax`; default 32 MiB
  public record Queues(
      int controlBytesMax,
      int urgentBytesMax,
      int dataBytesMax,
      int answerBytesMax,
      int allBytesMax) {
    /// The defaults.
    public static final Queues DEFAULT = new Queues(4 << 20, 1 << 20, 4 << 20, 512 << 10, 32 << 20);

    /// @throws IllegalArgumentException if they contradict each other
    public Queues {
      if (controlBytesMax < 1 || urgentBytesMax < 1 || answerBytesMax < 1) {
        throw new IllegalArgumentException("all queues take at least 1 byte");
      }
      if (answerBytesMax > dataBytesMax || dataBytesMax > allBytesMax) {
        throw new IllegalArgumentException(
            "answerBytesMax is at most dataBytesMax, and that at most allBytesMax");
      }
    }
  }
}
