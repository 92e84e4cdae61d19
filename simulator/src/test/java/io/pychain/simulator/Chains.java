package io.pychain.simulator;

import io.pychain.core.message.Batch;
import io.pychain.core.message.Bytes;
import io.pychain.core.message.Digest;
import io.pychain.core.message.LogId;
import io.pychain.core.message.Message;
import io.pychain.core.message.NetworkId;
import io.pychain.core.message.NodeKey;
import io.pychain.core.message.Sealed;
import io.pychain.core.ring.Guid;
import io.pychain.core.trust.Signer;
import io.pychain.core.wire.BatchCodec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Logs for tests.
public final class Chains {
  /// The log that all of these are of.
  public static final LogId LOG = new LogId(Guid.of(3), 1);

  private static final Instant WHEN = Instant.parse("2026-01-01T00:00:00Z");

  private Chains() {}

  /// A message that begins with a number.
  public static Message message(long number) {
    return new Message(Message.JSON, Bytes.utf8(number + " ".repeat(50)));
  }

  /// The first batches of the log, each with one message, numbered from 1.
  public static List<Batch> chain(int length) {
    return chain(LOG, length);
  }

  /// The same of any log.
  public static List<Batch> chain(LogId log, int length) {
    List<Batch> chain = new ArrayList<>();
    for (int seq = 1; seq <= length; seq++) {
      Digest previous = chain.isEmpty() ? Digest.ZERO : chain.getLast().hash();
      chain.add(batch(log, seq, previous, message(seq)));
    }
    return chain;
  }

  /// A batch with one message.
  public static Batch batch(long seq, Digest previous, Message message) {
    return batch(LOG, seq, previous, message);
  }

  private static Batch batch(LogId log, long seq, Digest previous, Message message) {
    var draft = new BatchCodec.Draft(log, seq, previous, WHEN, List.of(message));
    return BatchCodec.seal(draft, new NetworkId(Digest.ZERO), new Unsigned());
  }

  /// A signer for where nobody looks at signatures.
  private record Unsigned() implements Signer {
    @Override
    public NodeKey key() {
      return new NodeKey(Digest.ZERO.bytes());
    }

    @Override
    public byte[] sign(byte[] bytes) {
      return new byte[Sealed.SIGNATURE_LENGTH];
    }
  }
}
