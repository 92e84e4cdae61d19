package io.pychain.core.link;

import io.pychain.core.message.Frame;
import io.pychain.core.ring.Guid;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The links that are up, one to a member, and whether they are still alive.
///
/// Two members that dial each other at the same moment make two links. Both ends keep the one that
/// the higher GUID dialled. Of two links that the same member dialled, the later one counts: nobody
/// dials again while it believes its first link to be alive.
///
/// A link that neither end has a use for is closed after a while, by the end that dialled it: the
/// other may need it as a backup, which cannot be known here, and then dials it itself.
public final class Links {
  /// Handoffs after which they are acknowledged at once.
  static final int ACK_EVERY = 32;

  /// Bytes of them after which they are, too: a few of these make up what a sender may have on its
  /// way.
  static final long ACK_BYTES = 256 << 10;

  /// How long an acknowledgement waits for more to acknowledge with it, where another has left of
  /// late or something is missing that may be on its way. Where traffic is light it leaves at once:
  /// there is nothing to wait for.
  static final Duration ACK_DELAY = Duration.ofMillis(100);

  /// How often silence is looked for.
  static final Duration WATCH = Duration.ofMillis(500);

  /// How long a link may be of no use before it is closed; longer than it takes to dial another way
  /// while the ring changes.
  static final Duration UNNEEDED = Duration.ofSeconds(30);

  /// One link.
  public static final class Link {
    private final LinkId id;
    private final Guid guid;
    private final boolean dialled;
    private final Instant since;
    private Instant heard;
    private @Nullable Instant pinged;
    private Instant needed;
    private Instant acknowledged = Instant.EPOCH;
    private Optional<Duration> roundTrip = Optional.empty();
    private int version = 1;
    private final Taken ordinary = new Taken(false);
    private final Taken urgent = new Taken(true);

    Link(LinkId id, Guid guid, boolean dialled, Instant since) {
      this.id = id;
      this.guid = guid;
      this.dialled = dialled;
      this.since = since;
      this.heard = since;
      this.needed = since;
    }

    /// Its name.
    public LinkId id() {
      return id;
    }

    /// Who is at the other end.
    public Guid guid() {
      return guid;
    }

    /// When it came up.
    public Instant since() {
      return since;
    }

    /// When something last came over it.
    public Instant heard() {
      return heard;
    }

    /// The version of the protocol that both ends speak on it.
    public int version() {
      return version;
    }

    /// Last measured; empty before the first answer.
    public Optional<Duration> roundTrip() {
      return roundTrip;
    }
  }

  /// What a new link came to.
  ///
  /// @param kept whether the new one is used
  /// @param closed the link that gives way, if there are two
  public record Raised(boolean kept, Optional<LinkId> closed) {}

  private final Guid self;
  private final Duration pingInterval;
  private final Duration silence;

  /// Oldest first.
  private final LinkedHashMap<LinkId, Link> byId = new LinkedHashMap<>();

  private final LinkedHashMap<Guid, Link> byGuid = new LinkedHashMap<>();

  /// Those that handoffs have been taken from since the last look, acknowledged by now or not.
  private final List<Link> unacknowledged = new ArrayList<>();

  private Instant watchAt = Instant.MAX;
  private Instant ackAt = Instant.MAX;
  private long pings;

  /// None is up.
  public Links(Guid self, LinkConfig config) {
    this.self = self;
    this.pingInterval = config.pingInterval();
    this.silence = config.silence();
  }

  /// A link has come up.
  public Raised raise(Instant now, LinkId id, Guid guid, boolean dialled) {
    Link fresh = new Link(id, guid, dialled, now);
    Link old = byGuid.get(guid);
    if (old != null && old.dialled != dialled && dialler(old).compareTo(dialler(fresh)) > 0) {
      return new Raised(false, Optional.of(id));
    }
    if (old != null) {
      byId.remove(old.id);
    }
    byId.put(id, fresh);
    byGuid.put(guid, fresh);
    watchAt = watchAt.equals(Instant.MAX) ? now.plus(WATCH) : watchAt;
    return new Raised(true, Optional.ofNullable(old).map(link -> link.id));
  }

  /// Whether a link is in use by which less than a version of the protocol is spoken.
  public boolean speaksLess(LinkId id, int version) {
    Link link = byId.get(id);
    return link != null && link.version < version;
  }

  /// Both ends of a link have agreed on a version of the protocol; before that it is the first.
  public void agreed(LinkId id, int version) {
    Link link = byId.get(id);
    if (link != null) {
      link.version = version;
    }
  }

  /// Whether both ends of a link speak a version of the protocol. Whatever came with a version is
  /// for those links only.
  public boolean speaks(LinkId id, int version) {
    Link link = byId.get(id);
    return version <= 1 || (link != null && version <= link.version);
  }

  private Guid dialler(Link link) {
    return link.dialled ? self : link.guid;
  }

  /// A link has gone down.
  ///
  /// @return the link, if it was in use
  public Optional<Link> lower(LinkId id) {
    Link link = byId.remove(id);
    if (link != null) {
      byGuid.remove(link.guid);
    }
    return Optional.ofNullable(link);
  }

  /// The member at the other end of a link in use.
  public Optional<Guid> guidOf(LinkId id) {
    return Optional.ofNullable(byId.get(id)).map(link -> link.guid);
  }

  /// A link in use.
  Optional<Link> find(LinkId id) {
    return Optional.ofNullable(byId.get(id));
  }

  /// The link in use to a member.
  public Optional<LinkId> idOf(Guid guid) {
    return Optional.ofNullable(byGuid.get(guid)).map(link -> link.id);
  }

  /// Whether a member is linked.
  public boolean isUp(Guid guid) {
    return byGuid.containsKey(guid);
  }

  /// Every link in use, by GUID.
  public List<Link> all() {
    return byGuid.values().stream().sorted(Comparator.comparing(link -> link.guid)).toList();
  }

  /// How many are in use.
  public int size() {
    return byGuid.size();
  }

  /// Something has come over a link.
  ///
  /// @return the member at its other end; empty if the link is not in use
  public Optional<Guid> heard(Instant now, LinkId id) {
    Link link = byId.get(id);
    if (link == null) {
      return Optional.empty();
    }
    link.heard = now;
    return Optional.of(link.guid);
  }

  /// The links over which nothing has come since a moment, by GUID.
  public List<Link> quietSince(Instant moment) {
    List<Link> quiet = new ArrayList<>();
    for (Link link : byGuid.values()) {
      if (!link.heard.isAfter(moment)) {
        quiet.add(link);
      }
    }
    quiet.sort(Comparator.comparing(link -> link.guid));
    return quiet;
  }

  /// When something was last heard of a member that is linked; never, of one that is not.
  public Instant heard(Guid guid) {
    Link link = byGuid.get(guid);
    return link == null ? Instant.MIN : link.heard;
  }

  /// Since when a ping to a member waits for any answer; [Instant#MAX] if none does.
  public Instant unanswered(Guid guid) {
    Link link = byGuid.get(guid);
    return link != null && link.pinged != null && awaitsPong(link) ? link.pinged : Instant.MAX;
  }

  /// This node itself was deaf: nobody is blamed for silence until now.
  public void forgive(Instant now) {
    for (Link link : byId.values()) {
      link.heard = now;
      link.pinged = null;
    }
  }

  /// Asks a member whether it is there, unless it has been asked and has yet to answer.
  public void ping(Instant now, Guid guid, Gate out) {
    Link link = byGuid.get(guid);
    if (link != null && !awaitsPong(link)) {
      ping(now, link, false, out);
    }
  }

  /// Asks all members whether they are there.
  ///
  /// @param alarm whether they should ask the same of their own peers
  void pingAll(Instant now, boolean alarm, Gate out) {
    byGuid.values().forEach(link -> ping(now, link, alarm, out));
  }

  private void ping(Instant now, Link link, boolean alarm, Gate out) {
    link.pinged = awaitsPong(link) ? link.pinged : now;
    out.send(link.id, new Frame.Ping(++pings, alarm));
  }

  /// A member has answered a ping.
  public void pong(Instant now, LinkId id) {
    Link link = byId.get(id);
    if (link != null && link.pinged != null) {
      link.roundTrip = Optional.of(Duration.between(link.pinged, now));
      link.pinged = null;
    }
  }

  /// A handoff has been taken from a link: it is acknowledged soon.
  public void took(Instant now, LinkId id, Frame.Carrier handoff, Gate out) {
    Link link = byId.get(id);
    if (link == null) {
      return;
    }
    Taken taken = handoff.isUrgent() ? link.urgent : link.ordinary;
    taken.add(handoff);
    if (isAcknowledgedAtOnce(now, link, taken)) {
      acknowledge(now, link, out);
      return;
    }
    if (taken.unacknowledged() == 1) {
      unacknowledged.add(link);
    }
    if (ackAt.equals(Instant.MAX)) {
      ackAt = now.plus(ACK_DELAY);
    }
  }

  private static boolean isAcknowledgedAtOnce(Instant now, Link link, Taken taken) {
    return taken.unacknowledged() >= ACK_EVERY
        || taken.unacknowledgedBytes() >= ACK_BYTES
        || (taken.isWhole() && !link.acknowledged.plus(ACK_DELAY).isAfter(now));
  }

  private boolean isInUse(Link link) {
    return byId.containsKey(link.id);
  }

  private static void acknowledge(Instant now, Link link, Gate out) {
    link.acknowledged = now;
    acknowledge(link.id, link.ordinary, out);
    acknowledge(link.id, link.urgent, out);
  }

  private static void acknowledge(LinkId link, Taken taken, Gate out) {
    if (taken.unacknowledged() > 0) {
      out.send(link, taken.acknowledge());
    }
  }

  /// Acknowledges, pings and gives up what is due.
  ///
  /// @param unneeded whether neither end has a use for a link to this member
  /// @return whether it has looked for silence
  public boolean onTime(Instant now, Predicate<Guid> unneeded, Gate out) {
    acknowledge(now, out);
    if (watchAt.isAfter(now)) {
      return false;
    }
    watchAt = byId.isEmpty() ? Instant.MAX : now.plus(WATCH);
    Instant pingBefore = now.minus(pingInterval);
    Instant dropBefore = now.minus(UNNEEDED);
    for (Link link : byId.values()) {
      link.needed = link.dialled && unneeded.test(link.guid) ? link.needed : now;
      if (!link.heard.isAfter(pingBefore) || !link.needed.isAfter(dropBefore)) {
        watch(now, link, out);
      }
    }
    return true;
  }

  /// Acknowledges what is due, and does nothing else.
  public void acknowledge(Instant now, Gate out) {
    if (!ackAt.isAfter(now)) {
      ackAt = Instant.MAX;
      unacknowledged.stream().filter(this::isInUse).forEach(link -> acknowledge(now, link, out));
      unacknowledged.clear();
    }
  }

  private void watch(Instant now, Link link, Gate out) {
    Duration quiet = Duration.between(link.heard, now);
    if (quiet.compareTo(silence) >= 0) {
      out.drop(link.id, Frame.Reason.SILENT, "nothing heard for " + quiet.toSeconds() + " s");
    } else if (!link.needed.plus(UNNEEDED).isAfter(now)) {
      out.drop(link.id, Frame.Reason.UNNEEDED, "neither of us needs this link any more");
    } else if (quiet.compareTo(pingInterval) >= 0 && !awaitsPong(link)) {
      ping(now, link, false, out);
    }
  }

  /// What was heard after the ping shows that the peer lives, and that its answer was lost.
  private static boolean awaitsPong(Link link) {
    return link.pinged != null && !link.heard.isAfter(link.pinged);
  }

  /// When [#acknowledge] has something to do.
  public Instant acknowledgeAt() {
    return ackAt;
  }

  /// When it looks for silence.
  public Instant watchAt() {
    return watchAt;
  }
}
