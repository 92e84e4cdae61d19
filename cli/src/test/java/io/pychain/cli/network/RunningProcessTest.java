package io.pychain.cli.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RunningProcessTest {

  @Test
  void livingProcessIsFoundAgain() {
    RunningProcess self = RunningProcess.of(ProcessHandle.current());

    assertThat(self.find()).contains(ProcessHandle.current());
  }

  @Test
  void anotherProcessWithTheSameIdIsNotTakenForIt() {
    RunningProcess self = RunningProcess.of(ProcessHandle.current());
    RunningProcess earlier = new RunningProcess(self.pid(), self.startedMillis() - 1_000);

    assertThat(earlier.find()).isEmpty();
  }

  @Test
  void processThatHasEndedIsNotFound() throws Exception {
    Process process = new ProcessBuilder("cat").start();
    RunningProcess cat = RunningProcess.of(process.toHandle());
    assertThat(cat.find()).isPresent();

    process.destroyForcibly();

    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(cat.find()).isEmpty();
  }
}
