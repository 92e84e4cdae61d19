package io.pychain.node.link;

import io.pychain.core.message.Frame;
import io.pychain.core.protocol.Effects;
import io.pychain.core.protocol.Input;
import io.pychain.core.protocol.LinkId;
import io.pychain.core.trust.Verifier;
import io.pychain.node.Node.LinkTraffic;
import io.pychain.node.metrics.NodeMetrics;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/// All links of a node: takes and opens connections, and carries frames.
///
/// Bound first, so that the port is known before the member record that names it is made; started
/// when the protocol is ready. For every link the inputs come from one thread and in this order:
/// [Input.LinkUp] or [Input.GuestUp], then what it receives, then [Input.LinkDown], exactly once.
/// Every [#dial] ends in one [Input.LinkUp] or [Input.DialFailed], unless the transport is closed.
///
/// Safe for many threads; nothing but [#sendWhenRoom] and [#close] blocks.
public final class Transport implements AutoCloseable {
  private Transport() {}

  /// Takes the port; connections wait in the system's queue until [#start].
  ///
  /// @param metrics where refusals and the traffic of closed links are counted
  /// @throws IOException if the address cannot be had; it names the address
  public static Transport bind(TransportConfig config, NodeMetrics metrics) throws IOException {
    throw new IOException("cannot listen at " + config.listen() + metrics.refused());
  }

  /// Begins to take connections; dials may come from now on. Once only.
  ///
  /// @param verifier checks what arrives
  /// @param inputs takes what happens; may block, which slows the link that called it. It is told
  ///   to stop by an interrupt
  public void start(LinkIdentity self, Verifier verifier, Consumer<Input> inputs) {}

  /// The port that links are taken at.
  public int port() {
    return 0;
  }

  /// Opens a link; returns at once.
  public void dial(Effects.Dial dial) {}

  /// Queues a frame. A link that is gone loses it; so does one whose outbox is full, if the frame
  /// belongs to a broadcast, and that is counted.
  public void send(Effects.Send send) {}

  /// Queues a frame that must not be dropped, once little else is waiting.
  ///
  /// @return false if the link is gone, or there was no room in time; then nothing was queued
  public boolean sendWhenRoom(LinkId link, Frame frame, Duration patience)
      throws InterruptedException {
    return false;
  }

  /// Says goodbye and closes; returns at once.
  public void drop(Effects.Drop drop) {}

  /// What each link that is up has carried, in the order of the links.
  public Map<LinkId, LinkTraffic> traffic() {
    return Map.of();
  }

  /// Says goodbye to all, closes everything, and waits until no thread is left, at most a little
  /// longer than `closeTimeout`.
  @Override
  public void close() {}
}
