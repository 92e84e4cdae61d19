package io.pychain.node.logs;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Rolls by size and day and bounds the archives by count, which the library bounds by age and size
/// only: a log that is rolled every second for a day would fill the folder with small files.
final class CountedRollingPolicy extends SizeAndTimeBasedRollingPolicy<ILoggingEvent> {
  /// Archives of one millisecond are told apart by their index, which is the longer the later.
  private static final Comparator<Path> OLDEST_FIRST =
      Comparator.comparingLong((Path file) -> file.toFile().lastModified())
          .thenComparingInt(file -> file.toString().length())
          .thenComparing(Comparator.naturalOrder());

  private final Path folder;
  private final String prefix;
  private final int archivesMax;

  /// @param folder of the archives
  /// @param prefix that the archives' names begin with, and no others
  /// @param archivesMax how many stay
  CountedRollingPolicy(Path folder, String prefix, int archivesMax) {
    this.folder = folder;
    this.prefix = prefix;
    this.archivesMax = archivesMax;
  }

  @Override
  public void rollover() {
    super.rollover();
    removeOldest();
  }

  @Override
  public void stop() {
    super.stop();
    removeOldest();
  }

  /// Compressing goes on meanwhile: what is finished later is counted at the next roll.
  private void removeOldest() {
    try {
      List<Path> archives = archives();
      for (Path oldest : archives.subList(0, Math.max(0, archives.size() - archivesMax))) {
        Files.deleteIfExists(oldest);
      }
    } catch (IOException | UncheckedIOException e) {
      addWarn("cannot remove old archives of " + prefix + " in " + folder, e);
    }
  }

  private List<Path> archives() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> isArchive(file.getFileName().toString()))
          .sorted(OLDEST_FIRST)
          .toList();
    }
  }

  private boolean isArchive(String name) {
    return name.startsWith(prefix) && name.endsWith(Logs.ARCHIVE_SUFFIX);
  }
}
