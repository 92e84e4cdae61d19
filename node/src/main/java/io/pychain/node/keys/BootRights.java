package io.pychain.node.keys;

import io.pychain.core.message.Frame.NetworkInfo;
import io.pychain.core.trust.Mandate;
import io.pychain.core.trust.Networks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// What is beside a boot node on its disk, for a command that signs as it would.
public final class BootRights {
  /// The file of the authority's key, in a boot node's STORAGE_DIR.
  public static final String AUTHORITY_FILE = "authority-key";

  /// The file of a node's own key, in its STORAGE_DIR.
  public static final String KEY_FILE = "node-key";

  private BootRights() {}

  /// The right to sign for the authority.
  ///
  /// @param delegation AUTHORITY_DELEGATION, if set
  /// @param network that the node is in
  /// @throws IOException if there is none, or it is of another network; the text says what to do
  public static Mandate of(Path storageDir, Optional<Path> delegation, NetworkInfo network)
      throws IOException {
    return delegation.isPresent()
        ? delegated(storageDir, delegation.get(), network)
        : own(storageDir.resolve(AUTHORITY_FILE), network);
  }

  private static Mandate own(Path file, NetworkInfo network) throws IOException {
    NodeKeys authority = NodeKeys.load(file).orElseThrow(() -> missing(file));
    if (!authority.key().equals(network.authority())) {
      throw new IOException(
          "the node at --api is in another network than the authority's key in STORAGE_DIR: name"
              + " the API and the STORAGE_DIR of the same boot node");
    }
    return Mandate.ofAuthority(Networks.idOf(network), authority.signer());
  }

  private static Mandate delegated(Path storageDir, Path file, NetworkInfo network)
      throws IOException {
    DelegationFile delegation = DelegationFile.load(file).orElseThrow(() -> missing(file));
    Path key = storageDir.resolve(KEY_FILE);
    return delegation.mandate(network, NodeKeys.load(key).orElseThrow(() -> missing(key)));
  }

  private static IOException missing(Path file) {
    return new IOException(
        file
            + " is not there: run this where a boot node is, and name its STORAGE_DIR, and"
            + " AUTHORITY_DELEGATION if it has one");
  }
}
