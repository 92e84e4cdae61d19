package io.pychain.core.membership;

import io.pychain.core.message.Contact.Status;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.ring.Guid;
import io.pychain.core.ring.Ring;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The newest record of every member, indexed by its dense GUID.
public final class Members {
  private final List<@Nullable MemberRecord> records = new ArrayList<>();
  private final Ring ring = new Ring();
  private final BitSet dead = new BitSet();
  private final BitSet forgotten = new BitSet();
  private int size;

  /// What an offered record came to.
  public enum Outcome {
    /// The first record of this member; taken.
    NEW,
    /// Newer than the one held; taken.
    NEWER,
    /// Held already, or older; nothing changed.
    KNOWN,
    /// The GUID is bound to another key here; nothing changed. Only a faulty authority does that.
    CONFLICT
  }

  /// Takes a verified record if it is news.
  public Outcome offer(MemberRecord record) {
    Guid guid = record.guid();
    MemberRecord held = get(guid);
    if (held != null && !canFollow(held, record)) {
      return Outcome.CONFLICT;
    }
    if (held != null && !record.newerThan(held)) {
      return Outcome.KNOWN;
    }
    put(record);
    return held == null ? Outcome.NEW : Outcome.NEWER;
  }

  /// A ruling stands whatever keys the boot node knew of when it made it.
  private static boolean canFollow(MemberRecord held, MemberRecord record) {
    return record.contact().status().isOfAuthority()
        || held.certificate().keys().agreesWith(record.certificate().keys());
  }

  private void put(MemberRecord record) {
    Guid guid = record.guid();
    while (records.size() <= guid.value()) {
      records.add(null);
    }
    if (records.set(guid.value(), record) == null) {
      size++;
    }
    dead.clear(guid.value());
    forgotten.clear(guid.value());
    place(guid);
  }

  private void place(Guid guid) {
    if (takesPart(guid) && !isDead(guid)) {
      ring.add(guid);
    } else {
      ring.remove(guid);
    }
  }

  /// Takes a member off the ring, as dead, until a newer record of it comes or it is [#revive]d.
  public void bury(Guid guid) {
    dead.set(guid.value());
    place(guid);
  }

  /// Takes a member for alive again: it was not found dead after all.
  public void revive(Guid guid) {
    dead.clear(guid.value());
    place(guid);
  }

  /// Counts a member no longer, until a newer record of it comes. What it has signed can still be
  /// verified.
  public void forget(Guid guid) {
    forgotten.set(guid.value());
    place(guid);
  }

  /// Whether a member is held to be dead.
  public boolean isDead(Guid guid) {
    return dead.get(guid.value());
  }

  /// How many members are held to be dead.
  public int deaths() {
    return dead.cardinality();
  }

  /// Whether nothing has been heard of a member for so long that it counts no more.
  public boolean isForgotten(Guid guid) {
    return forgotten.get(guid.value());
  }

  /// Whether a member is one of the network, dead or alive: it is known, has not left and is not
  /// forgotten.
  public boolean takesPart(Guid guid) {
    MemberRecord record = get(guid);
    return record != null && record.contact().status() == Status.ACTIVE && !isForgotten(guid);
  }

  /// Whether a member is banned, so that nothing is taken of it and nobody links to it.
  public boolean isRevoked(Guid guid) {
    MemberRecord record = get(guid);
    return record != null && record.isRevoked();
  }

  /// The record of a member, if there is one.
  public Optional<MemberRecord> of(Guid guid) {
    return Optional.ofNullable(get(guid));
  }

  private @Nullable MemberRecord get(Guid guid) {
    return guid.value() < records.size() ? records.get(guid.value()) : null;
  }

  /// Whether this member is known.
  public boolean contains(Guid guid) {
    return get(guid) != null;
  }

  /// How many members are known, those that left or are forgotten included.
  public int size() {
    return size;
  }

  /// All records, by GUID.
  public List<MemberRecord> all() {
    return records.stream().filter(Objects::nonNull).toList();
  }

  /// Every member, by GUID, those that left or are forgotten included.
  public List<Guid> guids() {
    return records.stream().filter(Objects::nonNull).map(MemberRecord::guid).toList();
  }

  /// Every member that may be found at an address, by GUID: those that left or are forgotten may
  /// have come back; who is banned may not.
  public List<Guid> addressed() {
    return records.stream()
        .filter(Objects::nonNull)
        .filter(record -> !record.contact().addresses().isEmpty())
        .map(MemberRecord::guid)
        .toList();
  }

  /// Those who take part and are not dead. Changes with this table; not to be changed by others.
  public Ring ring() {
    return ring;
  }
}
