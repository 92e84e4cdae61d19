package io.pychain.simulator;

import io.pychain.simulator.SimulationReport.Figures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/// A report as JSON for programs and as lines for people.
public final class ReportText {
  private ReportText() {}

  /// One line of JSON; a figure that makes no sense in the scenario is null.
  public static String json(SimulationReport report) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("scenario", quoted(report.request().scenario()));
    fields.put("nodes", Integer.toString(report.nodes()));
    fields.put("seed", Long.toString(report.request().seed()));
    fields.put("options", object(values(report.options())));
    fields.put("published", Long.toString(report.published()));
    fields.put("coverage", number(report.figures().coverage()));
    fields.put("missing", Long.toString(report.missing()));
    figures(report.figures(), fields);
    fields.put("violations", array(report.violations()));
    fields.put("virtual_seconds", number(OptionalDouble.of(report.virtualSeconds())));
    fields.put("wall_seconds", number(OptionalDouble.of(report.wallSeconds())));
    fields.put("events", Long.toString(report.events()));
    fields.put("trace_hash", quoted(report.traceHash()));
    return object(fields);
  }

  private static void figures(Figures figures, Map<String, String> fields) {
    fields.put("coverage_before_repair", number(figures.coverageBeforeRepair()));
    fields.put("sends_per_delivery", number(figures.sendsPerDelivery()));
    fields.put("data_bytes_per_delivery", number(figures.dataBytesPerDelivery()));
    fields.put("control_bytes_per_delivery", number(figures.controlBytesPerDelivery()));
    fields.put("idle_bytes_per_link_second", number(figures.idleBytesPerLinkSecond()));
    fields.put("hops_max", number(figures.hopsMax()));
    fields.put("delay_p50_ms", number(figures.delayP50Ms()));
    fields.put("delay_p99_ms", number(figures.delayP99Ms()));
    fields.put("healed_seconds", number(figures.healedSeconds()));
    fields.put("false_deaths", number(figures.falseDeaths()));
    fields.put("detect_p50_s", number(figures.detectP50Seconds()));
    fields.put("detect_p99_s", number(figures.detectP99Seconds()));
    fields.put("suspicions", number(figures.suspicions()));
    fields.put("suspicion_batches", number(figures.suspicionBatches()));
    fields.put("untrue_per_node_second", number(figures.untruePerNodeSecond()));
  }

  /// A few lines for people.
  public static String lines(SimulationReport report) {
    Figures figures = report.figures();
    List<String> lines = new ArrayList<>();
    lines.add(report.request().command());
    lines.add(
        "published %d messages, coverage %s (%s before repair), %d missing"
            .formatted(
                report.published(),
                number(figures.coverage()),
                number(figures.coverageBeforeRepair()),
                report.missing()));
    lines.add(
        "%s sends per delivery, at most %s hops, delay %s ms median, %s ms p99"
            .formatted(
                number(figures.sendsPerDelivery()),
                number(figures.hopsMax()),
                number(figures.delayP50Ms()),
                number(figures.delayP99Ms())));
    lines.add(
        "%s data bytes and %s control bytes per delivery"
            .formatted(
                number(figures.dataBytesPerDelivery()), number(figures.controlBytesPerDelivery())));
    lines.add(
        "%.1f s passed in %.1f s (%.1f times real time), %d events, trace %s"
            .formatted(
                report.virtualSeconds(),
                report.wallSeconds(),
                report.speed(),
                report.events(),
                report.traceHash()));
    report.violations().forEach(violation -> lines.add("VIOLATION " + violation));
    return String.join("\n", lines) + "\n";
  }

  /// One line for people, where there are many reports.
  public static String line(SimulationReport report) {
    return "seed %d: coverage %s, at most %s hops, delay %s ms p99, trace %s, %s"
        .formatted(
            report.request().seed(),
            number(report.figures().coverage()),
            number(report.figures().hopsMax()),
            number(report.figures().delayP99Ms()),
            report.traceHash(),
            report.passed() ? "every promise kept" : "VIOLATION " + report.violations());
  }

  private static Map<String, String> values(Map<String, String> options) {
    Map<String, String> values = new LinkedHashMap<>();
    options.forEach((key, value) -> values.put(key, isNumber(value) ? value : word(value)));
    return values;
  }

  private static boolean isNumber(String value) {
    return value.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?");
  }

  private static String word(String value) {
    return value.equals("true") || value.equals("false") ? value : quoted(value);
  }

  /// At most six digits after the point, none that say nothing.
  private static String number(OptionalDouble value) {
    if (value.isEmpty()) {
      return "null";
    }
    String text = String.format(Locale.ROOT, "%.6f", value.getAsDouble());
    return text.replaceAll("\\.?0+$", "");
  }

  private static String object(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(field -> quoted(field.getKey()) + ":" + field.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String array(List<String> texts) {
    return texts.stream().map(ReportText::quoted).collect(Collectors.joining(",", "[", "]"));
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.chars()
        .forEach(c -> {
          if (c == '"' || c == '\\') {
            quoted.append('\\').append((char) c);
          } else if (c < ' ') {
            quoted.append("\\u%04x".formatted(c));
          } else {
            quoted.append((char) c);
          }
        });
    return quoted.append('"').toString();
  }
}
