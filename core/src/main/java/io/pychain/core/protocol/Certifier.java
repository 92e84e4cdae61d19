package io.pychain.core.protocol;

import io.pychain.core.admission.Admission;
import io.pychain.core.admission.Admission.Allotment;
import io.pychain.core.message.Bytes;
import io.pychain.core.message.Certificate;
import io.pychain.core.message.NetworkId;
import io.pychain.core.trust.Domain;
import io.pychain.core.trust.Sha256;
import io.pychain.core.trust.Signer;
import io.pychain.core.wire.RecordCodec;
import java.time.Instant;

/// The authority's key at work in a boot node.
///
/// @param network for which it speaks
/// @param authority its key
record Certifier(NetworkId network, Signer authority) implements Admission.Authority {
  private static final Bytes DEALING = Bytes.utf8("in which order GUIDs are dealt");

  @Override
  public Certificate certify(Allotment allotment, Instant issued) {
    return RecordCodec.certify(
        new RecordCodec.Grant(
            network,
            allotment.guid(),
            allotment.epoch(),
            allotment.key(),
            issued,
            allotment.invite()),
        authority);
  }

  /// A signature that is shown to nobody: the same whenever it is made, and nobody else makes it.
  @Override
  public Bytes secret() {
    byte[] signature = authority.sign(Domain.SECRET.statement(network, DEALING));
    return Sha256.of(Bytes.wrap(signature)).bytes();
  }
}
