package io.pychain.core.protocol;

import io.pychain.core.broadcast.Parcel;
import io.pychain.core.failure.Findings;
import io.pychain.core.failure.Suspicion;
import io.pychain.core.message.Contact.Status;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.ring.Guid;
import java.time.Instant;

/// Carries out what follows from the absence of members.
///
/// @param papers signs newer records of this node
/// @param rooms among which it goes about
/// @param intake takes those records
/// @param publisher takes accusations
record Errands(Papers papers, Rooms rooms, Intake intake, Publisher publisher) {

  void run(Instant now, Findings findings) {
    rooms.out().effects().turns().addAll(findings.turns());
    if (findings.ringChanged()) {
      rooms.dials().ringChanged(now);
    }
    for (Guid guid : findings.dial()) {
      if (rooms.dials().probe(now, guid)) {
        rooms.dial(guid);
      }
    }
    findings
        .seek()
        .ifPresent(address -> rooms.out().effects().seek().add(new Effects.Seek(address)));
    if (!findings.accuse().isEmpty()) {
      publisher.publish(now, findings.accuse().stream().map(Suspicion::message).toList());
    }
    if (findings.renew()) {
      renew(now, papers.sign(now, Status.ACTIVE));
    }
  }

  /// Announced once it is durable; a node that cannot write does not wait for that, since it may be
  /// buried meanwhile.
  private void renew(Instant now, MemberRecord fresh) {
    intake.record(now, fresh);
    if (rooms.writes().fault().isPresent()) {
      rooms.out().hand(rooms.broadcast().originate(now, new Parcel.OfRecord(fresh)));
    }
  }
}
