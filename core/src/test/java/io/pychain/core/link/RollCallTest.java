package io.pychain.core.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.Cast;
import io.pychain.core.message.Frame;
import io.pychain.core.ring.Guid;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RollCallTest {
  private final Links links = new Links(Guid.of(0), LinkConfig.DEFAULT);
  private final Recorder out = new Recorder();
  private final RollCall rollCall = new RollCall(links, out);
  private Instant now = Cast.NOON;

  @Test
  void peersThatDoNotAnswerInTimeAreAbsent() {
    link(3);

    rollCall.begin(now, 1);
    pass(RollCall.PATIENCE.minusMillis(1));
    links.heard(now, new LinkId(2));
    assertThat(rollCall.absent(now)).as("too early to tell").isEmpty();
    pass(Duration.ofMillis(1));

    assertThat(rollCall.absent(now)).containsExactly(Guid.of(1), Guid.of(3));
    assertThat(rollCall.absent(now)).as("said once").isEmpty();
    assertThat(rollCall.deadline()).isEqualTo(Instant.MAX);
  }

  @Test
  void onePeerThatIsSilentAlarmsNobody() {
    link(3);

    rollCall.begin(now, 1);

    assertThat(calls()).hasSize(3).noneMatch(Frame.Ping::alarm);
  }

  @Test
  void severalThatAreSilentAlarmThoseWhoAreNot() {
    link(3);

    rollCall.begin(now, 2);

    assertThat(calls()).hasSize(3).allMatch(Frame.Ping::alarm);
  }

  @Test
  void fewAmongManyLinksAlarmNobody() {
    link(32);

    rollCall.begin(now, 3);

    assertThat(calls()).noneMatch(Frame.Ping::alarm);
  }

  @Test
  void alarmIsPassedOnAndNotMoreOftenThanEveryFewSeconds() {
    link(2);

    rollCall.alarmed(now);
    assertThat(calls()).hasSize(2).allMatch(Frame.Ping::alarm);

    pass(RollCall.PAUSE.minusMillis(1));
    rollCall.alarmed(now);
    assertThat(calls()).isEmpty();

    pass(Duration.ofMillis(1));
    rollCall.alarmed(now);
    assertThat(calls()).hasSize(2);
  }

  private void link(int peers) {
    for (int guid = 1; guid <= peers; guid++) {
      links.raise(now, new LinkId(guid), Guid.of(guid), true);
    }
    pass(Duration.ofSeconds(1));
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }

  private List<Frame.Ping> calls() {
    return out.sent().stream().map(send -> (Frame.Ping) send.frame()).toList();
  }
}
