package io.pychain.core.protocol;

import io.pychain.core.broadcast.Handoff;
import io.pychain.core.coverage.Coverage;
import io.pychain.core.coverage.Desk;
import io.pychain.core.link.Gate;
import io.pychain.core.link.LinkId;
import io.pychain.core.link.Links;
import io.pychain.core.message.Frame;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.ring.Guid;
import java.util.List;
import java.util.function.Consumer;

/// Collects the effects of the input at hand. The rooms speak of members; here a member's frames
/// find the link to it.
final class Outlet implements Desk, Gate {
  private final Links links;
  private final Counters counters;
  private Consumer<Handoff> onHandoff = _ -> {};
  private Effects effects = new Effects();

  Outlet(Links links, Counters counters) {
    this.links = links;
    this.counters = counters;
  }

  /// Somebody is told of each parcel that is handed on.
  void onHandoff(Consumer<Handoff> listener) {
    onHandoff = listener;
  }

  Effects effects() {
    return effects;
  }

  /// Hands out what has been collected and starts anew.
  Effects drain() {
    Effects drained = effects;
    effects = new Effects();
    return drained;
  }

  /// Sends to a member; without a link to it, nothing is sent.
  @Override
  public void send(Guid to, Frame frame) {
    links.idOf(to).ifPresent(link -> send(link, frame));
  }

  /// Hands parcels on, each to its member.
  void hand(List<Handoff> handoffs) {
    for (Handoff handoff : handoffs) {
      send(handoff.to(), handoff.frame());
      onHandoff.accept(handoff);
    }
  }

  /// Sends over a link, unless the frame came with a version of the protocol that the other end
  /// does not speak: the one place where that is asked.
  @Override
  public void send(LinkId link, Frame frame) {
    if (frame instanceof Frame.Announce announce && !understands(link, announce.record())) {
      return;
    }
    if (!links.speaks(link, frame.since())) {
      return;
    }
    counters.pushesSent += frame instanceof Frame.Push ? 1 : 0;
    effects.send().add(new Effects.Send(link, frame));
  }

  /// Whether a peer knows such a record.
  boolean understands(LinkId link, MemberRecord record) {
    return !links.speaksLess(link, record.since());
  }

  @Override
  public void tell(long ticket, Coverage coverage, boolean done) {
    effects.answers().add(new Answer.Covered(ticket, coverage, done));
  }

  @Override
  public void drop(LinkId link, Frame.Reason reason, String detail) {
    effects.drop().add(new Effects.Drop(link, reason, detail));
  }
}
