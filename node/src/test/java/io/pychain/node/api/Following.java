package io.pychain.node.api;

import io.pychain.node.DeliveredMessage;
import io.pychain.node.Node.Subscription;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// A subscription to a [FakeNode].
final class Following implements Subscription {
  private final FakeNode node;
  private final Consumer<DeliveredMessage> consumer;
  private final Thread thread;
  private final AtomicLong offset;

  Following(FakeNode node, long after, Consumer<DeliveredMessage> consumer) {
    this.node = node;
    this.offset = new AtomicLong(after);
    this.consumer = consumer;
    node.count(1);
    thread = Thread.ofVirtual().start(this::run);
  }

  private void run() {
    try {
      while (true) {
        consumer.accept(node.next(offset.get()));
        offset.incrementAndGet();
      }
    } catch (InterruptedException | RuntimeException ended) {
      // Closed, or the consumer has had enough.
    } finally {
      node.count(-1);
    }
  }

  @Override
  public long offset() {
    return offset.get();
  }

  @Override
  public boolean isOpen() {
    return thread.isAlive();
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }
}
