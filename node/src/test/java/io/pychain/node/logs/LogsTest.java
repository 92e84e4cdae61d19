package io.pychain.node.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import io.pychain.node.config.LogLevel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;

class LogsTest {
  @TempDir Path folder;
  private final LoggerContext context = context();

  private static LoggerContext context() {
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(new LogbackMDCAdapter());
    return context;
  }

  @ParameterizedTest
  @CsvSource({
    "io.pychain.node.api.ApiServer,    api",
    "io.pychain.node.store.Store,      mempool",
    "io.pychain.node.engine.Engine,    mempool",
    "io.pychain.node.link.Transport,   network_sync",
    "io.pychain.node.PychainNode,      network_sync",
    "io.pychain.node.apiary.Hive,      network_sync",
    "io.pychain.audit,                 audit",
    "some.library.Thing,               network_sync",
  })
  void loggerNameChoosesTheFile(String logger, String file) throws Exception {
    try (Logs _ = open(LogLevel.INFO)) {
      context.getLogger(logger).info("event=tested");
    }

    for (String name : List.of("api", "audit", "mempool", "network_sync")) {
      assertThat(read(name + ".log").contains("event=tested")).isEqualTo(name.equals(file));
    }
  }

  /// What passes of one event of each kind.
  @ParameterizedTest
  @CsvSource({
    "DEBUG,    DEBUG INFO WARNING ERROR CRITICAL",
    "INFO,     INFO WARNING ERROR CRITICAL",
    "WARNING,  WARNING ERROR CRITICAL",
    "ERROR,    ERROR CRITICAL",
    "CRITICAL, CRITICAL",
  })
  void levelLetsThroughItselfAndWorse(LogLevel level, String expected) throws Exception {
    try (Logs _ = open(level)) {
      Logger logger = context.getLogger("io.pychain.node.link.Transport");
      logger.debug("event=d");
      logger.info("event=i");
      logger.warn("event=w");
      logger.error("event=e");
      logger.error(Logs.CRITICAL, "event=c");
    }

    assertThat(read("network_sync.log").lines().map(LogsTest::levelOf).toList())
        .containsExactly(expected.split(" "));
  }

  @Test
  void whatWasDoneIsWrittenDownAtAnyLevel() throws Exception {
    try (Logs _ = open(LogLevel.CRITICAL)) {
      context.getLogger("io.pychain.audit").info("method=PUT");
    }

    assertThat(read("audit.log")).contains("method=PUT");
  }

  @Test
  void librariesAreNotDebugged() throws Exception {
    try (Logs _ = open(LogLevel.DEBUG)) {
      context.getLogger("some.library.Thing").debug("event=noise");
    }

    assertThat(read("network_sync.log")).isEmpty();
  }

  @Test
  void lineIsKeyValueInUtc() throws Exception {
    String before = Thread.currentThread().getName();
    Thread.currentThread().setName("link 17");
    try (Logs _ = open(LogLevel.INFO)) {
      context
          .getLogger("io.pychain.node.link.Transport")
          .atInfo()
          .addKeyValue("peer", 3)
          .log("event=link_up kind={}", "primary");
    } finally {
      Thread.currentThread().setName(before);
    }

    assertThat(read("network_sync.log"))
        .matches(
            "time=\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z level=INFO"
                + " logger=node\\.link\\.Transport thread=link_17"
                + " event=link_up kind=primary peer=3\n");
  }

  @Test
  void strangersCannotWriteLinesOfTheirOwn() throws Exception {
    try (Logs _ = open(LogLevel.INFO)) {
      context
          .getLogger("io.pychain.node.link.Transport")
          .info("event=goodbye detail={}", "bye\r\ntime=forged\u2028\u001b[2J");
    }

    assertThat(read("network_sync.log").lines()).hasSize(1);
    assertThat(read("network_sync.log")).contains("detail=bye\\r\\ntime=forged??[2J\n");
  }

  @Test
  void stackTraceFollowsOnIndentedLines() throws Exception {
    try (Logs _ = open(LogLevel.INFO)) {
      context
          .getLogger("io.pychain.node.link.Transport")
          .error("event=failed", new IOException("no\nroute"));
    }

    List<String> lines = read("network_sync.log").lines().toList();
    assertThat(lines.get(1)).startsWith("\tjava.io.IOException: no");
    assertThat(lines.subList(1, lines.size())).allMatch(line -> line.startsWith("\t"));
  }

  @Test
  void warningsAlsoGoToStderrInOneLineEach() throws Exception {
    PrintStream real = System.err;
    ByteArrayOutputStream captured = new ByteArrayOutputStream();
    System.setErr(new PrintStream(captured, true, StandardCharsets.UTF_8));
    try (Logs _ = open(LogLevel.INFO)) {
      context.getLogger("io.pychain.node.api.ApiServer").info("event=quiet");
      context.getLogger("io.pychain.node.api.ApiServer").warn("event=loud", new IOException("x"));
      context.getLogger("io.pychain.node.api.ApiServer").error(Logs.CRITICAL, "event=end");
    } finally {
      System.setErr(real);
    }

    assertThat(captured.toString(StandardCharsets.UTF_8).lines())
        .singleElement(org.assertj.core.api.InstanceOfAssertFactories.STRING)
        .endsWith("event=loud");
  }

  @Test
  void filesAreRolledBySizeCompressedAndBoundedInNumber() throws Exception {
    LogLimits limits = new LogLimits(2_000, 3, 30, 1 << 20);

    try (Logs _ = Logs.open(context, folder, LogLevel.INFO, limits)) {
      Logger logger = context.getLogger("io.pychain.node.api.ApiServer");
      for (int i = 0; i < 200; i++) {
        logger.info("event=request number={}", i);
      }
      // Compressing runs behind, so the count is only right a few rolls after a burst.
      Instant deadline = Instant.now().plusSeconds(10);
      while (files(".log.gz", ".tmp").size() > 3 && Instant.now().isBefore(deadline)) {
        logger.info("event=request later=true");
      }
    }

    assertThat(folder.resolve("api.log").toFile()).size().isLessThan(2_200);
    assertThat(files(".log.gz")).hasSizeBetween(1, 4).allMatch(LogsTest::isGzip);
  }

  @Test
  void secondOpenAppends() throws Exception {
    for (String run : List.of("first", "second")) {
      Logs.open(context(), folder, LogLevel.INFO, LogLimits.DEFAULT).close();
      Files.writeString(
          folder.resolve("api.log"), run + "\n", java.nio.file.StandardOpenOption.APPEND);
    }

    assertThat(read("api.log")).isEqualTo("first\nsecond\n");
  }

  @Test
  void unwritableFolderIsToldWithWhatToDo() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));

    assertThatThrownBy(
            () -> Logs.open(context, file.resolve("log"), LogLevel.INFO, LogLimits.DEFAULT))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("LOG_DIR=" + file.resolve("log") + " cannot be written (")
        .hasMessageEndingWith("make it writable for this user, or set LOG_DIR");
  }

  @Test
  void folderThatTheRollingPatternWouldMisreadIsRefused() {
    Path strange = folder.resolve("100%d");

    assertThatThrownBy(() -> Logs.open(context, strange, LogLevel.INFO, LogLimits.DEFAULT))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("without %");
  }

  private Logs open(LogLevel level) throws IOException {
    return Logs.open(context, folder, level, LogLimits.DEFAULT);
  }

  private String read(String name) throws IOException {
    return Files.readString(folder.resolve(name));
  }

  private List<Path> files(String... endings) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> Stream.of(endings).anyMatch(file.toString()::endsWith)).toList();
    }
  }

  private static boolean isGzip(Path file) {
    try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      return in.readAllBytes().length > 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static String levelOf(String line) {
    return line.replaceAll(".* level=(\\w+) .*", "$1");
  }
}
