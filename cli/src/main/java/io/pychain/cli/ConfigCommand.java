package io.pychain.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pychain.cli.terminal.CommandFailure;
import io.pychain.cli.terminal.Json;
import io.pychain.cli.terminal.Output;
import io.pychain.cli.terminal.Table;
import io.pychain.node.config.NodeConfig.Role;
import io.pychain.node.config.Setting;
import io.pychain.node.config.Settings;
import io.pychain.node.config.Settings.Value;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `pychain config`: every setting, its value, and where it came from.
@Command(name = "config", description = "Print every setting, its value and where it came from.")
final class ConfigCommand implements Callable<Integer>, SettingFlags.Taker {
  private final Map<String, String> environment;

  @Mixin private final Output output = new Output();

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec command;

  ConfigCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws CommandFailure {
    Settings settings = SettingFlags.read(command.commandLine(), environment);
    SettingFlags.config(settings, Role.CLIENT);
    output.print(json(settings), out -> print(settings, out));
    return CommandFailure.DONE;
  }

  private static ObjectNode json(Settings settings) {
    ObjectNode document = Json.object();
    ArrayNode list = document.putArray("settings");
    for (Setting setting : Setting.values()) {
      ObjectNode entry = list.addObject().put("name", setting.name());
      Optional<Value> value = settings.value(setting);
      entry.put("value", value.map(v -> shown(setting, v)).orElse(null));
      entry.put(
          "origin", value.map(v -> v.origin().name().toLowerCase(Locale.ROOT)).orElse("default"));
      entry.put("place", value.map(Value::place).orElse("default"));
      entry.put("meaning", setting.meaning()).put("allowed", setting.allowed());
    }
    return document;
  }

  private static void print(Settings settings, PrintWriter out) {
    Table table = new Table("SETTING", "VALUE", "FROM");
    for (Setting setting : Setting.values()) {
      Optional<Value> value = settings.value(setting);
      table.row(
          setting,
          value.map(v -> shown(setting, v)).orElse("(none)"),
          value.map(Value::place).orElse("default"));
    }
    table.print(out);
  }

  /// What is printed ends up on screens, in tickets and in logs.
  private static String shown(Setting setting, Value value) {
    return setting.isSecret() ? "(not shown)" : value.text();
  }
}
