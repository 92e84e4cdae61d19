package io.pychain.core.protocol;

import io.pychain.core.broadcast.Broadcast;
import io.pychain.core.coverage.Surveys;
import io.pychain.core.failure.Lookout;
import io.pychain.core.limit.Quotas;
import io.pychain.core.link.Dials;
import io.pychain.core.link.Faults;
import io.pychain.core.link.Links;
import io.pychain.core.link.Slots;
import io.pychain.core.log.Logs;
import io.pychain.core.membership.Members;
import io.pychain.core.message.Contact;
import io.pychain.core.ring.Guid;
import io.pychain.core.sync.Sync;

/// The rooms that almost every input passes through, for those who route between them.
///
/// @param members who is in
/// @param logs what is held
/// @param links who can be reached now
/// @param dials who is to be reached
/// @param faults who is kept away from
/// @param slots which links of others are kept
/// @param lookout who is absent
/// @param broadcast who passes on to whom
/// @param sync what peers have and this node lacks
/// @param surveys who has what
/// @param quotas how much of each origin is taken
/// @param writes what is on its way to the disk
/// @param counters running totals
/// @param calm whether the others need to look at the time
/// @param out where effects go
record Rooms(
    Members members,
    Logs logs,
    Links links,
    Dials dials,
    Faults faults,
    Slots slots,
    Lookout lookout,
    Broadcast broadcast,
    Sync sync,
    Surveys surveys,
    Quotas quotas,
    Writes writes,
    Counters counters,
    Calm calm,
    Outlet out) {
  /// Opens a link to a member.
  void dial(Guid guid) {
    Contact contact = members.of(guid).orElseThrow().contact();
    out.effects().dial().add(new Effects.Dial(guid, contact.addresses()));
  }
}
