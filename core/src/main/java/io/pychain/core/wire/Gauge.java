package io.pychain.core.wire;

import java.util.function.Consumer;

/// A writer that only counts: it tells how many bytes another would write.
final class Gauge extends Writer {
  private static final byte[] NOTHING = {};

  private int bytes;

  Gauge() {
    super(NOTHING);
  }

  @Override
  int length() {
    return bytes;
  }

  @Override
  void message(int field, int lengthGuess, Consumer<Writer> body) {
    tag(field, DELIMITED);
    int before = bytes;
    body.accept(this);
    varint(bytes - before);
  }

  @Override
  void varint(long value) {
    bytes += varintLength(value);
  }

  @Override
  void putFixed64(long value) {
    bytes += Long.BYTES;
  }

  @Override
  void put(byte[] source, int offset, int length) {
    bytes += length;
  }
}
