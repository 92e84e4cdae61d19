package io.pychain.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pychain.core.message.Batch;
import io.pychain.core.message.Frame;
import io.pychain.core.protocol.Persist;
import io.pychain.core.protocol.Persist.Delivery;
import io.pychain.core.protocol.Persist.Via;
import io.pychain.core.protocol.Stored;
import io.pychain.simulator.Chains;
import io.pychain.simulator.check.RuleBroken;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// The virtual disk keeps what it said it has, and loses the rest in a crash.
class DiskTest implements Disk.Owner {
  private static final DiskConfig SLOW =
      new DiskConfig(
          Duration.ofMillis(10), Duration.ofMillis(10), Duration.ofMillis(1), 500, 900, false);

  private final Timeline timeline = new Timeline();
  private final List<Long> durable = new ArrayList<>();
  private final List<Long> committed = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();
  private final List<Batch> chain = Chains.chain(20);

  @Test
  void writesBecomeDurableTogetherAfterADelayAndInOrder() {
    Disk disk = newDisk(1);

    disk.write(writes(1, 3));
    pass(Duration.ofMillis(9));
    assertThat(durable).isEmpty();
    pass(Duration.ofMillis(1));

    assertThat(durable).containsExactly(1L, 2L, 3L);
    assertThat(committed).containsExactly(3L);
  }

  @Test
  void whatComesDuringACommitGoesIntoTheNextOne() {
    Disk disk = newDisk(1);

    disk.write(writes(1, 1));
    pass(Duration.ofMillis(5));
    disk.write(writes(2, 3));
    disk.write(writes(4, 4));
    pass(Duration.ofMillis(100));

    assertThat(committed).containsExactly(1L, 4L);
  }

  @Test
  void storeThatIsLoadedIsWhatWasDurable() {
    Disk disk = newDisk(1);
    disk.write(writes(1, 3));
    pass(Duration.ofMillis(10));
    disk.write(writes(4, 4));

    Stored stored = disk.platter().load();

    assertThat(stored.lastWrite()).isEqualTo(3);
    assertThat(stored.lastOffset()).isEqualTo(3);
    assertThat(stored.logs())
        .containsExactly(new Stored.LogEnd(Chains.LOG, 1, 3, chain.get(2).hash()));
  }

  @Test
  void crashLosesWhatWaitsAndKeepsOrLosesTheGroupUnderWayAsAWhole() {
    List<Integer> survived = new ArrayList<>();
    for (int seed = 0; seed < 50; seed++) {
      durable.clear();
      committed.clear();
      Disk disk = newDisk(seed);
      disk.write(writes(1, 2));
      pass(Duration.ofMillis(10));
      disk.write(writes(3, 5));
      pass(Duration.ofMillis(5));
      disk.write(writes(6, 9));

      disk.crash();
      pass(Duration.ofSeconds(1));

      survived.add(durable.size());
      assertThat(committed).containsExactly(2L);
      assertThat(disk.platter().load().lastWrite()).isEqualTo(durable.size());
    }
    assertThat(survived).containsOnly(2, 5).contains(2, 5);
  }

  @Test
  void diskThatTearsKeepsAnyBeginningOfTheGroupUnderWay() {
    List<Integer> survived = new ArrayList<>();
    for (int seed = 0; seed < 50; seed++) {
      durable.clear();
      Disk disk = newDisk(seed, SLOW.tearing(true));
      disk.write(writes(1, 3));
      pass(Duration.ofMillis(5));

      disk.crash();

      survived.add(durable.size());
      assertThat(durable).isEqualTo(List.of(1L, 2L, 3L).subList(0, durable.size()));
      assertThat(disk.platter().load().lastWrite()).isEqualTo(durable.size());
    }
    assertThat(survived).contains(0, 1, 2, 3);
  }

  @Test
  void slowDiskTakesLonger() {
    Disk disk = newDisk(1);
    disk.slowDown(10);

    disk.write(writes(1, 1));
    pass(Duration.ofMillis(99));
    assertThat(durable).isEmpty();
    pass(Duration.ofMillis(1));

    assertThat(durable).containsExactly(1L);
  }

  @Test
  void diskGoesOnAfterACrashWithTheSameStore() {
    Disk disk = newDisk(1);
    long storeId = disk.platter().load().storeId();
    disk.hold();
    disk.write(writes(1, 1));

    disk.crash();
    disk.write(writes(1, 1));
    pass(Duration.ofMillis(10));

    assertThat(durable).containsExactly(1L);
    assertThat(disk.platter().load().storeId()).isEqualTo(storeId);
  }

  @Test
  void heldWritesWaitUntilTheyAreReleased() {
    Disk disk = newDisk(1);
    disk.hold();

    disk.write(writes(1, 2));
    pass(Duration.ofMinutes(1));
    assertThat(durable).isEmpty();
    disk.release();
    pass(Duration.ofMillis(10));

    assertThat(committed).containsExactly(2L);
  }

  @Test
  void brokenDiskWritesNothingUntilAProbeGoesThrough() {
    Disk disk = newDisk(1);
    disk.breakDown("no space");
    disk.write(writes(1, 2));
    pass(Duration.ofMillis(10));
    assertThat(failures).containsExactly("no space");

    disk.write(List.of(new Persist.Probe(3)));
    pass(Duration.ofMillis(10));
    disk.repair();
    disk.write(writes(4, 4));
    pass(Duration.ofMillis(10));
    assertThat(failures).hasSize(2);
    assertThat(durable).isEmpty();

    disk.write(List.of(new Persist.Probe(5)));
    disk.write(writes(6, 6));
    pass(Duration.ofMillis(20));
    assertThat(durable).containsExactly(5L, 6L);
    assertThat(committed).containsExactly(5L, 6L);
  }

  @Test
  void writesThatAreNotNumberedUpwardsAreAFault() {
    Disk disk = newDisk(1);
    List<Persist> writes = writes(1, 2);
    disk.write(writes);

    assertThatThrownBy(() -> disk.write(writes)).isInstanceOf(RuleBroken.class);
  }

  @Test
  void peerIsAnsweredInPartsFromWhatIsDurable() {
    Disk disk = newDisk(1);
    disk.write(writes(1, 5));
    pass(Duration.ofMillis(10));
    disk.write(writes(6, 6));

    List<Frame.Batches> parts = ask(disk, 2, 10);

    assertThat(parts).hasSizeGreaterThan(1).allMatch(part -> part.id() == 9);
    assertThat(parts.stream().flatMap(part -> part.batches().stream()))
        .containsExactlyElementsOf(chain.subList(1, 5));
    assertThat(parts.getLast().done()).isTrue();
    assertThat(parts.subList(0, parts.size() - 1)).noneMatch(Frame.Batches::done);
  }

  @Test
  void answerEndsAtItsLimitOfBytes() {
    Disk disk = newDisk(1);
    disk.write(writes(1, 20));
    pass(Duration.ofMillis(10));

    List<Frame.Batches> parts = ask(disk, 1, 20);

    long bytes =
        parts.stream().flatMap(part -> part.batches().stream()).mapToLong(Batch::length).sum();
    assertThat(bytes)
        .isBetween((long) SLOW.answerBytesMax(), (long) SLOW.answerBytesMax() + batchBytes());
    assertThat(parts.getLast().done()).isTrue();
  }

  @Test
  void whatIsNotHeldIsAnsweredWithNothing() {
    List<Frame.Batches> parts = ask(newDisk(1), 1, 20);

    assertThat(parts).containsExactly(new Frame.Batches(9, List.of(), List.of(), true));
  }

  private Disk newDisk(int seed) {
    return newDisk(seed, SLOW);
  }

  private Disk newDisk(int seed, DiskConfig config) {
    Platter platter = new Platter(77, Archive.empty(), List.of());
    return new Disk(timeline, config, new SplittableRandom(seed), platter, this);
  }

  /// Writes with these numbers, each of the batch with the same number.
  private List<Persist> writes(int first, int last) {
    List<Persist> writes = new ArrayList<>();
    for (int number = first; number <= last; number++) {
      Batch batch = chain.get(number - 1);
      Delivery delivery = new Delivery(batch, number, Timeline.BEGINNING, 1, Via.PUSH);
      writes.add(new Persist.StoreBatch(number, delivery));
    }
    return writes;
  }

  private List<Frame.Batches> ask(Disk disk, long from, long until) {
    List<Frame.Batches> parts = new ArrayList<>();
    var range = new Frame.Range(Chains.LOG, from, until);
    disk.read(new Frame.Fetch(9, List.of(range)), part -> parts.add((Frame.Batches) part));
    pass(SLOW.readTime());
    return parts;
  }

  private int batchBytes() {
    return chain.getLast().length();
  }

  private void pass(Duration time) {
    Passing.pass(timeline, time);
  }

  @Override
  public void durable(Persist write) {
    durable.add(write.write());
  }

  @Override
  public void failed(String reason) {
    failures.add(reason);
  }

  @Override
  public void committed(long write) {
    committed.add(write);
  }
}
