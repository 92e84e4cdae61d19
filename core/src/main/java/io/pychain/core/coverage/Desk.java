package io.pychain.core.coverage;

import io.pychain.core.message.Frame;
import io.pychain.core.ring.Guid;

/// Where questions and answers go.
public interface Desk {
  /// Sends a frame to a member with a link.
  void send(Guid to, Frame frame);

  /// Tells whoever asked at this node.
  ///
  /// @param ticket of the question
  /// @param coverage as known by now
  /// @param done whether this is the last word
  void tell(long ticket, Coverage coverage, boolean done);
}
