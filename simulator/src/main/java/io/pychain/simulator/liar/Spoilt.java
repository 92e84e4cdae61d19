package io.pychain.simulator.liar;

import io.pychain.core.admission.Terms;
import io.pychain.core.protocol.Effects;
import io.pychain.core.protocol.Input;
import io.pychain.core.protocol.NodeView;
import io.pychain.core.ring.Guid;
import io.pychain.simulator.world.Core;
import java.time.Instant;
import java.util.Optional;

/// The real protocol, and something that spoils what it does.
abstract class Spoilt implements Core {
  private final Core honest;

  Spoilt(Core honest) {
    this.honest = honest;
  }

  @Override
  public Effects handle(Instant now, Input input) {
    Effects effects = honest.handle(now, input);
    spoil(now, input, effects);
    return effects;
  }

  @Override
  public Instant deadline() {
    return honest.deadline();
  }

  @Override
  public Optional<Terms> terms() {
    return honest.terms();
  }

  @Override
  public NodeView.Queues queues() {
    return honest.queues();
  }

  @Override
  public boolean holdsDead(Guid guid) {
    return honest.holdsDead(guid);
  }

  @Override
  public boolean counts(Guid guid) {
    return honest.counts(guid);
  }

  @Override
  public boolean holdsBanned(Guid guid) {
    return honest.holdsBanned(guid);
  }

  @Override
  public long print() {
    return honest.print();
  }

  @Override
  public int deaths() {
    return honest.deaths();
  }

  /// What an honest member does in answer to an input of the liar's own making.
  final Effects honestly(Instant now, Input input) {
    return honest.handle(now, input);
  }

  /// Carries out the effects of one more input with those of the first.
  static void add(Effects more, Effects to) {
    to.persist().addAll(more.persist());
    to.send().addAll(more.send());
    to.serve().addAll(more.serve());
    to.dial().addAll(more.dial());
    to.drop().addAll(more.drop());
    to.deliver().addAll(more.deliver());
    to.answers().addAll(more.answers());
  }

  /// Changes what an honest member would do in answer to an input.
  abstract void spoil(Instant now, Input input, Effects effects);
}
