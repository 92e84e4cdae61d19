package io.pychain.core.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.Cast;
import io.pychain.core.link.LinkConfig;
import io.pychain.core.link.Links;
import io.pychain.core.message.Batch;
import io.pychain.core.message.Frame.RecordHead;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.protocol.Persist.StoreBatch;
import io.pychain.core.protocol.Persist.Via;
import io.pychain.core.ring.Guid;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WritesTest {
  private static final List<Batch> CHAIN = Cast.chain(Cast.log(1), 50, 3);

  private final Links links = new Links(Guid.of(0), LinkConfig.DEFAULT);
  private final Outlet out = new Outlet(links, new Counters());
  private final Writes writes = new Writes(out, Stored.empty(1), CHAIN.getFirst().length());

  @Test
  void offsetsAreWithoutGapsWhateverTheDiskRefuses() {
    for (int seed = 0; seed < 20; seed++) {
      Outlet outlet = new Outlet(links, new Counters());
      Writes tested = new Writes(outlet, Stored.empty(1), Long.MAX_VALUE);
      Random random = new Random(seed);
      List<Persist> waiting = new ArrayList<>();
      long expected = 1;
      for (int step = 0; step < 300; step++) {
        tested.batch(Cast.NOON, CHAIN.get(random.nextInt(50)), 1, Via.PUSH);
        waiting.addAll(outlet.drain().persist());
        if (random.nextInt(10) == 0) {
          waiting.clear();
          tested.failed(Cast.NOON, "full");
          recover(tested, outlet);
        } else if (random.nextInt(3) == 0) {
          int durable = random.nextInt(waiting.size() + 1);
          long write = durable == 0 ? 0 : waiting.get(durable - 1).write();
          for (Persist persist : tested.persisted(write)) {
            assertThat(((StoreBatch) persist).delivery().firstOffset())
                .as("seed %d", seed)
                .isEqualTo(expected);
            expected += 3;
          }
          waiting.subList(0, durable).clear();
          assertThat(tested.durableOffset()).isEqualTo(expected - 1);
        }
      }
    }
  }

  @Test
  void numbersOfFailedWritesAreNotUsedAgain() {
    writes.batch(Cast.NOON, CHAIN.get(0), 1, Via.PUSH);
    long failed = out.drain().persist().getFirst().write();
    writes.failed(Cast.NOON, "full");
    recover(writes, out);

    writes.batch(Cast.NOON, CHAIN.get(0), 1, Via.PUSH);

    assertThat(out.drain().persist().getFirst().write()).isGreaterThan(failed);
  }

  @Test
  void roomEndsWithTheBoundAndComesBackWithTheDisk() {
    assertThat(writes.hasRoom()).isTrue();
    writes.batch(Cast.NOON, CHAIN.get(0), 1, Via.PUSH);
    assertThat(writes.hasRoom()).isFalse();

    writes.persisted(1);

    assertThat(writes.hasRoom()).isTrue();
  }

  @Test
  void storeThatFailedIsTriedEverySecondUntilItWorks() {
    Instant now = Cast.NOON;
    for (int i = 0; i < 5; i++) {
      writes.failed(now, "full");
      assertThat(writes.hasRoom()).isFalse();
      assertThat(writes.deadline()).isEqualTo(now.plus(Writes.PROBE_EVERY));
      now = writes.deadline();
      writes.onTime(now);
      writes.onTime(now);
      assertThat(out.drain().persist()).hasOnlyElementsOfType(Persist.Probe.class).hasSize(1);
    }

    writes.recovered();

    assertThat(writes.fault()).isEmpty();
    assertThat(writes.deadline()).isEqualTo(Instant.MAX);
  }

  @Test
  void recordIsNotHandedToAStoreThatHasFailed() {
    writes.failed(Cast.NOON, "full");

    writes.record(Cast.record(3, 1), Optional.empty());

    assertThat(out.drain().persist()).isEmpty();
  }

  @Test
  void recordThatTheStoreRefusedIsWrittenWhenItWorksAgain() {
    MemberRecord record = Cast.record(3, 2);
    writes.record(record, Optional.of(Intake.headOf(Cast.record(3, 1))));
    assertThat(out.drain().persist()).hasSize(1);
    writes.failed(Cast.NOON, "full");

    recover(writes, out);

    assertThat(out.drain().persist())
        .singleElement()
        .satisfies(write -> assertThat(((Persist.StoreRecord) write).record()).isEqualTo(record));
  }

  @Test
  void peersAreToldOfTheRecordOnDiskUntilTheNewerOneIsToo() {
    RecordHead first = Intake.headOf(Cast.record(3, 1));
    RecordHead third = Intake.headOf(Cast.record(3, 3));
    writes.record(Cast.record(3, 2), Optional.of(first));
    writes.record(Cast.record(3, 3), Optional.of(Intake.headOf(Cast.record(3, 2))));
    assertThat(writes.onDisk(Guid.of(3), Optional.of(third))).contains(first);

    assertThat(writes.recordPersisted(Cast.record(3, 2))).contains(first);
    assertThat(writes.onDisk(Guid.of(3), Optional.of(third)))
        .contains(Intake.headOf(Cast.record(3, 2)));

    writes.recordPersisted(Cast.record(3, 3));
    assertThat(writes.onDisk(Guid.of(3), Optional.of(third))).contains(third);
  }

  private static void recover(Writes writes, Outlet out) {
    writes.onTime(Cast.NOON.plus(Writes.PROBE_EVERY));
    Persist probe = out.drain().persist().getLast();
    assertThat(writes.persisted(probe.write())).containsExactly(probe);
    writes.recovered();
  }
}
