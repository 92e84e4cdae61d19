package io.pychain.simulator.play;

import io.pychain.simulator.world.Machine;
import java.time.Duration;
import java.util.SplittableRandom;

/// `churn rate=S for=TIME`: begins a coming and going. So large a share of all machines changes
/// each second: one that runs leaves, crashes or loses its power, one that does not comes, as a
/// newcomer or back. The boot node stays.
///
/// @param rate share of machines per second
/// @param lasting how long
record Churn(double rate, Duration lasting) implements Step {
  static Step of(Words words) {
    return new Churn(words.number("rate"), words.time("for"));
  }

  @Override
  public void in(Play play) {
    int size = play.world().machines().size();
    long every = Math.round(1e9 / (rate * size));
    SplittableRandom random = play.random().split();
    for (long at = every; at < lasting.toNanos(); at += every) {
      play.world().timeline().after(at, () -> change(play, random));
    }
  }

  /// As likely one that goes as one that comes, so that the number stays about the same.
  private static void change(Play play, SplittableRandom random) {
    boolean comes = random.nextBoolean();
    play.drawOne(random, machine -> machine.index() > 0 && machine.isUp() != comes)
        .ifPresent(machine -> change(machine, random));
  }

  private static void change(Machine machine, SplittableRandom random) {
    if (!machine.isUp()) {
      machine.restart();
      return;
    }
    switch (random.nextInt(3)) {
      case 0 -> machine.crash();
      case 1 -> machine.powerOff();
      default -> {
        if (machine.isRunning()) {
          machine.leave();
        } else {
          machine.crash();
        }
      }
    }
  }
}
