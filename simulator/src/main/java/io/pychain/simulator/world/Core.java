package io.pychain.simulator.world;

import io.pychain.core.admission.Terms;
import io.pychain.core.protocol.Effects;
import io.pychain.core.protocol.Identity;
import io.pychain.core.protocol.Input;
import io.pychain.core.protocol.NodeView;
import io.pychain.core.protocol.Protocol;
import io.pychain.core.protocol.ProtocolConfig;
import io.pychain.core.protocol.Stored;
import io.pychain.core.ring.Guid;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// What a machine runs: the protocol, or for a test something that breaks its rules.
public interface Core {
  /// As [Protocol#handle].
  Effects handle(Instant now, Input input);

  /// As [Protocol#deadline].
  Instant deadline();

  /// As [Protocol#queues].
  default NodeView.Queues queues() {
    return new NodeView.Queues(0, 0, 0);
  }

  /// As [Protocol#holdsDead].
  default boolean holdsDead(Guid guid) {
    return false;
  }

  /// As [Protocol#counts].
  default boolean counts(Guid guid) {
    return true;
  }

  /// As [Protocol#holdsBanned].
  default boolean holdsBanned(Guid guid) {
    return false;
  }

  /// As [Protocol#print].
  default long print() {
    return 0;
  }

  /// As [Protocol#deaths].
  default int deaths() {
    return 0;
  }

  /// As [Protocol#terms].
  default Optional<Terms> terms() {
    return Optional.empty();
  }

  /// Makes the core of a node that starts.
  @FunctionalInterface
  interface Maker {
    /// As the constructor of [Protocol].
    Core start(Identity identity, ProtocolConfig config, Stored stored, RandomGenerator random);
  }

  /// The real protocol.
  static Core protocol(
      Identity identity, ProtocolConfig config, Stored stored, RandomGenerator random) {
    Protocol protocol = new Protocol(identity, config, stored, random);
    return new Core() {
      @Override
      public Effects handle(Instant now, Input input) {
        return protocol.handle(now, input);
      }

      @Override
      public Instant deadline() {
        return protocol.deadline();
      }

      @Override
      public NodeView.Queues queues() {
        return protocol.queues();
      }

      @Override
      public boolean holdsDead(Guid guid) {
        return protocol.holdsDead(guid);
      }

      @Override
      public boolean counts(Guid guid) {
        return protocol.counts(guid);
      }

      @Override
      public boolean holdsBanned(Guid guid) {
        return protocol.holdsBanned(guid);
      }

      @Override
      public long print() {
        return protocol.print();
      }

      @Override
      public int deaths() {
        return protocol.deaths();
      }

      @Override
      public Optional<Terms> terms() {
        return protocol.terms();
      }
    };
  }
}
