package io.pychain.core.protocol;

import io.pychain.core.failure.Lookout;
import io.pychain.core.link.Dials;
import io.pychain.core.link.Links;
import io.pychain.core.log.Logs;
import io.pychain.core.membership.Members;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.protocol.NodeView.Counts;
import io.pychain.core.protocol.NodeView.Kind;
import io.pychain.core.protocol.NodeView.LinkView;
import io.pychain.core.protocol.NodeView.LogView;
import io.pychain.core.protocol.NodeView.MemberView;
import io.pychain.core.ring.Guid;
import io.pychain.core.ring.Partner;
import io.pychain.core.sync.Sync;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// Draws the picture of a node that the outside sees.
///
/// @param members of the network
/// @param logs held
/// @param links in use
/// @param dials planned
/// @param lookout who is absent
record Views(Members members, Logs logs, Links links, Dials dials, Lookout lookout) {

  NodeView view(
      MemberRecord self, Writes writes, Sync sync, Publisher publisher, Counters counters) {
    return new NodeView(
        self,
        memberViews(),
        links.all().stream().map(this::link).toList(),
        logs.durable().stream().map(head -> new LogView(head.log(), head.seq())).toList(),
        writes.durableOffset(),
        sync.behind(),
        sync.lastCompleted(),
        writes.fault(),
        publisher.held(),
        new NodeView.Queues(publisher.queuedBytes(), writes.pendingBytes(), logs.waitingBytes()),
        counts(counters, sync));
  }

  private List<MemberView> memberViews() {
    TreeMap<Guid, Links.Link> up = new TreeMap<>();
    links.all().forEach(link -> up.put(link.guid(), link));
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
              lookout.state(record),
              heard,
              unresponsive,
              link.isPresent(),
              !logs.forks(record.guid()).isEmpty()));
    }
    return Collections.unmodifiableList(views);
  }

  private LinkView link(Links.Link link) {
    Partner partner = dials.wanted().get(link.guid());
    List<Kind> kinds =
        partner == null
            ? List.of(Kind.INCOMING)
            : partner.kinds().stream().map(Views::kind).toList();
    return new LinkView(link.id(), link.guid(), kinds, link.roundTrip(), link.since());
  }

  private static Kind kind(Partner.Kind kind) {
    return switch (kind) {
      case PRIMARY -> Kind.PRIMARY;
      case BACKUP -> Kind.BACKUP;
      case NEIGHBOUR -> Kind.NEIGHBOUR;
    };
  }

  private static Counts counts(Counters counters, Sync sync) {
    return new Counts(
        counters.batchesNew,
        counters.batchesDuplicate,
        counters.batchesInvalid,
        counters.pushesSent,
        counters.published,
        counters.deliveredPush,
        counters.deliveredSync,
        counters.deliveredLocal,
        sync.completed(),
        sync.failed(),
        counters.handedOver);
  }
}
