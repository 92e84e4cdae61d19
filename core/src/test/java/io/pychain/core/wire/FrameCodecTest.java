package io.pychain.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pychain.core.message.Batch;
import io.pychain.core.message.Bytes;
import io.pychain.core.message.Digest;
import io.pychain.core.message.Frame;
import io.pychain.core.message.Frame.Reason;
import io.pychain.core.message.Message;
import io.pychain.core.message.Sealed;
import io.pychain.core.ring.Position;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// That frames come out as they went in, without copies where it counts, and that old nodes and new
/// ones understand each other as far as they can.
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

  @ParameterizedTest
  @MethodSource("frames")
  void frameIsReadFromTheMiddleOfAnArray(Frame frame) throws MalformedException {
    byte[] bytes = FrameCodec.encode(frame);
    byte[] padded = new byte[bytes.length + 10];
    System.arraycopy(bytes, 0, padded, 4, bytes.length);

    Bytes middle = Bytes.wrap(padded).slice(4, 4 + bytes.length);

    assertThat(FrameCodec.decode(middle)).isEqualTo(frame);
  }

  @ParameterizedTest
  @MethodSource("frames")
  void lengthIsKnownWithoutEncoding(Frame frame) {
    assertThat(FrameCodec.length(frame)).isEqualTo(FrameCodec.encode(frame).length);
  }

  @Test
  void lengthOverTheLimitIsRefusedWithoutEncodingToo() {
    Frame tooLong = new Frame.Batches(1, Collections.nCopies(2, largest()), List.of(), true);

    assertThatThrownBy(() -> FrameCodec.length(tooLong))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a frame has at most");
  }

  private static Batch largest() {
    Message message = new Message(Message.JSON, Bytes.wrap(new byte[5 << 20]));
    Sealed sealed = new Sealed(message.data(), Samples.FIRST.sealed().signature());
    return new Batch(
        Samples.FIRST.log(),
        1,
        Digest.ZERO,
        Samples.FIRST.timestamp(),
        List.of(message),
        sealed,
        Digest.ZERO);
  }

  @Test
  void payloadOfAPushIsASliceOfTheFrame() throws MalformedException {
    byte[] bytes = FrameCodec.encode(new Frame.Push(Samples.SECOND, new Position(1), 1));

    Batch batch = ((Frame.Push) FrameCodec.decode(Bytes.wrap(bytes))).batch();

    assertThat(batch.messages().getFirst().data().array()).isSameAs(bytes);
  }

  @Test
  void batchThatIsASmallPartOfItsFrameDoesNotKeepTheFrame() throws MalformedException {
    List<Batch> many = Collections.nCopies(10, Samples.FIRST);
    byte[] bytes = FrameCodec.encode(new Frame.Batches(1, many, List.of(), true));

    Frame.Batches frame = (Frame.Batches) FrameCodec.decode(Bytes.wrap(bytes));

    Sealed sealed = frame.batches().getFirst().sealed();
    assertThat(sealed.content().array()).hasSize(sealed.content().length());
    assertThat(sealed.signature().array()).hasSize(sealed.signature().length());
  }

  @Test
  void recordInALargeFrameDoesNotKeepTheFrame() throws MalformedException {
    byte[] bytes =
        FrameCodec.encode(new Frame.Records(Collections.nCopies(10, Samples.BOOT_RECORD)));

    Frame.Records frame = (Frame.Records) FrameCodec.decode(Bytes.wrap(bytes));

    Sealed sealed = frame.records().getFirst().sealed();
    assertThat(sealed.content().array()).hasSize(sealed.content().length());
  }

  @Test
  void kindFromANewerNodeIsToldFromRubbish() {
    byte[] bytes = written(out -> out.message(999, inner -> inner.number(1, 1)));

    assertThatThrownBy(() -> FrameCodec.decode(Bytes.wrap(bytes)))
        .isInstanceOf(UnknownFrameException.class)
        .hasMessage("frame: is of kind 999, which this version does not know");
  }

  @Test
  void fieldsFromANewerNodeArePassedOver() throws MalformedException {
    byte[] bytes =
        written(out -> {
          out.message(Kind.ACK, FrameCodecTest::ackWithNewFields);
          out.text(900, "of the frame");
        });

    assertThat(FrameCodec.decode(Bytes.wrap(bytes))).isEqualTo(new Frame.Ack(5));
  }

  private static void ackWithNewFields(Writer out) {
    out.number(1, 5);
    out.number(900, 6);
    out.fixed64(901, 7);
    out.text(902, "8");
    out.numbers(903, new long[] {9});
  }

  @Test
  void fieldsFromANewerOriginSurviveARelay() throws MalformedException {
    Bytes content =
        Bytes.wrap(
            written(out -> {
              out.number(2, 1);
              out.number(3, 1);
              out.message(6, inner -> inner.number(9, 1));
              out.text(7, "of a version to come");
            }));
    Sealed sealed = new Sealed(content, Bytes.wrap(new byte[Sealed.SIGNATURE_LENGTH]));
    byte[] pushed =
        FrameCodec.encode(new Frame.Push(BatchCodec.decode(sealed), new Position(1), 1));

    Frame.Push received = (Frame.Push) FrameCodec.decode(Bytes.wrap(pushed));

    assertThat(received.batch().sealed().content()).isEqualTo(content);
    assertThat(FrameCodec.encode(received)).isEqualTo(pushed);
  }

  @Test
  void reasonFromANewerNodeCountsAsStopping() throws MalformedException {
    byte[] bytes = written(out -> out.message(Kind.GOODBYE, inner -> inner.number(1, 99)));

    assertThat(FrameCodec.decode(Bytes.wrap(bytes)))
        .isEqualTo(new Frame.Goodbye(Reason.STOPPING, ""));
  }

  @Test
  void hopsBeyondTheHighestCountAreWrittenAsTheHighest() throws MalformedException {
    byte[] bytes = FrameCodec.encode(new Frame.Push(Samples.FIRST, new Position(1), 256));

    assertThat(FrameCodec.decode(Bytes.wrap(bytes)))
        .isEqualTo(new Frame.Push(Samples.FIRST, new Position(1), 255));
  }

  private static byte[] written(Consumer<Writer> body) {
    Writer out = new Writer(0);
    body.accept(out);
    return out.toArray();
  }
}
