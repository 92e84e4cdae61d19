package io.pychain.node.logs;

/// How much disk each of the four logs may take: at most `fileBytesMax + archivesBytesMax`, and one
/// file more for the moment in which it is being compressed.
///
/// @param fileBytesMax size at which a file is rolled, in bytes; it is also rolled at midnight UTC.
///   Default 16 MiB, which an editor still opens
/// @param archivesMax compressed files kept. Default 30
/// @param archiveDaysMax days after which a compressed file goes. Default 30
/// @param archivesBytesMax their size together, in bytes; at least `fileBytesMax`. Default 64 MiB,
///   about half a GiB of text
public record LogLimits(
    long fileBytesMax, int archivesMax, int archiveDaysMax, long archivesBytesMax) {
  /// What suits a node that nobody looks at for a month.
  public static final LogLimits DEFAULT = new LogLimits(16L << 20, 30, 30, 64L << 20);

  /// @throws IllegalArgumentException if nothing could be kept
  public LogLimits {
    if (fileBytesMax < 1
        || archivesMax < 1
        || archiveDaysMax < 1
        || archivesBytesMax < fileBytesMax) {
      throw new IllegalArgumentException(
          "a log keeps at least one byte, one archive and one day, and archives at least as large"
              + " as one file");
    }
  }
}
