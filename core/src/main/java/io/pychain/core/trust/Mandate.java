package io.pychain.core.trust;

import io.pychain.core.message.Bytes;
import io.pychain.core.message.Delegation;
import io.pychain.core.message.NetworkId;
import java.time.Instant;
import java.util.Optional;

/// The right to sign in the authority's name: its own key, or that of a boot node which it has
/// delegated to.
///
/// @param signer whose signature it will be
/// @param delegation by which the signer may, unless it is the authority itself
/// @param secret 32 bytes that order the GUIDs dealt: the same in all boot nodes of a network, and
///   known to them only
public record Mandate(Signer signer, Optional<Delegation> delegation, Bytes secret) {
  private static final Bytes DEALING = Bytes.utf8("in which order GUIDs are dealt");

  /// That of the authority itself.
  public static Mandate ofAuthority(NetworkId network, Signer authority) {
    return new Mandate(authority, Optional.empty(), secretOf(network, authority));
  }

  /// The hash of a signature that is shown to nobody: the same whenever it is made, and nobody else
  /// makes it.
  private static Bytes secretOf(NetworkId network, Signer authority) {
    byte[] signature = authority.sign(Domain.SECRET.statement(network, DEALING));
    return Sha256.of(Bytes.wrap(signature)).bytes();
  }

  /// Whether nothing that is signed by it now would be believed.
  public boolean hasEnded(Instant now) {
    return delegation.filter(until -> until.hasEnded(now)).isPresent();
  }

  /// Without the secret.
  @Override
  public String toString() {
    return "Mandate(" + signer.key() + ")";
  }
}
