package io.pychain.node;

import io.pychain.core.coverage.Coverage;
import io.pychain.core.link.LinkId;
import io.pychain.core.message.Bytes;
import io.pychain.core.message.Frame.NetworkInfo;
import io.pychain.core.message.Message;
import io.pychain.core.message.MessageId;
import io.pychain.core.message.NetworkId;
import io.pychain.core.message.OriginLimits;
import io.pychain.core.message.Reach;
import io.pychain.core.protocol.Answer;
import io.pychain.core.protocol.NodeView;
import io.pychain.core.ring.Guid;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// A running node, as applications use it: publish, read, follow, look. Safe for many threads.
public interface Node {
  /// Longest wait for coverage.
  Duration COVERAGE_WAIT_MAX = Reach.Survey.BUDGET_MAX;

  /// The network it belongs to.
  NetworkInfo network();

  /// The network's id.
  NetworkId networkId();

  /// When this process started to serve.
  Instant started();

  /// The present state; at most some tens of milliseconds old, and never older than the last
  /// publish that this node acknowledged.
  NodeView view();

  /// The papers of this node that end at some time.
  List<Expiry> expiries();

  /// What each link has carried, by link.
  Map<LinkId, LinkTraffic> traffic();

  /// Publishes messages, all or none, as consecutive messages of this node's log. The future ends
  /// once they are durable here: with [Answer.Published], or with [Answer.Refused] or
  /// [Answer.Limited] and nothing kept.
  CompletableFuture<Answer> publish(List<Message> messages);

  /// Messages of this node's delivery order after an offset.
  ///
  /// @param after offsets above this one; 0 from the start
  /// @param limit at most so many; fewer where they are large, so that an answer takes bounded
  ///   memory, but at least one if there is any
  /// @param origin only of this one, if given
  /// @throws IOException if the store cannot be read
  List<DeliveredMessage> messages(long after, int limit, Optional<Guid> origin) throws IOException;

  /// How many messages are held now: delivered, and not pruned yet.
  ///
  /// @throws IOException if the store cannot be read
  long held() throws IOException;

  /// One message, if it is held.
  ///
  /// @throws IOException if the store cannot be read
  Optional<DeliveredMessage> message(MessageId id) throws IOException;

  /// Follows the delivery order from an offset: first what is held, then what comes, each message
  /// once, in order, on a thread of its own. A slow consumer is behind, and nothing is buffered for
  /// it: it reads from the store. A consumer that throws ends its subscription.
  Subscription subscribe(long after, Consumer<DeliveredMessage> consumer);

  /// Finds out who has a message, by asking every member: whoever holds it durably has it. Members
  /// that lack it are waited for, and what is known so far can be looked at meanwhile. A message
  /// that this node does not hold cannot be asked about.
  ///
  /// @param wait how long at most, up to [#COVERAGE_WAIT_MAX]; it ends earlier if all have it
  Inquiry survey(MessageId message, Duration wait);

  /// Compares with peers now; ends when that is done.
  CompletableFuture<Answer.Synced> sync();

  /// Bans a member from the network, which only a boot node can: everybody cuts its links and takes
  /// nothing more of it. Ends once that is durable here and on its way to all, with [Answer.Ruled];
  /// or with [Answer.Overruled], and nothing has changed.
  ///
  /// @param force even if the member is another boot node
  CompletableFuture<Answer> ban(Guid guid, boolean force);

  /// Lifts a ban, with the same answers.
  CompletableFuture<Answer> unban(Guid guid);

  /// Gets another key for this node, which keeps its GUID. Ends once a boot node has certified it
  /// and that is durable here, with [Answer.Rotated]: the next start is with that key. Or with
  /// [Answer.NotRotated], and the key stays. Asked again before it has ended, or by a later run, it
  /// goes on with the same key.
  ///
  /// @throws IOException if the key cannot be made or kept
  CompletableFuture<Answer> rotateKey() throws IOException;

  /// Leaves the network, then stops: takes no more publishes, waits for those that were taken,
  /// tells the others and waits for them to take it, each within about a second. The future ends
  /// once the node has left, and the node stops by itself after that. Starting it again is coming
  /// back.
  CompletableFuture<Answer.Left> leave();

  /// Lays down how much any one member of the network may publish, for all of them; only at a boot
  /// node. Ends with [Answer.LaidDown] or [Answer.NotLaidDown].
  CompletableFuture<Answer> layDown(OriginLimits limits);

  /// Proves to whoever asks that this node holds the key of its certificate.
  ///
  /// @param nonce 8 to 64 bytes that the asker has just made up
  /// @return the node's signature over [StatusProof#signedBytes]
  Bytes prove(Bytes nonce);

  /// A question about who has a message.
  interface Inquiry {
    /// What is known by now; empty before the first answer. The number of those reached only grows.
    Optional<Coverage> known();

    /// Ends with what is known once everybody has it or the wait is over; with nothing if the
    /// message is not held here; with an [IllegalStateException] if the node could not take the
    /// question, or has stopped.
    CompletableFuture<Optional<Coverage>> end();
  }

  /// A running subscription.
  interface Subscription extends AutoCloseable {
    /// Offset of the last message that the consumer has taken.
    long offset();

    /// Whether it still runs.
    boolean isOpen();

    /// Ends it; when this returns the consumer is not called again.
    @Override
    void close();
  }

  /// What a link has carried since it came up.
  ///
  /// @param sentBytes frames written, with their length prefix
  /// @param receivedBytes frames read, likewise
  /// @param queuedBytes waiting in the outbox now
  /// @param droppedFrames pushes that found the outbox full
  record LinkTraffic(long sentBytes, long receivedBytes, long queuedBytes, long droppedFrames) {}
}
