package io.pychain.simulator.play;

import io.pychain.simulator.liar.Mute;
import io.pychain.simulator.scenario.Scenario;
import io.pychain.simulator.scenario.Settings;
import io.pychain.simulator.world.Machine;
import io.pychain.simulator.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/// One performance of a story: the world it plays in, the luck of the story itself, and what it has
/// come to so far.
public final class Play {
  private final World world;
  private final SplittableRandom random;
  private final Optional<Mute> mute;
  private final Figures figures = new Figures();
  private final DeathWatch deaths;
  private final Outcasts outcasts;
  private Span publishing = Span.NONE;
  private long toPublish;
  private int[] startsBefore;

  /// @param seed decides what is left to chance in the story
  /// @param mute for a rehearsal, in which nothing is required: falls silent once counting begins
  public Play(World world, long seed, Optional<Mute> mute) {
    this.world = world;
    this.random = new SplittableRandom(~seed);
    this.mute = mute;
    this.startsBefore = new int[world.machines().size()];
    this.deaths = new DeathWatch(world);
    this.outcasts = new Outcasts(world);
  }

  /// Plays the story from switching on to the last check.
  ///
  /// @throws io.pychain.simulator.check.Violation if a promise is broken
  /// @throws IllegalArgumentException if the story makes no sense with these settings
  public void perform(Scenario scenario, Settings settings) {
    List<Step> steps = Steps.of(scenario, settings);
    deaths.start();
    try {
      steps.forEach(this::let);
    } finally {
      figures.deaths(deaths);
    }
  }

  private void let(Step step) {
    try {
      step.in(this);
    } catch (RuntimeException fault) {
      throw world.violation(fault);
    }
  }

  /// What it has measured besides what every story does.
  public Figures figures() {
    return figures;
  }

  World world() {
    return world;
  }

  /// What nodes hold of who is dead.
  DeathWatch deaths() {
    return deaths;
  }

  /// Whom the story has banned.
  Outcasts outcasts() {
    return outcasts;
  }

  SplittableRandom random() {
    return random;
  }

  boolean isRehearsal() {
    return mute.isPresent();
  }

  /// From now on counts what is measured, and who runs throughout.
  void measure() {
    mute.ifPresent(Mute::begin);
    world.witness().measure();
    startsBefore = world.machines().stream().mapToInt(Machine::starts).toArray();
  }

  /// Whether a machine has run throughout since the last [#measure].
  boolean isSteady(Machine machine) {
    return machine.isRunning() && machine.starts() == startsBefore[machine.index()];
  }

  /// So many messages will be published in this time from now.
  void publishes(Duration time, long messages) {
    publishing = new Span(Duration.ZERO, time);
    toPublish += messages;
  }

  void published() {
    toPublish--;
  }

  boolean hasPublished() {
    return toPublish == 0;
  }

  /// The time that the last step that publishes takes.
  Span publishing() {
    return publishing;
  }

  /// So large a share of the machines for which something is so, all different, by chance.
  List<Machine> draw(double share, Predicate<Machine> which) {
    List<Machine> left = new ArrayList<>(world.machines().stream().filter(which).toList());
    List<Machine> drawn = new ArrayList<>();
    int count = (int) Math.round(share * left.size());
    for (int i = 0; i < count; i++) {
      int at = random.nextInt(left.size());
      drawn.add(left.get(at));
      left.set(at, left.getLast());
      left.removeLast();
    }
    return drawn;
  }

  /// One machine for which something is so, if there is any.
  Optional<Machine> drawOne(SplittableRandom luck, Predicate<Machine> which) {
    List<Machine> all = world.machines().stream().filter(which).toList();
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(luck.nextInt(all.size())));
  }
}
