package io.pychain.node.fuzz;

import io.pychain.core.message.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The golden vectors of the wire format: one frame of every kind, and everything that must be
/// refused.
final class GoldenFrames {
  private GoldenFrames() {}

  static List<byte[]> all() {
    List<byte[]> frames = new ArrayList<>();
    for (String file : List.of("frames.txt", "malformed.txt")) {
      for (String block : read(file).split("\n\n", -1)) {
        String hex =
            block
                .lines()
                .filter(line -> line.startsWith("="))
                .map(line -> line.substring(1).strip())
                .collect(Collectors.joining());
        frames.add(Bytes.fromHex(hex).toArray());
      }
    }
    return frames;
  }

  private static String read(String file) {
    try {
      return Files.readString(
          Path.of(System.getProperty("pychain.home", ".."), "core/src/test/resources/wire", file));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
