package io.pychain.simulator.check;

import io.pychain.core.message.Frame;
import io.pychain.core.protocol.Answer;
import io.pychain.core.protocol.Input;
import io.pychain.core.protocol.Persist;
import io.pychain.core.ring.Guid;

/// Somebody who watches a world, to write down what happens, say. Everything is shown in the order
/// in which it happens; whoever looks on changes nothing.
public interface Onlooker {
  /// Nobody.
  Onlooker NOBODY = new Onlooker() {};

  /// A node takes an input.
  default void takes(int node, Input input) {}

  /// A node hands a write to its disk.
  default void writes(int node, Persist write) {}

  /// A write is durable.
  default void durable(int node, Persist write) {}

  /// A link has taken a frame; if it breaks before the frame arrives, that is lost.
  default void sent(int node, int to, Frame frame) {}

  /// A node begins to open a link.
  default void dials(int node, Guid guid) {}

  /// A node delivers a batch to its subscribers.
  default void delivers(int node, Persist.Delivery delivery) {}

  /// A node answers a ticket.
  default void answers(int node, Answer answer) {}

  /// A node has crashed.
  default void crashed(int node) {}

  /// A node starts again.
  default void restarted(int node) {}
}
