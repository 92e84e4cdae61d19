package io.pychain.core.protocol;

import io.pychain.core.Cast;
import io.pychain.core.message.Address;
import io.pychain.core.message.Bytes;
import io.pychain.core.message.Message;
import io.pychain.core.ring.Base;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Settings and payloads for the tests of this room.
final class Props {
  private Props() {}

  static final ProtocolConfig CONFIG =
      new ProtocolConfig(
          Base.of(4),
          2,
          List.of(new Address("here", 9000)),
          "1.0",
          Duration.ofSeconds(60),
          Duration.ofSeconds(30),
          Duration.ofMillis(250),
          Duration.ofMillis(100),
          Duration.ofSeconds(2),
          Duration.ofSeconds(5),
          Duration.ofSeconds(15),
          3,
          Duration.ofMillis(250),
          Duration.ofSeconds(30),
          256 << 10,
          2_048,
          1 << 20,
          16 << 20,
          64 << 20,
          16 << 20);

  static Identity identity(int guid) {
    return new Identity(
        Cast.NETWORK,
        Cast.record(guid, 1),
        Cast.signer(guid),
        guid == 0 ? Optional.of(Cast.AUTHORITY) : Optional.empty());
  }

  static Message message(int bytes) {
    return new Message("text/plain", Bytes.wrap(new byte[bytes]));
  }
}
