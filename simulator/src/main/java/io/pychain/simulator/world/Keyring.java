package io.pychain.simulator.world;

import io.pychain.core.message.Certificate;
import io.pychain.core.trust.Signer;

/// The keys that a machine has, one after the other: which of them counts is for the certificate on
/// its disk to say.
final class Keyring {
  private final long seed;
  private final int machine;
  private int number;

  Keyring(long seed, int machine) {
    this.seed = seed;
    this.machine = machine;
  }

  /// The key of this run.
  StandInKey current() {
    return numbered(number);
  }

  /// The key to ask for.
  Signer next() {
    return numbered(number + 1);
  }

  /// A node is about to start with this certificate.
  void settle(Certificate certificate) {
    number = certificate.former().size();
  }

  private StandInKey numbered(int place) {
    String name = "node " + machine;
    return StandInKey.of(seed, place == 0 ? name : name + " key " + place);
  }
}
