package io.pychain.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pychain.core.message.Address;
import io.pychain.core.message.Batch;
import io.pychain.core.message.Bytes;
import io.pychain.core.message.Contact;
import io.pychain.core.message.Delegation;
import io.pychain.core.message.Digest;
import io.pychain.core.message.Frame;
import io.pychain.core.message.Frame.LogHead;
import io.pychain.core.message.Frame.NetworkInfo;
import io.pychain.core.message.Frame.Range;
import io.pychain.core.message.Frame.RecordHead;
import io.pychain.core.message.Frame.TreeNode;
import io.pychain.core.message.Lineage;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.message.Message;
import io.pychain.core.message.NodeKey;
import io.pychain.core.message.ProtocolRange;
import io.pychain.core.message.Sealed;
import io.pychain.core.ring.Guid;
import io.pychain.core.ring.Position;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// That everything up to a limit passes and everything over it does not, in both directions.
class WireLimitsTest {
  /// A frame with as many entries as there may be, and one with one more.
  record Edge(String list, Frame full, Frame over) {
    @Override
    public String toString() {
      return list;
    }
  }

  static Stream<Edge> lists() {
    LogHead head = new LogHead(Samples.LOG, 1);
    RecordHead record = new RecordHead(Guid.of(1), 1, 1);
    TreeNode node = new TreeNode(0, 1);
    Range range = new Range(Samples.LOG, 1, 1);
    return Stream.of(
        edge("heads.log_guids", WireLimits.HEADS_MAX, n -> heads(times(n, head), List.of())),
        edge("heads.record_guids", WireLimits.HEADS_MAX, n -> heads(List.of(), times(n, record))),
        edge("probe.levels", WireLimits.PROBES_MAX, n -> new Frame.Probe(times(n, node))),
        edge("fetch.guids", WireLimits.RANGES_MAX, n -> new Frame.Fetch(1, times(n, range))),
        edge("batches.batches", WireLimits.BATCHES_MAX, n -> batches(n, List.of())),
        edge("batches.floor_guids", WireLimits.FLOORS_MAX, n -> batches(0, times(n, head))),
        edge("records_wanted.guids", WireLimits.RECORDS_WANTED_MAX, n -> wanted(n)),
        edge("records.records", WireLimits.RECORDS_MAX, n -> records(n)));
  }

  @ParameterizedTest
  @MethodSource("lists")
  void fullListPasses(Edge edge) throws MalformedException {
    byte[] bytes = FrameCodec.encode(edge.full());

    assertThat(FrameCodec.decode(Bytes.wrap(bytes))).isEqualTo(edge.full());
  }

  @ParameterizedTest
  @MethodSource("lists")
  void listOverItsLimitIsNotWritten(Edge edge) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FrameCodec.encode(edge.over()))
        .withMessageContaining("a list in a frame has at most");
  }

  @ParameterizedTest
  @MethodSource("lists")
  void listOverItsLimitIsRefused(Edge edge) {
    Bytes bytes = Bytes.wrap(Oracle.of(edge.over()).toByteArray());

    assertThatThrownBy(() -> FrameCodec.decode(bytes))
        .isInstanceOf(MalformedException.class)
        .hasMessageStartingWith(edge.list() + ": has more than")
        .hasMessageEndingWith("entries");
  }

  @Test
  void frameOverTheLimitIsRefusedUnread() {
    Bytes bytes = Bytes.wrap(new byte[WireLimits.FRAME_BYTES_MAX + 1]);

    assertThatThrownBy(() -> FrameCodec.decode(bytes))
        .isInstanceOf(MalformedException.class)
        .hasMessage("frame: has 8454145 bytes, allowed are 8454144");
  }

  @Test
  void frameOverTheLimitIsNotWritten() {
    Batch large = batch(new Message(Message.JSON, zeros(WireLimits.MESSAGE_BYTES_MAX / 2)));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> FrameCodec.encode(new Frame.Batches(1, times(3, large), List.of(), true)))
        .withMessageStartingWith("a frame has at most 8454144 bytes");
  }

  @Test
  void largestMessageFitsIntoAPush() throws MalformedException {
    String type = "漢".repeat(Message.CONTENT_TYPE_LENGTH_MAX);
    Batch batch = batch(new Message(type, zeros(WireLimits.MESSAGE_BYTES_MAX)));
    Frame push = new Frame.Push(batch, new Position(-1), 255);

    assertThat(FrameCodec.decode(Bytes.wrap(FrameCodec.encode(push)))).isEqualTo(push);
  }

  @Test
  void largestBatchFitsIntoAFrame() {
    int payload = WireLimits.MESSAGE_BYTES_MAX / 4;
    int rest = WireLimits.BATCH_BYTES_MAX - 3 * payload - 300;
    Batch batch =
        batch(
            new Message(Message.JSON, zeros(payload)),
            new Message(Message.JSON, zeros(payload)),
            new Message(Message.JSON, zeros(payload)),
            new Message(Message.JSON, zeros(rest)));
    assertThat(batch.sealed().content().length()).isGreaterThan(WireLimits.BATCH_BYTES_MAX - 300);

    byte[] bytes =
        FrameCodec.encode(
            new Frame.Batches(-1, List.of(batch), times(1_000, new LogHead(Samples.LOG, 1)), true));

    assertThat(bytes.length).isLessThanOrEqualTo(WireLimits.FRAME_BYTES_MAX);
  }

  @Test
  void batchOverTheLimitIsNotSealed() {
    Message large = new Message(Message.JSON, zeros(WireLimits.BATCH_BYTES_MAX / 2));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> batch(large, large))
        .withMessageStartingWith("a batch has at most 8450048 bytes");
  }

  @Test
  void messageOverTheLimitIsNotSealed() {
    Message large = new Message(Message.JSON, zeros(WireLimits.MESSAGE_BYTES_MAX + 1));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> batch(large))
        .withMessage("message.data: has 8388609 bytes, allowed are 0 to 8388608");
  }

  @Test
  void batchHasAsManyMessagesAsItMayAndNoMore() {
    Message empty = new Message(Message.JSON, Bytes.EMPTY);
    Message[] full = times(WireLimits.BATCH_MESSAGES_MAX, empty).toArray(Message[]::new);
    Message[] over = times(WireLimits.BATCH_MESSAGES_MAX + 1, empty).toArray(Message[]::new);

    assertThat(batch(full).messages()).hasSize(WireLimits.BATCH_MESSAGES_MAX);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> batch(over))
        .withMessage("batch.messages: has more than 65536 entries");
  }

  @Test
  void frameThatWouldGrowInMemoryIsRefused() {
    Message empty = new Message(Message.JSON, Bytes.EMPTY);
    Batch many = batch(times(WireLimits.BATCH_MESSAGES_MAX, empty).toArray(Message[]::new));
    Bytes bytes =
        Bytes.wrap(FrameCodec.encode(new Frame.Batches(1, times(5, many), List.of(), true)));

    assertThatThrownBy(() -> FrameCodec.decode(bytes))
        .isInstanceOf(MalformedException.class)
        .hasMessage("batches.messages: has more than 262144 entries");
  }

  @Test
  void largestHelloFitsIntoAHandshakeFrame() {
    Frame hello =
        new Frame.Hello(
            Optional.of(new NetworkInfo("漢".repeat(64), Samples.AUTHORITY.key())),
            new ProtocolRange(Integer.MAX_VALUE, Integer.MAX_VALUE),
            -1,
            Optional.of(largestRecord()),
            "漢".repeat(255));

    assertThat(FrameCodec.encode(hello).length).isLessThan(WireLimits.HANDSHAKE_FRAME_BYTES_MAX);
  }

  @Test
  void largestRecordLeavesRoomForFieldsToCome() {
    MemberRecord record = largestRecord();

    assertThat(record.sealed().content().length()).isLessThan(WireLimits.CONTACT_BYTES_MAX - 2_048);
    assertThat(record.certificate().sealed().content().length())
        .isLessThan(WireLimits.CERTIFICATE_BYTES_MAX - 512);
  }

  @Test
  void certificateHasRoomForAllKeysThatAGuidMayHaveHad() {
    NodeKey key = Samples.MEMBER.key();
    Instant late = Instant.parse("9999-12-31T23:59:59.999999Z");
    var consent = Bytes.wrap(new byte[Sealed.SIGNATURE_LENGTH]);
    List<Lineage.Former> former =
        times(Lineage.FORMER_MAX, new Lineage.Former(key, Integer.MAX_VALUE, consent));
    Delegation delegation = DelegationCodec.issue(Samples.NETWORK_ID, key, late, Samples.AUTHORITY);
    var grant =
        new RecordCodec.Grant(
            Samples.NETWORK_ID,
            Guid.of(WireLimits.GUID_MAX),
            Integer.MAX_VALUE,
            new Lineage(former, key),
            late,
            Optional.of(key),
            Optional.of(delegation),
            Optional.of(late));

    assertThat(RecordCodec.certify(grant, Samples.AUTHORITY).former()).isEqualTo(former);
  }

  @Test
  void asManyRecordsAsMayBeFitIntoAFrameEvenIfTheyAreTheLargest() {
    int largest =
        WireLimits.CONTACT_BYTES_MAX
            + WireLimits.CERTIFICATE_BYTES_MAX
            + 2 * Sealed.SIGNATURE_LENGTH
            + 32;

    assertThat(largest * WireLimits.RECORDS_MAX).isLessThan(WireLimits.FRAME_BYTES_MAX);
  }

  private static MemberRecord largestRecord() {
    String word = "漢".repeat(Contact.WORD_LENGTH_MAX - 2);
    Contact contact =
        new Contact(
            Contact.REVOCATION - 1,
            times(Contact.ADDRESSES_MAX, new Address("h".repeat(255), 65_535)),
            IntStream.range(10, 10 + Contact.CAPABILITIES_MAX).mapToObj(n -> word + n).toList(),
            "漢".repeat(Contact.WORD_LENGTH_MAX),
            new ProtocolRange(Integer.MAX_VALUE, Integer.MAX_VALUE),
            Contact.Status.LEFT);
    return RecordCodec.sign(Samples.MEMBER_CERTIFICATE, contact, Samples.MEMBER);
  }

  private static Batch batch(Message... messages) {
    return Samples.batch(1, Digest.ZERO, messages);
  }

  private static Edge edge(String list, int max, IntFunction<Frame> frameOfSize) {
    return new Edge(list, frameOfSize.apply(max), frameOfSize.apply(max + 1));
  }

  private static Frame heads(List<LogHead> logs, List<RecordHead> records) {
    return new Frame.Heads(1, 1, 1, logs, records);
  }

  private static Frame batches(int count, List<LogHead> floors) {
    return new Frame.Batches(1, times(count, Samples.FIRST), floors, true);
  }

  private static Frame wanted(int count) {
    return new Frame.RecordsWanted(times(count, Guid.of(1)));
  }

  private static Frame records(int count) {
    return new Frame.Records(times(count, Samples.MEMBER_RECORD));
  }

  private static <T> List<T> times(int count, T element) {
    return Collections.nCopies(count, element);
  }

  private static Bytes zeros(int count) {
    return Bytes.wrap(new byte[count]);
  }
}
