package io.pychain.core.protocol;

import io.pychain.core.broadcast.Broadcast;
import io.pychain.core.coverage.Surveys;
import io.pychain.core.failure.Lookout;
import io.pychain.core.limit.Quotas;
import io.pychain.core.link.Anchors;
import io.pychain.core.link.Dials;
import io.pychain.core.link.Faults;
import io.pychain.core.link.Links;
import io.pychain.core.link.Slots;
import io.pychain.core.log.Logs;
import io.pychain.core.membership.Members;
import io.pychain.core.message.Contact;
import io.pychain.core.message.Frame.LogHead;
import io.pychain.core.ring.Guid;
import io.pychain.core.sync.Sync;

/// The rooms that almost every input passes through, for those who route between them.
///
/// @param members who is in
/// @param logs what is held
/// @param links who can be reached now
/// @param dials who is to be reached
/// @param faults who is kept away from
/// @param anchors whom this node turns to first
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
    Anchors anchors,
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
  /// Starts from what the store held.
  void restore(Stored stored) {
    stored.records().forEach(members::offer);
    lookout.restore(stored.records(), stored.accusations());
    logs.expect(stored.logs().size());
    stored.logs().forEach(end -> logs.restore(end.log(), end.first(), end.seq(), end.hash()));
    stored.forks().forEach(logs::forkPersisted);
    stored.forks().forEach(sync::heldForked);
    stored.logs().stream()
        .filter(end -> !logs.isForked(end.log()))
        .forEach(end -> sync.held(new LogHead(end.log(), end.seq(), end.hash().print())));
    members.all().forEach(record -> sync.held(Intake.headOf(record)));
  }

  /// Opens a link to a member.
  void dial(Guid guid) {
    Contact contact = members.of(guid).orElseThrow().contact();
    out.effects().dial().add(new Effects.Dial(guid, contact.addresses()));
  }
}
