package io.pychain.core.protocol;

import io.pychain.core.admission.Admission;
import io.pychain.core.admission.Admission.Allotment;
import io.pychain.core.admission.CertificateConfig;
import io.pychain.core.message.Bytes;
import io.pychain.core.message.Certificate;
import io.pychain.core.message.NetworkId;
import io.pychain.core.message.OriginLimits;
import io.pychain.core.message.Parameters;
import io.pychain.core.trust.Mandate;
import io.pychain.core.wire.ParametersCodec;
import io.pychain.core.wire.RecordCodec;
import java.time.Instant;

/// A boot node signing for the authority.
///
/// @param network for which it speaks
/// @param mandate by which it may
/// @param config how long what it gives holds
record Certifier(NetworkId network, Mandate mandate, CertificateConfig config)
    implements Admission.Authority {
  @Override
  public boolean maySign(Instant now) {
    return !mandate.hasEnded(now);
  }

  @Override
  public Certificate certify(Allotment allotment, Instant issued) {
    return RecordCodec.certify(
        new RecordCodec.Grant(
            network,
            allotment.guid(),
            allotment.epoch(),
            allotment.keys(),
            issued,
            allotment.invite(),
            mandate.delegation(),
            config.end(issued)),
        mandate.signer());
  }

  /// Lays down parameters of the network.
  Parameters lay(long number, OriginLimits limits) {
    return ParametersCodec.seal(network, number, limits, mandate);
  }

  @Override
  public Bytes secret() {
    return mandate.secret();
  }
}
