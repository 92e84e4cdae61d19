package io.pychain.core.link;

import io.pychain.core.message.Frame;
import io.pychain.core.message.Frame.Reason;
import java.util.ArrayList;
import java.util.List;

/// Notes what goes out, until somebody looks.
public final class Recorder implements Gate {
  private final List<Sent> sent = new ArrayList<>();
  private final List<Dropped> dropped = new ArrayList<>();

  /// A frame for a link.
  public record Sent(LinkId link, Frame frame) {}

  /// A link that was to be closed.
  public record Dropped(LinkId link, Reason reason, String detail) {}

  @Override
  public void send(LinkId link, Frame frame) {
    sent.add(new Sent(link, frame));
  }

  @Override
  public void drop(LinkId link, Reason reason, String detail) {
    dropped.add(new Dropped(link, reason, detail));
  }

  /// What was sent since this was asked last.
  public List<Sent> sent() {
    List<Sent> news = List.copyOf(sent);
    sent.clear();
    return news;
  }

  /// Which links were closed since this was asked last.
  public List<Dropped> dropped() {
    List<Dropped> news = List.copyOf(dropped);
    dropped.clear();
    return news;
  }
}
