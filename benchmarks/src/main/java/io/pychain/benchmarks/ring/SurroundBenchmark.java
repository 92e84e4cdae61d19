package io.pychain.benchmarks.ring;

import io.pychain.benchmarks.Benchmark;
import io.pychain.benchmarks.Report;
import io.pychain.core.link.LinkConfig;
import io.pychain.core.protocol.ProtocolConfig;
import io.pychain.core.ring.Fingers;
import io.pychain.core.ring.Guid;
import io.pychain.core.ring.Partner;
import io.pychain.core.ring.Ring;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// What part of an honest member's links and watchers liars are, by what follows from GUIDs alone.
///
/// `dealt`: the liars are the last to join, and get what is dealt to them. `chosen`: they can be
/// any, and are chosen, one victim after the other, so that as many as possible are left with fewer
/// than three honest links. Shares are over all honest members of all seeds; `worst` is that of the
/// worst-off member of them all.
public final class SurroundBenchmark implements Benchmark {
  private static final int MEMBERS = 1_000;
  private static final int SEEDS = 1_000;
  private static final int CHOSEN_SEEDS = 20;
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
      report.row(row(liars, false, SEEDS));
    }
    report.row(row(300, true, CHOSEN_SEEDS));
  }

  private static Object[] row(int liars, boolean chosen, int seeds) {
    Tally tally = new Tally();
    for (int seed = 1; seed <= seeds; seed++) {
      Random random = new Random(seed);
      List<Guid> dealt = dealt(random);
      Neighbourhood all = new Neighbourhood(Ring.of(dealt));
      BitSet bad = new BitSet();
      if (chosen) {
        choose(all, liars, bad);
      } else {
        dealt.subList(MEMBERS - liars, MEMBERS).forEach(guid -> bad.set(guid.value()));
      }
      dealt.stream().filter(guid -> !bad.get(guid.value())).forEach(g -> tally.add(all, g, bad));
    }
    String how = chosen ? "chosen" : "dealt";
    List<Object> row = new ArrayList<>(List.of(liars, how, seeds));
    row.addAll(tally.figures(seeds));
    return row.toArray();
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
  private static void choose(Neighbourhood all, int liars, BitSet bad) {
    BitSet victims = new BitSet();
    while (bad.cardinality() < liars) {
      Guid victim = null;
      int least = Integer.MAX_VALUE;
      for (Guid guid : all.members()) {
        int cost = all.honest(guid, bad) - (ENOUGH - 1);
        if (!bad.get(guid.value()) && !victims.get(guid.value()) && cost < least) {
          least = cost;
          victim = guid;
        }
      }
      if (victim == null) {
        return;
      }
      victims.set(victim.value());
      all.partners(victim).stream()
          .filter(guid -> !bad.get(guid.value()) && !victims.get(guid.value()))
          .limit(Math.clamp(least, 0, liars - bad.cardinality()))
          .forEach(guid -> bad.set(guid.value()));
    }
  }

  /// Who is linked to whom, by the ring.
  private static final class Neighbourhood {
    private final Ring ring;
    private final List<List<Guid>> partners = new ArrayList<>();

    Neighbourhood(Ring ring) {
      this.ring = ring;
      Fingers fingers = new Fingers(ProtocolConfig.DEFAULT.base(), ring);
      int size = ring.members().stream().mapToInt(Guid::value).max().orElse(0) + 1;
      List<BitSet> linked = new ArrayList<>();
      for (int guid = 0; guid < size; guid++) {
        linked.add(new BitSet());
      }
      for (Guid self : ring.members()) {
        for (Partner partner : fingers.partners(self, LinkConfig.DEFAULT.neighbours(), _ -> true)) {
          linked.get(self.value()).set(partner.peer().value());
          linked.get(partner.peer().value()).set(self.value());
        }
      }
      linked.forEach(bits -> partners.add(bits.stream().mapToObj(Guid::of).toList()));
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
