package io.pychain.simulator.liar;

import io.pychain.core.protocol.Identity;
import io.pychain.core.protocol.Stored;
import io.pychain.core.ring.Guid;
import io.pychain.simulator.world.Core;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/// Every kind of liar, by the name that a scenario's file uses.
public final class Liars {
  /// Whose frames are not what others signed.
  public static final String FORGER = "forger";

  /// Goes on in its log after it is banned.
  public static final String ACCOMPLICE = "accomplice";

  /// Whose own logs are nobody's truth.
  public static final Set<String> UNTRUE = Set.of("fork-maker", ACCOMPLICE, "flooder");

  /// Makes a liar of an honest core.
  @FunctionalInterface
  private interface Corruption {
    Core of(Core honest, Identity identity, Stored stored, RandomGenerator random);
  }

  private static final Map<String, Corruption> ALL = new LinkedHashMap<>();

  static {
    ALL.put(
        "silent-relay",
        (honest, identity, _, _) -> new SilentRelay(honest, identity.record().guid()));
    ALL.put(
        "false-accuser",
        (honest, identity, stored, random) ->
            new FalseAccuser(honest, stored.records(), identity.record().guid(), random));
    ALL.put("fork-maker", (honest, identity, _, _) -> new ForkMaker(honest, identity));
    ALL.put(
        FORGER,
        (honest, identity, _, random) -> new Forger(honest, identity.record().guid(), random));
    ALL.put(ACCOMPLICE, (honest, _, _, _) -> new Accomplice(honest));
    ALL.put(
        "intruder",
        (honest, identity, stored, _) ->
            new Intruder(honest, stored.records(), identity.record().guid()));
    ALL.put("flooder", (honest, _, _, random) -> new Flooder(honest, random));
    ALL.put("hoarder", (honest, _, _, random) -> new Hoarder(honest, random));
    ALL.put("prophet", (honest, _, _, _) -> new Prophet(honest));
    ALL.put(
        "colluder",
        (honest, identity, stored, random) -> {
          Guid self = identity.record().guid();
          Core silent = new Hoarder(new SilentRelay(honest, self), random);
          return new FalseAccuser(silent, stored.records(), self, random);
        });
    ALL.put("replayer", (honest, _, _, random) -> new Replayer(honest, random));
  }

  private Liars() {}

  /// What kinds there are.
  public static Set<String> names() {
    return ALL.keySet();
  }

  /// Makes liars of one kind of the cores that another maker makes.
  public static Optional<Core.Maker> of(String name, Core.Maker honest) {
    return Optional.ofNullable(ALL.get(name))
        .map(corruption ->
            (identity, config, stored, random) ->
                corruption.of(
                    honest.start(identity, config, stored, random), identity, stored, random));
  }
}
