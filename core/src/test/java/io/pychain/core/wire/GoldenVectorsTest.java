package io.pychain.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pychain.core.message.Bytes;
import io.pychain.core.message.Frame;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is on the wire, written down for ever: every vector was sent by some node once, so every
/// later version must read it alike. Vectors are only added.
class GoldenVectorsTest {

  static Collection<GoldenVector> frames() {
    return GoldenVector.frames().values();
  }

  static Collection<GoldenVector> malformed() {
    return GoldenVector.malformed().values();
  }

  @ParameterizedTest
  @MethodSource("frames")
  void frameIsReadAsItIsWrittenNextToIt(GoldenVector vector) throws MalformedException {
    Frame frame = FrameCodec.decode(Bytes.fromHex(vector.hex()));

    assertThat(Written.of((Record) frame)).isEqualTo(vector.text());
  }

  @ParameterizedTest
  @MethodSource("frames")
  void frameIsWrittenAsItWasRead(GoldenVector vector) throws MalformedException {
    Frame frame = FrameCodec.decode(Bytes.fromHex(vector.hex()));

    assertThat(Bytes.wrap(FrameCodec.encode(frame)).hex()).isEqualTo(vector.hex());
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void malformedFrameIsRefusedWithTheTextNextToIt(GoldenVector vector) {
    assertThatThrownBy(() -> FrameCodec.decode(Bytes.fromHex(vector.hex())))
        .isInstanceOf(MalformedException.class)
        .hasMessage(vector.text());
  }

  @Test
  void everyKindOfFrameHasAVector() {
    List<String> kinds = kinds(Frame.class).map(Class::getSimpleName).toList();

    assertThat(GoldenVector.frames().keySet())
        .extracting(name -> name.split(" ", 2)[0])
        .containsAll(kinds);
  }

  @Test
  void samplesAreAmongTheVectors() {
    Map<String, GoldenVector> vectors = GoldenVector.frames();

    Samples.frames()
        .forEach((name, frame) ->
            assertThat(Optional.ofNullable(vectors.get(name)).map(GoldenVector::hex))
                .as(name)
                .contains(Bytes.wrap(FrameCodec.encode(frame)).hex()));
  }

  @Test
  void malformedSamplesAreAmongTheVectors() {
    Map<String, GoldenVector> vectors = GoldenVector.malformed();

    MalformedSamples.all()
        .forEach((name, bytes) ->
            assertThat(Optional.ofNullable(vectors.get(name)).map(GoldenVector::hex))
                .as(name)
                .contains(Bytes.wrap(bytes).hex()));
  }

  private static Stream<Class<?>> kinds(Class<?> family) {
    return family.isSealed()
        ? Arrays.stream(family.getPermittedSubclasses()).flatMap(GoldenVectorsTest::kinds)
        : Stream.of(family);
  }
}
