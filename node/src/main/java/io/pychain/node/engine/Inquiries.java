package io.pychain.node.engine;

import io.pychain.core.coverage.Coverage;
import io.pychain.core.protocol.Answer;
import io.pychain.node.Node.Inquiry;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/// Questions about coverage that this node's users have asked and that have no last answer yet. The
/// protocol bounds how many it works on and for how long; it answers every one.
final class Inquiries {
  private final Map<Long, Open> open = new ConcurrentHashMap<>();

  private static final class Open implements Inquiry {
    private final AtomicReference<Optional<Coverage>> known =
        new AtomicReference<>(Optional.empty());
    private final CompletableFuture<Optional<Coverage>> end = new CompletableFuture<>();

    @Override
    public Optional<Coverage> known() {
      return known.get();
    }

    @Override
    public CompletableFuture<Optional<Coverage>> end() {
      return end.copy();
    }

    /// Answers may overtake each other on their way here; none takes back what one before it said.
    private void learn(Coverage coverage) {
      known.accumulateAndGet(
          Optional.of(coverage),
          (before, now) ->
              before.filter(known -> known.reached() > coverage.reached()).isPresent()
                  ? before
                  : now);
    }
  }

  Inquiry begin(long ticket) {
    Open inquiry = new Open();
    open.put(ticket, inquiry);
    return inquiry;
  }

  /// The protocol knows more.
  void take(Answer.Covered covered) {
    Open inquiry = covered.done() ? open.remove(covered.ticket()) : open.get(covered.ticket());
    if (inquiry != null) {
      inquiry.learn(covered.coverage());
      if (covered.done()) {
        inquiry.end.complete(Optional.of(covered.coverage()));
      }
    }
  }

  /// The message is not held here.
  void notHeld(long ticket) {
    Open inquiry = open.remove(ticket);
    if (inquiry != null) {
      inquiry.end.complete(Optional.empty());
    }
  }

  /// The protocol never got the question.
  void fail(long ticket, IllegalStateException why) {
    Open inquiry = open.remove(ticket);
    if (inquiry != null) {
      inquiry.end.completeExceptionally(why);
    }
  }

  /// Nobody is answered any more.
  void abandon() {
    open.keySet().forEach(ticket -> fail(ticket, new IllegalStateException("the node stops")));
  }
}
