package io.pychain.core.sync;

import io.pychain.core.message.Frame;
import io.pychain.core.message.Frame.TreeNode;
import io.pychain.core.ring.Guid;
import java.time.Instant;

/// Answers what peers ask about this node's store, each within its allowance.
final class Answers {
  /// What a record counts for in an allowance, in rows.
  static final int ROWS_PER_RECORD = 4;

  private final Teller teller;
  private final AuditTree tree;
  private final Allowance allowance = new Allowance();

  Answers(Teller teller, AuditTree tree) {
    this.teller = teller;
    this.tree = tree;
  }

  /// A peer asks what changed. If it has asked for too much of late, it is answered with one hash,
  /// which is no longer than the question.
  void requested(Instant now, Guid peer, Frame.SyncRequest request, Post post) {
    Frame answer = allowance.permits(now, peer) ? teller.answer(peer, request) : teller.summary();
    allowance.spend(now, peer, rows(answer));
    post.send(peer, answer);
  }

  /// A peer asks for nodes of the tree. It gets as many as an honest one asks for at a time, since
  /// each answer is many times as large as its question.
  void probed(Instant now, Guid peer, Frame.Probe probe, Post post) {
    for (TreeNode node : probe.nodes().stream().limit(Comparison.PROBES_MAX).toList()) {
      if (AuditTree.exists(node) && allowance.permits(now, peer)) {
        Frame answer = opened(node);
        allowance.spend(now, peer, rows(answer));
        post.send(peer, answer);
      }
    }
  }

  private Frame opened(TreeNode node) {
    return node.level() == 0
        ? teller.leaf(AuditTree.guidsOf(node))
        : new Frame.Hashes(node, tree.children(node));
  }

  private static long rows(Frame answer) {
    return switch (answer) {
      case Frame.Heads heads -> 1L + heads.logs().size() + heads.records().size();
      case Frame.Hashes _ -> AuditTree.FAN_OUT;
      default -> 1;
    };
  }

  /// Whether a peer that asks for records is to be sent them.
  boolean maySendRecords(Instant now, Guid peer, int records) {
    boolean permitted = allowance.permits(now, peer);
    if (permitted) {
      allowance.spend(now, peer, (long) ROWS_PER_RECORD * records);
    }
    return permitted;
  }

  void forget(Guid peer) {
    allowance.forget(peer);
  }
}
