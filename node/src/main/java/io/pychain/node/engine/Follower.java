package io.pychain.node.engine;

import io.pychain.core.protocol.Persist.Delivery;
import io.pychain.node.DeliveredMessage;
import io.pychain.node.Node.Subscription;
import io.pychain.node.store.Store;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One subscription: a cursor over the delivery order and a virtual thread that moves it.
///
/// It takes from the tail while it keeps up and from the store while it is behind; nothing is ever
/// buffered for it.
final class Follower implements Subscription {
  /// Messages asked of the store at once, at most.
  private static final int PAGE_MESSAGES = 1_024;

  private static final Logger LOG = LoggerFactory.getLogger(Follower.class);

  private final Store store;
  private final Tail tail;
  private final int pageBytesMax;
  private final Consumer<DeliveredMessage> consumer;
  private final Consumer<Follower> ended;
  private final Thread thread;
  private volatile long offset;
  private volatile boolean open = true;

  /// @param name of the thread
  /// @param after the cursor
  /// @param ended is told when the thread has ended
  Follower(
      String name,
      Feed feed,
      long after,
      Consumer<DeliveredMessage> consumer,
      Consumer<Follower> ended) {
    this.store = feed.store();
    this.tail = feed.tail();
    this.pageBytesMax = feed.pageBytesMax();
    this.offset = after;
    this.consumer = consumer;
    this.ended = ended;
    this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
  }

  /// Where followers take from.
  record Feed(Store store, Tail tail, int pageBytesMax) {}

  void start() {
    thread.start();
  }

  private void run() {
    try {
      while (open && tail.await(offset)) {
        for (Delivery delivery : next()) {
          hand(delivery);
        }
      }
    } catch (InterruptedException stop) {
      LOG.debug("subscription interrupted offset={}", offset);
    } catch (IOException unreadable) {
      LOG.error("subscription ends offset={}: {}", offset, unreadable.getMessage());
    } catch (RuntimeException thrown) {
      LOG.warn("subscription ends: its consumer threw at offset={}", offset + 1, thrown);
    } finally {
      open = false;
      ended.accept(this);
    }
  }

  private List<Delivery> next() throws IOException {
    Optional<List<Delivery>> recent = tail.after(offset);
    if (recent.isPresent()) {
      return recent.get();
    }
    long begin = tail.begin();
    List<Delivery> stored = store.after(offset, PAGE_MESSAGES, pageBytesMax, Optional.empty());
    if (stored.isEmpty()) {
      // Pruned before this follower came to it.
      offset = Math.max(offset, begin - 1);
    }
    return stored;
  }

  private void hand(Delivery delivery) throws InterruptedException {
    for (int i = Pages.index(delivery, offset + 1); i < Pages.size(delivery); i++) {
      if (!open || Thread.interrupted()) {
        throw new InterruptedException();
      }
      DeliveredMessage message = Pages.message(delivery, i);
      consumer.accept(message);
      offset = message.offset();
    }
  }

  @Override
  public long offset() {
    return offset;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  /// Interrupts the consumer if it is at work and waits for it, unless the consumer itself calls.
  @Override
  public void close() {
    open = false;
    if (thread.equals(Thread.currentThread())) {
      return;
    }
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
