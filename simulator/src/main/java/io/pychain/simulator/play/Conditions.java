package io.pychain.simulator.play;

import io.pychain.simulator.world.Machine;
import io.pychain.simulator.world.World;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/// What a story can wait for, by the name that its file uses.
final class Conditions {
  private static final Map<String, Function<Play, Condition>> ALL = new LinkedHashMap<>();

  static {
    ALL.put("together", Conditions::together);
    ALL.put("members-known", Conditions::membersKnown);
    ALL.put("linked", Conditions::linked);
    ALL.put("published", Conditions::published);
    ALL.put("all-up", Conditions::allUp);
    ALL.put("delivered", Conditions::delivered);
    ALL.put("same-logs", Conditions::sameLogs);
    ALL.put("delivered-to-steady", Conditions::deliveredToSteady);
    ALL.put("deaths-known", Conditions::deathsKnown);
    ALL.put("nobody-buried-alive", Conditions::nobodyBuriedAlive);
    ALL.put("bans-kept", Conditions::bansKept);
    ALL.put("one-view", Conditions::oneView);
    ALL.put("one-membership", Conditions::oneMembership);
  }

  private Conditions() {}

  static boolean exists(String name) {
    return ALL.containsKey(name);
  }

  static Set<String> names() {
    return ALL.keySet();
  }

  static Condition of(String name, Play play) {
    Function<Play, Condition> maker = ALL.get(name);
    if (maker == null) {
      throw new IllegalArgumentException("there is no condition " + name);
    }
    return maker.apply(play);
  }

  /// Everybody who is on is a member, knows all the others, and nobody has dialled for a while.
  private static Condition together(Play play) {
    return condition(new Together(play.world()), () -> "the network comes together");
  }

  /// Everybody who is on is a member and knows all the others.
  private static Condition membersKnown(Play play) {
    World world = play.world();
    return condition(
        () -> Together.allKnown(world),
        () -> {
          long members = world.memberCount();
          long informed =
              world.switchedOn().stream()
                  .filter(machine -> Together.knows(machine, members))
                  .count();
          return "everybody knows everybody: %d of %d know %d members"
              .formatted(informed, world.switchedOn().size(), members);
        });
  }

  /// Everybody who is on has a link.
  private static Condition linked(Play play) {
    return condition(
        () ->
            play.world().machines().stream()
                .filter(Machine::isUp)
                .allMatch(machine -> machine.linkCount() > 0),
        () -> "everybody has a link");
  }

  /// Everything that was to be published has been, and whoever asked for it has an answer.
  private static Condition published(Play play) {
    World world = play.world();
    return condition(
        () -> play.hasPublished() && world.unanswered(Machine::isLive) == 0,
        () ->
            play.hasPublished()
                ? "in the end every publish is answered: %d are not"
                    .formatted(world.unanswered(Machine::isLive))
                : "everything is published");
  }

  /// Every machine is on, and a member.
  private static Condition allUp(Play play) {
    World world = play.world();
    return condition(
        () -> world.machines().stream().allMatch(Machine::isRunning),
        () -> "in the end everybody is up");
  }

  /// Every node that lives holds the same logs, events of the nodes themselves included.
  private static Condition sameLogs(Play play) {
    World world = play.world();
    return condition(
        () -> world.behind(Machine::isLive) == 0,
        () ->
            "in the end all logs are equal: %d messages to go"
                .formatted(world.behind(Machine::isLive)));
  }

  /// Every node that lives has delivered every message of an application.
  private static Condition delivered(Play play) {
    World world = play.world();
    return condition(
        () -> world.missing(Machine::isLive) == 0,
        () -> "everybody has everything: %d are missing".formatted(world.missing(Machine::isLive)));
  }

  /// Every node that has run throughout has delivered every message of an application.
  private static Condition deliveredToSteady(Play play) {
    World world = play.world();
    return condition(
        () -> world.missing(play::isSteady) == 0,
        () ->
            "everybody who was there throughout has everything: %d are missing"
                .formatted(world.missing(play::isSteady)));
  }

  /// Everybody who runs holds for dead whoever has died for good.
  private static Condition deathsKnown(Play play) {
    return condition(
        play.deaths()::isKnown,
        () -> "everybody learns of the dead: %d have yet to".formatted(play.deaths().unaware()));
  }

  /// Nobody was held for dead who was well.
  private static Condition nobodyBuriedAlive(Play play) {
    return condition(
        () -> play.deaths().buriedAlive() == 0,
        () ->
            "nobody is held for dead who is well: %d were".formatted(play.deaths().buriedAlive()));
  }

  /// Every honest machine that runs knows who is banned, and has no link to them.
  private static Condition bansKept(Play play) {
    return condition(
        () -> play.outcasts().unaware() == 0,
        () ->
            "every honest node keeps to the bans: %d do not".formatted(play.outcasts().unaware()));
  }

  /// All honest machines that run agree on all that is held: the hashes of their trees are equal.
  private static Condition oneView(Play play) {
    return condition(
        () -> play.outcasts().views() <= 1,
        () -> "all hold the same: there are %d views".formatted(play.outcasts().views()));
  }

  /// Everybody who runs counts the same members, and everybody who runs among them.
  private static Condition oneMembership(Play play) {
    Census census = new Census(play.world());
    return condition(
        census::isOne, () -> "everybody counts the same members: " + census.difference());
  }

  static Condition condition(BooleanSupplier holds, Supplier<String> lacking) {
    return new Condition() {
      @Override
      public boolean holds() {
        return holds.getAsBoolean();
      }

      @Override
      public String lacking() {
        return lacking.get();
      }
    };
  }
}
