package io.pychain.simulator.world;

import io.pychain.core.link.Evidence;
import io.pychain.core.message.Doorstep;
import io.pychain.core.message.Frame;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.message.NodeKey;
import java.util.Optional;

/// A machine, as the network sees it. The network calls; nothing it calls happens later than now.
interface Host {
  /// Who the machine says it is, at this moment, to whoever connects.
  Greeting greeting();

  /// Whether the machine or its process stands still; what is called meanwhile waits.
  default boolean isFrozen() {
    return false;
  }

  /// Somebody asks something before it connects.
  ///
  /// @param host where it is seen
  /// @return the answer; empty if there is none
  default Optional<Frame> asked(Frame.BeforeTls question, String host) {
    return Optional.empty();
  }

  /// Somebody has connected; both sides know who the other is.
  void accepted(LinkEnd end, Greeting peer);

  /// A frame has arrived.
  void received(LinkEnd end, Frame frame);

  /// The connection is gone. Nothing more comes from this end.
  void closed(LinkEnd end, String reason);

  /// What either side has told and proven of itself when a link is up.
  sealed interface Greeting {
    /// A member.
    ///
    /// @param record its newest own record
    /// @param storeId of its store
    record Member(MemberRecord record, long storeId) implements Greeting {}

    /// Somebody with a key and no GUID.
    ///
    /// @param key proven
    /// @param host where it is seen
    /// @param enter what it has said at the door, if it came by it
    record Guest(NodeKey key, String host, Optional<Doorstep.Enter> enter) implements Greeting {}
  }

  /// The side that dials: ends in exactly one of the two, unless its machine crashes.
  interface Dialler {
    /// Who dials, at this moment.
    Greeting greeting();

    /// The link is up.
    void connected(LinkEnd end, Greeting peer);

    /// It came to nothing.
    ///
    /// @param reason for the log
    /// @param evidence what it says about whoever was dialled
    void failed(String reason, Evidence evidence);
  }
}
