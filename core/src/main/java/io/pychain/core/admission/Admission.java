package io.pychain.core.admission;

import io.pychain.core.message.Certificate;
import io.pychain.core.message.NodeKey;
import io.pychain.core.ring.Guid;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;

/// The table of a boot node: which key has which GUID.
public final class Admission {
  /// GUIDs promised and not yet on disk; more newcomers at a time have to ask again.
  public static final int PENDING_MAX = 4_096;

  private final Authority authority;
  private final TreeMap<NodeKey, Certificate> durable = new TreeMap<>();
  private final TreeMap<NodeKey, Certificate> pending = new TreeMap<>();
  private int next;

  /// Signs certificates with the authority's key.
  public interface Authority {
    /// Certifies that a GUID belongs to a key, from epoch 1 on.
    Certificate certify(Guid guid, NodeKey key, Instant issued);
  }

  /// What a newcomer gets.
  public sealed interface Ruling {
    /// It has a GUID, and that is on disk: tell it.
    ///
    /// @param certificate the proof
    record Known(Certificate certificate) implements Ruling {}

    /// It has a new GUID: write it down, then tell it.
    ///
    /// @param certificate the proof
    record Allocated(Certificate certificate) implements Ruling {}

    /// It has been given a GUID that is being written: wait for that.
    record Pending() implements Ruling {}

    /// Too many ask at a time.
    record Busy() implements Ruling {}
  }

  /// Starts from the table on disk.
  public Admission(Authority authority, Iterable<Certificate> allocations) {
    this.authority = authority;
    allocations.forEach(certificate -> {
      durable.put(certificate.key(), certificate);
      reserve(certificate.guid());
    });
  }

  /// Notes that a GUID is in use, so that it is never given again.
  public void reserve(Guid guid) {
    next = Math.max(next, guid.value() + 1);
  }

  /// Decides about a newcomer that has proven to hold the key.
  public Ruling admit(Instant now, NodeKey key) {
    Certificate known = durable.get(key);
    if (known != null) {
      return new Ruling.Known(known);
    }
    if (pending.containsKey(key)) {
      return new Ruling.Pending();
    }
    if (pending.size() >= PENDING_MAX) {
      return new Ruling.Busy();
    }
    Certificate fresh = authority.certify(Guid.of(next++), key, now);
    pending.put(key, fresh);
    return new Ruling.Allocated(fresh);
  }

  /// An allocation is on disk: its holder may be told.
  public void persisted(Certificate certificate) {
    pending.remove(certificate.key());
    durable.put(certificate.key(), certificate);
  }

  /// The disk refused what was pending. Those GUIDs stay unused; the newcomers ask again.
  public void forgetWhatIsNotDurable() {
    pending.clear();
  }

  /// The certificate of a key, if it is on disk.
  public Optional<Certificate> of(NodeKey key) {
    return Optional.ofNullable(durable.get(key));
  }
}
