package io.pychain.cli.contract;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/// The contract with processes, TLS on loopback, and files.
class RealDriverTest extends DriverContract {
  /// Static, since it must be there before the network that all tests share.
  @TempDir
  @SuppressWarnings("NullAway.Init")
  static Path folder;

  @Override
  TestWorld newWorld() {
    return new RealWorld(() -> folder);
  }
}
