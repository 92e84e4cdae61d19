package io.pychain.cli.network;

import io.pychain.cli.network.NetworkFolder.Network;
import io.pychain.cli.terminal.CommandFailure;
import io.pychain.node.config.NodeConfig.Role;
import io.pychain.node.config.Setting;
import io.pychain.node.config.SettingException;
import io.pychain.node.config.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Which nodes a network is to have, with which ports and settings. What was there before keeps its
/// name, and with it its folder and so its GUID and messages; and its ports where they are free.
final class Plan {
  /// Most clients of one network.
  static final int CLIENTS_MAX = 64;

  private Plan() {}

  /// One boot node and so many clients.
  static List<NodeEntry> nodes(
      NetworkFolder folder, Optional<Network> before, int clients, OptionalInt apiBase)
      throws CommandFailure {
    checkCount(clients);
    Ports ports = Ports.from(apiBase);
    List<NodeEntry> nodes = new ArrayList<>();
    nodes.add(node(folder, before, "boot_1", ports));
    for (int i = 1; i <= clients; i++) {
      nodes.add(node(folder, before, "client_" + i, ports));
    }
    return nodes;
  }

  /// So many clients more than there are, which all keep what they have.
  static List<NodeEntry> more(NetworkFolder folder, Network network, int clients)
      throws CommandFailure {
    int present = network.nodes().size() - 1;
    checkCount(clients);
    checkCount(present + clients);
    Ports ports = Ports.from(OptionalInt.empty());
    List<NodeEntry> added = new ArrayList<>();
    for (int i = present + 1; i <= present + clients; i++) {
      added.add(node(folder, Optional.of(network), "client_" + i, ports));
    }
    return added;
  }

  /// The same node on ports that are free now.
  static NodeEntry again(NetworkFolder folder, Network network, NodeEntry node)
      throws CommandFailure {
    return node(folder, Optional.of(network), node.name(), Ports.from(OptionalInt.empty()));
  }

  private static void checkCount(int clients) throws CommandFailure {
    if (clients < 1 || clients > CLIENTS_MAX) {
      throw CommandFailure.wrongUsage(
          clients + " clients are not allowed: 1 to " + CLIENTS_MAX + " in all");
    }
  }

  private static NodeEntry node(
      NetworkFolder folder, Optional<Network> network, String name, Ports ports)
      throws CommandFailure {
    Optional<NodeEntry> before = network.flatMap(known -> known.named(name));
    int api = ports.api(name, port(before.map(NodeEntry::apiPort)));
    int peer = ports.peer(name, port(before.map(NodeEntry::peerPort)));
    Role role = name.startsWith("boot_") ? Role.BOOT : Role.CLIENT;
    return new NodeEntry(
        name,
        role,
        before.flatMap(NodeEntry::guid),
        Optional.empty(),
        api,
        peer,
        folder.dir().resolve(name));
  }

  private static OptionalInt port(Optional<Integer> port) {
    return port.map(OptionalInt::of).orElseGet(OptionalInt::empty);
  }

  /// Reads `NAME=VALUE`s for the environment of every node.
  ///
  /// @throws CommandFailure if one is no setting, is malformed, or is for the launcher to decide
  static Map<String, String> settings(
      NetworkFolder folder, List<String> words, Map<String, String> environment)
      throws CommandFailure {
    Map<String, String> settings = new LinkedHashMap<>();
    for (String word : words) {
      int equals = word.indexOf('=');
      String name = equals < 0 ? word : word.substring(0, equals);
      checkName(name, equals);
      settings.put(name, word.substring(equals + 1));
    }
    Map<String, String> all = new LinkedHashMap<>(environment);
    NodeProcess.OURS.forEach(setting -> all.remove(setting.name()));
    all.putAll(settings);
    try {
      Settings.resolve(Map.of(Setting.STORAGE_DIR, folder.dir().toString()), all)
          .config(Role.CLIENT);
    } catch (SettingException e) {
      throw CommandFailure.wrongUsage(String.valueOf(e.getMessage()));
    }
    return settings;
  }

  private static void checkName(String name, int equals) throws CommandFailure {
    Optional<Setting> setting = Setting.named(name);
    if (equals < 0 || setting.isEmpty()) {
      throw CommandFailure.wrongUsage(
          "-e %s is not allowed: NAME=VALUE, NAME being a setting (./pychain config lists them)"
              .formatted(name));
    }
    if (NodeProcess.OURS.contains(setting.get())) {
      throw CommandFailure.wrongUsage(
          "-e %s is not allowed: each node gets its own; see --dir and --base-port"
              .formatted(name));
    }
  }
}
