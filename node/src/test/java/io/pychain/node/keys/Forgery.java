package io.pychain.node.keys;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Random;

/// A signer that keeps to no rule: its secret, its nonce and parts of small order are what the test
/// wants.
final class Forgery {
  private final BigInteger secret;
  private final BigInteger nonce;
  private final EdwardsPoint key;
  private final EdwardsPoint commitment;
  private final byte[] text;

  /// @param secret a: the key is a·B plus a part of small order
  /// @param nonce r: R is r·B plus a part of small order
  private Forgery(
      BigInteger secret, BigInteger nonce, EdwardsPoint key, EdwardsPoint commitment, byte[] text) {
    this.secret = secret;
    this.nonce = nonce;
    this.key = key;
    this.commitment = commitment;
    this.text = text;
  }

  static Forgery of(BigInteger secret, BigInteger nonce, byte[] text) {
    return new Forgery(
        secret, nonce, EdwardsPoint.BASE.times(secret), EdwardsPoint.BASE.times(nonce), text);
  }

  /// An honest one with any secret, nonce and text.
  static Forgery of(Random random) {
    byte[] text = new byte[random.nextInt(100)];
    random.nextBytes(text);
    return of(new BigInteger(252, random), new BigInteger(252, random), text);
  }

  /// @param keyPart a multiple of the point of order 8 that the key has in it
  /// @param commitmentPart the same for R
  Forgery withSmall(int keyPart, int commitmentPart) {
    return new Forgery(
        secret, nonce, key.plus(small(keyPart)), commitment.plus(small(commitmentPart)), text);
  }

  /// Throws its secret away: the nonce is 0, and R the identity.
  Forgery withoutNonce() {
    return of(secret, BigInteger.ZERO, text);
  }

  private static EdwardsPoint small(int part) {
    return EdwardsPoint.SMALL.times(BigInteger.valueOf(part));
  }

  BigInteger secret() {
    return secret;
  }

  BigInteger nonce() {
    return nonce;
  }

  byte[] text() {
    return text;
  }

  byte[] key() {
    return key.encode();
  }

  byte[] r() {
    return commitment.encode();
  }

  /// S of the signature.
  BigInteger s() {
    return s(r());
  }

  /// S that fits R when it is written so, be that right or wrong: holds for whoever looks at R less
  /// closely than he hashes it.
  BigInteger s(byte[] r) {
    return nonce.add(challenge(r).multiply(secret)).mod(EdwardsPoint.ORDER);
  }

  private BigInteger challenge(byte[] r) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-512");
      sha.update(r);
      sha.update(key.encode());
      sha.update(text);
      return EdwardsPoint.number(sha.digest()).mod(EdwardsPoint.ORDER);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-512", impossible);
    }
  }

  byte[] signature() {
    return join(r(), EdwardsPoint.little(s()));
  }

  boolean holds(Judges judges) {
    return judges.verdict(key.encode(), text, signature());
  }

  boolean holds(Judges judges, byte[] r, BigInteger s) {
    return holds(judges, join(r, EdwardsPoint.little(s)));
  }

  boolean holds(Judges judges, byte[] signature) {
    return judges.verdict(key.encode(), text, signature);
  }

  static byte[] join(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    ByteBuffer all = ByteBuffer.allocate(length);
    for (byte[] part : parts) {
      all.put(part);
    }
    return all.array();
  }
}
