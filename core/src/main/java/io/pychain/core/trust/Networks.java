package io.pychain.core.trust;

import io.pychain.core.message.Bytes;
import io.pychain.core.message.Frame.NetworkInfo;
import io.pychain.core.message.NetworkId;
import java.nio.ByteBuffer;

/// Names networks.
public final class Networks {
  private static final Bytes DOMAIN = Bytes.utf8("pychain/network/1\0");

  private Networks() {}

  /// The id of a network.
  ///
  /// ```
  ///   SHA-256("pychain/network/1" ‖ 0x00 ‖ authority key (32) ‖ name length (4) ‖ name in UTF-8)
  /// ```
  public static NetworkId idOf(NetworkInfo info) {
    Bytes name = Bytes.utf8(info.name());
    Bytes length = Bytes.wrap(ByteBuffer.allocate(Integer.BYTES).putInt(name.length()).array());
    return new NetworkId(Sha256.of(DOMAIN, info.authority().bytes(), length, name));
  }
}
