package io.pychain.core.message;

import io.pychain.core.ring.Guid;

/// A member as everybody knows it: the authority's certificate and the member's own signed contact;
/// of one that is banned, or has been pardoned and not come back yet, what the authority says.
///
/// @param certificate that binds GUID and key
/// @param contact what the member says of itself
/// @param sealed the contact's signed bytes; the signature covers the certificate too
public record MemberRecord(Certificate certificate, Contact contact, Sealed sealed) {
  /// Whose record.
  public Guid guid() {
    return certificate.guid();
  }

  /// The member's key.
  public NodeKey key() {
    return certificate.key();
  }

  /// The contact's number: the newest wins.
  public long number() {
    return contact.number();
  }

  /// The version of the protocol that it came with: who speaks an older one takes what the
  /// authority says in a member's place, and a second key, for forgeries.
  public int since() {
    boolean plain = !contact.status().isOfAuthority() && certificate.keys().former().isEmpty();
    return plain ? 1 : 2;
  }

  /// Whether it bans the member, in all epochs up to that of the certificate.
  public boolean isRevoked() {
    return contact.status() == Contact.Status.REVOKED;
  }

  /// Whether this replaces the other: a higher epoch, or the same and a higher number.
  public boolean newerThan(MemberRecord other) {
    int epochs = Integer.compare(certificate.epoch(), other.certificate.epoch());
    return epochs > 0 || (epochs == 0 && number() > other.number());
  }

  /// Size of the sealed bytes, in bytes.
  public int length() {
    return certificate.sealed().length() + sealed.length();
  }
}
