package io.pychain.cli;

import io.pychain.cli.terminal.CommandFailure;
import io.pychain.node.config.NodeConfig;
import io.pychain.node.config.NodeConfig.Role;
import io.pychain.node.config.Setting;
import io.pychain.node.config.SettingException;
import io.pychain.node.config.Settings;
import java.util.EnumMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// A flag for every setting, made from [Setting] so that none can be forgotten.
final class SettingFlags {
  private SettingFlags() {}

  /// A command that takes them.
  interface Taker {}

  /// Adds the flags to a command.
  static void addTo(CommandSpec command) {
    for (Setting setting : Setting.values()) {
      command.addOption(
          OptionSpec.builder(setting.flag())
              .paramLabel("VALUE")
              .type(String.class)
              .description(describe(setting))
              .build());
    }
  }

  private static String describe(Setting setting) {
    String byDefault = setting.defaultText().map(text -> "; default " + text).orElse("");
    return (setting + ": " + setting.meaning() + byDefault).replace("%", "%%");
  }

  /// The settings, with what was given on the command line.
  ///
  /// @throws CommandFailure if a value is malformed
  static Settings read(CommandLine command, Map<String, String> environment) throws CommandFailure {
    EnumMap<Setting, String> flags = new EnumMap<>(Setting.class);
    for (Setting setting : Setting.values()) {
      if (command.getParseResult().hasMatchedOption(setting.flag())) {
        String text = command.getParseResult().matchedOptionValue(setting.flag(), "");
        flags.put(setting, text);
      }
    }
    try {
      return Settings.resolve(flags, environment);
    } catch (SettingException e) {
      throw CommandFailure.wrongUsage(String.valueOf(e.getMessage()));
    }
  }

  /// The config of a node in this role.
  ///
  /// @throws CommandFailure if two values contradict each other
  static NodeConfig config(Settings settings, Role role) throws CommandFailure {
    try {
      return settings.config(role);
    } catch (SettingException e) {
      throw CommandFailure.wrongUsage(String.valueOf(e.getMessage()));
    }
  }
}
