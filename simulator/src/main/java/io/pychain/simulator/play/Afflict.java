package io.pychain.simulator.play;

import io.pychain.simulator.world.Machine;
import io.pychain.simulator.world.World;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/// `afflict KIND count=N|share=S [over=SPAN | during=publishing] [for=SPAN] [every=TIME
/// until=TIME]`: lets something go wrong with machines drawn by chance, each at a moment of its
/// own, for a while or for good; and again every so often, with others.
///
/// With `count` the same machine may be drawn again; with `share` that many different ones are. A
/// machine that does not run when its moment comes is spared.
///
/// @param kind what goes wrong
/// @param count how often, unless there is a share
/// @param share of all machines that run now
/// @param over in which time from now; [Span#NONE] is at once
/// @param duringPublishing whether instead of that time it is while messages are being published
/// @param lasting how long; empty means for good
/// @param rounds when to begin, in nanoseconds from now; the first is at once
record Afflict(
    Affliction kind,
    int count,
    Optional<Double> share,
    Span over,
    boolean duringPublishing,
    Optional<Span> lasting,
    List<Long> rounds)
    implements Step {
  static Step of(Words words) {
    String name = words.next();
    Affliction kind =
        Affliction.named(name).orElseThrow(() -> words.wrong("there is no affliction " + name));
    Optional<Double> share =
        words.has("share") ? Optional.of(words.number("share")) : Optional.empty();
    int count = share.isPresent() ? 0 : words.whole("count");
    Optional<Span> lasting = words.has("for") ? Optional.of(words.span("for")) : Optional.empty();
    boolean publishing = words.maybe("during").filter("publishing"::equals).isPresent();
    Span over = words.has("over") ? words.span("over") : Span.NONE;
    return new Afflict(kind, count, share, over, publishing, lasting, rounds(words));
  }

  private static List<Long> rounds(Words words) {
    if (!words.has("every")) {
      return List.of(0L);
    }
    long every = words.time("every").toNanos();
    long until = words.time("until").toNanos();
    if (every < 1) {
      throw words.wrong("every= is a time above zero");
    }
    return LongStream.iterate(0, at -> at < until, at -> at + every).boxed().toList();
  }

  @Override
  public void in(Play play) {
    for (long at : rounds) {
      if (at == 0) {
        begin(play);
      } else {
        play.world().timeline().after(at, () -> begin(play));
      }
    }
  }

  private void begin(Play play) {
    SplittableRandom random = play.random().split();
    Span span = duringPublishing ? play.publishing() : over;
    for (Machine machine : victims(play, random)) {
      long delay = span.draw(random);
      if (delay == 0) {
        strike(play, machine, random);
      } else {
        play.world().timeline().after(delay, () -> strike(play, machine, random));
      }
    }
  }

  private List<Machine> victims(Play play, SplittableRandom random) {
    List<Machine> all = play.world().machines();
    return share.isPresent()
        ? play.draw(share.get(), Machine::isRunning)
        : random.ints(count, 0, all.size()).mapToObj(all::get).toList();
  }

  private void strike(Play play, Machine machine, SplittableRandom random) {
    World world = play.world();
    int size = world.machines().size();
    if (!machine.isRunning() || (kind.isBetween() && size == 1)) {
      return;
    }
    Machine other = world.machine((machine.index() + 1 + random.nextInt(size)) % size);
    if (kind.isBetween() && other == machine) {
      other = world.machine((machine.index() + 1) % size);
    }
    Machine partner = other;
    kind.begin(world, machine, partner);
    if (kind.isDeath() && lasting.isEmpty()) {
      play.deaths().died(machine);
    }
    lasting.ifPresent(
        span -> world.timeline().after(span.draw(random), () -> kind.end(world, machine, partner)));
  }
}
