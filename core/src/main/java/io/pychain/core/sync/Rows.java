package io.pychain.core.sync;

import io.pychain.core.message.Contact;
import io.pychain.core.message.Frame.LogHead;
import io.pychain.core.message.Frame.RecordHead;
import io.pychain.core.message.LogId;
import io.pychain.core.ring.Guid;
import java.util.Optional;
import java.util.TreeSet;

/// Keeps the tree in step with what is durable here.
///
/// Of the logs of a banned member there is no row: the ban came to every node at another moment,
/// and nobody takes any more of them. So nodes that hold different ends agree, and have nothing to
/// ask each other. When the ban is lifted the rows come back, and what is missing is fetched like
/// anything that a node has missed.
final class Rows {
  private final AuditTree tree = new AuditTree();
  private final Held held;
  private final TreeSet<Guid> closed = new TreeSet<>();

  Rows(Held held) {
    this.held = held;
  }

  AuditTree tree() {
    return tree;
  }

  /// Whether nothing is said of the logs of a member.
  boolean isClosed(Guid guid) {
    return closed.contains(guid);
  }

  /// A log is held this far.
  void logMoved(LogHead head, LogHead before) {
    if (!isClosed(head.log().guid())) {
      tree.logMoved(head, before);
    }
  }

  /// A log is forked.
  void logForked(LogHead before) {
    if (!isClosed(before.log().guid())) {
      tree.logForked(before);
    }
  }

  /// A record is held.
  ///
  /// @param before in place of which one, if of any
  void recordStored(RecordHead record, Optional<RecordHead> before) {
    before.ifPresent(tree::recordGone);
    tree.recordTaken(record);
    boolean revoked = record.number() == Contact.REVOCATION;
    Guid guid = record.guid();
    if (revoked && closed.add(guid)) {
      held.durable(guid).forEach(head -> tree.logMoved(none(head.log()), held.printed(head)));
      held.forks(guid).forEach(log -> tree.logOpened(none(log)));
    } else if (!revoked && closed.remove(guid)) {
      held.durable(guid).forEach(head -> tree.logMoved(held.printed(head), none(head.log())));
      held.forks(guid).forEach(log -> tree.logForked(none(log)));
    }
  }

  private static LogHead none(LogId log) {
    return new LogHead(log, 0);
  }
}
