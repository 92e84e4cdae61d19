package io.pychain.core.protocol;

import io.pychain.core.membership.Members;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.ring.Fingers;
import io.pychain.core.ring.Guid;
import io.pychain.core.ring.Partner;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/// Whom this node wants links to, and when it dials them.
///
/// Wanted are the first member of each arc and the nearest on either side. Who does not answer is
/// tried again ever more rarely; after some attempts the next in the arc is wanted as well, as a
/// backup, while the first is still tried now and then.
final class Dials {
  /// Dials under way at a time.
  static final int DIALLING_MAX = 16;

  /// Head start of the higher GUID where both ends want a link: mostly it is the newcomer, who
  /// knows of the other first.
  static final Duration HEAD_START = Duration.ofMillis(400);

  /// A link that lasts less than this counts like a dial that failed, for the next pause.
  static final Duration SHORT_LIFE = Duration.ofSeconds(2);

  /// A node without any link tries some members that it does not want links to, those that had left
  /// among them, so often: where all have gone and come back, no record that it holds is true any
  /// more.
  static final Duration LONELY = Duration.ofSeconds(2);

  /// How many it tries at a time.
  static final int LONELY_DIALS = 4;

  /// How long wanted partners may wait to be computed anew after the ring has changed.
  static final Duration SETTLE = Duration.ofMillis(20);

  private static final class Contact {
    int unresponsive;
    int pauses;
    boolean dialling;
    Instant retryAt;
    Optional<Instant> heard = Optional.empty();

    Contact(Instant retryAt) {
      this.retryAt = retryAt;
    }
  }

  private final Guid self;
  private final Fingers fingers;
  private final ProtocolConfig config;
  private final RandomGenerator random;
  private final TreeMap<Guid, Contact> contacts = new TreeMap<>();
  private final TreeMap<Guid, Partner> wanted = new TreeMap<>();
  private final TreeSet<Guid> dialling = new TreeSet<>();
  private Instant wantedAt = Instant.EPOCH;
  private Instant dialAt = Instant.MAX;
  private Instant lonelyAt = Instant.MAX;

  Dials(Guid self, Fingers fingers, ProtocolConfig config, RandomGenerator random) {
    this.self = self;
    this.fingers = fingers;
    this.config = config;
    this.random = random;
  }

  /// The ring, or who can be reached, has changed.
  void ringChanged(Instant now) {
    wantedAt = earlier(wantedAt, now.plus(SETTLE));
  }

  /// Those whom this node wants links to, by GUID.
  TreeMap<Guid, Partner> wanted() {
    return wanted;
  }

  /// Failed dials in a row.
  int unresponsive(Guid guid) {
    Contact contact = contacts.get(guid);
    return contact == null ? 0 : contact.unresponsive;
  }

  /// When something was last heard of a member over a link that is down by now.
  Optional<Instant> heard(Guid guid) {
    Contact contact = contacts.get(guid);
    return contact == null ? Optional.empty() : contact.heard;
  }

  /// A link to a member is up.
  void linked(Instant now, Guid guid, boolean dialled) {
    Contact contact = contact(now, guid);
    if (contact.unresponsive >= config.maxUnresponsive()) {
      ringChanged(now);
    }
    contact.unresponsive = 0;
    if (dialled) {
      contact.dialling = false;
      dialling.remove(guid);
      dialAt = earlier(dialAt, now);
    }
  }

  /// A link to a member is gone.
  void unlinked(Instant now, Links.Link link) {
    Contact contact = contact(now, link.guid);
    contact.heard = Optional.of(link.heard());
    boolean shortLived = link.since.plus(SHORT_LIFE).isAfter(now);
    contact.pauses = shortLived ? contact.pauses + 1 : 0;
    pause(now, contact);
  }

  /// A dial has failed.
  void failed(Instant now, Guid guid, boolean linked) {
    Contact contact = contact(now, guid);
    contact.dialling = false;
    dialling.remove(guid);
    if (!linked) {
      contact.pauses++;
      contact.unresponsive++;
      if (contact.unresponsive == config.maxUnresponsive()) {
        ringChanged(now);
      }
      pause(now, contact);
    }
    dialAt = earlier(dialAt, now);
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
    dialAt = earlier(dialAt, contact.retryAt);
  }

  /// Whom to dial now.
  List<Guid> due(Instant now, Links links, Members members) {
    if (!wantedAt.isAfter(now)) {
      wantedAt = Instant.MAX;
      want(now);
    }
    List<Guid> due = new ArrayList<>();
    if (isLonely(now, links, members)) {
      reachOut(now, links, members, due);
    }
    if (!dialAt.isAfter(now)) {
      dialAt = Instant.MAX;
      wanted.keySet().forEach(guid -> consider(now, guid, links, due));
    }
    return due;
  }

  private boolean isLonely(Instant now, Links links, Members members) {
    boolean alone = links.size() == 0 && members.size() > 1;
    if (alone && lonelyAt.equals(Instant.MAX)) {
      lonelyAt = wanted.isEmpty() ? now : now.plus(LONELY);
    } else if (!alone) {
      lonelyAt = Instant.MAX;
    }
    return !lonelyAt.isAfter(now);
  }

  private void reachOut(Instant now, Links links, Members members, List<Guid> due) {
    lonelyAt = now.plus(LONELY);
    List<Guid> others = new ArrayList<>();
    for (MemberRecord member : members.all()) {
      if (!member.guid().equals(self) && !wanted.containsKey(member.guid())) {
        others.add(member.guid());
      }
    }
    for (int i = 0; i < LONELY_DIALS && !others.isEmpty(); i++) {
      consider(now, others.remove(random.nextInt(others.size())), links, due);
    }
  }

  private void want(Instant now) {
    wanted.clear();
    for (Partner ideal : fingers.partners(self, config.neighbours(), _ -> true)) {
      wanted.put(ideal.peer(), ideal);
    }
    for (Partner able : fingers.partners(self, config.neighbours(), this::responds)) {
      wanted.putIfAbsent(able.peer(), able);
    }
    wanted.keySet().forEach(guid -> contacts.computeIfAbsent(guid, _ -> first(now, guid)));
    dialAt = now;
  }

  private boolean responds(Guid guid) {
    return unresponsive(guid) < config.maxUnresponsive();
  }

  private Contact first(Instant now, Guid guid) {
    boolean waits =
        self.compareTo(guid) < 0 && fingers.wants(guid, self, config.neighbours(), _ -> true);
    return new Contact(waits ? now.plus(HEAD_START) : now);
  }

  private void consider(Instant now, Guid guid, Links links, List<Guid> due) {
    Contact contact = contact(now, guid);
    if (links.isUp(guid) || contact.dialling) {
      return;
    }
    if (contact.retryAt.isAfter(now)) {
      dialAt = earlier(dialAt, contact.retryAt);
    } else if (dialling.size() < DIALLING_MAX) {
      contact.dialling = true;
      dialling.add(guid);
      due.add(guid);
    }
  }

  /// Whether every wanted link is up, and whom this node wants links to is not about to change.
  boolean areSettled(Links links) {
    return wantedAt.equals(Instant.MAX) && wanted.keySet().stream().allMatch(links::isUp);
  }

  /// Whether neither end has a use for a link to this member.
  boolean isUnneeded(Guid guid) {
    return !wanted.containsKey(guid) && !fingers.wants(guid, self, config.neighbours(), _ -> true);
  }

  Instant deadline() {
    return earlier(lonelyAt, earlier(wantedAt, dialAt));
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
