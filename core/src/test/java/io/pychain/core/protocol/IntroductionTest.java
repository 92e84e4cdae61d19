package io.pychain.core.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.Cast;
import io.pychain.core.link.Dials;
import io.pychain.core.link.LinkId;
import io.pychain.core.message.Frame;
import io.pychain.core.message.Frame.RecordHead;
import io.pychain.core.ring.Guid;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// A newcomer with GUID 3, whom the boot node tells of two more members.
class IntroductionTest {
  private static final long BOOT_STORE = 70;

  private final Protocol newcomer =
      new Protocol(Props.identity(3), Props.CONFIG, Stored.empty(7), new SplittableRandom(1));
  private final List<Guid> announcedTo = new ArrayList<>();
  private Instant now = Cast.NOON;

  @Test
  void newcomerIntroducesItselfOnceItHasTheRecordsThatItHasHeardOfAndItsLinks() {
    hearOfTheOthers();
    assertThat(announcedTo).as("with no record but the boot node's").isEmpty();

    receive(new Frame.Records(List.of(Cast.record(1, 1), Cast.record(2, 1))));
    pass(Dials.SETTLE);
    assertThat(announcedTo).as("with a link to the boot node alone").isEmpty();

    linkUp(1);
    assertThat(announcedTo).as("with one link to go").isEmpty();

    linkUp(2);
    assertThat(announcedTo).containsExactlyInAnyOrder(Guid.of(0), Guid.of(1), Guid.of(2));
  }

  @Test
  void newcomerWaitsForRecordsAndLinksOnlySoLong() {
    hearOfTheOthers();

    pass(Introduction.PATIENCE.minusMillis(1));
    assertThat(announcedTo).isEmpty();

    pass(Duration.ofMillis(1));
    assertThat(announcedTo).containsExactly(Guid.of(0));
  }

  private void hearOfTheOthers() {
    linkUp(0);
    receive(new Frame.Summary(BOOT_STORE, 3, 0, 12_345));
    List<RecordHead> heads = new ArrayList<>();
    for (int member = 0; member < 3; member++) {
      heads.add(new RecordHead(Guid.of(member), 1, 1));
    }
    receive(new Frame.Heads(BOOT_STORE, 3, 3, List.of(), heads));
  }

  private void linkUp(int member) {
    long store = BOOT_STORE + member;
    handle(
        new Input.LinkUp(new LinkId(1 + member), Cast.record(member, 1), store, "host", 2, true));
  }

  /// From the boot node.
  private void receive(Frame frame) {
    handle(new Input.Received(new LinkId(1), frame));
  }

  private void pass(Duration time) {
    now = now.plus(time);
    handle(new Input.Wake());
  }

  private void handle(Input input) {
    for (Effects.Send send : newcomer.handle(now, input).send()) {
      if (send.frame() instanceof Frame.Announce) {
        announcedTo.add(Guid.of((int) send.link().value() - 1));
      }
    }
  }
}
