package io.pychain.core.protocol;

import io.pychain.core.link.Dials;
import io.pychain.core.link.Faults;
import io.pychain.core.link.Links;
import io.pychain.core.membership.Members;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.protocol.NodeView.Counts;
import io.pychain.core.protocol.NodeView.Kind;
import io.pychain.core.protocol.NodeView.LinkView;
import io.pychain.core.protocol.NodeView.LogView;
import io.pychain.core.protocol.NodeView.MemberView;
import io.pychain.core.ring.Guid;
import io.pychain.core.ring.Partner;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// Draws the picture of a node that the outside sees.
///
/// @param rooms where things stand
/// @param publisher what waits to be published, and why
/// @param governance what holds for all
record Views(Rooms rooms, Publisher publisher, Governance governance) {

  NodeView view(Instant now, MemberRecord self) {
    return new NodeView(
        self,
        memberViews(now),
        rooms.links().all().stream().map(link -> link(now, link)).toList(),
        rooms.logs().durable().stream().map(head -> new LogView(head.log(), head.seq())).toList(),
        rooms.writes().durableOffset(),
        rooms.sync().behind(),
        rooms.sync().lastCompleted(),
        rooms.writes().fault(),
        publisher.held(),
        governance.parameters(),
        queues(),
        counts(),
        rooms.faults().counts());
  }

  NodeView.Queues queues() {
    return new NodeView.Queues(
        publisher.queuedBytes(), rooms.writes().pendingBytes(), rooms.logs().waitingBytes());
  }

  private List<MemberView> memberViews(Instant now) {
    TreeMap<Guid, Links.Link> up = new TreeMap<>();
    rooms.links().all().forEach(link -> up.put(link.guid(), link));
    Members members = rooms.members();
    Dials dials = rooms.dials();
    List<MemberView> views = new ArrayList<>(members.size());
    for (MemberRecord record : members.all()) {
      if (members.isForgotten(record.guid())) {
        continue;
      }
      Optional<Links.Link> link = Optional.ofNullable(up.get(record.guid()));
      Optional<Instant> heard = link.map(Links.Link::heard).or(() -> dials.heard(record.guid()));
      int unresponsive = dials.unresponsive(record.guid());
      views.add(
          new MemberView(
              record,
              rooms.lookout().state(record),
              heard,
              unresponsive,
              link.isPresent(),
              !rooms.logs().forks(record.guid()).isEmpty(),
              rooms.faults().away(now, record.guid()).map(Faults.Away::until)));
    }
    return Collections.unmodifiableList(views);
  }

  private LinkView link(Instant now, Links.Link link) {
    Partner partner = rooms.dials().wanted().get(link.guid());
    List<Kind> kinds =
        partner == null
            ? List.of(unwanted(now, link.guid()))
            : partner.kinds().stream().map(Views::kind).toList();
    return new LinkView(
        link.id(), link.guid(), kinds, link.version(), link.roundTrip(), link.since());
  }

  private Kind unwanted(Instant now, Guid guid) {
    return rooms.dials().isDrawn(now, guid) ? Kind.ACQUAINTANCE : Kind.INCOMING;
  }

  private static Kind kind(Partner.Kind kind) {
    return switch (kind) {
      case PRIMARY -> Kind.PRIMARY;
      case BACKUP -> Kind.BACKUP;
      case NEIGHBOUR -> Kind.NEIGHBOUR;
      case ACQUAINTANCE -> Kind.ACQUAINTANCE;
    };
  }

  private Counts counts() {
    Counters counters = rooms.counters();
    return new Counts(
        counters.batchesNew,
        counters.batchesDuplicate,
        counters.batchesInvalid,
        counters.pushesSent,
        counters.published,
        counters.deliveredPush,
        counters.deliveredSync,
        counters.deliveredLocal,
        rooms.sync().completed(),
        rooms.sync().failed(),
        counters.handedOver,
        rooms.surveys().taken(),
        rooms.surveys().refused(),
        counters.limited);
  }
}
