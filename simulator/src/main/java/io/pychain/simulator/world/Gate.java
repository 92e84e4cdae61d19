package io.pychain.simulator.world;

import io.pychain.core.message.Batch;
import io.pychain.core.message.Frame;
import io.pychain.core.message.Frame.NetworkInfo;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.trust.KeyDirectory;
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

  /// Whether a node that knows these keys may believe the frame. Learns from the records in it.
  Verdict check(Frame frame, KeyDirectory keys) {
    return switch (frame) {
      case Frame.Push push -> check(frame, List.of(push.batch()), keys);
      case Frame.Batches batches -> check(frame, batches.batches(), keys);
      case Frame.Announce announce -> checkRecords(frame, List.of(announce.record()), keys);
      case Frame.Records records -> checkRecords(frame, records.records(), keys);
      default -> verifier(keys).verify(frame);
    };
  }

  /// Whether a node that knows these keys may believe the record. Learns from it.
  boolean check(MemberRecord record, KeyDirectory keys) {
    if (seen.contains(record)) {
      keys.learn(record);
      return true;
    }
    boolean valid = verifier(keys).verify(record);
    if (valid) {
      remember(record);
    }
    return valid;
  }

  /// Takes the world's own records as verified, so that a world that begins warm begins at once.
  void trust(List<MemberRecord> records) {
    records.forEach(this::remember);
  }

  private Verdict check(Frame frame, List<Batch> batches, KeyDirectory keys) {
    for (Batch batch : batches) {
      if (!seen.contains(batch) || keys.keyOf(batch.log().guid()).isEmpty()) {
        Verdict verdict = verifier(keys).verify(frame);
        if (verdict.equals(VALID)) {
          batches.forEach(this::remember);
        }
        return verdict;
      }
    }
    return VALID;
  }

  private Verdict checkRecords(Frame frame, List<MemberRecord> records, KeyDirectory keys) {
    for (MemberRecord record : records) {
      if (!check(record, keys)) {
        return verifier(keys).verify(frame);
      }
    }
    return VALID;
  }

  private Verifier verifier(KeyDirectory keys) {
    return new Verifier(network, StandInKey.SCHEME, keys);
  }

  private void remember(Object verified) {
    if (seen.size() >= SEEN_MAX) {
      seen.clear();
    }
    seen.add(verified);
  }
}
