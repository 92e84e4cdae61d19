package io.pychain.core.protocol;

import io.pychain.core.admission.CertificateConfig;
import io.pychain.core.message.Certificate;
import io.pychain.core.message.Frame;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.ring.Guid;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// Members whose certificates are over, grace included: they count no more, and their links end,
/// until a record with a later certificate comes. What they have signed before stays good.
///
/// A boot node keeps its links to them all the same: over these they get a later one.
///
/// One entry for each member whose certificate ends at all.
final class Expirations {
  private final Rooms rooms;
  private final Guid self;
  private final boolean boot;
  private final CertificateConfig config;
  private final TreeMap<Guid, Due> byGuid = new TreeMap<>();
  private final TreeSet<Due> inOrder = new TreeSet<>();

  private record Due(Instant at, Guid guid) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      int times = at.compareTo(other.at);
      return times != 0 ? times : guid.compareTo(other.guid);
    }
  }

  Expirations(Rooms rooms, Identity identity, CertificateConfig config) {
    this.rooms = rooms;
    this.self = identity.record().guid();
    this.boot = identity.authority().isPresent();
    this.config = config;
  }

  /// The newest record of a member has been taken.
  void learn(MemberRecord record) {
    Guid guid = record.guid();
    Due before = byGuid.remove(guid);
    if (before != null) {
      inOrder.remove(before);
    }
    Optional<Instant> last = config.lastMoment(record.certificate());
    if (last.isPresent() && !guid.equals(self) && !record.isRevoked()) {
      Due due = new Due(last.get(), guid);
      byGuid.put(guid, due);
      inOrder.add(due);
    }
  }

  /// Why no link is kept with a member that shows this certificate, if so.
  Optional<String> refusal(Instant now, Certificate shown) {
    return !boot && config.isOver(now, shown)
        ? Optional.of(
            "your certificate ended at %s: a boot node gives you another"
                .formatted(shown.expires().orElseThrow()))
        : Optional.empty();
  }

  void onTime(Instant now) {
    while (!deadline().isAfter(now)) {
      Guid guid = inOrder.pollFirst().guid();
      byGuid.remove(guid);
      rooms.members().forget(guid);
      rooms.dials().ringChanged(now);
      if (!boot) {
        cut(guid);
      }
    }
  }

  private void cut(Guid guid) {
    rooms
        .links()
        .idOf(guid)
        .ifPresent(
            link -> rooms.out().drop(link, Frame.Reason.EXPIRED, "your certificate has ended"));
  }

  Instant deadline() {
    return inOrder.isEmpty() ? Instant.MAX : inOrder.first().at();
  }
}
