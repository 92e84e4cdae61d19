package io.pychain.node;

import io.pychain.core.message.Certificate;
import io.pychain.core.message.Frame.NetworkInfo;
import io.pychain.core.message.NodeKey;
import io.pychain.core.ring.Guid;
import io.pychain.core.trust.Mandate;
import io.pychain.core.trust.Networks;
import io.pychain.core.trust.Signer;
import io.pychain.core.wire.RecordCodec;
import io.pychain.node.config.NodeConfig;
import io.pychain.node.keys.BootRights;
import io.pychain.node.keys.DelegationFile;
import io.pychain.node.keys.NodeKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/// By what a boot node signs for the authority: the authority's key in its own folder, or a
/// delegation, where that key lies in a safe.
///
/// @param network that it is for
/// @param mandate to sign
/// @param founding the certificate of GUID 0, if this node may begin the network now
/// @param file that the right comes from
record Office(NetworkInfo network, Mandate mandate, Optional<Certificate> founding, Path file) {
  private static final Guid FIRST = Guid.of(0);

  /// @param pinned the network that the folder is of, if it is of one
  /// @throws IOException if this node has no right to sign; the text says what to do
  static Office of(NodeConfig config, Optional<NetworkInfo> pinned, NodeKeys own)
      throws IOException {
    Path key = config.storageDir().resolve(BootRights.AUTHORITY_FILE);
    Office office =
        config.authorityDelegation().isPresent()
            ? byDelegation(config, config.authorityDelegation().get(), own)
            : byKey(config, key, pinned, own.key());
    if (config.authorityDelegation().isPresent() && Files.exists(key)) {
      throw new IOException(
          ("%s is here, and AUTHORITY_DELEGATION is set so that it need not be: move the key to a"
                  + " safe place, or unset AUTHORITY_DELEGATION")
              .formatted(key));
    }
    if (pinned.isPresent()) {
      office.checkSame(pinned.get());
    }
    return office;
  }

  private static Office byKey(
      NodeConfig config, Path file, Optional<NetworkInfo> pinned, NodeKey own) throws IOException {
    boolean founded = Files.exists(file);
    if (pinned.isPresent() && !founded) {
      throw new IOException(
          ("%s is missing: STORAGE_DIR is that of a client, or the key was lost. Put it back, set"
                  + " AUTHORITY_DELEGATION, or choose another folder")
              .formatted(file));
    }
    Signer authority = NodeKeys.loadOrCreate(file).signer();
    NetworkInfo network = new NetworkInfo(config.networkName(), authority.key());
    Mandate mandate = Mandate.ofAuthority(Networks.idOf(network), authority);
    Optional<Certificate> founding =
        founded ? Optional.empty() : Optional.of(first(network, own, authority, Instant.now()));
    return new Office(network, mandate, founding, file);
  }

  /// The certificate of GUID 0, by which a network begins.
  static Certificate first(NetworkInfo network, NodeKey own, Signer authority, Instant now) {
    return RecordCodec.certify(
        new RecordCodec.Grant(Networks.idOf(network), FIRST, 1, own, now), authority);
  }

  private static Office byDelegation(NodeConfig config, Path file, NodeKeys own)
      throws IOException {
    DelegationFile delegation =
        DelegationFile.load(file)
            .orElseThrow(() ->
                new IOException(
                    ("AUTHORITY_DELEGATION=%s is not there. The holder of the authority's key"
                            + " makes it by: pychain authority delegate --key %s --network %s")
                        .formatted(file, own.key(), config.networkName())));
    NetworkInfo network = new NetworkInfo(config.networkName(), delegation.authority());
    Mandate mandate = delegation.mandate(network, own);
    return new Office(network, mandate, delegation.founding(Instant.now()), file);
  }

  private void checkSame(NetworkInfo pinned) throws IOException {
    if (!pinned.authority().equals(network.authority())) {
      throw new IOException(
          "%s is not of the authority that founded this network (%s): put that one back"
              .formatted(file, pinned.authority()));
    }
    if (!pinned.name().equals(network.name())) {
      throw new IOException(
          ("NETWORK_NAME=%s: this folder founded the network \"%s\", whose name is part of"
                  + " its identity; set it back or choose another STORAGE_DIR")
              .formatted(network.name(), pinned.name()));
    }
  }
}
