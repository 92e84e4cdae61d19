package io.pychain.cli.network;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pychain.cli.terminal.CommandFailure;
import io.pychain.cli.terminal.Json;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The folder of a development network and the `network.json` in it.
///
/// The file is replaced as a whole, so that a reader sees the old one or the new one; who changes
/// it holds [#lock] meanwhile.
final class NetworkFolder {
  private static final String FILE = "network.json";

  private final Path dir;

  NetworkFolder(Path dir) {
    this.dir = dir.toAbsolutePath().normalize();
  }

  /// What the file says.
  ///
  /// @param nodes the boot node first, then the clients in order of their numbers
  /// @param settings given to every node when the network was started
  record Network(List<NodeEntry> nodes, Map<String, String> settings) {
    Network {
      nodes = List.copyOf(nodes);
    }

    Optional<NodeEntry> named(String name) {
      return nodes.stream().filter(node -> node.name().equals(name)).findFirst();
    }

    List<NodeEntry> alive() {
      return nodes.stream().filter(node -> node.alive().isPresent()).toList();
    }

    /// The same with this node in place of the one of its name.
    Network with(NodeEntry changed) {
      List<NodeEntry> all = new ArrayList<>(nodes);
      all.replaceAll(node -> node.name().equals(changed.name()) ? changed : node);
      return new Network(all, settings);
    }

    Network plus(List<NodeEntry> more) {
      List<NodeEntry> all = new ArrayList<>(nodes);
      all.addAll(more);
      return new Network(all, settings);
    }

    ObjectNode toJson() {
      ObjectNode document = Json.object();
      ArrayNode list = document.putArray("nodes");
      nodes.forEach(node -> list.add(node.toJson()));
      ObjectNode all = document.putObject("settings");
      settings.forEach(all::put);
      return document;
    }
  }

  Path dir() {
    return dir;
  }

  /// The network in this folder; empty if there is none.
  ///
  /// @throws CommandFailure if the file cannot be read or is not ours
  Optional<Network> read() throws CommandFailure {
    Path file = dir.resolve(FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(parse(Json.parse(Files.readString(file))));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw CommandFailure.failed(file + " is no network of ours: move it away, or use --dir");
    } catch (IOException e) {
      throw unusable("read", e);
    }
  }

  private Network parse(JsonNode document) {
    List<NodeEntry> nodes = new ArrayList<>();
    document.path("nodes").forEach(node -> nodes.add(NodeEntry.fromJson(node, dir)));
    Map<String, String> settings = new LinkedHashMap<>();
    document
        .path("settings")
        .properties()
        .forEach(entry -> settings.put(entry.getKey(), entry.getValue().asText()));
    return new Network(nodes, settings);
  }

  /// The network in this folder.
  ///
  /// @throws CommandFailure if there is none, or as for [#read]
  Network require() throws CommandFailure {
    return read()
        .orElseThrow(() ->
            CommandFailure.failed(
                "no network in " + dir + ": start one with ./run N, or name its --dir"));
  }

  /// Replaces the file, readers seeing the old one until then.
  void write(Network network) throws CommandFailure {
    try {
      Files.createDirectories(dir);
      Path unfinished = dir.resolve(FILE + ".tmp");
      Files.writeString(unfinished, Json.indented(network.toJson()) + "\n");
      Files.move(
          unfinished,
          dir.resolve(FILE),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw unusable("written", e);
    }
  }

  /// Keeps others from changing the network until it is closed.
  ///
  /// @throws CommandFailure if somebody else is changing it now
  Lock lock() throws CommandFailure {
    try {
      Files.createDirectories(dir);
      FileChannel channel =
          FileChannel.open(
              dir.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        channel.close();
        throw CommandFailure.failed(
            "another command is changing the network in " + dir + ": wait for it to end");
      }
      return new Lock(channel);
    } catch (IOException e) {
      throw unusable("written", e);
    }
  }

  private CommandFailure unusable(String how, IOException e) {
    return CommandFailure.failed(
        "%s cannot be %s (%s): choose another folder with --dir"
            .formatted(dir, how, e.getClass().getSimpleName()));
  }

  /// The right to change the network; ends with the process at the latest.
  record Lock(FileChannel channel) implements AutoCloseable {
    @Override
    public void close() throws CommandFailure {
      try {
        channel.close();
      } catch (IOException e) {
        throw CommandFailure.failed("the lock cannot be given back: " + e.getMessage());
      }
    }
  }
}
