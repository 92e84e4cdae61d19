package io.pychain.core.sync;

import io.pychain.core.message.Frame;
import io.pychain.core.message.Frame.TreeNode;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// One comparison with one peer, from the question to the last leaf that differs.
///
/// ```
///   SyncRequest ─►            ◄─ Heads      the peer's journal reached back to the cursor: done
///                             ◄─ Summary    equal roots: done; otherwise, while nodes differ:
///   Probe (some nodes) ─►     ◄─ Hashes     of a node's children, or
///                             ◄─ Heads      of a leaf: one frame for each node probed
/// ```
final class Comparison {
  /// Nodes probed in one frame, and awaited at a time.
  static final int PROBES_MAX = 64;

  private final AuditTree tree;
  private final Frame.SyncRequest request;
  private final Instant deadline;
  private final Deque<TreeNode> differing = new ArrayDeque<>();
  private boolean answered;
  private int awaited;
  private long storeId;
  private long arrival;

  Comparison(AuditTree tree, Frame.SyncRequest request, Instant deadline) {
    this.tree = tree;
    this.request = request;
    this.deadline = deadline;
  }

  Frame.SyncRequest request() {
    return request;
  }

  Instant deadline() {
    return deadline;
  }

  /// Whether these heads answer the request itself.
  boolean isAnsweredBy(Frame.Heads heads) {
    return !answered
        && heads.storeId() == request.storeId()
        && heads.after() == request.after()
        && heads.arrival() >= heads.after();
  }

  void summary(Frame.Summary summary) {
    if (!answered) {
      answered = true;
      storeId = summary.storeId();
      arrival = summary.arrival();
      compare(new TreeNode(summary.level(), 0), summary.root());
    }
  }

  void hashes(Frame.Hashes hashes) {
    if (awaited > 0) {
      awaited--;
      List<TreeNode> children = AuditTree.childrenOf(hashes.parent());
      for (int i = 0; i < AuditTree.FAN_OUT; i++) {
        compare(children.get(i), hashes.children().get(i));
      }
    }
  }

  private void compare(TreeNode node, long theirs) {
    if (theirs != 0 && theirs != tree.hash(node.level(), node.index()) && AuditTree.exists(node)) {
      differing.add(node);
    }
  }

  /// Takes note of a leaf's heads, if one is awaited.
  boolean leaf() {
    boolean expected = answered && awaited > 0;
    awaited -= expected ? 1 : 0;
    return expected;
  }

  /// The nodes to probe now.
  List<TreeNode> next() {
    List<TreeNode> nodes = new ArrayList<>();
    while (awaited < PROBES_MAX && !differing.isEmpty()) {
      nodes.add(differing.remove());
      awaited++;
    }
    return nodes;
  }

  boolean isDone() {
    return answered && awaited == 0 && differing.isEmpty();
  }

  /// Up to where the peer's store is known once this is done.
  Cursor cursor() {
    return new Cursor(storeId, arrival);
  }

  /// A place in the history of a peer's store.
  record Cursor(long storeId, long arrival) {
    static final Cursor NONE = new Cursor(0, 0);
  }
}
