package io.pychain.core.admission;

import io.pychain.core.message.Bytes;
import io.pychain.core.message.Certificate;
import io.pychain.core.message.Lineage;
import io.pychain.core.message.NodeKey;
import io.pychain.core.message.Succession;
import io.pychain.core.ring.Guid;
import io.pychain.core.ring.Ring;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/// The table of a boot node: which key has which GUID, in which epoch, and by which invitation.
///
/// An invitation is spent by the certificate that it led to, which says so. So both are durable at
/// once, and every boot node learns of both from the member's record.
public final class Admission {
  /// Certificates promised and not yet on disk; more newcomers at a time have to ask again.
  public static final int PENDING_MAX = 4_096;

  /// Shortest time between two epochs of one member: an epoch is for ever, and everybody keeps a
  /// log for it.
  public static final Duration EPOCH_PAUSE = Duration.ofSeconds(10);

  /// By how many epochs a ban goes beyond the last that is known here: so it covers what another
  /// boot node has given meanwhile, or what the member has been given and keeps back, which is one
  /// epoch for each boot node.
  public static final int BEYOND = 64;

  private final Authority authority;
  private final Deck deck;

  /// By every key that a member has or had.
  private final TreeMap<NodeKey, Certificate> known = new TreeMap<>();

  private final TreeMap<NodeKey, Certificate> pending = new TreeMap<>();
  private final TreeMap<NodeKey, NodeKey> spent = new TreeMap<>();

  /// How many GUIDs of the [Deck] have been dealt.
  private int next;

  /// Signs in the authority's name.
  public interface Authority {
    /// Whether what it signs at that time is believed.
    boolean maySign(Instant now);

    /// Certifies that a GUID belongs to a key.
    Certificate certify(Allotment allotment, Instant issued);

    /// 32 bytes that no other but boot nodes can compute, always the same.
    Bytes secret();
  }

  /// What is certified.
  ///
  /// @param guid that is given
  /// @param epoch up to which its holder may publish
  /// @param keys of the holder
  /// @param invite that the holder came by
  public record Allotment(Guid guid, int epoch, Lineage keys, Optional<NodeKey> invite) {}

  /// What somebody who asks gets.
  public sealed interface Ruling {
    /// It has a certificate already, and that is on disk: tell it.
    ///
    /// @param certificate the proof
    record Known(Certificate certificate) implements Ruling {}

    /// It has a new certificate: write it down, then tell it.
    ///
    /// @param certificate the proof
    record Allocated(Certificate certificate) implements Ruling {}

    /// It has been given a certificate that is being written: wait for that.
    record Pending() implements Ruling {}

    /// Too many ask at a time, or the same too often: ask again.
    record Busy() implements Ruling {}

    /// The invitation has been used, by somebody else.
    record Spent() implements Ruling {}

    /// This boot node may sign for the authority no more.
    record Powerless() implements Ruling {}
  }

  /// Starts from the table on disk.
  public Admission(Authority authority, Iterable<Certificate> allocations) {
    this.authority = authority;
    this.deck = new Deck(authority.secret());
    allocations.forEach(this::learn);
  }

  /// Takes note of a certificate of this network's authority, wherever it came from: its GUID is
  /// never given again, and its key gets no other.
  ///
  /// @return whether this table would have given that GUID to somebody else
  public boolean learn(Certificate certificate) {
    boolean news = reserve(certificate.guid());
    for (NodeKey key : certificate.keys().all()) {
      known.merge(key, certificate, Admission::newer);
    }
    certificate.invite().ifPresent(invite -> spent.putIfAbsent(invite, certificate.key()));
    return news;
  }

  /// Leaves out so many GUIDs after the last known.
  public void leaveOut(int guids) {
    next += guids;
  }

  private static Certificate newer(Certificate one, Certificate other) {
    return other.replaces(one) ? other : one;
  }

  /// Notes that a GUID is in use, so that neither it nor what is dealt before it is given again.
  ///
  /// @return whether it would have been given to somebody else
  public boolean reserve(Guid guid) {
    if (Deck.isOfEarlierBlock(guid, next)) {
      return false;
    }
    int place = deck.place(guid);
    boolean news = place >= next;
    next = Math.max(next, place + 1);
    return news;
  }

  /// Decides about a newcomer that has proven to hold the key.
  ///
  /// @param invite that it has shown, if any
  public Ruling admit(Instant now, NodeKey key, Optional<NodeKey> invite) {
    Certificate held = known.get(key);
    if (held != null) {
      return new Ruling.Known(held);
    }
    if (invite.filter(id -> isSpent(id, key)).isPresent()) {
      return new Ruling.Spent();
    }
    if (next > Ring.GUID_MAX) {
      return new Ruling.Busy();
    }
    Ruling ruling =
        allocate(
            now,
            key,
            () ->
                authority.certify(
                    new Allotment(deck.guid(next++), 1, Lineage.of(key), invite), now));
    if (ruling instanceof Ruling.Allocated) {
      invite.ifPresent(id -> spent.put(id, key));
    }
    return ruling;
  }

  private boolean isSpent(NodeKey invite, NodeKey key) {
    NodeKey user = spent.get(invite);
    return user != null && !user.equals(key);
  }

  /// Decides about a member that may have lost the end of its log: it gets an epoch above all that
  /// it has ever had. Who asks again at once gets the same answer.
  ///
  /// Nobody has more than one that it has not shown, so that nobody can lay in a stock of epochs.
  ///
  /// @param held the certificate that it shows
  public Ruling renew(Instant now, Certificate held) {
    learn(held);
    Certificate newest = known.getOrDefault(held.key(), held);
    if (newest.epoch() > held.epoch()) {
      return new Ruling.Known(newest);
    }
    boolean last = newest.epoch() == Integer.MAX_VALUE;
    return last || newest.issued().plus(EPOCH_PAUSE).isAfter(now)
        ? new Ruling.Busy()
        : allocate(now, held.key(), () -> successor(now, newest, 1));
  }

  /// A certificate for a member that stands above all that it can have: to ban it, or to end that.
  /// Above the last epoch that there is stands nothing; who has got that far can be banned in it,
  /// for good, and by its number a ban outdoes all else there.
  public Certificate overrule(Instant now, Certificate held) {
    Certificate newest = newer(held, known.getOrDefault(held.key(), held));
    return successor(now, newest, BEYOND);
  }

  private Certificate successor(Instant now, Certificate before, int epochs) {
    int epoch = before.epoch() + Math.min(epochs, Integer.MAX_VALUE - before.epoch());
    return authority.certify(
        new Allotment(before.guid(), epoch, before.keys(), before.invite()), now);
  }

  /// Decides about a member whose certificate ends: it gets one of the same epoch that ends later,
  /// once a quarter of the time is over. Members ask at half of it, so clocks may differ.
  ///
  /// @param held the certificate that it shows
  public Ruling extend(Instant now, Certificate held) {
    learn(held);
    Certificate newest = known.getOrDefault(held.key(), held);
    if (newest.replaces(held)) {
      return new Ruling.Known(newest);
    }
    if (newest.afterShare(4).filter(now::isAfter).isEmpty()) {
      return new Ruling.Busy();
    }
    return allocate(
        now,
        held.key(),
        () ->
            authority.certify(
                new Allotment(newest.guid(), newest.epoch(), newest.keys(), newest.invite()), now));
  }

  /// Decides about a member that wants another key, and whose wish both keys have signed. The next
  /// key must be nobody's: neither now nor before.
  ///
  /// @param held the certificate that it shows
  public Ruling rotate(Instant now, Certificate held, Succession wish) {
    learn(held);
    Certificate newest = known.getOrDefault(held.key(), held);
    if (newest.epoch() > held.epoch()) {
      return new Ruling.Known(newest);
    }
    boolean due =
        wish.guid().equals(held.guid())
            && wish.former().equals(held.key())
            && wish.epoch() == held.epoch() + Succession.EPOCHS;
    boolean free = !known.containsKey(wish.next()) && !pending.containsKey(held.key());
    if (!due || !free || held.keys().isFull()) {
      return new Ruling.Busy();
    }
    return allocate(
        now,
        wish.next(),
        () ->
            authority.certify(
                new Allotment(
                    held.guid(), wish.epoch(), held.keys().followedBy(wish), held.invite()),
                now));
  }

  private Ruling allocate(Instant now, NodeKey key, Supplier<Certificate> maker) {
    if (!authority.maySign(now)) {
      return new Ruling.Powerless();
    }
    if (pending.containsKey(key)) {
      return new Ruling.Pending();
    }
    if (pending.size() >= PENDING_MAX) {
      return new Ruling.Busy();
    }
    Certificate fresh = maker.get();
    pending.put(key, fresh);
    return new Ruling.Allocated(fresh);
  }

  /// A certificate is on disk: its holder may be told.
  public void persisted(Certificate certificate) {
    pending.remove(certificate.key());
    learn(certificate);
  }

  /// The disk refused what was pending. Those GUIDs and epochs stay unused; who asked asks again.
  public void forgetWhatIsNotDurable() {
    pending.clear();
  }

  /// The newest certificate of the GUID that a key belongs to, or belonged to before it was
  /// replaced, if there is one.
  public Optional<Certificate> of(NodeKey key) {
    return Optional.ofNullable(known.get(key));
  }
}
