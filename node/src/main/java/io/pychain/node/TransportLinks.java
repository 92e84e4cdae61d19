package io.pychain.node;

import io.pychain.core.protocol.Effects;
import io.pychain.node.engine.Links;
import io.pychain.node.link.Transport;
import java.time.Duration;

/// The transport as the engine wants it.
///
/// @param transport that carries everything
record TransportLinks(Transport transport) implements Links {
  /// A peer that makes no room for a part of an answer for so long does without the rest.
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Override
  public void dial(Effects.Dial dial) {
    transport.dial(dial);
  }

  @Override
  public void seek(Effects.Seek seek) {
    transport.seek(seek);
  }

  @Override
  public boolean send(Effects.Send send) {
    return transport.send(send);
  }

  @Override
  public boolean sendInTurn(Effects.Send send) throws InterruptedException {
    return transport.sendWhenRoom(send.link(), send.frame(), PATIENCE);
  }

  @Override
  public void drop(Effects.Drop drop) {
    transport.drop(drop);
  }
}
