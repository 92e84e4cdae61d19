package io.pychain.core.admission;

import io.pychain.core.message.Certificate;
import io.pychain.core.message.NodeKey;
import io.pychain.core.ring.Guid;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/// The table of a boot node: which key has which GUID, in which epoch.
public final class Admission {
  /// Certificates promised and not yet on disk; more newcomers at a time have to ask again.
  public static final int PENDING_MAX = 4_096;

  /// Shortest time between two epochs of one member: an epoch is for ever, and everybody keeps a
  /// log for it.
  public static final Duration EPOCH_PAUSE = Duration.ofSeconds(10);

  private final Authority authority;
  private final TreeMap<NodeKey, Certificate> known = new TreeMap<>();
  private final TreeMap<NodeKey, Certificate> pending = new TreeMap<>();
  private int next;

  /// Signs certificates with the authority's key.
  public interface Authority {
    /// Certifies that a GUID belongs to a key, which may publish in epochs up to this one.
    Certificate certify(Guid guid, int epoch, NodeKey key, Instant issued);
  }

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
  }

  /// Starts from the table on disk.
  public Admission(Authority authority, Iterable<Certificate> allocations) {
    this.authority = authority;
    allocations.forEach(this::learn);
  }

  /// Takes note of a certificate of this network's authority, wherever it came from: its GUID is
  /// never given again, and its key gets no other.
  ///
  /// @return whether this table would have given that GUID to somebody else
  public boolean learn(Certificate certificate) {
    boolean news = certificate.guid().value() >= next;
    reserve(certificate.guid());
    known.merge(certificate.key(), certificate, Admission::newer);
    return news;
  }

  /// Leaves out so many GUIDs above the highest known.
  public void leaveOut(int guids) {
    next += guids;
  }

  private static Certificate newer(Certificate one, Certificate other) {
    return other.epoch() > one.epoch() ? other : one;
  }

  /// Notes that a GUID is in use, so that it is never given again.
  public void reserve(Guid guid) {
    next = Math.max(next, guid.value() + 1);
  }

  /// Decides about a newcomer that has proven to hold the key.
  public Ruling admit(Instant now, NodeKey key) {
    Certificate held = known.get(key);
    if (held != null) {
      return new Ruling.Known(held);
    }
    return allocate(key, () -> authority.certify(Guid.of(next++), 1, key, now));
  }

  /// Decides about a member that may have lost the end of its log: it gets an epoch above all that
  /// it has ever had. Who asks again at once gets the same answer.
  ///
  /// @param held the certificate that it shows
  public Ruling renew(Instant now, Certificate held) {
    learn(held);
    Certificate newest = known.getOrDefault(held.key(), held);
    if (newest.issued().plus(EPOCH_PAUSE).isAfter(now)) {
      return newest.epoch() > held.epoch() ? new Ruling.Known(newest) : new Ruling.Busy();
    }
    return allocate(
        held.key(), () -> authority.certify(newest.guid(), newest.epoch() + 1, newest.key(), now));
  }

  private Ruling allocate(NodeKey key, Supplier<Certificate> maker) {
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

  /// The newest certificate of a key that is known, if there is one.
  public Optional<Certificate> of(NodeKey key) {
    return Optional.ofNullable(known.get(key));
  }
}
