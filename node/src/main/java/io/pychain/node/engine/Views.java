package io.pychain.node.engine;

import io.pychain.core.protocol.NodeView;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// Pictures of the protocol's state for any number of readers, drawn when somebody looks.
///
/// Drawing costs time in proportion to the network, so nothing is drawn for nobody: a reader whose
/// picture is too old, or older than the last acknowledged publish, asks the protocol's thread for
/// a new one and waits for it. Acknowledging a publish thus costs one number.
final class Views {
  /// A protocol's thread that is held up for so long leaves readers with what there is.
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final long ageNanosMax;
  private final Runnable wake;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition drawn = lock.newCondition();
  private volatile Picture picture;
  private final AtomicLong state = new AtomicLong();
  private volatile long acknowledged;
  private volatile boolean wanted;
  private volatile boolean closed;

  /// @param view as it was
  /// @param state how many inputs it includes
  /// @param nanos when it was drawn
  private record Picture(NodeView view, long state, long nanos) {}

  /// @param wake gets the protocol's thread to call [#drawIfWanted]
  Views(NodeView first, Duration ageMax, Runnable wake) {
    this.picture = new Picture(first, 0, System.nanoTime());
    this.ageNanosMax = ageMax.toNanos();
    this.wake = wake;
  }

  /// By the protocol's thread: one more input has been handled.
  void handled() {
    state.incrementAndGet();
  }

  /// By the protocol's thread: what has been handled so far is about to be acknowledged.
  void acknowledging() {
    acknowledged = state.get();
  }

  /// By the protocol's thread, between inputs.
  void drawIfWanted(Supplier<NodeView> view) {
    if (wanted) {
      wanted = false;
      draw(view);
    }
  }

  /// By the protocol's thread, on demand or as the last thing it does.
  void draw(Supplier<NodeView> view) {
    Picture next = new Picture(view.get(), state.get(), System.nanoTime());
    lock.lock();
    try {
      picture = next;
      drawn.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Nothing changes any more: the last picture stays.
  void close() {
    lock.lock();
    try {
      closed = true;
      drawn.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// The present state, by any thread.
  NodeView view() {
    Picture seen = picture;
    return fresh(seen) ? seen.view() : awaitState(state.get()).view();
  }

  private boolean fresh(Picture seen) {
    boolean young = System.nanoTime() - seen.nanos() < ageNanosMax;
    return closed || seen.state() == state.get() || (young && seen.state() >= acknowledged);
  }

  private Picture awaitState(long atLeast) {
    long left = PATIENCE.toNanos();
    wanted = true;
    wake.run();
    lock.lock();
    try {
      while (picture.state() < atLeast && !closed && left > 0) {
        left = drawn.awaitNanos(left);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
    return picture;
  }
}
