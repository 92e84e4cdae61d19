package io.pychain.core.protocol;

import io.pychain.core.admission.Admission;
import io.pychain.core.message.Certificate;
import io.pychain.core.message.Contact;
import io.pychain.core.message.Contact.Status;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.ring.Guid;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Whether a boot node may hand out GUIDs now.
///
/// No GUID is ever given twice, and a table cannot tell whether it is an old copy of itself or has
/// been lost. So at every start the members are asked who there is, before anybody is admitted; and
/// where others have given GUIDs that this table does not know, some are left out above the highest
/// known, for those that were given and never announced.
///
/// ```
///   0 1 2 … 41 │ 42 … 105 │ 106 …        41 is the highest that anybody knows of
///              │   GAP    │ next given
/// ```
///
/// Of several boot nodes one allocates at a time: the one with the lowest GUID that is not known to
/// be dead or to have left. The others wait, and take over like one that has lost its table. Where
/// a partition makes two allocate, the gap keeps them apart for as many newcomers as it is wide.
final class Licence {
  /// GUIDs left out where some may have been given that nobody knows of.
  static final int GAP = 64;

  /// How long a boot node whose table is there waits for any member to answer, before it relies on
  /// its table and a gap.
  static final Duration LONELY = Duration.ofSeconds(10);

  private final Papers papers;
  private final Rooms rooms;
  private final Optional<Admission> table;
  private final boolean lost;
  private boolean open;
  private boolean stale;
  private Instant lonelyAt = Instant.MAX;

  /// @param table of this node, if it is a boot node
  /// @param lost whether the table is empty though the network is not new
  Licence(Papers papers, Rooms rooms, Optional<Admission> table, boolean lost) {
    this.papers = papers;
    this.rooms = rooms;
    this.table = table;
    this.lost = lost;
    this.stale = lost;
  }

  /// A member's record has been taken: its GUID is not for others.
  void learn(Certificate certificate) {
    table.ifPresent(known -> stale |= known.learn(certificate) && !open);
  }

  /// Why nobody can be given a GUID now, if so.
  Optional<String> refusal() {
    if (rooms.members().isRevoked(papers.guid())) {
      return Optional.of("this boot node is banned itself; ask another one");
    }
    if (open) {
      return Optional.empty();
    }
    return Optional.of(
        senior()
            .map(boot -> "GUIDs are given by boot node %s now".formatted(boot.guid()))
            .orElse("this boot node has yet to learn from the members who there is; try again"));
  }

  void onTime(Instant now) {
    if (table.isEmpty()) {
      return;
    }
    if (senior().isPresent()) {
      open = false;
      stale = true;
      lonelyAt = Instant.MAX;
    } else if (!open) {
      lonelyAt = lonelyAt.equals(Instant.MAX) ? now.plus(LONELY) : lonelyAt;
      consider(now);
    }
  }

  private void consider(Instant now) {
    boolean alone = rooms.members().size() == 1;
    boolean informed =
        rooms.sync().completed() > 0 && rooms.sync().knowsRecords() && !rooms.sync().isComparing();
    boolean lonely = !lonelyAt.isAfter(now) && !lost && rooms.links().size() == 0;
    if (alone || informed || lonely) {
      open = true;
      if (!alone && (stale || lonely)) {
        table.orElseThrow().leaveOut(GAP);
      }
      stale = false;
      lonelyAt = Instant.MAX;
    } else if (!lonelyAt.isAfter(now)) {
      lonelyAt = now.plus(LONELY);
    }
  }

  /// The boot node that goes before this one.
  private Optional<MemberRecord> senior() {
    for (int lower = 0; lower < papers.guid().value(); lower++) {
      Optional<MemberRecord> boot = rooms.members().of(Guid.of(lower)).filter(this::mayAllocate);
      if (boot.isPresent()) {
        return boot;
      }
    }
    return Optional.empty();
  }

  private boolean mayAllocate(MemberRecord member) {
    Contact contact = member.contact();
    return contact.capabilities().contains(Contact.BOOT)
        && contact.status() == Status.ACTIVE
        && !rooms.members().isDead(member.guid());
  }

  /// Whether nothing but a record or a death changes anything here.
  boolean isSettled() {
    return table.isEmpty() || open;
  }

  Instant deadline() {
    return open ? Instant.MAX : lonelyAt;
  }
}
