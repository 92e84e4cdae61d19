package io.pychain.core.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.Cast;
import io.pychain.core.message.Frame.LogHead;
import io.pychain.core.message.Frame.RecordHead;
import io.pychain.core.message.Frame.TreeNode;
import io.pychain.core.ring.Guid;
import io.pychain.core.ring.Ring;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AuditTreeTest {
  private final AuditTree tree = new AuditTree();

  @Test
  void treeGrownByChangesEqualsTheTreeOfWhatIsHeld() {
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      int guids = 1 << (1 + random.nextInt(14));
      AuditTree grown = new AuditTree();
      TreeMap<Integer, Long> heads = new TreeMap<>();
      TreeMap<Integer, Long> records = new TreeMap<>();
      for (int change = 0; change < 500; change++) {
        int guid = random.nextInt(guids);
        if (random.nextBoolean()) {
          moveLog(grown, guid, heads);
        } else {
          replaceRecord(grown, guid, records);
        }
      }

      AuditTree computed = new AuditTree();
      heads.forEach((guid, seq) -> computed.logMoved(new LogHead(Cast.log(guid), seq), none(guid)));
      records.forEach((guid, number) -> computed.recordTaken(record(guid, number)));
      assertSame(grown, computed, "seed " + seed);
    }
  }

  private static void moveLog(AuditTree tree, int guid, TreeMap<Integer, Long> heads) {
    long before = heads.getOrDefault(guid, 0L);
    heads.put(guid, before + 1);
    tree.logMoved(new LogHead(Cast.log(guid), before + 1), new LogHead(Cast.log(guid), before));
  }

  private static void replaceRecord(AuditTree tree, int guid, TreeMap<Integer, Long> records) {
    Long before = records.get(guid);
    if (before != null) {
      tree.recordGone(record(guid, before));
    }
    long number = before == null ? 1 : before + 1;
    records.put(guid, number);
    tree.recordTaken(record(guid, number));
  }

  @Test
  void orderOfChangesDoesNotMatter() {
    List<Integer> guids = new ArrayList<>();
    for (int guid = 0; guid < 5_000; guid += 7) {
      guids.add(guid);
    }
    guids.forEach(guid -> tree.recordTaken(record(guid, 3)));

    for (int seed = 0; seed < 10; seed++) {
      AuditTree other = new AuditTree();
      Collections.shuffle(guids, new Random(seed));
      guids.forEach(guid -> other.recordTaken(record(guid, 3)));

      assertSame(other, tree, "seed " + seed);
    }
  }

  @Test
  void nodeIsTheSumOfItsChildrenOnEveryLevel() {
    for (int guid = 0; guid < 70_000; guid += 11) {
      tree.recordTaken(record(guid, guid + 1));
    }

    for (int level = 1; level <= tree.rootLevel(); level++) {
      TreeNode node = new TreeNode(level, 0);
      long sum = tree.children(node).stream().mapToLong(Long::longValue).sum();
      assertThat(sum).as("level %d", level).isEqualTo(tree.hash(level, 0));
    }
  }

  @Test
  void rootLevelFollowsTheLargestGuid() {
    assertThat(rootLevelWith(0)).isZero();
    assertThat(rootLevelWith(15)).isZero();
    assertThat(rootLevelWith(16)).isEqualTo(1);
    assertThat(rootLevelWith(255)).isEqualTo(1);
    assertThat(rootLevelWith(256)).isEqualTo(2);
    assertThat(rootLevelWith(Ring.GUID_MAX)).isEqualTo(AuditTree.LEVELS_MAX - 1);
  }

  @Test
  void treeIsACornerOfALargerOne() {
    tree.recordTaken(record(5, 1));

    assertThat(tree.hash(3, 0)).isEqualTo(tree.hash(0, 0));
    assertThat(tree.hash(3, 1)).isZero();
    assertThat(tree.hash(0, 99)).isZero();
  }

  @Test
  void emptyTreeHashesToZero() {
    assertThat(tree.hash(tree.rootLevel(), 0)).isZero();

    tree.recordTaken(record(5, 1));
    tree.recordGone(record(5, 1));
    assertThat(tree.hash(tree.rootLevel(), 0)).isZero();
  }

  @Test
  void recordAndLogAndEpochTellApart() {
    AuditTree log = new AuditTree();
    log.logMoved(new LogHead(Cast.log(5), 7), none(5));
    AuditTree record = new AuditTree();
    record.recordTaken(record(5, 7));
    AuditTree epoch = new AuditTree();
    epoch.recordTaken(new RecordHead(Guid.of(5), 2, 7));

    assertThat(List.of(log.hash(0, 0), record.hash(0, 0), epoch.hash(0, 0)))
        .doesNotHaveDuplicates();
  }

  @Test
  void nodesThatCannotBeDoNotExist() {
    assertThat(AuditTree.exists(new TreeNode(-1, 0))).isFalse();
    assertThat(AuditTree.exists(new TreeNode(0, -1))).isFalse();
    assertThat(AuditTree.exists(new TreeNode(AuditTree.LEVELS_MAX, 0))).isFalse();
    assertThat(AuditTree.exists(new TreeNode(AuditTree.LEVELS_MAX - 1, 1))).isFalse();
    assertThat(AuditTree.exists(new TreeNode(0, Ring.GUID_MAX / 16))).isTrue();
    assertThat(AuditTree.exists(new TreeNode(0, Ring.GUID_MAX / 16 + 1))).isFalse();
  }

  private static int rootLevelWith(int guid) {
    AuditTree tree = new AuditTree();
    tree.recordTaken(record(guid, 1));
    return tree.rootLevel();
  }

  private static RecordHead record(int guid, long number) {
    return new RecordHead(Guid.of(guid), 1, number);
  }

  private static void assertSame(AuditTree one, AuditTree other, String what) {
    assertThat(one.rootLevel()).as(what).isEqualTo(other.rootLevel());
    for (int level = 0; level <= one.rootLevel(); level++) {
      for (int index = 0; index < 16; index++) {
        assertThat(one.hash(level, index)).as(what).isEqualTo(other.hash(level, index));
      }
    }
  }

  private static LogHead none(int guid) {
    return new LogHead(Cast.log(guid), 0);
  }
}
