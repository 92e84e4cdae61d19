package io.pychain.cli.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pychain.cli.network.NetworkFolder.Network;
import io.pychain.cli.terminal.CommandFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlanTest {
  @TempDir Path dir;

  @Test
  void networkOfFourIsABootNodeAndFourClients() throws Exception {
    List<NodeEntry> nodes = plan(Optional.empty(), 4);

    assertThat(nodes)
        .extracting(NodeEntry::name)
        .containsExactly("boot_1", "client_1", "client_2", "client_3", "client_4");
    assertThat(nodes).extracting(NodeEntry::apiPort).doesNotHaveDuplicates();
    assertThat(nodes).extracting(NodeEntry::peerPort).doesNotHaveDuplicates();
  }

  @Test
  void secondStartKeepsGuidsAndPorts() throws Exception {
    List<NodeEntry> first = plan(Optional.empty(), 2).stream().map(n -> n.withGuid(5)).toList();

    List<NodeEntry> second = plan(Optional.of(new Network(first, Map.of())), 2);

    assertThat(second).isEqualTo(first);
  }

  @Test
  void fileIsReadAsItWasWritten() throws Exception {
    NetworkFolder folder = new NetworkFolder(dir);
    RunningProcess self = RunningProcess.of(ProcessHandle.current());
    List<NodeEntry> nodes =
        plan(Optional.empty(), 1).stream()
            .map(node -> node.withGuid(3).withProcess(Optional.of(self)))
            .toList();
    Network network = new Network(nodes, Map.of("LOG_LEVEL", "DEBUG"));

    folder.write(network);

    assertThat(folder.read()).contains(network);
    assertThat(folder.require().alive()).isEqualTo(nodes);
  }

  @Test
  void fileOfSomebodyElseIsLeftAlone() throws Exception {
    Files.writeString(dir.resolve("network.json"), "{\"nodes\":[{\"role\":\"king\"}]}");

    assertThatThrownBy(() -> new NetworkFolder(dir).read())
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("is no network of ours");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 65})
  void numberOfClientsIsBounded(int clients) {
    assertThatThrownBy(() -> plan(Optional.empty(), clients))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("1 to 64");
  }

  @Test
  void moreClientsGetTheNextNames() throws Exception {
    Network network = new Network(plan(Optional.empty(), 2), Map.of());

    List<NodeEntry> more = Plan.more(new NetworkFolder(dir), network, 2);

    assertThat(more).extracting(NodeEntry::name).containsExactly("client_3", "client_4");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "LOG_LVL=DEBUG         | NAME being a setting",
        "LOG_LEVEL             | NAME=VALUE",
        "API_LISTEN=h:1        | each node gets its own",
        "STORAGE_DIR=/x        | each node gets its own",
        "LOG_LEVEL=LOUD        | LOG_LEVEL=LOUD (environment) is not allowed",
      })
  void settingsAreCheckedBeforeAnythingStarts(String word, String complaint) {
    assertThatThrownBy(() -> Plan.settings(new NetworkFolder(dir), List.of(word), Map.of()))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining(complaint);
  }

  private List<NodeEntry> plan(Optional<Network> before, int clients) throws CommandFailure {
    return Plan.nodes(new NetworkFolder(dir), before, clients, OptionalInt.empty());
  }
}
