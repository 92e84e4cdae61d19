package io.pychain.benchmarks.store;

import io.pychain.core.message.Batch;
import io.pychain.core.message.Bytes;
import io.pychain.core.message.Digest;
import io.pychain.core.message.Frame.NetworkInfo;
import io.pychain.core.message.LogId;
import io.pychain.core.message.Message;
import io.pychain.core.message.NetworkId;
import io.pychain.core.message.NodeKey;
import io.pychain.core.message.Sealed;
import io.pychain.core.protocol.Persist;
import io.pychain.core.protocol.Persist.Delivery;
import io.pychain.core.protocol.Persist.Via;
import io.pychain.core.ring.Guid;
import io.pychain.core.trust.Networks;
import io.pychain.core.trust.Signer;
import io.pychain.core.wire.BatchCodec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Batches of one message of ten origins in turn, 300 bytes each with all that is round it. The
/// signatures are empty: the store does not look at them.
final class Rows {
  private static final int ORIGINS = 10;
  private static final int PAYLOAD_BYTES = 150;
  private static final NodeKey KEY = new NodeKey(Bytes.wrap(new byte[NodeKey.LENGTH]));
  private static final NetworkId NETWORK = Networks.idOf(new NetworkInfo("benchmark", KEY));
  private static final Signer SIGNER = new EmptySigner(KEY);

  private final long[] seqs = new long[ORIGINS];
  private final Digest[] hashes = new Digest[ORIGINS];
  private long write;

  private record EmptySigner(NodeKey key) implements Signer {
    @Override
    public byte[] sign(byte[] bytes) {
      return new byte[Sealed.SIGNATURE_LENGTH];
    }
  }

  List<Persist> next(int count) {
    List<Persist> writes = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      writes.add(next());
    }
    return writes;
  }

  private Persist next() {
    int origin = (int) (write % ORIGINS);
    LogId log = new LogId(Guid.of(origin), 1);
    Digest previous = seqs[origin] == 0 ? Digest.ZERO : hashes[origin];
    Message message = new Message(Message.JSON, Bytes.wrap(new byte[PAYLOAD_BYTES]));
    Instant now = Instant.EPOCH.plusMillis(write);
    Batch batch =
        BatchCodec.seal(
            new BatchCodec.Draft(log, ++seqs[origin], previous, now, List.of(message)),
            NETWORK,
            SIGNER);
    hashes[origin] = batch.hash();
    write++;
    return new Persist.StoreBatch(write, new Delivery(batch, write, now, 1, Via.PUSH));
  }
}
