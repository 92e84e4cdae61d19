package io.pychain.node.engine;

import io.pychain.core.protocol.Effects;

/// What the engine wants of the links. None but [#sendInTurn] may wait.
public interface Links {
  /// Opens a link, beside; ends in an input.
  void dial(Effects.Dial dial);

  /// Opens a link to whoever is at an address, beside; ends in an input, or in nothing.
  void seek(Effects.Seek seek);

  /// Puts a frame into a link's outbox; a link that is gone loses it.
  ///
  /// @return false if the outbox had no room for it, and it was not sent
  boolean send(Effects.Send send);

  /// Waits until there is room in the outbox, then puts the frame there.
  ///
  /// @return whether the link is still there
  boolean sendInTurn(Effects.Send send) throws InterruptedException;

  /// Closes a link, beside; ends in an input.
  void drop(Effects.Drop drop);
}
