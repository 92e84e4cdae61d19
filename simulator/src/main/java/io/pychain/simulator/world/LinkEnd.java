package io.pychain.simulator.world;

import io.pychain.core.link.LinkId;
import io.pychain.core.message.Frame;
import io.pychain.simulator.check.RuleBroken;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One end of a link. What is sent here arrives at the other end, in order.
final class LinkEnd {
  private static final String RESET = "connection reset by peer";

  private final Port port;
  private final long latency;
  private @Nullable LinkEnd peer;
  private boolean open = true;
  private boolean severed;

  /// When the last of what was sent to this end arrives.
  private long lastArrival;

  /// When all that was handed to this end is on the wire.
  private long wireFree;

  /// What waits here because the path is silent, and how much of it.
  private final List<Waiting> waiting = new ArrayList<>();

  private long waitingBytes;
  private long framesDropped;
  private Optional<LinkId> name = Optional.empty();
  private int version = 1;

  private record Waiting(int bytes, Event event) {}

  private LinkEnd(Port port, long latency) {
    this.port = port;
    this.latency = latency;
  }

  /// Makes a link and gives the dialler's end.
  static LinkEnd connect(Port dialler, Port listener, long latency) {
    LinkEnd near = new LinkEnd(dialler, latency);
    LinkEnd far = new LinkEnd(listener, latency);
    near.peer = far;
    far.peer = near;
    dialler.ends().add(near);
    listener.ends().add(far);
    return near;
  }

  Port port() {
    return port;
  }

  LinkEnd peer() {
    return Objects.requireNonNull(peer);
  }

  /// What the node at this end calls the link, if it has named it.
  Optional<LinkId> name() {
    return name;
  }

  /// The version of the protocol that both ends speak from now on.
  void agree(int common) {
    version = common;
  }

  void name(LinkId link) {
    name = Optional.of(link);
  }

  /// Whether this end still takes frames; that it does not mean that they arrive.
  boolean isOpen() {
    return open;
  }

  /// Frames lost here because too many bytes waited.
  long framesDropped() {
    return framesDropped;
  }

  /// Sends a frame.
  ///
  /// @param bytes its size on the wire
  /// @return whether it was taken; a full outbox takes none
  ///
  /// @throws RuleBroken if the other end does not speak the version that it came with
  boolean send(Frame frame, int bytes) {
    if (frame.since() > version) {
      throw new RuleBroken("what is sent is understood: %s".formatted(frame));
    }
    if (!open || !hasRoomFor(bytes)) {
      framesDropped++;
      return false;
    }
    if (isExempt(frame) || network().weather().isFair()) {
      inOrder(bytes, arrival(frame));
    } else {
      brave(network().weather(), frame, bytes);
    }
    return true;
  }

  /// What a newcomer and its boot node say to each other comes before the link counts.
  private static boolean isExempt(Frame frame) {
    return frame instanceof Frame.Join || frame instanceof Frame.Admitted;
  }

  private Event arrival(Frame frame) {
    LinkEnd to = peer();
    return () -> to.take(frame);
  }

  /// Sends a frame through bad weather.
  private void brave(Weather weather, Frame frame, int bytes) {
    if (network().strikes(weather.duplication())) {
      outOfLine(bytes, arrival(frame));
    }
    if (network().strikes(weather.loss())) {
      onWire(network().timeline().now(), bytes);
    } else if (network().strikes(weather.reorder())) {
      outOfLine(bytes, arrival(frame));
    } else {
      inOrder(bytes, arrival(frame));
    }
  }

  private void outOfLine(int bytes, Event event) {
    if (network().carries(this)) {
      long sent = onWire(network().timeline().now(), bytes);
      network().timeline().at(sent + latency + network().delay(), event);
    }
  }

  /// Tells the dialler, as the first thing on this link, that it is up.
  void greet(Host.Dialler dialler, Host.Greeting greeting) {
    LinkEnd to = peer();
    inOrder(
        0,
        () -> {
          if (to.hears()) {
            dialler.connected(to, greeting);
          }
        });
  }

  /// Closes the link: what was sent before still arrives, then the other end hears of it. This
  /// end's own host hears of it as soon as possible.
  void close(String reason) {
    if (!open) {
      return;
    }
    hangUp(reason);
    forget();
    network().timeline().after(0, () -> port.host().closed(this, reason));
  }

  /// This end's process is gone.
  ///
  /// @param tell whether its machine still lives to tell the other end
  void die(boolean tell) {
    if (open && tell) {
      hangUp(RESET);
    }
    open = false;
  }

  /// This end's machine is back, and answers whatever still comes over the link with a reset.
  void hangUpAfterAll() {
    hangUp(RESET);
  }

  /// Breaks the link. Nothing arrives any more; either end notices in its own time.
  void sever(long notice, long peerNotice) {
    severed = true;
    peer().severed = true;
    noticeIn(notice);
    peer().noticeIn(peerNotice);
  }

  /// The path is free again: what waited is on its way.
  void resume() {
    List<Waiting> held = List.copyOf(waiting);
    waiting.clear();
    waitingBytes = 0;
    held.forEach(each -> inOrder(each.bytes(), each.event()));
  }

  private void hangUp(String reason) {
    LinkEnd to = peer();
    inOrder(0, () -> to.hungUp(reason));
  }

  private void noticeIn(long delay) {
    network()
        .timeline()
        .after(
            delay,
            () -> {
              if (open) {
                forget();
                port.host().closed(this, "connection timed out");
              }
            });
  }

  private void hungUp(String reason) {
    if (hears()) {
      forget();
      port.host().closed(this, reason);
    }
  }

  private void take(Frame frame) {
    if (hears() && !port.mishears()) {
      port.host().received(this, frame);
    }
  }

  private boolean hears() {
    return open && !severed;
  }

  private void forget() {
    open = false;
    port.ends().remove(this);
  }

  private void inOrder(int bytes, Event event) {
    if (!network().carries(this)) {
      waiting.add(new Waiting(bytes, event));
      waitingBytes += bytes;
      network().stalls(this);
      return;
    }
    Timeline timeline = network().timeline();
    long arrival = onWire(timeline.now(), bytes) + latency + network().jitter();
    LinkEnd to = peer();
    to.lastArrival = Math.max(arrival, to.lastArrival);
    timeline.at(to.lastArrival, event);
  }

  private long onWire(long now, int bytes) {
    long perSecond = network().config().bytesPerSecond();
    if (perSecond == 0) {
      return now;
    }
    wireFree = Math.max(now, wireFree) + bytes * 1_000_000_000L / perSecond;
    return wireFree;
  }

  private boolean hasRoomFor(int bytes) {
    long queued = waitingBytes + onItsWay();
    return queued == 0 || queued + bytes <= network().config().outboxBytesMax();
  }

  /// Bytes that are yet to go through a narrow link.
  private long onItsWay() {
    long perSecond = network().config().bytesPerSecond();
    long nanos = Math.max(0, wireFree - network().timeline().now());
    return perSecond == 0 ? 0 : nanos * perSecond / 1_000_000_000L;
  }

  private Network network() {
    return port.network();
  }
}
