package io.pychain.cli.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// What a node that died has left behind for people to read.
final class Deaths {
  /// Last lines of a log that are shown.
  private static final int LINES_SHOWN = 12;

  /// Bytes read from the end of a log for them.
  private static final int TAIL_BYTES = 16 << 10;

  private Deaths() {}

  /// The last lines that the process printed, or else of its log, each with the node's name.
  static List<String> lastWords(NodeEntry node) {
    return Stream.of(node.processLog(), node.logDir().resolve("network_sync.log"))
        .map(Deaths::tail)
        .filter(lines -> !lines.isEmpty())
        .findFirst()
        .orElse(List.of("it left no word in " + node.logDir()))
        .stream()
        .map(line -> node.name() + ": " + line)
        .toList();
  }

  private static List<String> tail(Path file) {
    try (var channel = Files.newByteChannel(file)) {
      channel.position(Math.max(0, channel.size() - TAIL_BYTES));
      var buffer = java.nio.ByteBuffer.allocate(TAIL_BYTES);
      while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
        // Until it is full or the file ends.
      }
      String text = java.nio.charset.StandardCharsets.UTF_8.decode(buffer.flip()).toString();
      List<String> lines = text.lines().toList();
      return lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size());
    } catch (IOException e) {
      return List.of();
    }
  }
}
