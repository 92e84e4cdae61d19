package io.pychain.core.message;

/// Which network: SHA-256 over the authority's key and the network's name.
///
/// @param digest the hash
public record NetworkId(Digest digest) {
  @Override
  public String toString() {
    return digest.toString();
  }
}
