package io.pychain.cli.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/// A process as it can be found again later: by its id and the time it was started.
///
/// @param pid its id
/// @param startedMillis when it was started, in Unix milliseconds, as the system tells
record RunningProcess(long pid, long startedMillis) {

  static RunningProcess of(ProcessHandle process) {
    return new RunningProcess(process.pid(), startedMillis(process));
  }

  private static long startedMillis(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  /// The process itself, if it still lives.
  Optional<ProcessHandle> find() {
    return ProcessHandle.of(pid)
        .filter(process -> startedMillis(process) == startedMillis)
        .filter(RunningProcess::isAlive);
  }

  /// Whether a process lives. One that has ended and waits for its parent to notice does not,
  /// though the JDK says so; only Linux tells.
  static boolean isAlive(ProcessHandle process) {
    if (!process.isAlive()) {
      return false;
    }
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
      return !stat.substring(stat.lastIndexOf(')') + 1).strip().startsWith("Z");
    } catch (IOException e) {
      return process.isAlive();
    }
  }
}
