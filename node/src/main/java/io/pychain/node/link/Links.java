package io.pychain.node.link;

import io.pychain.core.admission.Pass;
import io.pychain.core.link.LinkId;
import io.pychain.core.message.Frame.Reason;
import io.pychain.core.protocol.Handshake.Guest;
import io.pychain.core.protocol.Handshake.Member;
import io.pychain.core.protocol.Input;
import io.pychain.core.protocol.Input.GuestUp;
import io.pychain.core.protocol.Input.LinkUp;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.atomic.AtomicLong;

/// The links that are up, by their names.
final class Links {
  private final Wiring wiring;
  private final ConcurrentSkipListMap<LinkId, Link> links = new ConcurrentSkipListMap<>();
  private final AtomicLong counted = new AtomicLong();

  Links(Wiring wiring) {
    this.wiring = wiring;
  }

  Optional<Link> find(LinkId id) {
    return Optional.ofNullable(links.get(id));
  }

  /// In the order in which they came up.
  List<Link> all() {
    return List.copyOf(links.values());
  }

  /// Runs a link to a member from beginning to end, in the caller's thread.
  ///
  /// @throws IOException if nothing is to be started any more
  void run(Connection connection, Member member, boolean dialled) throws IOException {
    Link link = open(connection, false);
    run(
        link,
        new LinkUp(
            link.id(),
            member.record(),
            member.storeId(),
            connection.peerHost(),
            member.version(),
            dialled));
  }

  /// Runs a link to a newcomer from beginning to end, in the caller's thread; it has so long to
  /// join.
  ///
  /// @throws IOException if nothing is to be started any more
  ///
  /// @param pass what it has shown at the door
  void run(Connection connection, Guest guest, Pass pass) throws IOException {
    Link link = open(connection, true);
    RefusedException tooLate =
        new RefusedException(
            Refusal.TIMED_OUT, Reason.SILENT, "whoever connects to join, joins and leaves");
    ScheduledFuture<?> deadline =
        wiring.threads().after(wiring.config().patience().guest(), () -> link.turnAway(tooLate));
    try {
      run(link, new GuestUp(link.id(), guest.key(), connection.peerHost(), pass));
    } finally {
      deadline.cancel(false);
    }
  }

  /// Names a new link, so that it can be sent to as soon as the protocol has heard of it.
  private Link open(Connection connection, boolean guest) {
    return new Link(new LinkId(counted.incrementAndGet()), connection, guest, wiring);
  }

  private void run(Link link, Input up) throws IOException {
    links.put(link.id(), link);
    try {
      link.run(up);
    } finally {
      links.remove(link.id());
    }
  }
}
