package io.pychain.core.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.Cast;
import io.pychain.core.link.Fault;
import io.pychain.core.link.LinkId;
import io.pychain.core.message.Frame.Reason;
import io.pychain.core.ring.Guid;
import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Who has provably misbehaved is kept away from, for a while, by a node that has enough others.
class ConductTest {
  private static final int LIAR = 6;
  private static final LinkId FIRST = new LinkId(LIAR);

  private final Protocol node =
      new Protocol(Props.identity(5), Props.CONFIG, Stored.empty(9), new SplittableRandom(1));
  private Instant now = Cast.NOON;

  @BeforeEach
  void linkToFourOfWhomOneSendsAForgedRecord() {
    for (int peer = LIAR; peer < LIAR + 4; peer++) {
      assertThat(up(peer, peer).drop()).isEmpty();
    }
    now = now.plusSeconds(10);
    give(new Input.Misdeed(FIRST, Fault.RECORD));
    give(new Input.LinkDown(FIRST, "cut"));
  }

  @Test
  void linkOfWhoHasMisbehavedIsNotTakenForAWhile() {
    Effects effects = up(LIAR, 10);

    assertThat(effects.drop())
        .singleElement()
        .satisfies(drop -> assertThat(drop.reason()).isEqualTo(Reason.FULL))
        .satisfies(drop -> assertThat(drop.detail()).contains("record"));
    assertThat(node.view().links()).extracting(link -> link.guid().value()).doesNotContain(LIAR);
    assertThat(node.view().faults()).containsEntry(Fault.RECORD, 1L);
  }

  @Test
  void oncePerhapsItIsAskedWhetherItLivesAndThenNotDialledBeforeItsTime() {
    wake();
    up(LIAR, 10);

    Instant until = now.plusSeconds(30);
    for (; now.isBefore(until); now = now.plusMillis(100)) {
      assertThat(wake().dial()).as("at %s", now).noneMatch(this::isOfTheLiar);
    }
    now = now.plusSeconds(5);

    assertThat(wake().dial()).anyMatch(this::isOfTheLiar);
  }

  @Test
  void itMayComeBackWhenItsTimeIsOver() {
    now = now.plusSeconds(30);

    assertThat(up(LIAR, 10).drop()).isEmpty();
  }

  @Test
  void itIsTakenBackByANodeThatHasTooFewOthers() {
    give(new Input.LinkDown(new LinkId(LIAR + 1), "gone"));

    assertThat(up(LIAR, 10).drop()).isEmpty();
  }

  @Test
  void misdeedOnALinkThatIsNoneIsNobodys() {
    give(new Input.Misdeed(new LinkId(99), Fault.RECORD));

    assertThat(node.view().faults()).containsEntry(Fault.RECORD, 1L);
  }

  private boolean isOfTheLiar(Effects.Dial dial) {
    return dial.guid().equals(Guid.of(LIAR));
  }

  private Effects up(int peer, int link) {
    return give(new Input.LinkUp(new LinkId(link), Cast.record(peer, 1), peer, "host", 2, false));
  }

  private Effects wake() {
    return give(new Input.Wake());
  }

  private Effects give(Input input) {
    return node.handle(now, input);
  }
}
