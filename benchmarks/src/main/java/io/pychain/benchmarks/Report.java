package io.pychain.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The figures of one benchmark: a table on the screen while it runs, a JSON file when it is done.
///
/// The file says how to get the figures again, when and on what they were taken:
///
/// ```
///   {"benchmark": "signatures", "command": "./bench signatures", "date": "2026-01-31T12:00:00Z",
///    "cpus": 2, "os": "Linux amd64", "jdk": "25.0.3+9-LTS",
///    "rows": [{"provider": "JDK", "operation": "verify", "per_second": 1400.0}, …]}
/// ```
public final class Report {

  private static final int COLUMN_WIDTH_MIN = 12;

  private final String benchmark;
  private final List<String> parts;
  private final PrintStream out;
  private final List<Map<String, Object>> rows = new ArrayList<>();
  private List<String> columns = List.of();

  /// @param parts of the benchmark that are run, if it is not all of it
  Report(String benchmark, List<String> parts, PrintStream out) {
    this.benchmark = benchmark;
    this.parts = List.copyOf(parts);
    this.out = out;
  }

  /// Names the columns; units last, as in `delay_ms`. Called once, before the first row.
  public void columns(String... names) {
    columns = List.of(names);
    printLine(List.<Object>copyOf(columns));
  }

  /// One line of figures, in the order of the columns: numbers, strings or booleans.
  public void row(Object... values) {
    if (values.length != columns.size()) {
      throw new IllegalArgumentException(
          "a row has " + columns.size() + " values, one for each of " + columns);
    }
    Map<String, Object> row = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i++) {
      row.put(columns.get(i), values[i]);
    }
    rows.add(row);
    printLine(List.of(values));
  }

  /// Writes the file, replacing that of an earlier run of the same parts.
  void writeTo(Path folder) throws IOException {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("benchmark", benchmark);
    document.put("command", "./bench " + named(" "));
    document.put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    document.put("cpus", Runtime.getRuntime().availableProcessors());
    document.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    document.put("jdk", Runtime.version().toString());
    document.put("rows", rows);

    Files.createDirectories(folder);
    Path unfinished = folder.resolve(named("-") + ".json.tmp");
    ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    Files.writeString(unfinished, json.writeValueAsString(document) + "\n");
    Path file = folder.resolve(named("-") + ".json");
    Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
    out.println("written to " + file);
  }

  private String named(String between) {
    return Stream.concat(Stream.of(benchmark), parts.stream()).collect(Collectors.joining(between));
  }

  private void printLine(List<Object> cells) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      int width = Math.max(COLUMN_WIDTH_MIN, columns.get(i).length());
      line.append(i == 0 ? "" : "  ").append(padded(shown(cells.get(i)), width));
    }
    out.println(line);
  }

  /// Right-aligned, so that figures of one size stand below each other.
  private static String padded(String text, int width) {
    return " ".repeat(Math.max(0, width - text.length())) + text;
  }

  /// Fractions to three digits where they matter, large numbers whole.
  private static String shown(Object value) {
    return switch (value) {
      case Double d when Math.abs(d) >= 1_000 -> String.format(Locale.ROOT, "%.0f", d);
      case Double d -> String.format(Locale.ROOT, "%.3f", d);
      default -> value.toString();
    };
  }
}
