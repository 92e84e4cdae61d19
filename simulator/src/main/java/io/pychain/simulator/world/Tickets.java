package io.pychain.simulator.world;

import io.pychain.core.protocol.Answer;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/// Who waits for an answer of one core.
final class Tickets {
  private final Map<Long, Consumer<Answer>> waiting = new HashMap<>();
  private long last;

  /// A ticket for somebody who is called with each answer to it.
  long issue(Consumer<Answer> waiter) {
    waiting.put(++last, waiter);
    return last;
  }

  /// Passes on an answer; after the last one to its ticket nobody waits any more.
  void answer(Answer answer) {
    boolean more = answer instanceof Answer.Covered covered && !covered.done();
    Consumer<Answer> waiter = more ? waiting.get(answer.ticket()) : waiting.remove(answer.ticket());
    if (waiter != null) {
      waiter.accept(answer);
    }
  }
}
