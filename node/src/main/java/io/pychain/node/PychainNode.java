package io.pychain.node;

import io.pychain.core.message.Message;
import io.pychain.core.protocol.Answer;
import java.util.concurrent.CompletableFuture;

/// A node in this process. Any number of them can live in one.
///
/// ```java
/// try (PychainNode node = PychainNode.start(NodeConfig.builder()…build())) {
///   node.subscribe(0, message -> System.out.println(message.message().data().utf8()));
///   node.broadcast("{\"hello\": \"world\"}");
/// }
/// ```
public abstract class PychainNode implements Node, AutoCloseable {
  /// Publishes one JSON value and waits until it is durable here.
  ///
  /// @throws PublishRefusedException if the node cannot take it now; nothing of it was kept
  public final Answer.Published broadcast(String json)
      throws PublishRefusedException, InterruptedException {
    throw new PublishRefusedException(json);
  }

  /// Publishes one message and waits until it is durable here.
  ///
  /// @throws PublishRefusedException if the node cannot take it now; nothing of it was kept
  public final Answer.Published broadcast(Message message)
      throws PublishRefusedException, InterruptedException {
    throw new PublishRefusedException(message.toString());
  }

  /// Ends when the node has stopped: normally after [#close], with the fault if it stopped by
  /// itself.
  public abstract CompletableFuture<Void> ended();

  /// Stops in order: refuses new publishes, lets outboxes drain for a moment, closes the store.
  @Override
  public abstract void close();
}
