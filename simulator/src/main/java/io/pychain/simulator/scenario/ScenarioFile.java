package io.pychain.simulator.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads a story from its file.
///
/// ```
///   # comments and blank lines are passed over
///   about    what it is about, in a line
///   nodes    2000
///   option   loss  0.05  0.0..1.0  share of frames that vanish       an option with bounds
///   option   how   crash  crash|power-cut  in which way they die     one whose values are words
///   default  latency_max  80                                         as a common one is here
///   rehearse                                                         first without network sync
///   anything else is a step
/// ```
///
/// An option whose bounds have points takes any number between them, else it takes whole ones.
/// Options of the file `common` belong to every story.
final class ScenarioFile {
  private final String file;
  private final Map<String, Option> options = new LinkedHashMap<>();
  private final List<Scenario.Line> steps = new ArrayList<>();
  private String about = "";
  private int nodes = 1;
  private boolean rehearsed;
  private int line;

  private ScenarioFile(String file) {
    this.file = file;
  }

  /// The story in a file of this package.
  static Scenario read(String name) {
    ScenarioFile common = new ScenarioFile("common");
    text("common").lines().forEach(common::take);
    return parse(name, text(name), List.copyOf(common.options.values()));
  }

  /// The story that a text tells.
  ///
  /// @param common options that it has besides its own
  /// @throws IllegalArgumentException if it cannot be read; the text says where and why
  static Scenario parse(String name, String text, List<Option> common) {
    ScenarioFile file = new ScenarioFile(name);
    Map<String, Option> shared = new LinkedHashMap<>();
    common.forEach(option -> shared.put(option.key(), option));
    text.lines().forEach(each -> file.take(each, shared));
    List<Option> options = new ArrayList<>(file.options.values());
    options.addAll(shared.values());
    return new Scenario(name, file.about, file.nodes, file.rehearsed, options, file.steps);
  }

  private static String text(String name) {
    try (InputStream in = ScenarioFile.class.getResourceAsStream(name + ".scenario")) {
      if (in == null) {
        throw new IllegalStateException("no file for scenario " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void take(String text) {
    take(text, Map.of());
  }

  private void take(String text, Map<String, Option> shared) {
    line++;
    if (text.isBlank() || text.startsWith("#")) {
      return;
    }
    String[] words = text.strip().split("\\s+", 2);
    String rest = words.length == 2 ? words[1] : "";
    switch (words[0]) {
      case "about" -> about = rest;
      case "nodes" -> nodes = Integer.parseInt(rest);
      case "rehearse" -> rehearsed = true;
      case "option" -> declare(rest);
      case "default" -> change(rest, shared);
      default -> steps.add(new Scenario.Line(place(), text.strip()));
    }
  }

  private void declare(String rest) {
    String[] parts = rest.split("\\s+", 4);
    if (parts.length < 4) {
      throw wrong("an option has a key, a default, what is allowed and a meaning");
    }
    add(options, new Option(parts[0], parts[1], kind(parts[2]), parts[3]));
  }

  private void change(String rest, Map<String, Option> shared) {
    String[] parts = rest.split("\\s+", 2);
    Option option = shared.get(parts[0]);
    if (parts.length < 2 || option == null) {
      throw wrong("a default is for a common option, not for \"" + parts[0] + "\"");
    }
    add(shared, new Option(option.key(), parts[1], option.kind(), option.meaning()));
  }

  private void add(Map<String, Option> to, Option option) {
    option
        .complaint(option.fallback())
        .ifPresent(complaint -> {
          throw wrong(complaint);
        });
    to.put(option.key(), option);
  }

  private Option.Kind kind(String allowed) {
    int dots = allowed.indexOf("..");
    if (dots < 0) {
      return new Option.Kind.Choice(List.of(allowed.split("\\|", -1)));
    }
    String min = allowed.substring(0, dots);
    String max = allowed.substring(dots + 2);
    try {
      return min.contains(".") || max.contains(".")
          ? new Option.Kind.Decimal(Double.parseDouble(min), Double.parseDouble(max))
          : new Option.Kind.Whole(Long.parseLong(min), Long.parseLong(max));
    } catch (NumberFormatException notANumber) {
      throw wrong("bounds are numbers, not " + allowed, notANumber);
    }
  }

  private String place() {
    return file + ".scenario:" + line;
  }

  private IllegalArgumentException wrong(String complaint) {
    return new IllegalArgumentException(place() + ": " + complaint);
  }

  private IllegalArgumentException wrong(String complaint, RuntimeException cause) {
    return new IllegalArgumentException(place() + ": " + complaint, cause);
  }
}
