package io.pychain.core.protocol;

import io.pychain.core.link.LinkId;
import io.pychain.core.link.Links;
import io.pychain.core.message.Frame;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.ring.Guid;

/// What the end of a key means: that of a ban, and that of a rotation, after which the member goes
/// on with another.
///
/// What a ban means to whoever holds it, from that moment on: no link to the banned, and nothing
/// more of its logs, which are closed to it in all epochs that the ban covers. What was delivered
/// stays.
///
/// The banned is shown the record before a link to it is closed: it may have been away, and needs
/// no more than that to know; others could tell it anything.
final class Exclusion {
  private static final String BANNED = "banned from the network";

  private final Guid self;
  private final Rooms rooms;

  Exclusion(Guid self, Rooms rooms) {
    this.self = self;
    this.rooms = rooms;
  }

  /// A ban has come.
  void begin(MemberRecord ban) {
    rooms.logs().letGo(ban.guid());
    rooms.broadcast().letGo(ban.guid());
    if (ban.guid().equals(self)) {
      rooms.links().all().forEach(this::withdraw);
    } else {
      rooms.links().idOf(ban.guid()).ifPresent(link -> turnAway(link, ban, true));
    }
  }

  private void withdraw(Links.Link link) {
    rooms.out().drop(link.id(), Frame.Reason.STOPPING, "this node takes no part any more");
  }

  /// A member has another key: whoever is linked with the one before is not it any more.
  void succeed(MemberRecord heir) {
    if (heir.guid().equals(self)) {
      rooms.links().all().forEach(this::withdraw);
    } else {
      rooms.links().idOf(heir.guid()).ifPresent(link -> turnAwayFormer(link, heir));
    }
  }

  /// Closes a link with a key that has been replaced, and shows by what.
  void turnAwayFormer(LinkId link, MemberRecord heir) {
    rooms.out().send(link, new Frame.Announce(heir, heir.guid().position(), 1));
    rooms.out().drop(link, Frame.Reason.IDENTITY, "this key has been replaced by another one");
  }

  /// Closes a link to a member that is banned.
  ///
  /// @param tell whether it speaks a version of the protocol that knows bans
  void turnAway(LinkId link, MemberRecord ban, boolean tell) {
    if (tell) {
      rooms.out().send(link, new Frame.Announce(ban, ban.guid().position(), 1));
    }
    rooms.out().drop(link, Frame.Reason.REVOKED, BANNED);
  }
}
