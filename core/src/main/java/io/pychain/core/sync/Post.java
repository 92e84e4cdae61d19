package io.pychain.core.sync;

import io.pychain.core.message.Frame;
import io.pychain.core.ring.Guid;

/// Takes frames for members with a link.
public interface Post {
  /// Sends a frame.
  void send(Guid to, Frame frame);
}
