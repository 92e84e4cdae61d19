package io.pychain.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.MessageLite;
import io.pychain.core.message.Batch;
import io.pychain.core.message.Bytes;
import io.pychain.core.message.Frame;
import io.pychain.core.message.MemberRecord;
import java.util.Collection;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is written by hand against what protoc makes of `pychain.proto`: the same values are the
/// same bytes, to the last one, so each can read what the other writes.
class SchemaTest {
  private static final long SEED = 2026;
  private static final int ROUNDS = 3_000;

  static Collection<Frame> samples() {
    return Samples.frames().values();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void sampleIsWrittenAsTheSchemaSays(Frame frame) {
    assertThat(hex(FrameCodec.encode(frame))).isEqualTo(hex(Oracle.of(frame)));
  }

  @Test
  void anyFrameIsWrittenAndReadAsTheSchemaSays() throws MalformedException {
    RandomFrames frames = new RandomFrames(new SplittableRandom(SEED));

    for (int round = 0; round < ROUNDS; round++) {
      Frame frame = frames.next();
      byte[] expected = Oracle.of(frame).toByteArray();

      assertThat(hex(FrameCodec.encode(frame))).as("round %d", round).isEqualTo(hex(expected));
      assertThat(FrameCodec.decode(Bytes.wrap(expected))).as("round %d", round).isEqualTo(frame);
    }
  }

  @Test
  void whatIsSignedIsWrittenAsTheSchemaSays() {
    RandomFrames random = new RandomFrames(new SplittableRandom(SEED));

    for (int round = 0; round < ROUNDS / 10; round++) {
      Batch batch = random.batch();
      MemberRecord record = random.record();

      assertThat(batch.sealed().content().hex()).isEqualTo(hex(Oracle.content(batch)));
      assertThat(record.certificate().sealed().content().hex())
          .isEqualTo(hex(Oracle.content(record.certificate())));
      assertThat(record.sealed().content().hex()).isEqualTo(hex(Oracle.content(record.contact())));
    }
  }

  private static String hex(MessageLite message) {
    return hex(message.toByteArray());
  }

  private static String hex(byte[] bytes) {
    return Bytes.wrap(bytes).hex();
  }
}
