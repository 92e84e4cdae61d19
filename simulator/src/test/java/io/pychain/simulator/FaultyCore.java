package io.pychain.simulator;

import io.pychain.core.admission.Terms;
import io.pychain.core.link.LinkId;
import io.pychain.core.message.Batch;
import io.pychain.core.message.Digest;
import io.pychain.core.message.Frame;
import io.pychain.core.protocol.Answer;
import io.pychain.core.protocol.Effects;
import io.pychain.core.protocol.Input;
import io.pychain.core.protocol.Persist;
import io.pychain.core.protocol.Persist.Delivery;
import io.pychain.core.protocol.Persist.Via;
import io.pychain.simulator.world.Core;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// The protocol with one fault, to see whether it is found.
final class FaultyCore implements Core {
  private final Core sound;
  private final Fault fault;
  private final List<LinkId> links = new ArrayList<>();
  private final List<Delivery> heldBack = new ArrayList<>();

  /// What a core does to its effects.
  @FunctionalInterface
  interface Fault {
    void spoil(FaultyCore core, Input input, Effects effects);
  }

  private FaultyCore(Core sound, Fault fault) {
    this.sound = sound;
    this.fault = fault;
  }

  /// Makes cores with this fault.
  static Core.Maker with(Fault fault) {
    return (identity, config, stored, random) ->
        new FaultyCore(Core.protocol(identity, config, stored, random), fault);
  }

  @Override
  public Effects handle(Instant now, Input input) {
    if (input instanceof Input.LinkUp up) {
      links.add(up.link());
    }
    Effects effects = sound.handle(now, input);
    fault.spoil(this, input, effects);
    return effects;
  }

  @Override
  public Instant deadline() {
    return sound.deadline();
  }

  @Override
  public Optional<Terms> terms() {
    return sound.terms();
  }

  static void sendsBeforeItIsDurable(FaultyCore core, Input input, Effects effects) {
    ownBatch(effects)
        .filter(_ -> !core.links.isEmpty())
        .map(batch -> new Frame.Push(batch, batch.log().guid().position(), 1))
        .ifPresent(push -> effects.send().add(new Effects.Send(core.links.getFirst(), push)));
  }

  static void acknowledgesBeforeItIsDurable(FaultyCore core, Input input, Effects effects) {
    if (input instanceof Input.Publish publish) {
      ownBatch(effects)
          .map(batch ->
              new Answer.Published(
                  publish.ticket(), batch.log(), batch.firstSeq(), batch.timestamp()))
          .ifPresent(effects.answers()::add);
    }
  }

  static void deliversTwice(FaultyCore core, Input input, Effects effects) {
    effects.deliver().addAll(List.copyOf(effects.deliver()));
  }

  static void deliversInAnotherOrder(FaultyCore core, Input input, Effects effects) {
    core.heldBack.addAll(effects.deliver());
    effects.deliver().clear();
    if (core.heldBack.size() > 1) {
      Collections.reverse(core.heldBack);
      effects.deliver().addAll(core.heldBack);
      core.heldBack.clear();
    }
  }

  static void deliversBeforeItIsDurable(FaultyCore core, Input input, Effects effects) {
    effects.deliver().clear();
    for (Persist write : effects.persist()) {
      if (write instanceof Persist.StoreBatch store) {
        effects.deliver().add(store.delivery());
      }
    }
  }

  static void neverDelivers(FaultyCore core, Input input, Effects effects) {
    effects.deliver().clear();
  }

  static void neverAnswers(FaultyCore core, Input input, Effects effects) {
    effects.answers().clear();
  }

  static void neverRelaysNorRepairs(FaultyCore core, Input input, Effects effects) {
    effects
        .send()
        .removeIf(
            send -> send.frame() instanceof Frame.Push || send.frame() instanceof Frame.Fetch);
  }

  static void altersWhatOthersPublished(FaultyCore core, Input input, Effects effects) {
    effects
        .persist()
        .replaceAll(write ->
            write instanceof Persist.StoreBatch(long number, Delivery delivery)
                    && delivery.via() != Via.LOCAL
                ? new Persist.StoreBatch(number, altered(delivery))
                : write);
  }

  private static Delivery altered(Delivery honest) {
    Batch batch = honest.batch();
    Batch other =
        new Batch(
            batch.log(),
            batch.firstSeq(),
            batch.previous(),
            batch.timestamp(),
            Collections.nCopies(batch.messages().size(), Chains.message(666)),
            batch.sealed(),
            Digest.ZERO);
    return new Delivery(
        other, honest.firstOffset(), honest.received(), honest.hops(), honest.via());
  }

  private static Optional<Batch> ownBatch(Effects effects) {
    return effects.persist().stream()
        .filter(Persist.StoreBatch.class::isInstance)
        .map(write -> ((Persist.StoreBatch) write).delivery())
        .filter(delivery -> delivery.via() == Via.LOCAL)
        .map(Delivery::batch)
        .findFirst();
  }
}
