package io.pychain.core.admission;

import io.pychain.core.Cast;
import io.pychain.core.admission.Admission.Allotment;
import io.pychain.core.message.Bytes;
import io.pychain.core.message.Certificate;
import io.pychain.core.trust.Networks;
import io.pychain.core.wire.RecordCodec;
import java.time.Instant;
import java.util.Optional;

/// The authority of the tests' network.
final class TestAuthority implements Admission.Authority {
  @Override
  public Certificate certify(Allotment allotment, Instant issued) {
    return RecordCodec.certify(
        new RecordCodec.Grant(
            Networks.idOf(Cast.NETWORK),
            allotment.guid(),
            allotment.epoch(),
            allotment.keys(),
            issued,
            allotment.invite(),
            Optional.empty(),
            Optional.empty()),
        Cast.AUTHORITY);
  }

  @Override
  public boolean maySign(Instant now) {
    return true;
  }

  @Override
  public Bytes secret() {
    return Bytes.fromHex("5e".repeat(32));
  }
}
