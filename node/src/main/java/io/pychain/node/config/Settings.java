package io.pychain.node.config;

import io.pychain.node.config.NodeConfig.Role;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// Every setting with its value and where it came from: flag, environment, file or default, the
/// first of these that has one.
///
/// An empty variable in the environment counts as not set, as service files and containers often
/// pass those on. An empty flag or an empty value in the file is malformed.
public final class Settings {
  /// Name of the file in STORAGE_DIR.
  public static final String FILE_NAME = "pychain.properties";

  private final Map<Setting, Value> values;

  /// A value as it was written.
  ///
  /// @param text what was written
  /// @param origin where
  /// @param place where exactly, for people: `flag --log-dir`, `environment`, `FILE line 3`,
  ///   `default`
  public record Value(String text, Origin origin, String place) {}

  /// Where a value may come from, strongest first.
  public enum Origin {
    /// The command line.
    FLAG,
    /// An environment variable.
    ENVIRONMENT,
    /// The file in STORAGE_DIR.
    FILE,
    /// Nobody set it.
    DEFAULT
  }

  private Settings(Map<Setting, Value> values) {
    this.values = Collections.unmodifiableMap(values);
  }

  /// Finds the value of every setting and checks each.
  ///
  /// @param flags what the command line said
  /// @param environment all of it; what is no setting is passed over
  /// @throws SettingException if a value is malformed, or the file cannot be read or names an
  ///   unknown setting
  public static Settings resolve(Map<Setting, String> flags, Map<String, String> environment)
      throws SettingException {
    EnumMap<Setting, Value> values = new EnumMap<>(Setting.class);
    for (Setting setting : Setting.values()) {
      setting
          .defaultText()
          .ifPresent(text -> values.put(setting, new Value(text, Origin.DEFAULT, "default")));
    }
    Map<Setting, Value> given = given(flags, environment);
    values.putAll(SettingsFile.read(storageDir(given).resolve(FILE_NAME)));
    values.putAll(given);
    checkEach(values);
    return new Settings(values);
  }

  private static Map<Setting, Value> given(
      Map<Setting, String> flags, Map<String, String> environment) {
    EnumMap<Setting, Value> given = new EnumMap<>(Setting.class);
    for (Setting setting : Setting.values()) {
      String variable = environment.getOrDefault(setting.name(), "");
      if (!variable.isEmpty()) {
        given.put(setting, new Value(variable, Origin.ENVIRONMENT, "environment"));
      }
      String flag = flags.get(setting);
      if (flag != null) {
        given.put(setting, new Value(flag, Origin.FLAG, "flag " + setting.flag()));
      }
    }
    return given;
  }

  private static Path storageDir(Map<Setting, Value> given) throws SettingException {
    Value value = given.get(Setting.STORAGE_DIR);
    if (value == null) {
      return NodeConfig.builder().build().storageDir();
    }
    try {
      return Texts.path(value.text());
    } catch (IllegalArgumentException e) {
      throw malformed(Setting.STORAGE_DIR, value);
    }
  }

  private static void checkEach(Map<Setting, Value> values) throws SettingException {
    NodeConfig.Builder scratch = NodeConfig.builder();
    for (Map.Entry<Setting, Value> entry : values.entrySet()) {
      try {
        entry.getKey().apply(scratch, entry.getValue().text());
      } catch (IllegalArgumentException e) {
        throw malformed(entry.getKey(), entry.getValue());
      }
    }
  }

  private static SettingException malformed(Setting setting, Value value) {
    return new SettingException(
        "%s=%s (%s) is not allowed: %s"
            .formatted(setting, printable(value.text()), value.place(), setting.allowed()));
  }

  /// One line whatever was given.
  static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }

  /// The value of a setting, if it has one.
  public Optional<Value> value(Setting setting) {
    return Optional.ofNullable(values.get(setting));
  }

  /// All settings that have a value, in the order of [Setting].
  public Map<Setting, Value> values() {
    return values;
  }

  /// The config of a node in this role.
  ///
  /// @throws SettingException if two values contradict each other
  public NodeConfig config(Role role) throws SettingException {
    NodeConfig.Builder builder = NodeConfig.builder().role(role);
    values.forEach((setting, value) -> setting.apply(builder, value.text()));
    try {
      return builder.build();
    } catch (IllegalArgumentException e) {
      throw new SettingException(String.valueOf(e.getMessage()));
    }
  }
}
