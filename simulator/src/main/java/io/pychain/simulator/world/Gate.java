package io.pychain.simulator.world;

import io.pychain.core.admission.Door;
import io.pychain.core.message.Batch;
import io.pychain.core.message.Frame;
import io.pychain.core.message.Frame.NetworkInfo;
import io.pychain.core.message.LogId;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.message.NodeKey;
import io.pychain.core.trust.KeyDirectory;
import io.pychain.core.trust.Sha256;
import io.pychain.core.trust.Verdict;
import io.pychain.core.trust.Verifier;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/// Lets in only what is verified, as the real links do, and verifies each object once.
///
/// Frames are passed on as objects, so the same batch comes to a thousand nodes. The real verifier
/// looks at it when it comes first; after that it is known, and all that is left to ask is whether
/// this node knows the origin. One gate serves the whole world.
final class Gate {
  /// Objects remembered; when there are more all are forgotten, and verified anew.
  private static final int SEEN_MAX = 1 << 16;

  private static final Verdict VALID = new Verdict.Valid();

  private final NetworkInfo network;
  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  Gate(NetworkInfo network) {
    this.network = network;
  }

  /// The gate as one node passes it.
  ///
  /// @param keys that it knows; learns from the records that it lets in
  Guard guard(KeyDirectory keys) {
    return new Guard(keys);
  }

  /// The door of a node, with a secret of its own.
  Door door(NodeKey node) {
    Verifier verifier = new Verifier(network, StandInKey.SCHEME, new KeyTable());
    return new Door(network, Sha256.of(node.bytes()).bytes(), StandInPuzzle.SCHEME, verifier);
  }

  private void remember(Object verified) {
    if (seen.size() >= SEEN_MAX) {
      seen.clear();
    }
    seen.add(verified);
  }

  /// Stands at the gate for one node.
  final class Guard {
    private final KeyDirectory keys;
    private final Verifier verifier;

    private Guard(KeyDirectory keys) {
      this.keys = keys;
      this.verifier = new Verifier(network, StandInKey.SCHEME, keys);
    }

    /// Whether the node may believe the frame.
    Verdict check(Frame frame) {
      return switch (frame) {
        case Frame.Push push -> check(frame, List.of(push.batch()));
        case Frame.Batches batches -> check(frame, batches.batches());
        case Frame.Announce announce -> checkRecords(frame, List.of(announce.record()));
        case Frame.Records records -> checkRecords(frame, records.records());
        default -> verifier.verify(frame);
      };
    }

    /// Whether the node may believe the record.
    boolean check(MemberRecord record) {
      if (seen.contains(record)) {
        keys.learn(record);
        return true;
      }
      boolean valid = verifier.verify(record);
      if (valid) {
        remember(record);
      }
      return valid;
    }

    private Verdict check(Frame frame, List<Batch> batches) {
      for (Batch batch : batches) {
        if (!seen.contains(batch) || !knowsKeyOf(batch.log())) {
          Verdict verdict = verifier.verify(frame);
          if (verdict.equals(VALID)) {
            batches.forEach(Gate.this::remember);
          }
          return verdict;
        }
      }
      return VALID;
    }

    /// Whether this node would verify it as the first one did: a later epoch may have another key.
    private boolean knowsKeyOf(LogId log) {
      return keys.certificateOf(log.guid()).stream().anyMatch(held -> log.epoch() <= held.epoch());
    }

    private Verdict checkRecords(Frame frame, List<MemberRecord> records) {
      for (MemberRecord record : records) {
        if (!check(record)) {
          return verifier.verify(frame);
        }
      }
      return VALID;
    }
  }
}
