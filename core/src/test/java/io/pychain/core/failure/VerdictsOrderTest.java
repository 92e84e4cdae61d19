package io.pychain.core.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.message.MemberRecord;
import io.pychain.core.ring.Guid;
import io.pychain.core.ring.Position;
import io.pychain.core.ring.Ring;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Verdicts are a function of the facts.
class VerdictsOrderTest {
  /// Facts in any order come to the same, and to what the definition says.
  @Test
  void orderDoesNotMatter() {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      int size = random.nextInt(4, 40);
      int watchers = random.nextInt(1, 6);
      List<Object> facts = facts(random, size, watchers);

      Court court = hear(facts, size, watchers);
      Collections.shuffle(facts, random);
      Court other = hear(facts, size, watchers);

      assertThat(other.condemned()).as("seed %d", seed).isEqualTo(court.condemned());
      assertThat(court.condemned())
          .as("seed %d", seed)
          .isEqualTo(definition(court, facts, watchers));
    }
  }

  private static List<Object> facts(Random random, int size, int watchers) {
    List<Object> facts = new ArrayList<>();
    Ring ring = Ring.complete(size);
    for (int i = 0; i < size / 3; i++) {
      Guid victim = Guid.of(random.nextInt(size));
      for (Guid accuser : near(ring, victim, watchers + 2)) {
        if (random.nextInt(4) > 0) {
          long number = 1L + random.nextInt(2);
          facts.add(new Accusation(accuser, new Suspicion(victim, 1, number)));
        }
      }
      if (random.nextInt(3) == 0) {
        facts.add(Court.recordOf(victim.value(), 2));
      }
    }
    return facts;
  }

  private static Set<Guid> near(Ring ring, Guid victim, int count) {
    Set<Guid> near = new TreeSet<>(ring.successors(victim, count));
    near.addAll(ring.predecessors(victim, count));
    near.remove(victim);
    return near;
  }

  private static Court hear(List<Object> facts, int size, int watchers) {
    Court court = Court.of(size, watchers);
    for (Object fact : facts) {
      switch (fact) {
        case Accusation accusation -> court.verdicts.accuse(accusation);
        case MemberRecord record -> court.record(record);
        default -> throw new AssertionError(fact);
      }
    }
    court.verdicts.settle();
    return court;
  }

  /// The least fixpoint by the book: rounds over everybody until nothing changes.
  private static Set<Guid> definition(Court court, List<Object> facts, int watchers) {
    Set<Guid> condemned = new TreeSet<>();
    boolean more = true;
    while (more) {
      List<Guid> standing = new ArrayList<>(court.members.ring().members());
      standing.removeAll(condemned);
      int quorum = Math.max(2, Math.min(watchers, standing.size() / 2 + 1));
      more = false;
      for (Guid victim : standing) {
        long votes =
            accusers(court, facts, victim).stream()
                .filter(accuser -> hasASay(standing, victim, accuser, watchers))
                .count();
        more |= votes >= quorum && condemned.add(victim);
      }
    }
    return condemned;
  }

  private static Set<Guid> accusers(Court court, List<Object> facts, Guid victim) {
    Map<Guid, Long> newest = new TreeMap<>();
    for (Object fact : facts) {
      if (fact instanceof Accusation(Guid accuser, Suspicion claim)
          && claim.guid().equals(victim)) {
        newest.merge(accuser, claim.number(), Math::max);
      }
    }
    long current = court.members.of(victim).orElseThrow().number();
    newest.values().removeIf(number -> number != current);
    return newest.keySet();
  }

  private static boolean hasASay(List<Guid> standing, Guid victim, Guid accuser, int watchers) {
    return between(standing, victim, accuser) < watchers
        || between(standing, accuser, victim) < watchers;
  }

  private static long between(List<Guid> standing, Guid from, Guid until) {
    Position start = from.position();
    long end = start.distanceTo(until.position());
    return standing.stream()
        .mapToLong(guid -> start.distanceTo(guid.position()))
        .filter(at -> at != 0 && Long.compareUnsigned(at, end) < 0)
        .count();
  }
}
