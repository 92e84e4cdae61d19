package io.pychain.core.link;

import static io.pychain.core.Deadlines.earlier;

import io.pychain.core.link.Prospects.Outlook;
import io.pychain.core.ring.Fingers;
import io.pychain.core.ring.Guid;
import io.pychain.core.ring.Partner;
import io.pychain.core.ring.Partner.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Whom this node wants links to, and when it dials them.
///
/// Wanted are the first member of each arc, the nearest on either side, and some that are drawn by
/// lot. Who does not answer is tried again ever more rarely, and while it does not the next in its
/// arc are tried, more at a time the more links have been lost; see [Prospects].
public final class Dials {
  /// Dials under way at a time.
  static final int DIALLING_MAX = 64;

  /// Head start of the higher GUID where both ends want a link: mostly it is the newcomer, who
  /// knows of the other first. An anchor that this node does not want has it, too.
  static final Duration HEAD_START = Duration.ofMillis(400);

  /// A link that lasts less than this counts like a dial that failed, for the next pause.
  static final Duration SHORT_LIFE = Duration.ofSeconds(2);

  /// A node without any link tries some members that it does not want links to, those that had left
  /// among them, so often: where all have gone and come back, no record that it holds is true any
  /// more.
  static final Duration LONELY = Duration.ofSeconds(2);

  /// How many it tries at a time.
  static final int LONELY_DIALS = 4;

  /// How long wanted partners may wait to be computed anew after something has changed.
  public static final Duration SETTLE = Duration.ofMillis(20);

  /// After so long a dial counts as slow, and others are tried beside it, until it is known how
  /// long dials take here. Later it is twice as long as usual, within bounds.
  static final Duration SLOW = Duration.ofMillis(500);

  static final Duration SLOW_MIN = Duration.ofMillis(100);
  static final Duration SLOW_MAX = Duration.ofSeconds(1);

  /// Lost links remembered.
  static final int LOST_MAX = 64;

  /// For how long a link that was lost shows that many may have died.
  static final Duration ALARM = Duration.ofSeconds(2);

  private static final class Contact {
    int unresponsive;
    int pauses;
    boolean shaken;
    Optional<Instant> dialledAt = Optional.empty();
    Instant retryAt;
    Optional<Instant> heard = Optional.empty();

    Contact(Instant retryAt) {
      this.retryAt = retryAt;
    }
  }

  private final Guid self;
  private final Fingers fingers;
  private final Links links;
  private final Supplier<List<Guid>> known;
  private final LinkConfig config;
  private final RandomGenerator random;
  private final TreeMap<Guid, Contact> contacts = new TreeMap<>();
  private final TreeSet<Guid> dialling = new TreeSet<>();
  private final Deque<Instant> lost = new ArrayDeque<>();
  private final Prospects prospects;
  private final Acquaintances acquaintances;
  private final Predicate<Guid> silent;
  private final Faults faults;
  private final Anchors anchors;
  private SequencedMap<Guid, Partner> wanted = new LinkedHashMap<>();
  private Optional<Duration> usual = Optional.empty();
  private Instant wantedAt = Instant.EPOCH;
  private Instant slowAt = Instant.MAX;
  private Instant dialAt = Instant.MAX;
  private Instant lonelyAt = Instant.MAX;

  /// What it looks at.
  ///
  /// @param fingers whom the ring makes partners
  /// @param links who is linked
  /// @param faults who is kept away from
  /// @param anchors whom it turns to first
  /// @param silent whether a member that is linked says nothing any more
  /// @param known every member there is, those that have left included
  public record Sight(
      Fingers fingers,
      Links links,
      Faults faults,
      Anchors anchors,
      Predicate<Guid> silent,
      Supplier<List<Guid>> known) {}

  /// Wants nobody yet.
  public Dials(Guid self, Sight sight, LinkConfig config, RandomGenerator random) {
    this.self = self;
    this.fingers = sight.fingers();
    this.links = sight.links();
    this.faults = sight.faults();
    this.anchors = sight.anchors();
    this.silent = sight.silent();
    this.known = sight.known();
    this.config = config;
    this.random = random;
    this.prospects = new Prospects(self, fingers, config.neighbours());
    this.acquaintances = new Acquaintances(self, fingers.ring());
  }

  /// The ring, or who can be reached, has changed.
  public void ringChanged(Instant now) {
    wantedAt = earlier(wantedAt, now.plus(SETTLE));
  }

  /// Those whom this node wants links to, clockwise from it.
  public SequencedMap<Guid, Partner> wanted() {
    return wanted;
  }

  /// Failed dials in a row.
  public int unresponsive(Guid guid) {
    Contact contact = contacts.get(guid);
    return contact == null ? 0 : contact.unresponsive;
  }

  /// When something was last heard of a member over a link that is down by now.
  public Optional<Instant> heard(Guid guid) {
    Contact contact = contacts.get(guid);
    return contact == null ? Optional.empty() : contact.heard;
  }

  /// A link to a member is up.
  public void linked(Instant now, Guid guid, boolean dialled) {
    Contact contact = contact(now, guid);
    contact.unresponsive = 0;
    if (contact.shaken || !lost.isEmpty()) {
      contact.shaken = false;
      ringChanged(now);
    }
    if (dialled) {
      contact.dialledAt.ifPresent(since -> took(Duration.between(since, now)));
      contact.dialledAt = Optional.empty();
      dialling.remove(guid);
      dialAt = earlier(dialAt, now);
    }
  }

  /// Follows slower dials at once and faster ones slowly.
  private void took(Duration sample) {
    usual =
        Optional.of(
            usual
                .map(before -> before.plus(sample.minus(before).dividedBy(8)))
                .filter(before -> before.compareTo(sample) > 0)
                .orElse(sample));
  }

  private Duration slow() {
    Duration twice = usual.map(before -> before.multipliedBy(2)).orElse(SLOW);
    Duration atLeast = twice.compareTo(SLOW_MIN) > 0 ? twice : SLOW_MIN;
    return atLeast.compareTo(SLOW_MAX) < 0 ? atLeast : SLOW_MAX;
  }

  /// A link to a member is gone.
  public void unlinked(Instant now, Links.Link link) {
    Contact contact = contact(now, link.guid());
    contact.heard = Optional.of(link.heard());
    boolean shortLived = link.since().plus(SHORT_LIFE).isAfter(now);
    contact.pauses = shortLived ? contact.pauses + 1 : 0;
    pause(now, contact);
    lost(now);
  }

  /// A member that is linked has fallen silent.
  public void fellSilent(Instant now) {
    lost(now);
  }

  private void lost(Instant now) {
    lost.add(now);
    if (lost.size() > LOST_MAX) {
      lost.remove();
    }
    ringChanged(now);
  }

  /// A link to a member has come up, and is none of those that are kept.
  public void turnedAway(Instant now, Guid guid) {
    Contact contact = contact(now, guid);
    contact.dialledAt = Optional.empty();
    dialling.remove(guid);
    contact.unresponsive = 0;
    contact.pauses++;
    pause(now, contact);
  }

  /// A dial has failed.
  public void failed(Instant now, Guid guid) {
    Contact contact = contact(now, guid);
    contact.dialledAt = Optional.empty();
    dialling.remove(guid);
    if (!links.isUp(guid)) {
      contact.pauses++;
      contact.unresponsive++;
      pause(now, contact);
      ringChanged(now);
    }
    dialAt = earlier(dialAt, now);
  }

  /// Takes a member to be dialled now, whatever pause it is in: somebody needs to know whether it
  /// lives.
  ///
  /// @return false if it is being dialled already, or too many are
  public boolean probe(Instant now, Guid guid) {
    Contact contact = contact(now, guid);
    boolean free = contact.dialledAt.isEmpty() && dialling.size() < DIALLING_MAX;
    if (free) {
      start(now, guid, contact);
    }
    return free;
  }

  private void start(Instant now, Guid guid, Contact contact) {
    contact.dialledAt = Optional.of(now);
    dialling.add(guid);
    slowAt = earlier(slowAt, now.plus(slow()));
  }

  private Contact contact(Instant now, Guid guid) {
    return contacts.computeIfAbsent(guid, _ -> new Contact(now));
  }

  /// Doubles with each failure, and is drawn from its upper half, so that nodes spread out.
  private void pause(Instant now, Contact contact) {
    int doublings = Math.min(contact.pauses, 16);
    long longest = config.redialMin().toMillis() << doublings;
    long pause = Math.max(2, Math.min(longest, config.redialMax().toMillis()));
    contact.retryAt = now.plusMillis(pause / 2 + random.nextLong(pause / 2));
    contact.shaken = true;
    dialAt = earlier(dialAt, contact.retryAt);
  }

  /// Whom to dial now.
  public List<Guid> due(Instant now) {
    if (acquaintances.look(now) || !wantedAt.isAfter(now) || !slowAt.isAfter(now)) {
      wantedAt = Instant.MAX;
      slowAt = Instant.MAX;
      want(now);
    }
    List<Guid> due = new ArrayList<>();
    if (isLonely(now)) {
      reachOut(now, due);
    }
    if (!dialAt.isAfter(now)) {
      dialAt = Instant.MAX;
      anchors.untried().forEach(guid -> consider(now, guid, due));
      wanted.keySet().forEach(guid -> consider(now, guid, due));
    }
    return due;
  }

  private boolean isLonely(Instant now) {
    if (links.size() > 0) {
      lonelyAt = Instant.MAX;
    } else if (lonelyAt.equals(Instant.MAX) && known.get().size() > 1) {
      lonelyAt = wanted.isEmpty() ? now : now.plus(LONELY);
    }
    return !lonelyAt.isAfter(now);
  }

  private void reachOut(Instant now, List<Guid> due) {
    lonelyAt = now.plus(LONELY);
    List<Guid> others = new ArrayList<>(known.get());
    others.removeIf(guid -> guid.equals(self) || wanted.containsKey(guid));
    for (int i = 0; i < LONELY_DIALS && !others.isEmpty(); i++) {
      consider(now, others.remove(random.nextInt(others.size())), due);
    }
  }

  private void want(Instant now) {
    while (!lost.isEmpty() && !lost.element().plus(ALARM).isAfter(now)) {
      lost.remove();
    }
    int alive = Math.max(1, links.size());
    int abreast = Math.min(Prospects.ABREAST_MAX, 1 + (lost.size() + alive / 2) / alive);
    wanted = prospects.choose(acquaintances.drawn(), guid -> outlook(now, guid), abreast);
    anchors.untried().forEach(guid -> contacts.computeIfAbsent(guid, _ -> first(now, guid)));
    wanted.keySet().forEach(guid -> contacts.computeIfAbsent(guid, _ -> first(now, guid)));
    dialAt = now;
  }

  private Outlook outlook(Instant now, Guid guid) {
    if (links.isUp(guid)) {
      return silent.test(guid) ? Outlook.TRIED : Outlook.LINKED;
    }
    if (faults.away(now, guid).isPresent()) {
      return Outlook.TRIED;
    }
    Contact contact = contacts.get(guid);
    return contact == null || isOpen(now, contact) ? Outlook.OPEN : Outlook.TRIED;
  }

  private boolean isOpen(Instant now, Contact contact) {
    if (contact.dialledAt.isPresent()) {
      return contact.dialledAt.get().plus(slow()).isAfter(now);
    }
    boolean pausing = contact.shaken && contact.retryAt.isAfter(now);
    return !pausing && contact.unresponsive < config.maxUnresponsive();
  }

  private Contact first(Instant now, Guid guid) {
    boolean both = fingers.wants(guid, self, config.neighbours(), _ -> true);
    boolean waits = !wanted.containsKey(guid) || (both && self.compareTo(guid) < 0);
    return new Contact(waits ? now.plus(HEAD_START) : now);
  }

  private void consider(Instant now, Guid guid, List<Guid> due) {
    Contact contact = contact(now, guid);
    if (links.isUp(guid) || contact.dialledAt.isPresent()) {
      return;
    }
    Instant retryAt = faults.away(now, guid).map(Faults.Away::until).orElse(contact.retryAt);
    if (retryAt.isAfter(now)) {
      dialAt = earlier(dialAt, retryAt);
    } else if (dialling.size() < DIALLING_MAX) {
      start(now, guid, contact);
      due.add(guid);
    }
  }

  /// Whether every link that the ring asks for is up, and whom this node wants links to is not
  /// about to change. Nobody needs to wait for those that are drawn by lot.
  public boolean areSettled() {
    return wantedAt.equals(Instant.MAX)
        && wanted.values().stream()
            .allMatch(one -> links.isUp(one.peer()) || one.isOnly(Kind.ACQUAINTANCE));
  }

  /// Whether neither end has a use for a link to this member.
  public boolean isUnneeded(Instant now, Guid guid) {
    return !wanted.containsKey(guid)
        && !fingers.wants(guid, self, config.neighbours(), _ -> true)
        && !acquaintances.mayHaveDrawnUs(now, guid);
  }

  /// Whether the ring as it is now, and the lots as they may be, ask neither end for a link to this
  /// member.
  public boolean isUnasked(Instant now, Guid guid) {
    return isUnneeded(now, guid) && !fingers.wants(self, guid, config.neighbours(), _ -> true);
  }

  /// Whether this member and this node are acquainted: one may have drawn the other.
  public boolean isDrawn(Instant now, Guid guid) {
    return acquaintances.drawn().contains(guid) || acquaintances.mayHaveDrawnUs(now, guid);
  }

  /// When [#due] has something to say.
  public Instant deadline() {
    Instant next = earlier(acquaintances.deadline(), earlier(lonelyAt, slowAt));
    return earlier(next, earlier(wantedAt, dialAt));
  }
}
