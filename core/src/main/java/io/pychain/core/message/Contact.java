package io.pychain.core.message;

import java.util.List;

/// What a member says of itself, signed by its own key and numbered, the newest valid everywhere.
/// Whether it is banned, the authority says in its place.
///
/// @param number rises with every change: at least the one before plus 1, and never below the
///   member's clock in Unix seconds, so that it also rises past what a lost disk had reached. The
///   highest there is stands for a ban, so that nothing that the member says outdoes it
/// @param addresses where it takes links, best first; at most 8
/// @param capabilities what it can do, sorted; at most 32 words. [#BOOT] marks a boot node
/// @param version of its software, at most 64 characters
/// @param protocol the versions it speaks
/// @param status whether it takes part
public record Contact(
    long number,
    List<Address> addresses,
    List<String> capabilities,
    String version,
    ProtocolRange protocol,
    Status status) {
  /// Number of every ban, and of nothing else.
  public static final long REVOCATION = Long.MAX_VALUE;

  /// The version of the protocol from which on the authority may speak in a member's place. Who
  /// speaks less would take that for a forgery, and is not told.
  public static final int RULINGS_SINCE = 2;

  /// Capability of a node that admits others.
  public static final String BOOT = "boot";

  /// Most addresses in one record.
  public static final int ADDRESSES_MAX = 8;

  /// Most capabilities in one record, in words.
  public static final int CAPABILITIES_MAX = 32;

  /// Longest word or version, in characters.
  public static final int WORD_LENGTH_MAX = 64;

  /// Whether a member takes part.
  public enum Status {
    /// It takes part.
    ACTIVE,
    /// It left of its own will; nobody dials it until a newer record says otherwise.
    LEFT,
    /// Banned by the authority, with all its epochs up to that of the certificate: nobody links to
    /// it or takes anything of its logs. Only a later epoch undoes it.
    REVOKED,
    /// The authority has lifted the ban and given it a later epoch; it has yet to come back.
    PARDONED;

    /// Whether the authority says so, and not the member.
    public boolean isOfAuthority() {
      return this == REVOKED || this == PARDONED;
    }
  }

  /// What the authority says of the member in its place: nothing but whether it is in.
  ///
  /// @param verdict a status that is the authority's to say
  public Contact ruled(long number, Status verdict) {
    return new Contact(number, List.of(), List.of(), "", protocol, verdict);
  }

  /// @throws IllegalArgumentException if a limit is broken
  public Contact {
    addresses = List.copyOf(addresses);
    capabilities = capabilities.stream().sorted().distinct().toList();
    boolean words = capabilities.stream().allMatch(word -> word.length() <= WORD_LENGTH_MAX);
    if (number < 1
        || addresses.size() > ADDRESSES_MAX
        || capabilities.size() > CAPABILITIES_MAX
        || !words
        || version.length() > WORD_LENGTH_MAX) {
      throw new IllegalArgumentException("a contact over its limits");
    }
  }

  /// Whether the highest number and a ban go together, as they must. Who speaks version 1 knows
  /// nothing of that: it keeps what breaks it, and passes it on in good faith.
  public boolean isRegular() {
    return (number == REVOCATION) == (status == Status.REVOKED);
  }
}
