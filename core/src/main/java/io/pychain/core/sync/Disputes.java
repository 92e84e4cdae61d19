package io.pychain.core.sync;

import io.pychain.core.message.Frame;
import io.pychain.core.message.Frame.LogHead;
import io.pychain.core.message.Frame.Range;
import io.pychain.core.message.LogId;
import io.pychain.core.ring.Guid;
import java.util.ArrayList;
import java.util.List;

/// Where two stores contradict each other, rather than one lacking what the other has: a log that
/// ends alike at both with different batches, or that one of them knows to be forked.
///
/// Stores that hold the same hold the same hashes; so the last batch of a log, which vouches for
/// all before it, tells whether a log is the same at both.
record Disputes(Held held) {
  /// Id of questions for what is disputed; those for what is missing count from 1.
  private static final long DISPUTED = 0;

  /// Asks for proofs that are not held, and for what a peer holds in place of what is held here.
  void ask(Guid peer, Frame.Heads heads, Post post) {
    List<LogId> unknown = heads.forks().stream().filter(log -> !held.isClosed(log)).toList();
    if (!unknown.isEmpty()) {
      post.send(peer, new Frame.ForksWanted(unknown));
    }
    List<Range> disputed = new ArrayList<>();
    for (LogHead head : heads.logs()) {
      if (disputed.size() < Wants.RANGES_MAX && head.print() != 0 && held.disputes(head)) {
        disputed.add(new Range(head.log(), head.seq(), head.seq()));
      }
    }
    if (!disputed.isEmpty()) {
      post.send(peer, new Frame.Fetch(DISPUTED, disputed));
    }
  }
}
