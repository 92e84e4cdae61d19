package io.pychain.core.sync;

import io.pychain.core.message.Frame;
import io.pychain.core.message.Frame.TreeNode;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.TreeSet;

/// One comparison with one peer, from the question to the last leaf that differs.
///
/// ```
///   SyncRequest ─►            ◄─ Heads      the peer's journal reached back to the cursor: done
///                             ◄─ Summary    equal roots: done; otherwise, while nodes differ:
///   Probe (some nodes) ─►     ◄─ Hashes     of a node's children, or
///                             ◄─ Heads      of a leaf: one frame for each node probed
/// ```
///
/// A peer decides what differs, so it must not decide how much work that makes: only nodes that
/// were probed may be opened, each once, and the deepest go first. So the way is ever down, and
/// what waits is a few children for each level, however large the tree that a peer makes up.
final class Comparison {
  /// Nodes probed in one frame, and awaited at a time.
  static final int PROBES_MAX = 64;

  private static final Comparator<TreeNode> ORDER =
      Comparator.comparingInt(TreeNode::level).thenComparingInt(TreeNode::index);

  private final AuditTree tree;
  private final Frame.SyncRequest request;
  private final Purpose purpose;
  private Instant expectedSince;
  private Instant deadline;
  private final Deque<TreeNode> differing = new ArrayDeque<>();
  private final TreeSet<TreeNode> opening = new TreeSet<>(ORDER);
  private boolean answered;
  private int leaves;
  private long storeId;
  private long arrival;

  /// Why two stores are compared.
  enum Purpose {
    /// A link has come up, or a telling was lost: what is found is old, and fetched at once.
    CATCH_UP,
    /// Time has passed: what is found may be on its way.
    AUDIT
  }

  Comparison(AuditTree tree, Frame.SyncRequest request, Purpose purpose, Instant begun) {
    this.tree = tree;
    this.request = request;
    this.purpose = purpose;
    this.expectedSince = begun;
    this.deadline = begun;
  }

  Purpose purpose() {
    return purpose;
  }

  Frame.SyncRequest request() {
    return request;
  }

  Instant deadline() {
    return deadline;
  }

  /// When the peer last answered, or was asked.
  Instant expectedSince() {
    return expectedSince;
  }

  /// From now on the next answer is waited for, until then.
  void expect(Instant now, Instant latest) {
    expectedSince = now;
    deadline = latest;
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
      boolean same = request.own().map(own -> own.root() == summary.root()).orElse(false);
      if (!same) {
        compare(new TreeNode(summary.level(), 0), summary.root());
      }
    }
  }

  void hashes(Frame.Hashes hashes) {
    if (opening.remove(hashes.parent())) {
      List<TreeNode> children = AuditTree.childrenOf(hashes.parent());
      for (int i = 0; i < AuditTree.FAN_OUT; i++) {
        compare(children.get(i), hashes.children().get(i));
      }
    }
  }

  private void compare(TreeNode node, long theirs) {
    if (theirs != 0 && AuditTree.exists(node) && theirs != tree.hash(node.level(), node.index())) {
      differing.push(node);
    }
  }

  /// Takes note of a leaf's heads, if one is awaited.
  boolean leaf() {
    boolean expected = leaves > 0;
    leaves -= expected ? 1 : 0;
    return expected;
  }

  /// The nodes to probe now.
  List<TreeNode> next() {
    List<TreeNode> nodes = new ArrayList<>();
    while (opening.size() + leaves < PROBES_MAX && !differing.isEmpty()) {
      TreeNode node = differing.pop();
      nodes.add(node);
      if (node.level() == 0) {
        leaves++;
      } else {
        opening.add(node);
      }
    }
    return nodes;
  }

  /// Nodes that differ and have yet to be probed.
  int waiting() {
    return differing.size();
  }

  boolean isDone() {
    return answered && leaves == 0 && opening.isEmpty() && differing.isEmpty();
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
