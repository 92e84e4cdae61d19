package io.pychain.simulator.world;

import io.pychain.core.message.Address;
import io.pychain.core.protocol.ProtocolConfig;
import io.pychain.core.ring.Base;
import java.time.Duration;
import java.util.List;

/// The protocol as it is configured where nobody says otherwise.
public final class Defaults {
  private Defaults() {}

  /// A node that takes links at this address.
  public static ProtocolConfig protocol(Address address) {
    return new ProtocolConfig(
        Base.of(4),
        2,
        List.of(address),
        "simulated",
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
  }
}
