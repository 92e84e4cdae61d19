package io.pychain.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A command line, and a node beside it that answers as the test says.
abstract class ApiConversation {
  static final String PUBLISHED =
      "{\"id\":\"2:1:7\",\"guid\":2,\"epoch\":1,\"seq\":7,\"broadcast_timestamp\":1.5}";

  @TempDir Path storage;
  final FakeApi api = new FakeApi();
  final StringWriter out = new StringWriter();
  final StringWriter err = new StringWriter();
  String stdin = "";

  @BeforeEach
  final void writeToken() throws IOException {
    Files.writeString(storage.resolve("api-token"), "secret-of-the-node\n");
  }

  @AfterEach
  final void closeApi() {
    api.close();
  }

  /// Runs a command that talks to the node.
  final int ask(String... args) {
    List<String> all = new ArrayList<>(Arrays.asList(args));
    all.addAll(List.of("--api", api.url(), "--storage-dir", storage.toString()));
    return run(all.toArray(String[]::new));
  }

  /// Runs any command.
  final int run(String... args) {
    var in = new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8));
    return Main.commandLine(Map.of("NETWORK_NAME", "from-env"), in, args)
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(args);
  }
}
