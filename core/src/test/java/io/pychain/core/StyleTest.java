package io.pychain.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The house style, as far as a machine can read it, in the sources of all modules.
///
/// There is no list of exceptions: what does not fit is divided, renamed or finished.
class StyleTest {

  private static final int FILE_LINES_MAX = 400;
  private static final int LINE_COLUMNS_MAX = 100;

  private static final Pattern VAGUE_NAME = Pattern.compile("(Manager|Helper|Utils?|Impl)\\.java$");

  /// Put together here, so that this file does not find itself.
  private static final Pattern UNFINISHED =
      Pattern.compile("\\b(" + String.join("|", "FIX" + "ME", "XX" + "X", "TO" + "DO") + ")\\b");

  private static final TreeMap<Path, List<String>> SOURCES = sources();

  @Test
  void filesAreShortEnoughToRead() {
    List<String> tooLong = new ArrayList<>();
    SOURCES.forEach((file, lines) -> {
      if (lines.size() > FILE_LINES_MAX) {
        tooLong.add(file + " has " + lines.size() + " lines");
      }
    });

    assertThat(tooLong).as("files longer than %d lines", FILE_LINES_MAX).isEmpty();
  }

  @Test
  void linesFitTheScreen() {
    Pattern tooLong = Pattern.compile("^.{" + (LINE_COLUMNS_MAX + 1) + ",}$");

    assertThat(linesMatching(tooLong))
        .as("lines longer than %d columns", LINE_COLUMNS_MAX)
        .isEmpty();
  }

  @Test
  void nothingIsLeftUnfinished() {
    assertThat(linesMatching(UNFINISHED)).as("notes that work is left").isEmpty();
  }

  @Test
  void namesSayWhatAClassIs() {
    assertThat(SOURCES.keySet().stream().map(Path::toString))
        .as("classes with a name that could stand for anything")
        .noneMatch(file -> VAGUE_NAME.matcher(file).find());
  }

  @Test
  void everyPackageIsDescribedAndNullMarked() {
    assertThat(
            SOURCES.keySet().stream()
                .filter(file -> file.toString().contains("src/main/java"))
                .map(file -> file.resolveSibling("package-info.java"))
                .distinct())
        .as("packages of main code with a package-info.java that is @NullMarked")
        .allMatch(file -> SOURCES.getOrDefault(file, List.of()).contains("@NullMarked"));
  }

  private static List<String> linesMatching(Pattern pattern) {
    List<String> found = new ArrayList<>();
    SOURCES.forEach((file, lines) -> {
      for (int i = 0; i < lines.size(); i++) {
        if (pattern.matcher(lines.get(i)).find()) {
          found.add(file + ":" + (i + 1) + ": " + lines.get(i).strip());
        }
      }
    });
    return found;
  }

  /// Every hand-written Java file of every module, relative to the root, with its lines.
  private static TreeMap<Path, List<String>> sources() {
    Path root = root();
    TreeMap<Path, List<String>> sources = new TreeMap<>();
    try (Stream<Path> modules = Files.list(root)) {
      for (Path module : modules.filter(path -> Files.exists(path.resolve("pom.xml"))).toList()) {
        read(root, module.resolve("src"), sources);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return sources;
  }

  private static void read(Path root, Path folder, TreeMap<Path, List<String>> sources)
      throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        sources.put(root.relativize(file), Files.readAllLines(file));
      }
    }
  }

  /// Tests run in their module's folder, or in the root when an IDE starts them.
  private static Path root() {
    Path here = Path.of("").toAbsolutePath();
    return Files.exists(here.resolve("mvnw")) ? here : here.resolve("..").normalize();
  }
}
