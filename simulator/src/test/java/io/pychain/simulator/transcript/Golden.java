package io.pychain.simulator.transcript;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Transcripts as they are kept among the resources of the tests.
final class Golden {
  /// Set to true, transcripts are written anew instead of compared.
  private static final String RECORD = "transcripts.record";

  private static final Path FOLDER = Path.of("src", "test", "resources", "transcripts");
  private static final int CONTEXT_LINES = 5;

  private Golden() {}

  /// Compares a transcript with the one that is kept, line by line.
  ///
  /// @param name of the file, without its ending
  static void compare(String name, List<String> lines) throws IOException {
    Path file = FOLDER.resolve(name + ".txt");
    if (Boolean.getBoolean(RECORD)) {
      Files.write(file, lines);
      return;
    }
    List<String> kept = Files.exists(file) ? Files.readAllLines(file) : List.of();
    if (!kept.equals(lines)) {
      fail(difference(file, kept, lines));
    }
  }

  private static String difference(Path file, List<String> kept, List<String> lines) {
    int at = 0;
    while (at < Math.min(kept.size(), lines.size()) && kept.get(at).equals(lines.get(at))) {
      at++;
    }
    List<String> told = new ArrayList<>();
    told.add("%s differs from what happens, first in line %d:".formatted(file, at + 1));
    kept.subList(Math.max(0, at - CONTEXT_LINES), at).forEach(line -> told.add("    " + line));
    told.add("  - " + (at < kept.size() ? kept.get(at) : "(the end)"));
    told.add("  + " + (at < lines.size() ? lines.get(at) : "(the end)"));
    int until = Math.min(lines.size(), at + 1 + CONTEXT_LINES);
    lines.subList(Math.min(at + 1, until), until).forEach(line -> told.add("    " + line));
    told.add("If that is how it is meant to be, write it down anew and read the difference:");
    told.add(
        "  ./mvnw -pl simulator -am test -Dtest='*TranscriptsTest'"
            + " -Dsurefire.failIfNoSpecifiedTests=false -D"
            + RECORD
            + "=true");
    return String.join("\n", told);
  }
}
