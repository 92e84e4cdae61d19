package io.pychain.node.keys;

import java.math.BigInteger;
import java.util.HexFormat;

/// Points of the curve of Ed25519 by the formulas of RFC 8032, slowly: to make what no library
/// makes.
record EdwardsPoint(BigInteger x, BigInteger y) {
  static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
  static final BigInteger ORDER =
      BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
  private static final BigInteger D =
      BigInteger.valueOf(-121_665).multiply(BigInteger.valueOf(121_666).modInverse(P)).mod(P);

  static final EdwardsPoint IDENTITY = new EdwardsPoint(BigInteger.ZERO, BigInteger.ONE);
  static final EdwardsPoint BASE =
      decode("5866666666666666666666666666666666666666666666666666666666666666");

  /// Of order 8: all points of small order are its multiples.
  static final EdwardsPoint SMALL =
      decode("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a");

  EdwardsPoint plus(EdwardsPoint other) {
    return Fractions.of(this).plus(Fractions.of(other)).point();
  }

  EdwardsPoint times(BigInteger factor) {
    Fractions step = Fractions.of(this);
    Fractions sum = Fractions.of(IDENTITY);
    for (int bit = factor.bitLength() - 1; bit >= 0; bit--) {
      sum = sum.plus(sum);
      sum = factor.testBit(bit) ? sum.plus(step) : sum;
    }
    return sum.point();
  }

  /// The point (x/z, y/z): to divide costs more than all else, so it is put off to the end.
  private record Fractions(BigInteger x, BigInteger y, BigInteger z) {
    static Fractions of(EdwardsPoint point) {
      return new Fractions(point.x, point.y, BigInteger.ONE);
    }

    Fractions plus(Fractions other) {
      BigInteger zz = z.multiply(other.z).mod(P);
      BigInteger xx = x.multiply(other.x).mod(P);
      BigInteger yy = y.multiply(other.y).mod(P);
      BigInteger square = zz.multiply(zz);
      BigInteger cross = D.multiply(xx).mod(P).multiply(yy);
      BigInteger less = square.subtract(cross).mod(P);
      BigInteger more = square.add(cross).mod(P);
      BigInteger mixed = x.add(y).multiply(other.x.add(other.y)).subtract(xx).subtract(yy).mod(P);
      return new Fractions(
          zz.multiply(less).mod(P).multiply(mixed).mod(P),
          zz.multiply(more).mod(P).multiply(xx.add(yy)).mod(P),
          less.multiply(more).mod(P));
    }

    EdwardsPoint point() {
      BigInteger over = z.modInverse(P);
      return new EdwardsPoint(x.multiply(over).mod(P), y.multiply(over).mod(P));
    }
  }

  byte[] encode() {
    byte[] bytes = little(y);
    bytes[31] |= (byte) (x.testBit(0) ? 0x80 : 0);
    return bytes;
  }

  /// The 32 bytes of a number, lowest first.
  static byte[] little(BigInteger number) {
    byte[] bytes = new byte[32];
    for (int i = 0; i < 32; i++) {
      bytes[i] = number.shiftRight(8 * i).byteValue();
    }
    return bytes;
  }

  /// The number of these bytes, lowest first.
  static BigInteger number(byte[] bytes) {
    BigInteger number = BigInteger.ZERO;
    for (int i = bytes.length - 1; i >= 0; i--) {
      number = number.shiftLeft(8).or(BigInteger.valueOf(bytes[i] & 0xff));
    }
    return number;
  }

  private static EdwardsPoint decode(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    boolean sign = bytes[31] < 0;
    bytes[31] &= 0x7f;
    BigInteger y = number(bytes);
    BigInteger y2 = y.multiply(y);
    BigInteger x2 =
        y2.subtract(BigInteger.ONE)
            .multiply(D.multiply(y2).add(BigInteger.ONE).modInverse(P))
            .mod(P);
    BigInteger x = x2.modPow(P.add(BigInteger.valueOf(3)).shiftRight(3), P);
    if (!x.multiply(x).mod(P).equals(x2)) {
      x = x.multiply(BigInteger.TWO.modPow(P.subtract(BigInteger.ONE).shiftRight(2), P)).mod(P);
    }
    return new EdwardsPoint(x.testBit(0) == sign ? x : P.subtract(x), y);
  }
}
