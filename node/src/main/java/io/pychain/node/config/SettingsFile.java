package io.pychain.node.config;

import io.pychain.node.config.Settings.Origin;
import io.pychain.node.config.Settings.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// `pychain.properties`: a line per setting, `NAME=VALUE`; empty lines and lines that begin with
/// `#` say nothing. Nothing is escaped and nothing continues on the next line.
final class SettingsFile {
  /// No settings file is longer; what is, is another file.
  private static final int LINES_MAX = 1_000;

  private final Path file;
  private final EnumMap<Setting, Value> values = new EnumMap<>(Setting.class);

  private SettingsFile(Path file) {
    this.file = file;
  }

  /// What the file sets; nothing if there is no file.
  ///
  /// @throws SettingException if it cannot be read, or at its first line that is wrong
  static Map<Setting, Value> read(Path file) throws SettingException {
    SettingsFile settings = new SettingsFile(file);
    List<String> lines = lines(file);
    for (int i = 0; i < lines.size(); i++) {
      settings.take(lines.get(i).strip(), i + 1);
    }
    return settings.values;
  }

  private static List<String> lines(Path file) throws SettingException {
    try (var lines = Files.lines(file, StandardCharsets.UTF_8)) {
      return lines.limit(LINES_MAX).toList();
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException | java.io.UncheckedIOException e) {
      throw new SettingException(
          file + " cannot be read (" + e.getMessage() + "): it must be a readable UTF-8 text");
    }
  }

  private void take(String line, int number) throws SettingException {
    if (line.isEmpty() || line.startsWith("#")) {
      return;
    }
    int equals = line.indexOf('=');
    String name = line.substring(0, equals < 0 ? line.length() : equals).strip();
    String place = file + " line " + number;
    Setting setting = Setting.named(name).orElseThrow(() -> unknown(name, place));
    String text = equals < 0 ? "" : line.substring(equals + 1).strip();
    refuse(equals < 0, line, place, "a line is NAME=VALUE");
    refuse(setting == Setting.STORAGE_DIR, line, place, "the file is found by it: set it outside");
    Value before = values.put(setting, new Value(text, Origin.FILE, place));
    refuse(before != null, line, place, "each setting once");
  }

  private static void refuse(boolean wrong, String line, String place, String allowed)
      throws SettingException {
    if (wrong) {
      throw new SettingException(
          "%s (%s) is not allowed: %s".formatted(Settings.printable(line), place, allowed));
    }
  }

  private static SettingException unknown(String name, String place) {
    String known =
        java.util.Arrays.stream(Setting.values()).map(Enum::name).collect(Collectors.joining(", "));
    return new SettingException(
        "%s (%s) is no setting: %s".formatted(Settings.printable(name), place, known));
  }
}
