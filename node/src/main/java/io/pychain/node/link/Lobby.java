package io.pychain.node.link;

import io.pychain.core.message.Frame.Reason;
import java.net.Socket;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Connections that were accepted and have not yet said hello. There is room for so many; then the
/// oldest gives way to the newest, those first that have not sent a byte: ten thousand silent
/// connections push out each other, and not somebody who is just introducing himself.
final class Lobby {
  private final int visitorsMax;
  private final LinkedHashSet<Visitor> silent = new LinkedHashSet<>();
  private final LinkedHashSet<Visitor> speaking = new LinkedHashSet<>();

  Lobby(int visitorsMax) {
    this.visitorsMax = visitorsMax;
  }

  /// Somebody at the door.
  static final class Visitor {
    private final Socket socket;
    private volatile Optional<RefusedException> ended = Optional.empty();

    Visitor(Socket socket) {
      this.socket = socket;
    }

    Socket socket() {
      return socket;
    }

    /// Cuts the connection, and remembers why.
    void end(Refusal refusal, String detail) {
      ended = Optional.of(new RefusedException(refusal, Reason.FULL, detail));
      Sockets.close(socket);
    }

    /// Why this node cut the connection, if it did.
    Optional<RefusedException> ended() {
      return ended;
    }
  }

  /// Lets in a visitor, and sends away the one that has to give way.
  synchronized void enter(Visitor visitor) {
    if (silent.size() + speaking.size() >= visitorsMax) {
      Iterator<Visitor> oldest = (silent.isEmpty() ? speaking : silent).iterator();
      Visitor leaving = oldest.next();
      oldest.remove();
      leaving.end(Refusal.GAVE_WAY, "has to make room for newer connections");
    }
    silent.add(visitor);
  }

  /// The visitor has begun to speak.
  synchronized void speaks(Visitor visitor) {
    if (silent.remove(visitor)) {
      speaking.add(visitor);
    }
  }

  /// The visitor has become a link, or is gone.
  ///
  /// @return whether it was still here
  synchronized boolean leave(Visitor visitor) {
    return silent.remove(visitor) || speaking.remove(visitor);
  }

  /// All who are here.
  synchronized List<Visitor> visitors() {
    return Stream.concat(silent.stream(), speaking.stream()).toList();
  }
}
