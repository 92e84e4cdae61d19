package io.pychain.core.trust;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.message.Bytes;
import io.pychain.core.message.Frame.NetworkInfo;
import io.pychain.core.message.NodeKey;
import org.junit.jupiter.api.Test;

class NetworksTest {
  private static final NodeKey KEY = NodeKey.fromHex("01".repeat(32));

  @Test
  void idIsTheHashOfDomainKeyAndName() {
    Bytes hashed =
        Bytes.fromHex(
            Bytes.utf8("pychain/network/1").hex()
                + "00"
                + "01".repeat(32)
                + "00000004"
                + Bytes.utf8("näm").hex());

    assertThat(Networks.idOf(new NetworkInfo("näm", KEY)).digest()).isEqualTo(Sha256.of(hashed));
  }

  @Test
  void idNeverChanges() {
    assertThat(Networks.idOf(new NetworkInfo("pychain", KEY)))
        .hasToString("8377a53354ec40dfe5019e143705b2d7b218c55e3701527f0d16270af7d4f184");
  }

  @Test
  void otherNameOrKeyIsAnotherNetwork() {
    NodeKey other = NodeKey.fromHex("02".repeat(32));

    assertThat(Networks.idOf(new NetworkInfo("pychain", KEY)))
        .isNotEqualTo(Networks.idOf(new NetworkInfo("pychain2", KEY)))
        .isNotEqualTo(Networks.idOf(new NetworkInfo("pychain", other)));
  }
}
