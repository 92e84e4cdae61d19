package io.pychain.benchmarks.ring;

import io.pychain.benchmarks.Benchmark;
import io.pychain.benchmarks.Report;
import io.pychain.core.link.LinkConfig;
import io.pychain.core.protocol.ProtocolConfig;
import io.pychain.core.ring.Fingers;
import io.pychain.core.ring.Guid;
import io.pychain.core.ring.Lots;
import io.pychain.core.ring.Partner;
import io.pychain.core.ring.Ring;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// What part of an honest member's links and watchers liars are: of the links that follow from
/// GUIDs and of those that are drawn by lot.
///
/// `dealt`: the liars are the last to join, and get what is dealt to them. `chosen`: they can be
/// any, and are chosen, one victim after the other, so that as many as possible have only so many
/// honest links left of those that follow from GUIDs. `foreseen`: the same of all links as they are
/// drawn at this moment, which holds for minutes. Shares are over all honest members of all seeds;
/// `worst` is that of the worst-off member of them all; `cut_off_mean` counts those with fewer than
/// three honest links.
public final class SurroundBenchmark implements Benchmark {
  private static final int MEMBERS = 1_000;
  private static final int SEEDS = 1_000;
  private static final int CHOSEN_SEEDS = 200;
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final int WATCHERS = 12;
  private static final int ENOUGH = 3;

  @Override
  public String name() {
    return "surround";
  }

  @Override
  public String what() {
    return "share of links and watchers that liars get by their GUIDs, and who is cut off";
  }

  @Override
  public void run(Report report) {
    report.columns(
        "liars",
        "how",
        "seeds",
        "links_mean",
        "share_mean",
        "share_p99",
        "share_worst",
        "watchers_mean",
        "watchers_p99",
        "watchers_worst",
        "honest_links_min",
        "cut_off_mean");
    for (int liars : new int[] {100, 300}) {
      report.row(row(liars, "dealt", SEEDS, (dealt, _, _) -> last(dealt, liars)));
    }
    report.row(row(300, "chosen, 2 left", CHOSEN_SEEDS, (_, ring, _) -> chosen(ring, 300, 2)));
    report.row(row(300, "chosen, none left", CHOSEN_SEEDS, (_, ring, _) -> chosen(ring, 300, 0)));
    report.row(row(300, "foreseen", CHOSEN_SEEDS, (_, _, all) -> chosen(all, 300, 2)));
  }

  /// Who becomes a liar, of those dealt, by who is linked to whom for ever and at this moment.
  private interface Plot {
    BitSet of(List<Guid> dealt, Neighbourhood ring, Neighbourhood all);
  }

  private static Object[] row(int liars, String how, int seeds, Plot plot) {
    Tally tally = new Tally();
    for (int seed = 1; seed <= seeds; seed++) {
      List<Guid> dealt = dealt(new Random(seed));
      Neighbourhood ring = new Neighbourhood(Ring.of(dealt));
      Neighbourhood all = ring.with(new Lots(ring.ring), NOON.plus(Lots.PERIOD.multipliedBy(seed)));
      BitSet bad = plot.of(dealt, ring, all);
      dealt.stream().filter(guid -> !bad.get(guid.value())).forEach(g -> tally.add(all, g, bad));
    }
    List<Object> row = new ArrayList<>(List.of(liars, how, seeds));
    row.addAll(tally.figures(seeds));
    return row.toArray();
  }

  private static BitSet last(List<Guid> dealt, int liars) {
    BitSet bad = new BitSet();
    dealt.subList(MEMBERS - liars, MEMBERS).forEach(guid -> bad.set(guid.value()));
    return bad;
  }

  /// As the deck deals: block by block, each shuffled.
  private static List<Guid> dealt(Random random) {
    List<Guid> dealt = new ArrayList<>();
    for (int from = 0, until = 16; dealt.size() < MEMBERS; from = until, until *= 2) {
      List<Guid> block = new ArrayList<>();
      for (int guid = from; guid < until; guid++) {
        block.add(Guid.of(guid));
      }
      if (from > 0) {
        Collections.shuffle(block, random);
      }
      dealt.addAll(block);
    }
    return dealt.subList(0, MEMBERS);
  }

  /// Always the victim next that costs the fewest more.
  ///
  /// @param left honest links that it keeps
  private static BitSet chosen(Neighbourhood links, int liars, int left) {
    BitSet bad = new BitSet();
    BitSet victims = new BitSet();
    while (bad.cardinality() < liars) {
      Guid victim = null;
      int least = Integer.MAX_VALUE;
      for (Guid guid : links.members()) {
        int cost = links.honest(guid, bad) - left;
        if (!bad.get(guid.value()) && !victims.get(guid.value()) && cost < least) {
          least = cost;
          victim = guid;
        }
      }
      if (victim == null) {
        return bad;
      }
      victims.set(victim.value());
      links.partners(victim).stream()
          .filter(guid -> !bad.get(guid.value()) && !victims.get(guid.value()))
          .limit(Math.clamp(least, 0, liars - bad.cardinality()))
          .forEach(guid -> bad.set(guid.value()));
    }
    return bad;
  }

  /// Who is linked to whom.
  private static final class Neighbourhood {
    private final Ring ring;
    private final List<BitSet> linked = new ArrayList<>();
    private final List<List<Guid>> partners = new ArrayList<>();

    Neighbourhood(Ring ring) {
      this.ring = ring;
      Fingers fingers = new Fingers(ProtocolConfig.DEFAULT.base(), ring);
      int size = ring.members().stream().mapToInt(Guid::value).max().orElse(0) + 1;
      for (int guid = 0; guid < size; guid++) {
        linked.add(new BitSet());
      }
      for (Guid self : ring.members()) {
        for (Partner partner : fingers.partners(self, LinkConfig.DEFAULT.neighbours(), _ -> true)) {
          link(self, partner.peer());
        }
      }
      list();
    }

    private void link(Guid one, Guid other) {
      linked.get(one.value()).set(other.value());
      linked.get(other.value()).set(one.value());
    }

    private void list() {
      partners.clear();
      linked.forEach(bits -> partners.add(bits.stream().mapToObj(Guid::of).toList()));
    }

    Neighbourhood with(Lots lots, Instant now) {
      Neighbourhood all = new Neighbourhood(ring);
      ring.members().forEach(one -> lots.drawnBy(one, now).forEach(other -> all.link(one, other)));
      all.list();
      return all;
    }

    List<Guid> members() {
      return ring.members();
    }

    List<Guid> partners(Guid guid) {
      return partners.get(guid.value());
    }

    int honest(Guid guid, BitSet bad) {
      return count(partners(guid), bad, false);
    }

    List<Guid> watchers(Guid guid) {
      List<Guid> watchers = new ArrayList<>(ring.successors(guid, WATCHERS));
      watchers.addAll(ring.predecessors(guid, WATCHERS));
      return watchers;
    }
  }

  private static int count(List<Guid> guids, BitSet bad, boolean wanted) {
    return (int) guids.stream().filter(guid -> bad.get(guid.value()) == wanted).count();
  }

  /// What all honest members of all seeds come to.
  private static final class Tally {
    private double[] links = new double[1 << 10];
    private double[] watchers = new double[1 << 10];
    private int size;
    private long linkCount;
    private int honestMin = Integer.MAX_VALUE;
    private int cutOff;

    void add(Neighbourhood all, Guid guid, BitSet bad) {
      if (size == links.length) {
        links = Arrays.copyOf(links, 2 * size);
        watchers = Arrays.copyOf(watchers, 2 * size);
      }
      List<Guid> partners = all.partners(guid);
      List<Guid> near = all.watchers(guid);
      int honest = all.honest(guid, bad);
      links[size] = (double) (partners.size() - honest) / partners.size();
      watchers[size] = (double) count(near, bad, true) / near.size();
      size++;
      linkCount += partners.size();
      honestMin = Math.min(honestMin, honest);
      cutOff += honest < ENOUGH ? 1 : 0;
    }

    List<Object> figures(int seeds) {
      List<Object> figures = new ArrayList<>();
      figures.add((double) linkCount / size);
      for (double[] shares : List.of(links, watchers)) {
        double[] sorted = Arrays.copyOf(shares, size);
        Arrays.sort(sorted);
        figures.add(Arrays.stream(sorted).average().orElseThrow());
        figures.add(sorted[(int) (0.99 * size)]);
        figures.add(sorted[size - 1]);
      }
      figures.add(honestMin);
      figures.add((double) cutOff / seeds);
      return figures;
    }
  }
}
