package io.pychain.core.sync;

import io.pychain.core.message.Frame;
import io.pychain.core.ring.Guid;
import java.util.ArrayList;
import java.util.List;

/// Keeps what is sent.
final class Mailbox implements Post {
  /// A frame and whom it is for.
  record Letter(Guid to, Frame frame) {}

  private List<Letter> letters = new ArrayList<>();

  @Override
  public void send(Guid to, Frame frame) {
    letters.add(new Letter(to, frame));
  }

  /// All since the last time.
  List<Letter> take() {
    List<Letter> taken = letters;
    letters = new ArrayList<>();
    return taken;
  }

  /// The frames of one kind since the last time; others are thrown away.
  <F extends Frame> List<F> take(Class<F> kind) {
    return take().stream().map(Letter::frame).filter(kind::isInstance).map(kind::cast).toList();
  }
}
