package io.pychain.core.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.Cast;
import io.pychain.core.ring.Base;
import io.pychain.core.ring.Fingers;
import io.pychain.core.ring.Guid;
import io.pychain.core.ring.Lots;
import io.pychain.core.ring.Partner;
import io.pychain.core.ring.Partner.Kind;
import io.pychain.core.ring.Ring;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Links that are drawn by lot are dialled beside those of the ring, and let go of again.
class AcquaintancesTest {
  private static final Guid SELF = Guid.of(5);

  private final Ring ring = Ring.complete(300);
  private final Links links = new Links(SELF, LinkConfig.DEFAULT);
  private final Dials dials = dials();
  private Instant now = Cast.NOON;

  private Dials dials() {
    Fingers fingers = new Fingers(Base.of(4), ring);
    Anchors none = new Anchors(List.of(), links, _ -> true);
    var sight = new Dials.Sight(fingers, links, new Faults(links), none, _ -> false, List::of);
    return new Dials(SELF, sight, LinkConfig.DEFAULT, new Random(1));
  }

  @Test
  void theyAreDialledAndLetGoWhenOthersAreDrawn() {
    List<Guid> dialled = dials.due(now);
    List<Guid> drawn = acquaintances();
    assertThat(dialled).containsAll(drawn);
    assertThat(drawn).isNotEmpty().noneMatch(guid -> dials.isUnasked(now, guid));

    now = now.plus(Lots.PERIOD).plus(Lots.TURN.multipliedBy(3));
    dials.due(now);

    assertThat(acquaintances()).isNotEmpty().isNotEqualTo(drawn);
    assertThat(drawn)
        .filteredOn(guid -> dials.isUnasked(now, guid))
        .hasSizeGreaterThan(drawn.size() / 2);
  }

  @Test
  void whoHasDrawnThisNodeIsNoVisitor() {
    dials.due(now);
    Lots lots = new Lots(ring);

    List<Guid> others =
        ring.members().stream().filter(guid -> lots.drawnBy(guid, now).contains(SELF)).toList();

    assertThat(others).isNotEmpty().noneMatch(guid -> dials.isUnasked(now, guid));
    assertThat(ring.members())
        .filteredOn(guid -> dials.isUnasked(now, guid))
        .as("visitors as ever")
        .hasSizeGreaterThan(200);
  }

  @Test
  void nobodyWaitsForThem() {
    dials.due(now);
    List<Guid> drawn = acquaintances();
    dials.wanted().keySet().stream().filter(guid -> !drawn.contains(guid)).forEach(this::up);

    now = now.plus(Dials.SLOW);
    dials.due(now);

    assertThat(dials.areSettled()).isTrue();
  }

  @Test
  void whoDoesNotAnswerIsLeftAlone() {
    dials.due(now);
    List<Guid> drawn = acquaintances();

    for (int i = 0; i < LinkConfig.DEFAULT.maxUnresponsive(); i++) {
      drawn.forEach(guid -> dials.failed(now, guid));
      now = now.plus(LinkConfig.DEFAULT.redialMax());
      dials.due(now);
    }

    assertThat(acquaintances()).doesNotContainAnyElementsOf(drawn);
  }

  @Test
  void newcomerDrawsAnewWhenItHasLearntHowManyThereAre() {
    for (int guid = 45; guid < 300; guid++) {
      ring.remove(Guid.of(guid));
    }
    dials.due(now);
    List<Guid> among45 = acquaintances();
    for (int guid = 45; guid < 300; guid++) {
      ring.add(Guid.of(guid));
    }
    dials.ringChanged(now);
    dials.due(now.plus(Dials.SETTLE));
    assertThat(acquaintances()).as("at once").isEqualTo(among45);

    now = now.plus(Acquaintances.PAUSE);
    assertThat(dials.deadline()).isBeforeOrEqualTo(now);
    dials.due(now);

    assertThat(acquaintances()).isNotEqualTo(among45).isSubsetOf(new Lots(ring).drawnBy(SELF, now));
  }

  private void up(Guid guid) {
    links.raise(now, new LinkId(guid.value() + 1), guid, true);
    dials.linked(now, guid, true);
  }

  private List<Guid> acquaintances() {
    return dials.wanted().values().stream()
        .filter(partner -> partner.isOnly(Kind.ACQUAINTANCE))
        .map(Partner::peer)
        .sorted()
        .toList();
  }
}
