package io.pychain.core.sync;

import io.pychain.core.message.Frame.LogHead;
import io.pychain.core.message.Frame.RecordHead;
import io.pychain.core.message.Frame.TreeNode;
import io.pychain.core.message.LogId;
import io.pychain.core.ring.Guid;
import io.pychain.core.ring.Ring;
import io.pychain.core.ring.SplitMix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A tree of hashes over the dense GUID space, fan-out 16.
///
/// ```
///   level 1        ┌────────── sum ──────────┐            one node per 256 GUIDs
///   level 0   ┌─ sum ─┐ ┌─ sum ─┐   …   ┌─ sum ─┐         one node per 16 GUIDs
///   rows      0 … 15    16 … 31         240 … 255         hash of (log, head), (record, number)
/// ```
///
/// A node's hash is the sum of the mixed hashes of its rows, so a change costs one addition a level
/// and the order of changes does not matter. It tells honest stores apart; a peer that lies about
/// its hashes only keeps us from asking it.
final class AuditTree {
  /// Children of a node.
  static final int FAN_OUT = 16;

  /// No network needs more: six levels hold 16^6 = 2^24 GUIDs.
  static final int LEVELS_MAX = 6;

  private static final int FAN_BITS = 4;

  /// Stands in place of the number of the last message of a log that is forked.
  private static final long FORKED = -1;

  private final List<long[]> levels = new ArrayList<>();
  private long total;
  private int guidMax;

  AuditTree() {
    levels.add(new long[1]);
  }

  /// Replaces one held head of a log by another; number 0 stands for none.
  void logMoved(LogHead head, LogHead before) {
    add(head.log().guid().value(), row(head) - row(before));
  }

  /// Replaces the head of a log that is forked by the mark that says so, which is the same at all
  /// who know of it, however far they held the log.
  void logForked(LogHead before) {
    LogId log = before.log();
    add(log.guid().value(), row(log.guid().value(), log.epoch(), FORKED) - row(before));
  }

  /// Takes back the mark of [#logForked].
  void logOpened(LogHead head) {
    LogId log = head.log();
    add(log.guid().value(), row(head) - row(log.guid().value(), log.epoch(), FORKED));
  }

  private static long row(LogHead head) {
    LogId log = head.log();
    long row = row(log.guid().value(), log.epoch(), head.seq());
    return head.seq() == 0 ? 0 : row + head.print();
  }

  /// Adds a record; subtract the one before with [#recordGone].
  void recordTaken(RecordHead record) {
    add(record.guid().value(), row(record.guid().value(), -record.epoch(), record.number()));
  }

  /// Takes back a record that is held no more.
  void recordGone(RecordHead record) {
    add(record.guid().value(), -row(record.guid().value(), -record.epoch(), record.number()));
  }

  private static long row(int guid, int epoch, long number) {
    return SplitMix.mix(SplitMix.mix(SplitMix.mix(guid) + epoch) + number);
  }

  private void add(int guid, long change) {
    reach(guid);
    total += change;
    for (int level = 0; level < levels.size(); level++) {
      levels.get(level)[guid >>> shift(level)] += change;
    }
  }

  private void reach(int guid) {
    guidMax = Math.max(guidMax, guid);
    for (int level = 0; level < levels.size(); level++) {
      int index = guid >>> shift(level);
      long[] nodes = levels.get(level);
      if (index >= nodes.length) {
        levels.set(level, Arrays.copyOf(nodes, Math.max(index + 1, 2 * nodes.length)));
      }
    }
    while (levels.size() <= rootLevel()) {
      long[] below = levels.getLast();
      long[] above = new long[(guidMax >>> shift(levels.size())) + 1];
      for (int i = 0; i < below.length && i >>> FAN_BITS < above.length; i++) {
        above[i >>> FAN_BITS] += below[i];
      }
      levels.add(above);
    }
  }

  private static int shift(int level) {
    return FAN_BITS * (level + 1);
  }

  /// Level of the one node that stands for all.
  int rootLevel() {
    int level = 0;
    while (guidMax >>> shift(level) > 0) {
      level++;
    }
    return level;
  }

  /// Hash over everything.
  long root() {
    return total;
  }

  /// Hash of a node, of this tree or of a larger one that this one is a corner of.
  long hash(int level, int index) {
    if (level > rootLevel()) {
      return index == 0 ? total : 0;
    }
    long[] nodes = levels.get(level);
    return index < nodes.length ? nodes[index] : 0;
  }

  /// Hashes of the children of a node above level 0, in order.
  List<Long> children(TreeNode parent) {
    List<Long> hashes = new ArrayList<>(FAN_OUT);
    for (TreeNode child : childrenOf(parent)) {
      hashes.add(hash(child.level(), child.index()));
    }
    return hashes;
  }

  /// Whether there can be such a node in any network.
  static boolean exists(TreeNode node) {
    return node.level() >= 0
        && node.level() < LEVELS_MAX
        && node.index() >= 0
        && node.index() <= Ring.GUID_MAX >>> shift(node.level());
  }

  static List<TreeNode> childrenOf(TreeNode parent) {
    List<TreeNode> children = new ArrayList<>(FAN_OUT);
    for (int i = 0; i < FAN_OUT; i++) {
      children.add(new TreeNode(parent.level() - 1, (parent.index() << FAN_BITS) + i));
    }
    return children;
  }

  /// The GUIDs of a leaf.
  static List<Guid> guidsOf(TreeNode leaf) {
    List<Guid> guids = new ArrayList<>(FAN_OUT);
    for (int i = 0; i < FAN_OUT; i++) {
      guids.add(Guid.of((leaf.index() << FAN_BITS) + i));
    }
    return guids;
  }
}
