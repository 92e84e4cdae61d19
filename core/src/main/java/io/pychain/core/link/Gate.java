package io.pychain.core.link;

import io.pychain.core.message.Frame;
import io.pychain.core.message.Frame.Reason;

/// The way out: what is sent over links, and which are closed.
public interface Gate {
  /// Sends a frame.
  void send(LinkId link, Frame frame);

  /// Closes a link.
  ///
  /// @param reason for the other end
  /// @param detail for people
  void drop(LinkId link, Reason reason, String detail);
}
