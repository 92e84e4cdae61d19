package io.pychain.simulator.scenario;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The options of a scenario with the values of one run, all of them allowed.
public final class Settings {
  private final Map<String, String> values = new LinkedHashMap<>();
  private final Map<String, String> changed = new LinkedHashMap<>();

  /// Takes what was set, and the fallbacks for the rest.
  ///
  /// @throws IllegalArgumentException if a key is unknown or a value not allowed; the text says
  ///   what is
  public Settings(List<Option> options, Map<String, String> set) {
    for (String key : set.keySet()) {
      if (options.stream().noneMatch(option -> option.key().equals(key))) {
        throw new IllegalArgumentException(unknown(key, options));
      }
    }
    for (Option option : options) {
      String value = set.getOrDefault(option.key(), option.fallback());
      Optional<String> complaint = option.complaint(value);
      if (complaint.isPresent()) {
        throw new IllegalArgumentException(complaint.get());
      }
      values.put(option.key(), value);
      if (!value.equals(option.fallback())) {
        changed.put(option.key(), value);
      }
    }
  }

  private static String unknown(String key, List<Option> options) {
    List<String> known = options.stream().map(Option::key).toList();
    return "there is no option %s; there are %s".formatted(key, String.join(", ", known));
  }

  /// All values by key, in the order of the options.
  public Map<String, String> all() {
    return Collections.unmodifiableMap(values);
  }

  /// The values that are not the fallbacks.
  public Map<String, String> changed() {
    return Collections.unmodifiableMap(changed);
  }

  /// A text with every `${key}` replaced by the value of that option.
  ///
  /// @throws IllegalArgumentException if there is no such option
  public String fill(String text) {
    StringBuilder filled = new StringBuilder();
    int at = 0;
    for (int start = text.indexOf("${"); start >= 0; start = text.indexOf("${", at)) {
      int end = text.indexOf('}', start);
      filled.append(text, at, start).append(text(text.substring(start + 2, end)));
      at = end + 1;
    }
    return filled.append(text.substring(at)).toString();
  }

  /// A whole number.
  public long whole(String key) {
    return Long.parseLong(text(key));
  }

  /// A number.
  public double decimal(String key) {
    return Double.parseDouble(text(key));
  }

  /// A word.
  public String text(String key) {
    String value = values.get(key);
    if (value == null) {
      throw new IllegalArgumentException("no such option: " + key);
    }
    return value;
  }
}
