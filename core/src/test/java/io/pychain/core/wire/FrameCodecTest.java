package io.pychain.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.message.Bytes;
import io.pychain.core.message.Frame;
import java.util.Collection;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// That frames come out as they went in, and what is refused.
class FrameCodecTest {

  static Collection<Frame> frames() {
    return Samples.frames().values();
  }

  @ParameterizedTest
  @MethodSource("frames")
  void everyFrameComesOutAsItWentIn(Frame frame) throws MalformedException {
    byte[] bytes = FrameCodec.encode(frame);

    assertThat(FrameCodec.decode(Bytes.wrap(bytes))).isEqualTo(frame);
  }
}
