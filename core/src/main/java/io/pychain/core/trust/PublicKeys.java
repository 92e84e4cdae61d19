package io.pychain.core.trust;

import io.pychain.core.message.Bytes;
import io.pychain.core.message.NodeKey;

/// Says which public keys are let in.
///
/// An Ed25519 key is a point: its y in 255 bits, little-endian, and the sign of its x in the last
/// bit. Two kinds are refused, whoever vouches for them:
///
/// - a y of p = 2^255 − 19 or more: a second spelling of another key, so that one key could pass
///   for two;
/// - the eight points of small order: for these anybody can make signatures without a private key,
///   some valid for every text (Chalkias, Garillot, Nikolaenko, "Taming the many EdDSAs", 2020).
public final class PublicKeys {
  private static final Bytes P = little("ed", "ff", "7f");

  /// The y of the points whose order divides 8; x and its sign do not matter.
  private static final Bytes[] SMALL_ORDER = {
    little("00", "00", "00"),
    little("01", "00", "00"),
    little("ec", "ff", "7f"),
    Bytes.fromHex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
    Bytes.fromHex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"),
  };

  private PublicKeys() {}

  /// Whether this may be somebody's key: canonical and not of small order.
  public static boolean acceptable(NodeKey key) {
    Bytes y = withoutSign(key);
    for (Bytes small : SMALL_ORDER) {
      if (y.equals(small)) {
        return false;
      }
    }
    return lessThan(y, P);
  }

  private static Bytes withoutSign(NodeKey key) {
    byte[] y = key.bytes().toArray();
    y[NodeKey.LENGTH - 1] &= 0x7f;
    return Bytes.wrap(y);
  }

  private static boolean lessThan(Bytes a, Bytes b) {
    for (int i = NodeKey.LENGTH - 1; i >= 0; i--) {
      int order = Integer.compare(a.at(i) & 0xff, b.at(i) & 0xff);
      if (order != 0) {
        return order < 0;
      }
    }
    return false;
  }

  private static Bytes little(String first, String middle, String last) {
    return Bytes.fromHex(first + middle.repeat(NodeKey.LENGTH - 2) + last);
  }
}
