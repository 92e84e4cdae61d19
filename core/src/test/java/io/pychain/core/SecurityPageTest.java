package io.pychain.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What docs/security.md says that a test shows, there is a test of that name for.
class SecurityPageTest {
  /// A class of tests, with or without one of its tests; or a test of the class that came before.
  private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w*Test)?(?:\\.([a-z]\\w*))?`");

  @Test
  void everyTestThatThePageNamesExists() throws IOException {
    TreeMap<String, String> tests = tests();
    List<String> missing = new ArrayList<>();
    int named = 0;
    for (String line : Files.readAllLines(root().resolve("docs/security.md"))) {
      String name = "";
      Matcher matcher = NAMED.matcher(line);
      for (MatchResult match : matcher.results().toList()) {
        name = match.group(1) == null ? name : match.group(1);
        String source = tests.getOrDefault(name, "");
        String test = match.group(2);
        named++;
        if (source.isEmpty() || (test != null && !source.contains("void " + test + "("))) {
          missing.add(name + match.group());
        }
      }
    }

    assertThat(named).isGreaterThan(50);
    assertThat(missing).as("tests that docs/security.md names and nobody has written").isEmpty();
  }

  /// The sources of all tests, by the name of the class; classes of one name together.
  private static TreeMap<String, String> tests() throws IOException {
    TreeMap<String, String> tests = new TreeMap<>();
    try (Stream<Path> modules = Files.list(root())) {
      for (Path module : modules.toList()) {
        Path folder = module.resolve("src/test/java");
        if (Files.isDirectory(folder)) {
          read(folder, tests);
        }
      }
    }
    return tests;
  }

  private static void read(Path folder, TreeMap<String, String> tests) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(path -> path.toString().endsWith("Test.java")).toList()) {
        String name = file.getFileName().toString().replace(".java", "");
        tests.merge(name, Files.readString(file), String::concat);
      }
    }
  }

  /// Tests run in their module's folder, or in the root when an IDE starts them.
  private static Path root() {
    Path here = Path.of("").toAbsolutePath();
    return Files.exists(here.resolve("mvnw")) ? here : here.resolve("..").normalize();
  }
}
