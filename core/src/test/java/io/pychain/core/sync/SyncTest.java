package io.pychain.core.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.Cast;
import io.pychain.core.message.Frame;
import io.pychain.core.message.Frame.Fetch;
import io.pychain.core.message.Frame.LogHead;
import io.pychain.core.message.Frame.RecordHead;
import io.pychain.core.message.Frame.TreeNode;
import io.pychain.core.message.LogId;
import io.pychain.core.ring.Guid;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SyncTest {
  private static final Guid A = Guid.of(0);
  private static final Guid B = Guid.of(1);
  private static final int MEMBERS = 1_000;
  private static final SyncConfig CONFIG =
      new SyncConfig(
          Duration.ofMinutes(1),
          Duration.ZERO,
          Duration.ofMillis(250),
          Duration.ofMillis(100),
          Duration.ofSeconds(2));

  private Instant now = Cast.NOON;
  private int frames;
  private long rows;

  @Test
  void eachLearnsOfExactlyWhatItLacksAtACostThatFollowsTheDifference() {
    for (int differences : new int[] {0, 1, 10, 100, 300}) {
      Random random = new Random(differences);
      Side a = new Side(A);
      Side b = new Side(B);
      fill(a, b);
      TreeSet<LogId> lackedByA = grow(b, differences, random);
      TreeSet<LogId> lackedByB = grow(a, differences, random);

      frames = 0;
      rows = 0;
      talk(a, b);

      assertThat(a.asksFor()).as("%d differences", differences).isEqualTo(ahead(b, a, lackedByA));
      assertThat(b.asksFor()).isEqualTo(ahead(a, b, lackedByB));
      assertThat(frames).as("frames").isLessThanOrEqualTo(4 + 20 * differences);
      assertThat(rows).as("rows").isLessThanOrEqualTo(200L * differences);
      assertThat(a.sync.completed()).isEqualTo(1);
    }
  }

  @Test
  void equalStoresCostOneRoundTrip() {
    Side a = new Side(A);
    Side b = new Side(B);
    fill(a, b);

    talk(a, b);

    assertThat(frames).as("one question, which tells both").isEqualTo(2);
    assertThat(a.sync.isBusy()).isFalse();
    assertThat(b.sync.isBusy()).isFalse();
  }

  @Test
  void peerThatComesBackIsToldOnlyWhatChangedMeanwhile() {
    Side a = new Side(A);
    Side b = new Side(B);
    fill(a, b);
    talk(a, b);
    a.sync.peerDown(now, B, a.mailbox);
    b.sync.peerDown(now, A, b.mailbox);
    TreeSet<LogId> changed = grow(b, 5, new Random(1));

    frames = 0;
    talk(a, b);

    assertThat(a.asksFor()).isEqualTo(changed);
    assertThat(frames).as("a question and its answer each way, and a fetch").isEqualTo(5);
  }

  @Test
  void newcomerFetchesTheLogsOfStrangersAsSoonAsItKnowsThem() {
    Side a = new Side(A);
    Side b = new Side(B);
    for (int guid = 0; guid < 40; guid++) {
      b.learn(guid);
      b.grow(guid, 3);
    }
    a.learn(0);
    a.learn(1);
    talk(a, b);

    for (int guid = 2; guid < 40; guid++) {
      a.learn(guid);
    }

    assertThat(a.asksFor()).hasSize(40);
  }

  @Test
  void whatChangesIsToldToThoseWhoAsked() {
    Side a = new Side(A);
    Side b = new Side(B);
    fill(a, b);
    talk(a, b);

    b.grow(7, 2);
    now = b.sync.deadline();
    b.sync.onTime(now, b.mailbox);
    exchange(a, b);

    assertThat(a.asksFor()).containsExactly(Cast.log(7));
  }

  @Test
  void unsolicitedFramesOfAHostilePeerCostAFrameEachAtMost() {
    Side a = new Side(A);
    fill(a, new Side(B));
    a.sync.peerUp(now, B, 99, true, a.mailbox);
    a.mailbox.take();
    List<Long> different = Collections.nCopies(16, 5L);
    int sent = 0;
    for (int i = 0; i < 5_000; i++) {
      a.sync.hashes(now, B, new Frame.Hashes(new TreeNode(i % 6, 0), different), a.mailbox);
      a.sync.summary(now, B, new Frame.Summary(99, i, 5, i), a.mailbox);
      a.sync.heads(now, B, new Frame.Heads(99, i, i, List.of(), List.of()), a.mailbox);
      sent += a.mailbox.take().size();
    }

    assertThat(sent).isLessThanOrEqualTo(15_000);
  }

  @Test
  void endlessDifferencesOfAHostilePeerQueueUpWithinABound() {
    Side a = new Side(A);
    fill(a, new Side(B));
    Comparison comparison = comparison();
    comparison.summary(new Frame.Summary(99, 1, 5, 1));
    List<Long> different = Collections.nCopies(16, 5L);
    int probed = 0;
    int waiting = 0;
    for (int i = 0; i < 100_000; i++) {
      List<TreeNode> nodes = comparison.next();
      probed += nodes.size();
      for (TreeNode node : nodes) {
        if (node.level() == 0) {
          comparison.leaf();
        } else {
          comparison.hashes(new Frame.Hashes(node, different));
          comparison.hashes(new Frame.Hashes(node, different));
        }
      }
      waiting = Math.max(waiting, comparison.waiting());
    }

    assertThat(waiting).isLessThan(AuditTree.FAN_OUT * 64 * AuditTree.LEVELS_MAX);
    assertThat(probed).as("each node of the largest tree, once").isLessThan(1_200_000);
    assertThat(comparison.isDone()).isTrue();
  }

  @Test
  void hashesBelowTheLeavesAreIgnored() {
    Comparison comparison = comparison();
    comparison.summary(new Frame.Summary(99, 1, 0, 1));
    assertThat(comparison.next()).containsExactly(new TreeNode(0, 0));

    comparison.hashes(new Frame.Hashes(new TreeNode(0, 0), Collections.nCopies(16, 5L)));

    assertThat(comparison.next()).isEmpty();
  }

  @Test
  void probeForTheWholeTreeIsAnsweredInPart() {
    Side a = new Side(A);
    fill(a, new Side(B));

    a.sync.probed(
        now, B, new Frame.Probe(Collections.nCopies(4_096, new TreeNode(0, 3))), a.mailbox);

    assertThat(a.mailbox.take()).hasSize(Comparison.PROBES_MAX);
  }

  @Test
  void peerThatNeverAnswersAComparisonMakesRoomForOthers() {
    Side a = new Side(A);
    for (int guid = 1; guid <= 2 * Comparisons.RUNNING_MAX; guid++) {
      a.sync.peerUp(now, Guid.of(guid), 50 + guid, true, a.mailbox);
    }
    assertThat(a.mailbox.take()).hasSize(Comparisons.RUNNING_MAX);

    now = now.plus(CONFIG.timeout());
    a.sync.onTime(now, a.mailbox);

    assertThat(a.mailbox.take(Frame.SyncRequest.class)).hasSize(Comparisons.RUNNING_MAX);
    assertThat(a.sync.failed()).isEqualTo(Comparisons.RUNNING_MAX);
    assertThat(a.sync.deadline()).isAfter(now);
  }

  @Test
  void peersAreComparedWithAgainEveryInterval() {
    Side a = new Side(A);
    Side b = new Side(B);
    fill(a, b);
    talk(a, b);
    while (a.sync.deadline().isBefore(Cast.NOON.plus(CONFIG.interval()))) {
      now = a.sync.deadline();
      a.sync.onTime(now, a.mailbox);
      a.mailbox.take();
    }

    now = a.sync.deadline();
    assertThat(now).isEqualTo(Cast.NOON.plus(CONFIG.interval()));
    a.sync.onTime(now, a.mailbox);

    assertThat(a.mailbox.take(Frame.SyncRequest.class))
        .singleElement()
        .returns(0L, Frame.SyncRequest::storeId);
    assertThat(a.sync.deadline()).isAfter(now);
  }

  private Comparison comparison() {
    return new Comparison(
        new AuditTree(), new Frame.SyncRequest(0, 0), Comparison.Purpose.AUDIT, now);
  }

  /// Both hold the same to begin with.
  private static void fill(Side... sides) {
    for (Side side : sides) {
      for (int guid = 0; guid < MEMBERS; guid++) {
        side.learn(guid);
        side.grow(guid, guid % 7 + 1);
      }
    }
  }

  private static TreeSet<LogId> grow(Side side, int times, Random random) {
    TreeSet<LogId> grown = new TreeSet<>();
    for (int i = 0; i < times; i++) {
      int guid = random.nextInt(MEMBERS);
      side.grow(guid, 1 + random.nextInt(3));
      grown.add(Cast.log(guid));
    }
    return grown;
  }

  private static TreeSet<LogId> ahead(Side one, Side other, TreeSet<LogId> logs) {
    TreeSet<LogId> ahead = new TreeSet<>(logs);
    ahead.removeIf(log -> one.shelf.taken(log) <= other.shelf.taken(log));
    return ahead;
  }

  private void talk(Side a, Side b) {
    a.sync.peerUp(now, B, b.storeId, true, a.mailbox);
    b.sync.peerUp(now, A, a.storeId, false, b.mailbox);
    exchange(a, b);
  }

  /// Carries frames to and fro until nobody has anything to say.
  private void exchange(Side a, Side b) {
    int before;
    do {
      before = frames;
      deliver(a, b);
      deliver(b, a);
    } while (frames > before);
  }

  private void deliver(Side from, Side to) {
    for (var letter : from.mailbox.take()) {
      frames++;
      to.receive(from.guid, letter.frame());
    }
  }

  private final class Side {
    final Guid guid;
    final long storeId;
    final Shelf shelf = new Shelf();
    final Mailbox mailbox = new Mailbox();
    final Sync sync;
    private long arrival;

    Side(Guid guid) {
      this.guid = guid;
      this.storeId = 1_000L + guid.value();
      this.sync =
          new Sync(CONFIG, new Sync.Self(guid, storeId, 0, _ -> false), shelf, new Random(1));
    }

    void learn(int member) {
      RecordHead record = new RecordHead(Guid.of(member), 1, 1);
      shelf.records.put(record.guid(), record);
      sync.recordTaken(now, record.guid());
      sync.recordStored(now, ++arrival, record, Optional.empty());
    }

    void grow(int member, long by) {
      LogId log = Cast.log(member);
      long before = shelf.taken(log);
      shelf.logs.put(log, before + by);
      sync.logTaken(log);
      sync.logGrew(now, ++arrival, new LogHead(log, before + by), new LogHead(log, before), false);
    }

    void receive(Guid peer, Frame frame) {
      switch (frame) {
        case Frame.SyncRequest request -> sync.requested(now, peer, request, mailbox);
        case Frame.Summary summary -> sync.summary(now, peer, summary, mailbox);
        case Frame.Hashes hashes -> sync.hashes(now, peer, hashes, mailbox);
        case Frame.Probe probe -> sync.probed(now, peer, probe, mailbox);
        case Frame.Heads heads -> {
          rows += heads.logs().size() + heads.records().size();
          sync.heads(now, peer, heads, mailbox);
        }
        case Frame.News news -> {
          rows += news.logs().size() + news.records().size();
          sync.news(now, peer, news, mailbox);
        }
        case Frame.Fetch _ -> {}
        default -> throw new AssertionError(frame);
      }
    }

    /// What it fetches, if nobody ever answers.
    TreeSet<LogId> asksFor() {
      TreeSet<LogId> asked = new TreeSet<>();
      Instant at = now;
      for (int round = 0; round < 100; round++) {
        at = at.plus(CONFIG.timeout());
        sync.onTime(at, mailbox);
        for (Fetch fetch : mailbox.take(Fetch.class)) {
          fetch.ranges().forEach(range -> asked.add(range.log()));
        }
      }
      return asked;
    }
  }
}
