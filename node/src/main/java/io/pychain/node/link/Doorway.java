package io.pychain.node.link;

import io.pychain.core.admission.Door;
import io.pychain.core.admission.Door.Answer;
import io.pychain.core.admission.Door.Visitor;
import io.pychain.core.admission.Pass;
import io.pychain.core.admission.Terms;
import io.pychain.core.message.AddressGroup;
import io.pychain.core.message.Doorstep.Enter;
import io.pychain.core.message.Doorstep.Knock;
import io.pychain.core.message.Doorstep.Quote;
import io.pychain.core.message.Doorstep.Welcome;
import io.pychain.core.message.Frame.Reason;
import io.pychain.core.message.NodeKey;
import io.pychain.core.protocol.Handshake;
import java.io.IOException;
import java.net.Socket;
import java.time.Instant;
import java.util.Optional;

/// Speaks with newcomers before TLS begins, which costs a thousand times as much. Keeps nothing of
/// whom it spoke with.
///
/// ```
///   first byte 0x16 ──────────────────────────────► TLS
///              0    ── Knock ── Quote ── closed
///                   ── Enter ── Welcome ──────────► TLS, with the key that was named
///                            ── Quote | Goodbye ── closed
/// ```
final class Doorway {
  private static final Optional<Terms> FREE = Optional.of(Terms.FREE);

  private final Door door;
  private final LinkIdentity self;

  Doorway(Door door, LinkIdentity self) {
    this.door = door;
    this.self = self;
  }

  /// Whoever may go on to TLS.
  ///
  /// @param key that it has named, and must have there
  /// @param pass what it has paid with
  record Entrance(Optional<NodeKey> key, Pass pass) {
    /// Of whoever begins with TLS: a member, or somebody who wants to know whether it is one.
    static final Entrance DIRECT = new Entrance(Optional.empty(), Pass.NOTHING);

    /// @throws RefusedException if that is not the key that TLS has shown
    void check(NodeKey shown) throws RefusedException {
      if (key.isPresent() && !key.get().equals(shown)) {
        throw new RefusedException(
            Refusal.IDENTITY, Reason.IDENTITY, "another key was named before TLS");
      }
    }
  }

  /// Listens to what a visitor has to say, whose first byte has been read.
  ///
  /// @return what it may go on with; empty if all has been said
  /// @throws RefusedException if it is sent away, and has been told
  Optional<Entrance> attend(Socket socket) throws IOException {
    PlainFrames plain = new PlainFrames(socket);
    return switch (plain.readAfterFirstByte()) {
      case Knock(NodeKey key, int bid) -> {
        Visitor visitor = new Visitor(key, groupOf(socket));
        plain.write(door.quote(Instant.now(), visitor, bid, terms(key, plain)));
        yield Optional.empty();
      }
      case Enter enter -> enter(enter, groupOf(socket), plain);
      default -> throw RefusedException.malformed("a newcomer knocks or enters");
    };
  }

  private static AddressGroup groupOf(Socket socket) {
    return AddressGroup.of(socket.getInetAddress().getHostAddress());
  }

  /// Whoever has a GUID pays nothing to be told so, by any member.
  private Terms terms(NodeKey key, PlainFrames plain) throws IOException {
    Optional<Terms> terms = self.isMember().test(key) ? FREE : self.terms().get();
    if (terms.isEmpty()) {
      throw plain.refuse(Reason.NOT_A_BOOT_NODE, Handshake.elsewhere(self.bootNode().get()));
    }
    return terms.get();
  }

  private Optional<Entrance> enter(Enter enter, AddressGroup group, PlainFrames plain)
      throws IOException {
    Terms terms = terms(enter.key(), plain);
    return switch (door.enter(Instant.now(), enter, group, terms)) {
      case Answer.Enters(Pass pass) -> {
        plain.write(new Welcome());
        yield Optional.of(new Entrance(Optional.of(enter.key()), pass));
      }
      case Answer.Pays(Quote quote) -> {
        plain.write(quote);
        throw new RefusedException(
            Refusal.UNPAID, Reason.FULL, "asked to pay the price as it is now");
      }
      case Answer.Leaves(Reason reason, String detail) -> throw plain.refuse(reason, detail);
    };
  }
}
