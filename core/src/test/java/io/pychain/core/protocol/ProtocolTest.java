package io.pychain.core.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.Cast;
import io.pychain.core.link.Evidence;
import io.pychain.core.link.Fault;
import io.pychain.core.link.LinkId;
import io.pychain.core.message.Batch;
import io.pychain.core.message.Digest;
import io.pychain.core.message.Frame;
import io.pychain.core.message.Frame.LogHead;
import io.pychain.core.message.Frame.RecordHead;
import io.pychain.core.message.Frame.TreeNode;
import io.pychain.core.message.LogId;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.ring.Guid;
import io.pychain.core.ring.Position;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ProtocolTest {
  private static final int MEMBERS = 24;
  private static final List<List<Batch>> CHAINS = chains();

  private Instant now = Cast.NOON;
  private final Protocol node = node(5);

  @Test
  void deadlineMovesForwardWhateverHappenedBefore() {
    for (int seed = 0; seed < 40; seed++) {
      Random random = new Random(seed);
      Instant time = Cast.NOON;
      Protocol tested = node(random.nextInt(3) == 0 ? 0 : 5);
      for (int step = 0; step < 400; step++) {
        time = time.plusMillis(random.nextInt(3) == 0 ? random.nextInt(400) : 0);
        tested.handle(time, anything(random));
      }

      assertQuiet(tested, time, seed);
    }
  }

  /// Only the alarm rings from here on: a few times a second, and rarely twice at one instant.
  private static void assertQuiet(Protocol tested, Instant from, int seed) {
    Instant time = from;
    int wakes = 0;
    int atOneInstant = 0;
    while (time.isBefore(from.plusSeconds(120))) {
      Instant next = tested.deadline();
      atOneInstant = next.isAfter(time) ? 0 : atOneInstant + 1;
      assertThat(atOneInstant).as("seed %d: wakes at %s", seed, time).isLessThan(5);
      time = next.isAfter(time) ? next : time;
      tested.handle(time, new Input.Wake());
      wakes++;
    }
    assertThat(wakes).as("seed %d: wakes in two minutes", seed).isLessThan(120 * 20);
  }

  private static final List<Evidence> SIGNS = List.of(Evidence.values());

  private static Input anything(Random random) {
    int member = random.nextInt(MEMBERS);
    LinkId link = new LinkId(random.nextInt(40));
    return switch (random.nextInt(13)) {
      case 0 -> new Input.Publish(random.nextLong(1, 99), List.of(Props.message(9)));
      case 1 -> new Input.SyncNow(random.nextLong(1, 99));
      case 2 -> new Input.Persisted(random.nextInt(300));
      case 3 -> random.nextInt(4) == 0 ? new Input.PersistFailed("disk full") : new Input.Wake();
      case 4, 5 ->
          new Input.LinkUp(
              link,
              Cast.record(member == 5 ? 6 : member, 1),
              member,
              "host",
              2,
              random.nextBoolean());
      case 6 -> new Input.LinkDown(link, "gone");
      case 7 ->
          new Input.DialFailed(
              Guid.of(member), "nobody there", SIGNS.get(random.nextInt(SIGNS.size())));
      case 8 -> new Input.UnknownOrigin(link, Cast.log(member));
      case 9 -> new Input.Misdeed(link, Fault.SIGNATURE);
      default -> new Input.Received(link, frame(random));
    };
  }

  private static Frame frame(Random random) {
    int member = random.nextInt(MEMBERS);
    Batch batch = CHAINS.get(member).get(random.nextInt(4));
    LogHead head =
        new LogHead(new LogId(Guid.of(member), 1 + random.nextInt(2)), 1L << random.nextInt(63));
    TreeNode node = new TreeNode(random.nextInt(6), 0);
    return switch (random.nextInt(14)) {
      case 0 -> new Frame.Push(batch, new Position(random.nextLong()), 1 + random.nextInt(255));
      case 1 -> new Frame.Announce(Cast.record(member, 1), new Position(random.nextLong()), 1);
      case 2 -> new Frame.Ack(random.nextLong(1L << 40));
      case 3 -> new Frame.Ping(1);
      case 4 -> new Frame.Pong(1);
      case 5 -> new Frame.SyncRequest(random.nextInt(9), random.nextInt(9));
      case 6 -> new Frame.Summary(member, random.nextInt(9), random.nextInt(6), random.nextLong());
      case 7, 8 ->
          new Frame.Heads(
              member,
              1,
              1 + random.nextInt(2),
              List.of(head),
              List.of(new RecordHead(Guid.of(random.nextInt(60)), 1, 2)));
      case 9 -> new Frame.Probe(List.of(node));
      case 10 -> new Frame.Hashes(node, Collections.nCopies(16, random.nextLong()));
      case 11 -> new Frame.Fetch(1, List.of(new Frame.Range(Cast.log(member), 1, 9)));
      case 12 ->
          new Frame.Batches(
              1 + random.nextInt(20), List.of(batch), List.of(head), random.nextBoolean());
      default -> new Frame.Records(List.of(Cast.record(member, 1)));
    };
  }

  @Test
  void lonelyNodeHardlyWakes() {
    Protocol lonely =
        new Protocol(Props.identity(0), Props.CONFIG, Stored.empty(7), new SplittableRandom(1));
    lonely.handle(now, new Input.Wake());
    int wakes = 0;
    for (Instant time = now; time.isBefore(now.plusSeconds(600)); wakes++) {
      time = lonely.deadline();
      for (Persist persist : lonely.handle(time, new Input.Wake()).persist()) {
        lonely.handle(time, new Input.Persisted(persist.write()));
      }
    }

    assertThat(wakes).isLessThan(30);
  }

  @Test
  void ownMessageIsDurableBeforeItLeavesAndIsThenAnsweredAndDelivered() {
    linkUp(1, 6);

    Effects published = handle(new Input.Publish(1, List.of(Props.message(3))));
    assertThat(pushes(published)).isEmpty();
    assertThat(published.answers()).isEmpty();

    Effects durable = handle(new Input.Persisted(published.persist().getLast().write()));
    assertThat(pushes(durable)).hasSize(1);
    assertThat(durable.deliver()).hasSize(1);
    assertThat(durable.answers()).hasOnlyElementsOfType(Answer.Published.class).hasSize(1);
  }

  @Test
  void relayedMessageIsHandedOnAtOnceAndDeliveredOnceDurable() {
    linkUp(1, 6);
    linkUp(2, 7);

    Effects received = handle(new Input.Received(new LinkId(1), push(3, 0)));
    assertThat(pushes(received)).isNotEmpty();
    assertThat(received.deliver()).isEmpty();

    Effects durable = handle(new Input.Persisted(received.persist().getLast().write()));
    assertThat(durable.deliver()).hasSize(1);
    assertThat(pushes(durable)).isEmpty();
  }

  @Test
  void batchOfAnEpochWithoutACertificateOpensNoLog() {
    linkUp(1, 6);
    Batch batch = Cast.batch(new LogId(Guid.of(3), 2), 1, Digest.ZERO, 1);

    Effects effects =
        handle(
            new Input.Received(
                new LinkId(1), new Frame.Push(batch, Guid.of(5).position().plus(-1), 1)));

    assertThat(effects.persist()).isEmpty();
    assertThat(pushes(effects)).isEmpty();
  }

  @Test
  void diskThatFailsLosesNothingThatPeersHave() {
    linkUp(1, 6);
    Effects taken = handle(new Input.Received(new LinkId(1), push(3, 0)));
    assertThat(taken.persist()).isNotEmpty();
    handle(new Input.PersistFailed("disk full"));
    assertThat(node.view().storeFault()).contains("disk full");
    handle(new Input.Received(new LinkId(1), push(3, 1)));

    now = now.plus(Writes.PROBE_EVERY);
    Effects probing = handle(new Input.Wake());
    handle(new Input.Persisted(probing.persist().getLast().write()));
    now = now.plusSeconds(1);
    Effects healed = handle(new Input.Wake());

    assertThat(node.view().storeFault()).isEmpty();
    assertThat(healed.send())
        .extracting(Effects.Send::frame)
        .filteredOn(Frame.Fetch.class::isInstance)
        .as("what came meanwhile is fetched")
        .hasSize(1);
  }

  @Test
  void whoeverLeavesTheProtocolIsDropped() {
    linkUp(1, 6);

    Effects effects =
        handle(new Input.Received(new LinkId(1), new Frame.Goodbye(Frame.Reason.STOPPING, "gone")));

    assertThat(effects.drop())
        .singleElement()
        .satisfies(drop -> assertThat(drop.reason()).isEqualTo(Frame.Reason.MALFORMED));
  }

  @Test
  void fullSyncThatNobodyCanAnswerEndsAtOnce() {
    Effects effects = handle(new Input.SyncNow(8));

    assertThat(effects.answers()).containsExactly(new Answer.Synced(8, 0, 0, 0));
  }

  @Test
  void fullSyncWithASilentPeerEndsAfterSomePatience() {
    linkUp(1, 6);
    assertThat(handle(new Input.SyncNow(8)).answers()).isEmpty();

    now = now.plus(Rounds.PATIENCE);
    assertThat(handle(new Input.Wake()).answers()).containsExactly(new Answer.Synced(8, 1, 0, 0));
  }

  private void linkUp(long link, int member) {
    handle(new Input.LinkUp(new LinkId(link), Cast.record(member, 1), member, "host", 2, false));
  }

  private Effects handle(Input input) {
    return node.handle(now, input);
  }

  private static Frame.Push push(int member, int index) {
    return new Frame.Push(CHAINS.get(member).get(index), Guid.of(5).position().plus(-1), 1);
  }

  private static List<Frame> pushes(Effects effects) {
    return effects.send().stream()
        .map(Effects.Send::frame)
        .filter(Frame.Push.class::isInstance)
        .toList();
  }

  private static Protocol node(int guid) {
    List<MemberRecord> records = new ArrayList<>();
    for (int member = 0; member < MEMBERS; member++) {
      records.add(Cast.record(member, 1));
    }
    Stored stored =
        new Stored(
            7,
            0,
            0,
            records,
            List.of(new Stored.LogEnd(Cast.log(guid), 1, 1, Digest.ZERO)),
            List.of(),
            List.of(),
            List.of(),
            Optional.empty(),
            List.of());
    return new Protocol(Props.identity(guid), Props.CONFIG, stored, new SplittableRandom(1));
  }

  private static List<List<Batch>> chains() {
    List<List<Batch>> chains = new ArrayList<>();
    for (int member = 0; member < MEMBERS; member++) {
      chains.add(Cast.chain(Cast.log(member), 4, 2));
    }
    return chains;
  }
}
