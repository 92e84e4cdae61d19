package io.pychain.core.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.Cast;
import io.pychain.core.ring.Base;
import io.pychain.core.ring.Fingers;
import io.pychain.core.ring.Guid;
import io.pychain.core.ring.Partner;
import io.pychain.core.ring.Partner.Kind;
import io.pychain.core.ring.Ring;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class DialsTest {
  private static final Base BASE = Base.of(4);

  private final Links links = new Links(Guid.of(0), LinkConfig.DEFAULT);
  private final Faults faults = new Faults(links);
  private final List<Guid> known = new ArrayList<>();
  private final Anchors anchors = new Anchors(List.of(), links, _ -> true);
  private Instant now = Cast.NOON;

  @Test
  void newcomerDialsAllItsPartnersAtOnce() {
    Dials dials = dials(7, 8);

    assertThat(dials.due(now)).containsExactlyElementsOf(dials.wanted().keySet());
    assertThat(dials.wanted()).doesNotContainKey(Guid.of(7));
  }

  @Test
  void lowerGuidLetsTheHigherDialFirst() {
    Dials dials = dials(0, 2);

    assertThat(dials.due(now)).isEmpty();
    assertThat(dials.deadline()).isEqualTo(now.plus(Dials.HEAD_START));

    now = now.plus(Dials.HEAD_START);
    assertThat(dials.due(now)).containsExactly(Guid.of(1));
  }

  @Test
  void whoIsBeingDialledIsNotDialledTwice() {
    Dials dials = dials(7, 8);
    List<Guid> first = dials.due(now);

    now = now.plusSeconds(60);
    dials.ringChanged(now.minusSeconds(1));

    assertThat(dials.due(now)).doesNotContainAnyElementsOf(first);
  }

  @Test
  void failedDialIsRepeatedEverMoreRarelyUpToABound() {
    Dials dials = dials(1, 2);
    dials.due(now);
    List<Duration> pauses = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Instant failed = now;
      dials.failed(now, Guid.of(0));
      while (dials.due(now).isEmpty()) {
        now = dials.deadline().isAfter(now) ? dials.deadline() : now.plusMillis(1);
      }
      pauses.add(Duration.between(failed, now));
    }

    assertThat(pauses.getFirst()).isBetween(Duration.ofMillis(125), Duration.ofMillis(502));
    assertThat(pauses.subList(10, 20))
        .allMatch(pause -> pause.compareTo(Duration.ofSeconds(15)) >= 0)
        .allMatch(pause -> pause.compareTo(Duration.ofSeconds(30)) <= 0);
    assertThat(dials.unresponsive(Guid.of(0))).isEqualTo(20);
  }

  @Test
  void dialsUnderWayAreBoundedAndTheOthersFollow() {
    int size = 4_096;
    Dials dials = dials(size - 1, size);
    Set<Guid> dialling = new TreeSet<>(dials.due(now));
    for (int round = 0; round < 30; round++) {
      now = now.plus(Dials.SLOW_MAX);
      dialling.addAll(dials.due(now));
    }
    assertThat(dialling).as("nobody answers").hasSize(Dials.DIALLING_MAX);

    dialling.forEach(guid -> dials.failed(now, guid));
    now = now.plus(Dials.SETTLE);

    assertThat(dials.due(now)).doesNotContainAnyElementsOf(dialling).isNotEmpty();
  }

  @Test
  void oneLinkThatBreaksIsStoodInForAtOnceByTheNextInItsArc() {
    Dials dials = settled(4_000, 4_096);
    Guid primary = primaryOfAWideArc(dials);

    lose(dials, primary);
    now = now.plus(Dials.SETTLE);

    assertThat(dials.due(now)).containsExactly(nextInArc(4_000, primary));
  }

  @Test
  void longRunOfDeadIsPassedInFewRoundsAndFewerStillWhereManyHaveDied() {
    int[] rounds = new int[2];
    for (int manyDied = 0; manyDied <= 1; manyDied++) {
      Dials dials = settled(4_000, 4_096);
      Guid primary = primaryOfAWideArc(dials);
      List<Guid> run = arcOf(4_000, primary).subList(0, 20);
      List<Guid> others = new ArrayList<>(dials.wanted().keySet());
      others.remove(primary);
      lose(dials, primary);
      others.subList(0, manyDied * others.size() * 3 / 4).forEach(guid -> lose(dials, guid));

      Guid living = arcOf(4_000, primary).get(20);
      boolean found = false;
      while (!found) {
        rounds[manyDied]++;
        now = now.plus(Dials.SETTLE);
        List<Guid> due = dials.due(now);
        due.stream().filter(run::contains).forEach(guid -> dials.failed(now, guid));
        found = due.contains(living);
      }
      links.all().forEach(link -> links.lower(link.id()));
    }

    assertThat(rounds[0]).isLessThanOrEqualTo(7);
    assertThat(rounds[1]).isLessThanOrEqualTo(4);
  }

  @Test
  void dialThatIsSlowerThanUsualIsNotWaitedFor() {
    Dials dials = settled(4_000, 4_096);
    Guid primary = primaryOfAWideArc(dials);
    lose(dials, primary);
    now = now.plus(Dials.SETTLE);
    dials.due(now);

    now = now.plus(Dials.SLOW_MIN);
    List<Guid> arc = arcOf(4_000, primary);

    assertThat(dials.due(now)).contains(arc.get(2));
  }

  /// Everybody wanted is linked.
  private Dials settled(int self, int size) {
    Dials dials = dials(self, size);
    for (int i = 0; i < 2; i++) {
      dials.due(now).forEach(guid -> up(dials, guid, guid.value()));
      now = now.plus(Dials.HEAD_START);
    }
    now = now.plus(Dials.SHORT_LIFE);
    assertThat(dials.due(now)).isEmpty();
    return dials;
  }

  private void lose(Dials dials, Guid guid) {
    links.lower(new LinkId(guid.value())).ifPresent(link -> dials.unlinked(now, link));
  }

  private static List<Guid> arcOf(int self, Guid peer) {
    Ring ring = Ring.complete(4_096);
    return ring.membersIn(new Fingers(BASE, ring).arcOf(Guid.of(self), peer));
  }

  private static Guid primaryOfAWideArc(Dials dials) {
    return dials.wanted().keySet().stream()
        .filter(guid -> arcOf(4_000, guid).getFirst().equals(guid))
        .max(Comparator.comparingInt(guid -> arcOf(4_000, guid).size()))
        .orElseThrow();
  }

  private static Guid nextInArc(int self, Guid primary) {
    return arcOf(self, primary).get(1);
  }

  @Test
  void unresponsivePrimaryGetsABackupAndIsStillTried() {
    Dials dials = dials(0, 64);
    now = now.plus(Dials.HEAD_START);
    dials.due(now);
    Guid primary = primaryWithBackup(dials);
    for (int i = 0; i < LinkConfig.DEFAULT.maxUnresponsive(); i++) {
      dials.failed(now, primary);
    }

    now = now.plus(Dials.SETTLE);
    dials.due(now);

    assertThat(dials.wanted()).containsKey(primary);
    assertThat(dials.wanted().values()).anyMatch(partner -> partner.is(Kind.BACKUP));
    Guid backup = backup(dials);
    assertThat(dials.isUnneeded(now, backup)).as("while it stands in").isFalse();

    dials.linked(now, primary, true);
    now = now.plus(Dials.SETTLE);
    dials.due(now);
    assertThat(dials.wanted().values()).noneMatch(partner -> partner.is(Kind.BACKUP));
  }

  @Test
  void linkThatBreaksIsDialledAgainAfterAPauseThatGrowsWhileItIsShortLived() {
    Dials dials = dials(1, 2);
    dials.due(now);
    List<Duration> pauses = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      up(dials, Guid.of(0), i);
      links.lower(new LinkId(i)).ifPresent(link -> dials.unlinked(now, link));
      Instant broke = now;
      while (dials.due(now).isEmpty()) {
        now = dials.deadline().isAfter(now) ? dials.deadline() : now.plusMillis(1);
      }
      pauses.add(Duration.between(broke, now));
    }

    assertThat(pauses.getLast()).isGreaterThan(Duration.ofSeconds(14));

    up(dials, Guid.of(0), 99);
    now = now.plus(Dials.SHORT_LIFE);
    links.lower(new LinkId(99)).ifPresent(link -> dials.unlinked(now, link));
    assertThat(dials.deadline()).as("one that lasted").isBefore(now.plusMillis(260));
  }

  @Test
  void memberWithALinkIsNotDialled() {
    links.raise(now, new LinkId(1), Guid.of(0), false);

    assertThat(dials(1, 2).due(now)).isEmpty();
  }

  @Test
  void linkIsUnneededOnlyIfNeitherEndWantsIt() {
    int size = 300;
    Fingers fingers = new Fingers(BASE, Ring.complete(size));
    Dials dials = dials(5, size);
    dials.due(now);

    for (int guid = 0; guid < size; guid++) {
      Guid peer = Guid.of(guid);
      if (guid != 5) {
        boolean wanted =
            partners(fingers, Guid.of(5)).contains(peer)
                || partners(fingers, peer).contains(Guid.of(5));
        boolean drawn = dials.isDrawn(now, peer);
        assertThat(dials.isUnneeded(now, peer)).as("%s", peer).isEqualTo(!wanted && !drawn);
      }
    }
  }

  @Test
  void nothingIsDueAtAMomentThatHasPassed() {
    Dials dials = dials(900, 1_000);
    Random random = new Random(3);
    for (int i = 0; i < 2_000; i++) {
      for (Guid guid : dials.due(now)) {
        dials.failed(now, guid);
      }
      dials.due(now);
      if (dials.deadline().isAfter(now)) {
        now = dials.deadline();
      } else {
        assertThat(dials.due(now)).as("progress at %s", now).isNotEmpty();
        dials.wanted().keySet().forEach(guid -> dials.failed(now, guid));
      }
      now = now.plusMillis(random.nextInt(3));
    }

    assertThat(Duration.between(Cast.NOON, now)).isGreaterThan(Duration.ofSeconds(60));
  }

  private void up(Dials dials, Guid guid, int id) {
    links.raise(now, new LinkId(id), guid, true);
    dials.linked(now, guid, true);
  }

  private static Guid primaryWithBackup(Dials dials) {
    return dials.wanted().values().stream()
        .filter(partner -> partner.is(Kind.PRIMARY) && !partner.is(Kind.NEIGHBOUR))
        .map(Partner::peer)
        .min(Comparator.naturalOrder())
        .orElseThrow();
  }

  @Test
  void whoeverHasNoLinkAtAllTriesAlsoThoseWhoHadLeft() {
    for (int guid = 0; guid < 9; guid++) {
      known.add(Guid.of(guid));
    }
    Dials dials = dials(9, new Ring());

    List<Guid> first = dials.due(now);
    first.forEach(guid -> dials.failed(now, guid));
    now = now.plus(Dials.LONELY);
    List<Guid> second = dials.due(now);

    assertThat(first).hasSize(Dials.LONELY_DIALS);
    assertThat(second).isNotEmpty();
    links.raise(now, new LinkId(1), Guid.of(1), true);
    now = now.plus(Dials.LONELY);
    assertThat(dials.due(now)).as("no longer lonely").isEmpty();
  }

  @Test
  void whoHasMisbehavedIsPassedOverForTheNextOfItsArc() {
    Dials dials = dials(7, 64);
    dials.due(now);
    Guid liar =
        dials.wanted().values().stream()
            .filter(partner -> partner.kinds().equals(Set.of(Kind.PRIMARY)))
            .map(Partner::peer)
            .reduce((_, last) -> last)
            .orElseThrow();
    dials.wanted().keySet().forEach(guid -> dials.linked(now, guid, true));
    long name = 0;
    for (Guid guid : dials.wanted().keySet()) {
      links.raise(now, new LinkId(++name), guid, true);
    }
    now = now.plusSeconds(10);

    faults.committed(now, liar, Fault.MALFORMED);
    dials.unlinked(now, links.lower(links.idOf(liar).orElseThrow()).orElseThrow());
    now = now.plusSeconds(2);

    assertThat(dials.due(now)).contains(backup(dials)).doesNotContain(liar);
    now = faults.away(now, liar).orElseThrow().until();
    assertThat(dials.due(now)).contains(liar);
  }

  private static Guid backup(Dials dials) {
    return dials.wanted().values().stream()
        .filter(partner -> partner.is(Kind.BACKUP))
        .map(Partner::peer)
        .findFirst()
        .orElseThrow();
  }

  private static List<Guid> partners(Fingers fingers, Guid self) {
    return fingers.partners(self, LinkConfig.DEFAULT.neighbours(), _ -> true).stream()
        .map(Partner::peer)
        .toList();
  }

  private Dials dials(int self, int size) {
    return dials(self, Ring.complete(size));
  }

  private Dials dials(int self, Ring ring) {
    var sight =
        new Dials.Sight(new Fingers(BASE, ring), links, faults, anchors, _ -> false, () -> known);
    return new Dials(Guid.of(self), sight, LinkConfig.DEFAULT, new Random(1));
  }
}
