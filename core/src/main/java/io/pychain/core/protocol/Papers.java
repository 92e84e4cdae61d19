package io.pychain.core.protocol;

import io.pychain.core.message.Certificate;
import io.pychain.core.message.Contact;
import io.pychain.core.message.Contact.Status;
import io.pychain.core.message.LogId;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.ring.Guid;
import io.pychain.core.trust.Signer;
import io.pychain.core.wire.RecordCodec;
import java.time.Instant;

/// This node's own papers as they stand: the certificate of its GUID and epoch, and the record that
/// it has last signed. Each one that is signed replaces the one before, everywhere.
final class Papers {
  private final Signer signer;
  private MemberRecord record;

  Papers(Identity identity) {
    this.signer = identity.signer();
    this.record = identity.record();
  }

  Guid guid() {
    return record.guid();
  }

  /// As it was last signed.
  MemberRecord record() {
    return record;
  }

  Certificate certificate() {
    return record.certificate();
  }

  /// The log that this node may publish in: that of its certificate's epoch.
  LogId log() {
    return new LogId(record.guid(), record.certificate().epoch());
  }

  Signer signer() {
    return signer;
  }

  /// Whether a record of this node is newer than its own: one of a run that this disk does not
  /// remember.
  boolean areOlderThan(MemberRecord held) {
    return held.newerThan(record);
  }

  /// Signs the same anew, with this status.
  MemberRecord sign(Instant now, Status status) {
    return sign(now, record.certificate(), record.number(), status);
  }

  /// Signs the same anew, so that it replaces a record of this node that is newer than its own: one
  /// of a run that this disk does not remember.
  MemberRecord outdo(Instant now, MemberRecord later) {
    return sign(now, record.certificate(), later.number(), record.contact().status());
  }

  /// Signs the same anew under another certificate of this node.
  ///
  /// @param after number of a record under that certificate that it is to replace; 0 if none is
  MemberRecord moveTo(Instant now, Certificate certificate, long after) {
    return sign(now, certificate, after, record.contact().status());
  }

  private MemberRecord sign(Instant now, Certificate certificate, long after, Status status) {
    Contact said = record.contact();
    long highest = Math.min(Math.max(after, record.number()), Contact.REVOCATION - 2);
    Contact contact =
        new Contact(
            Math.max(highest + 1, now.getEpochSecond()),
            said.addresses(),
            said.capabilities(),
            said.version(),
            said.protocol(),
            status);
    record = RecordCodec.sign(certificate, contact, signer);
    return record;
  }
}
