package io.pychain.core.protocol;

import io.pychain.core.Cast;
import io.pychain.core.failure.FailureConfig;
import io.pychain.core.message.Bytes;
import io.pychain.core.message.Message;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Settings and payloads for the tests of this room.
final class Props {
  private Props() {}

  /// Records in tests are numbered from 1, as if they had been made in 1970: none is too old here.
  static final ProtocolConfig CONFIG =
      ProtocolConfig.DEFAULT.with(
          FailureConfig.DEFAULT.with(3, Duration.ofDays(100_000), List.of()));

  static Identity identity(int guid) {
    return new Identity(
        Cast.NETWORK,
        Cast.record(guid, 1),
        Cast.signer(guid),
        guid == 0 ? Optional.of(Cast.MANDATE) : Optional.empty(),
        true);
  }

  static Message message(int bytes) {
    return new Message("text/plain", Bytes.wrap(new byte[bytes]));
  }
}
