package io.pychain.core.trust;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.message.NodeKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicKeysTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        // The eight points of small order, canonically written.
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        // The same points, written otherwise.
        "0100000000000000000000000000000000000000000000000000000000000080",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
      })
  void pointOfSmallOrderIsNobodysKey(String key) {
    assertThat(PublicKeys.acceptable(NodeKey.fromHex(key))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
      })
  void secondSpellingOfAPointIsNobodysKey(String key) {
    assertThat(PublicKeys.acceptable(NodeKey.fromHex(key))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // RFC 8032, section 7.1.
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        // The base point.
        "5866666666666666666666666666666666666666666666666666666666666666",
      })
  void ordinaryKeyIsLetIn(String key) {
    assertThat(PublicKeys.acceptable(NodeKey.fromHex(key))).isTrue();
  }

  @Test
  void keysThatAreMadeAreLetIn() {
    for (int seed = 0; seed < 100; seed++) {
      assertThat(PublicKeys.acceptable(Ed25519.signer(seed).key())).isTrue();
    }
  }
}
