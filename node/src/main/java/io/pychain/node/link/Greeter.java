package io.pychain.node.link;

import io.pychain.core.message.Frame;
import io.pychain.core.message.Frame.Hello;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.protocol.Handshake;
import io.pychain.core.protocol.Handshake.Accepted;
import io.pychain.core.protocol.Handshake.Outcome;
import io.pychain.core.trust.Verifier;
import io.pychain.core.wire.WireLimits;
import java.io.IOException;
import java.util.Optional;

/// Exchanges hellos on behalf of a member.
final class Greeter {
  private final LinkIdentity self;
  private final Verifier verifier;

  Greeter(LinkIdentity self, Verifier verifier) {
    this.self = self;
    this.verifier = verifier;
  }

  /// Says hello, waits for the other's, and judges it.
  ///
  /// @throws RefusedException if the other side is neither, and has yet to be told
  /// @throws PeerRefusedException if it says that of this node
  Accepted greet(Connection connection) throws IOException {
    MemberRecord record = self.record().get();
    Hello own =
        new Hello(
            Optional.of(self.network()),
            record.contact().protocol(),
            self.storeId(),
            Optional.of(record),
            connection.peerHost());
    Hello peer = exchange(connection, own);
    Outcome outcome =
        new Handshake(own, verifier, self.bootNode().get(), self.isMember())
            .judge(peer, connection.peerKey());
    return accepted(outcome);
  }

  /// Both hellos are on their way at once: neither side waits for the other.
  static Hello exchange(Connection connection, Hello own) throws IOException {
    connection.write(own);
    connection.flush();
    Frame first = connection.expect(WireLimits.HANDSHAKE_FRAME_BYTES_MAX);
    if (first instanceof Hello peer) {
      return peer;
    }
    throw RefusedException.malformed("a hello comes first");
  }

  /// @throws RefusedException if the judgement is a refusal
  static Accepted accepted(Outcome outcome) throws RefusedException {
    return switch (outcome) {
      case Accepted accepted -> accepted;
      case Handshake.Refused(var reason, String detail) ->
          throw new RefusedException(Refusal.of(reason), reason, detail);
    };
  }
}
