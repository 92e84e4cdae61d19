package io.pychain.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.message.Bytes;
import io.pychain.core.message.Frame;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// What strangers may send: nothing but a frame or a refusal comes of any bytes whatever.
class MutationTest {
  private static final long SEED = 2026;
  private static final int ROUNDS = 200_000;

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final List<byte[]> frames = new ArrayList<>();

  @Test
  void damagedFramesAreReadOrRefusedAndNothingElse() {
    Samples.frames().values().forEach(frame -> frames.add(FrameCodec.encode(frame)));
    frames.addAll(MalformedSamples.all().values());
    int read = 0;
    int refused = 0;

    for (int round = 0; round < ROUNDS; round++) {
      byte[] bytes = damaged();
      if (isRead(bytes, round)) {
        read++;
      } else {
        refused++;
      }
    }

    assertThat(read).as("damaged frames that still are frames").isGreaterThan(ROUNDS / 100);
    assertThat(refused).as("damaged frames that were refused").isGreaterThan(ROUNDS / 10);
  }

  @Test
  void randomBytesAreReadOrRefusedAndNothingElse() {
    int refused = 0;

    for (int round = 0; round < ROUNDS / 4; round++) {
      byte[] bytes = new byte[random.nextInt(64)];
      random.nextBytes(bytes);
      refused += isRead(bytes, round) ? 0 : 1;
    }

    assertThat(refused).isGreaterThan(ROUNDS / 8);
  }

  private boolean isRead(byte[] bytes, int round) {
    try {
      Frame frame = FrameCodec.decode(Bytes.wrap(bytes));
      Frame again = FrameCodec.decode(Bytes.wrap(FrameCodec.encode(frame)));
      assertThat(again).isEqualTo(frame);
      return true;
    } catch (MalformedException refused) {
      assertThat(refused).message().matches("[a-z_]+(\\.[a-z_ 0-9]+)?: .+");
      return false;
    } catch (RuntimeException | StackOverflowError wrong) {
      throw new AssertionError(
          "seed " + SEED + ", round " + round + ", bytes " + Bytes.wrap(bytes).hex(), wrong);
    }
  }

  private byte[] damaged() {
    byte[] bytes = frames.get(random.nextInt(frames.size())).clone();
    int times = 1 + random.nextInt(4);
    for (int i = 0; i < times; i++) {
      bytes = damaged(bytes);
    }
    return bytes;
  }

  private byte[] damaged(byte[] bytes) {
    if (bytes.length == 0) {
      return new byte[] {(byte) random.nextInt(256)};
    }
    int at = random.nextInt(bytes.length);
    return switch (random.nextInt(6)) {
      case 0 -> withByte(bytes, at, bytes[at] ^ 1 << random.nextInt(8));
      case 1 -> withByte(bytes, at, random.nextInt(256));
      case 2 -> withByte(bytes, Math.min(at, 8), bytes[Math.min(at, 8)] + 1);
      case 3 -> Arrays.copyOf(bytes, at);
      case 4 -> spliced(bytes, at, frames.get(random.nextInt(frames.size())));
      default -> spliced(bytes, at, bytes);
    };
  }

  private static byte[] withByte(byte[] bytes, int at, int value) {
    byte[] changed = bytes.clone();
    changed[Math.min(at, bytes.length - 1)] = (byte) value;
    return changed;
  }

  /// The first bytes of the one and some of the other.
  private byte[] spliced(byte[] first, int at, byte[] second) {
    int from = random.nextInt(second.length + 1);
    int length = Math.min(second.length - from, 512);
    byte[] spliced = Arrays.copyOf(first, at + length);
    System.arraycopy(second, from, spliced, at, length);
    return spliced;
  }
}
