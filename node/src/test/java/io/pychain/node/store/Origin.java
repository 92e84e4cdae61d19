package io.pychain.node.store;

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

/// A member that publishes, and the node beside it that takes what it publishes, for tests of the
/// store. Its signatures are good for nothing, which the store does not look at.
public final class Origin {
  public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  public static final NetworkInfo NETWORK = new NetworkInfo("tests", key(99));
  private static final NetworkId NETWORK_ID = Networks.idOf(NETWORK);

  /// The node that takes: counts writes and offsets over all origins.
  public static final class Taker {
    private long write;
    private long offset;

    public Taker() {
      this(0, 0);
    }

    public Taker(long write, long offset) {
      this.write = write;
      this.offset = offset;
    }

    public Persist take(Batch batch, Instant received) {
      Delivery delivery = new Delivery(batch, offset + 1, received, 2, Via.PUSH);
      offset += batch.messages().size();
      return new Persist.StoreBatch(++write, delivery);
    }

    public Persist take(Batch batch) {
      return take(batch, START.plusMillis(offset));
    }

    public Persist probe() {
      return new Persist.Probe(++write);
    }
  }

  private final Signer signer;
  private final LogId log;
  private long seq;
  private Digest hash = Digest.ZERO;

  public Origin(int guid) {
    log = new LogId(Guid.of(guid), 1);
    signer = new IdleSigner(key(guid));
  }

  private record IdleSigner(NodeKey key) implements Signer {
    @Override
    public byte[] sign(byte[] bytes) {
      return new byte[Sealed.SIGNATURE_LENGTH];
    }
  }

  private static NodeKey key(int number) {
    byte[] key = new byte[NodeKey.LENGTH];
    key[0] = (byte) number;
    return new NodeKey(Bytes.wrap(key));
  }

  /// Goes on from where a log ended.
  public Origin after(long lastSeq, Digest lastHash) {
    seq = lastSeq;
    hash = lastHash;
    return this;
  }

  /// As if the next messages had been pruned everywhere.
  public Origin skip(int messages) {
    seq += messages;
    return this;
  }

  public LogId log() {
    return log;
  }

  /// The next batch, of so many messages that tell their own number.
  public Batch batch(int count) {
    List<Message> messages = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      messages.add(new Message("text/plain", Bytes.utf8(log + ":" + (seq + i))));
    }
    return seal(messages);
  }

  /// The next batch, of these messages.
  public Batch saying(Message... messages) {
    return seal(List.of(messages));
  }

  /// The next batch, of one message of so many bytes.
  public Batch large(int bytes) {
    return seal(List.of(new Message("text/plain", Bytes.wrap(new byte[bytes]))));
  }

  private Batch seal(List<Message> messages) {
    Batch batch =
        BatchCodec.seal(
            new BatchCodec.Draft(log, seq + 1, hash, START, messages), NETWORK_ID, signer);
    seq = batch.lastSeq();
    hash = batch.hash();
    return batch;
  }
}
