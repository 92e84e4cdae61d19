package io.pychain.simulator.check;

import io.pychain.core.message.Batch;
import io.pychain.core.message.Frame;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.protocol.Persist;
import io.pychain.core.ring.Guid;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// Holds every node to this: from the moment at which it takes a ban until it takes the end of it,
/// it takes nothing of the banned and hands nothing on; answers that are being read from its disk
/// already may still go out. Who runs something of its own is not held to anything.
final class Outcasts {
  private final List<TreeSet<Guid>> banned = new ArrayList<>();

  Outcasts(int nodes) {
    for (int node = 0; node < nodes; node++) {
      banned.add(new TreeSet<>());
    }
  }

  /// A node hands a write to its disk.
  void writes(int node, Persist write) {
    if (write instanceof Persist.StoreRecord(long _, MemberRecord record)) {
      if (record.isRevoked()) {
        banned.get(node).add(record.guid());
      } else {
        banned.get(node).remove(record.guid());
      }
    } else if (write instanceof Persist.StoreBatch store) {
      check(node, store.delivery().batch(), "takes");
    }
  }

  /// A node sends a frame.
  void sends(int node, Frame frame) {
    if (frame instanceof Frame.Push push) {
      check(node, push.batch(), "hands on");
    }
  }

  private void check(int node, Batch batch, String what) {
    if (banned.get(node).contains(batch.log().guid())) {
      throw new RuleBroken(
          "nothing is taken of who is banned: node %d %s %s".formatted(node, what, batch));
    }
  }
}
