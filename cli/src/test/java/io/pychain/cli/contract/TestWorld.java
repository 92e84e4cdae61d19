package io.pychain.cli.contract;

import io.pychain.core.message.MessageId;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/// A network of nodes under test, real or simulated. Nodes are counted from 0, which is the boot
/// node.
interface TestWorld extends AutoCloseable {
  /// Starts so many nodes and waits until all know all.
  void start(int nodes) throws IOException;

  /// Asks a node to publish a text as JSON. Ends when the node acknowledges, or refuses; never, or
  /// with an exception, if it crashes before.
  CompletableFuture<MessageId> publish(int node, String text);

  /// Asks a node who has a message. Ends when everybody has it, or the wait is over, with how many
  /// have it of how many: `2/3`.
  CompletableFuture<String> coverage(int node, MessageId message, Duration wait);

  /// Everything that a node has delivered, events of the system included, in its order.
  List<Delivered> delivered(int node);

  /// Ends a node as kill -9 does.
  void crash(int node);

  /// Starts a crashed node again, on its own storage and at its old address.
  void restart(int node) throws IOException;

  /// Breaks every connection there is; the nodes may connect again.
  void breakLinks();

  /// Makes the writes of a node wait, for a second at most.
  void holdWrites(int node) throws IOException;

  /// Ends [#holdWrites].
  void releaseWrites(int node) throws IOException;

  /// Lets time pass until something is so.
  ///
  /// @return whether it came to be so before the world's patience was at its end
  boolean await(BooleanSupplier condition);

  /// Lets time pass.
  void pass(Duration time);

  @Override
  void close() throws IOException;

  /// A message as a subscriber of a node gets it.
  ///
  /// @param offset its place in the node's order
  /// @param id its name in the network
  /// @param json what was published
  record Delivered(long offset, MessageId id, String json) {}
}
