package io.pychain.simulator.play;

import io.pychain.simulator.world.Machine;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;

/// `visitors every=TIME stay=SPAN`: one after the other, the machines that have never been on join
/// as newcomers, stay for so long, and are gone for good without a word.
///
/// @param every from one to the next
/// @param stay from being switched on to the end
record Visitors(Duration every, Span stay) implements Step {
  static Step of(Words words) {
    Duration every = words.time("every");
    if (!every.isPositive()) {
      throw words.wrong("every= is a time above zero");
    }
    return new Visitors(every, words.span("stay"));
  }

  @Override
  public void in(Play play) {
    next(play, play.random().split(), 0);
  }

  private void next(Play play, SplittableRandom random, int after) {
    Optional<Machine> visitor =
        play.world().machines().stream()
            .filter(machine -> machine.index() >= after && !machine.isUp())
            .findFirst();
    visitor.ifPresent(machine -> {
      machine.restart();
      play.world().timeline().after(stay.draw(random), () -> leave(play, machine));
      play.world().timeline().after(every.toNanos(), () -> next(play, random, machine.index() + 1));
    });
  }

  private static void leave(Play play, Machine machine) {
    boolean member = machine.isRunning();
    machine.crash();
    if (member) {
      play.deaths().died(machine);
    }
  }
}
