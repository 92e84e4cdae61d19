package io.pychain.core.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.Cast;
import io.pychain.core.message.Frame.Reason;
import io.pychain.core.ring.Guid;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Whom the ring asks nothing of visits, and goes.
class SlotsTest {
  /// Members below are those that the ring asks for.
  private static final int ASKED = 10;

  private final Links links = new Links(Guid.of(0), LinkConfig.DEFAULT);
  private final Slots slots = new Slots(links, guid -> guid.value() >= ASKED);
  private final Recorder out = new Recorder();
  private final List<LinkId> ended = new ArrayList<>();
  private Instant now = Cast.NOON;

  @BeforeEach
  void linkToPartners() {
    for (int partner = 1; partner <= 6; partner++) {
      visit(partner, "192.0.2.1");
    }
  }

  @Test
  void linkThatTheRingAsksForStays() {
    pass(Duration.ofHours(1));

    assertThat(ended).isEmpty();
  }

  @Test
  void visitEnds() {
    visit(10, "198.51.100.1");

    pass(Slots.VISIT.minusMillis(1));
    assertThat(ended).isEmpty();
    pass(Duration.ofSeconds(1));

    assertThat(ended).containsExactly(new LinkId(10));
  }

  @Test
  void linkThatThisNodeDialledIsNoVisit() {
    links.raise(now, new LinkId(10), Guid.of(10), true);

    pass(Duration.ofMinutes(1));

    assertThat(ended).isEmpty();
  }

  @Test
  void visitorComesBackEverMoreRarely() {
    for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 600, 600}) {
      assertThat(slots.refusal(now, Guid.of(10))).isEmpty();
      visit(10, "198.51.100.1");
      now = now.plus(Slots.VISIT);
      slots.onTime(now, out);
      end();
      links.lower(new LinkId(10));

      now = now.plusSeconds(seconds).minusMillis(1);
      assertThat(slots.refusal(now, Guid.of(10))).as("before %d s", seconds).isPresent();
      now = now.plusMillis(1);
    }
  }

  @Test
  void visitIsNoLongerForDiallingAgainMeanwhile() {
    for (int link = 10; link < 15; link++) {
      links.raise(now, new LinkId(link), Guid.of(10), false);
      slots.raised(now, new LinkId(link), "198.51.100.1", out);
      slots.lowered(now, new LinkId(link - 1));
      pass(Duration.ofMillis(900));
    }

    pass(Duration.ofSeconds(1));

    assertThat(ended).containsExactly(new LinkId(14));
  }

  @Test
  void visitThatTheVisitorEndsItselfCountsToo() {
    visit(10, "198.51.100.1");

    links.lower(new LinkId(10));
    slots.lowered(now, new LinkId(10));

    assertThat(slots.refusal(now, Guid.of(10))).isPresent();
  }

  @Test
  void formerVisitorThatTheRingAsksForByNowIsNotRefused() {
    visit(10, "198.51.100.1");
    now = now.plus(Slots.VISIT);
    slots.onTime(now, out);
    end();

    assertThat(new Slots(links, _ -> false).refusal(now, Guid.of(10))).isEmpty();
  }

  @Test
  void nodeWithFewLinksKeepsItsVisitors() {
    for (int partner = 1; partner <= 6; partner++) {
      links.lower(new LinkId(partner));
    }
    for (int visitor = 10; visitor < 15; visitor++) {
      visit(visitor, "198.51.100.1");
    }

    pass(Duration.ofSeconds(10));

    assertThat(ended).hasSize(5 - Faults.FLOOR);
  }

  @Test
  void whereOthersDoNotAnswerHalfAsManyVisitorsStayAsTheRingAsksFor() {
    for (int visitor = 10; visitor < 30; visitor++) {
      visit(visitor, "198.51.100." + visitor);
    }
    slots.trouble(now);

    pass(Duration.ofSeconds(10));
    assertThat(ended).hasSize(20 - 3);
    pass(Slots.TROUBLE);

    assertThat(ended).as("when it is over").hasSize(20);
  }

  @Test
  void crowdedAddressGroupGivesUpItsLatestFirst() {
    for (int visitor = 10; visitor < 30; visitor++) {
      visit(visitor, "198.51.100." + visitor);
    }
    visit(30, "203.0.113.1");
    visit(31, "192.0.2.1");
    slots.trouble(now);

    pass(Duration.ofSeconds(10));

    assertThat(ended)
        .hasSize(22 - 3)
        .doesNotContain(new LinkId(10), new LinkId(30), new LinkId(31));
  }

  @Test
  void longestNearestAndMostUsefulStay() {
    for (int visitor = 10; visitor < 20; visitor++) {
      visit(visitor, "198.51." + visitor + ".1");
    }
    links.ping(now, Guid.of(15), out);
    links.pong(now.plusMillis(2), new LinkId(15));
    slots.useful(now, new LinkId(17));
    slots.trouble(now);

    pass(Duration.ofSeconds(10));

    assertThat(ended)
        .hasSize(10 - 3)
        .doesNotContain(new LinkId(10), new LinkId(15), new LinkId(17));
  }

  @Test
  void thereAreNeverMoreVisitorsThanTheBound() {
    for (int visitor = 10; visitor < 10 + Slots.VISITORS_MAX; visitor++) {
      visit(visitor, "198.51.100.1");
    }
    assertThat(ended).isEmpty();

    visit(10 + Slots.VISITORS_MAX, "203.0.113.1");

    assertThat(ended).containsExactly(new LinkId(10));
  }

  private void visit(int member, String host) {
    links.raise(now, new LinkId(member), Guid.of(member), false);
    slots.raised(now, new LinkId(member), host, out);
    end();
  }

  private void end() {
    for (Recorder.Dropped dropped : out.dropped()) {
      assertThat(dropped.reason()).isEqualTo(Reason.UNNEEDED);
      ended.add(dropped.link());
      links.lower(dropped.link());
      slots.lowered(now, dropped.link());
    }
  }

  private void pass(Duration time) {
    for (Instant end = now.plus(time); now.isBefore(end); ) {
      Instant next = slots.deadline();
      now = next.isBefore(end) ? next : end;
      slots.onTime(now, out);
      end();
    }
  }
}
