package io.pychain.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// A network of processes on this machine, as `./run N` makes it, in a folder of its own that is
/// deleted in the end.
public final class DevelopmentNetwork implements AutoCloseable {
  private static final Path HOME =
      Path.of(System.getProperty("pychain.home", ".")).toAbsolutePath();

  private final Path folder;

  /// In a fresh folder, not yet started.
  public DevelopmentNetwork() throws IOException, InterruptedException {
    // The first one may have to build, which is not what is measured.
    execute("pychain", "--version");
    folder = Files.createTempDirectory("pychain-network");
  }

  /// Starts one boot node and so many clients, and waits until all have joined.
  ///
  /// @return what `./run --json` prints
  public JsonNode start(int clients) throws IOException, InterruptedException {
    String answer = execute("run", "" + clients, "--detach", "--json", "--dir", folder.toString());
    return new ObjectMapper().readTree(answer);
  }

  /// Stops all processes, whose folders stay.
  public void stop() throws IOException, InterruptedException {
    execute("run", "stop", "--dir", folder.toString());
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static String execute(String script, String... words)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(HOME.resolve(script).toString()));
    command.addAll(List.of(words));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + " failed");
    }
    return answer;
  }
}
