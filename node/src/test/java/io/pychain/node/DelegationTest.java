package io.pychain.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pychain.core.message.Frame.NetworkInfo;
import io.pychain.core.message.NodeKey;
import io.pychain.core.ring.Guid;
import io.pychain.node.config.Endpoint;
import io.pychain.node.config.NodeConfig;
import io.pychain.node.config.NodeConfig.Role;
import io.pychain.node.keys.DelegationFile;
import io.pychain.node.keys.NodeKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A boot node that signs for an authority whose key is elsewhere: whole nodes in one process.
class DelegationTest {
  private static final Endpoint ANY_PORT = new Endpoint("127.0.0.1", Endpoint.OPEN);

  @TempDir Path folder;
  private final List<PychainNode> nodes = new ArrayList<>();
  private Path safe;
  private Path delegation;

  @BeforeEach
  void open() throws IOException {
    safe = Files.createDirectory(folder.resolve("safe")).resolve("authority-key");
    delegation = folder.resolve("delegation");
    Files.createDirectory(storage("boot"));
  }

  @AfterEach
  void stopAll() {
    nodes.forEach(PychainNode::close);
  }

  private Path storage(String name) {
    return folder.resolve(name);
  }

  private NodeConfig.Builder config(String name) {
    return NodeConfig.builder()
        .storageDir(storage(name))
        .peerListen(ANY_PORT)
        .apiListen(Optional.empty());
  }

  private NodeConfig.Builder delegated(String name) {
    return config(name).role(Role.BOOT).authorityDelegation(Optional.of(delegation));
  }

  private PychainNode start(NodeConfig.Builder config) throws IOException {
    PychainNode node = PychainNode.start(config.build());
    nodes.add(node);
    return node;
  }

  private PychainNode client(String name, PychainNode by) throws IOException {
    return start(config(name).bootNodes("127.0.0.1:" + by.peerPort()));
  }

  private NodeKey keyOf(String name) throws IOException {
    return NodeKeys.loadOrCreate(storage(name).resolve("node-key")).key();
  }

  private NodeKeys authority() throws IOException {
    return NodeKeys.loadOrCreate(safe);
  }

  private NetworkInfo network() throws IOException {
    return new NetworkInfo("pychain", authority().key());
  }

  private void delegate(NodeKey key, Duration time) throws IOException {
    DelegationFile.make(network(), authority(), key, Instant.now().plus(time)).write(delegation);
  }

  private void found() throws IOException {
    Instant now = Instant.now();
    Instant until = now.plus(Duration.ofDays(365));
    DelegationFile.founding(network(), authority(), keyOf("boot"), now, until).write(delegation);
  }

  private static Guid guid(PychainNode node) {
    return node.view().self().guid();
  }

  private void stop(PychainNode node) {
    nodes.remove(node);
    node.close();
  }

  @Test
  void networkIsFoundedAndGrowsWithoutTheAuthoritysKey() throws Exception {
    found();

    PychainNode boot = start(delegated("boot"));
    PychainNode first = client("client_1", boot);
    PychainNode second = client("client_2", boot);

    assertThat(boot.network()).isEqualTo(network());
    assertThat(guid(boot)).isEqualTo(Guid.of(0));
    assertThat(List.of(guid(first), guid(second))).containsExactly(Guid.of(1), Guid.of(2));
    assertThat(first.view().self().certificate().delegation()).isPresent();
    assertThat(storage("boot").resolve("authority-key")).doesNotExist();
    assertThat(boot.expiries()).hasSize(1);
  }

  @Test
  void keyOfANetworkMovesIntoASafe() throws Exception {
    PychainNode boot = start(config("boot").role(Role.BOOT));
    client("client_1", boot);
    stop(boot);
    Files.move(storage("boot").resolve("authority-key"), safe);
    delegate(keyOf("boot"), Duration.ofDays(365));

    PychainNode again = start(delegated("boot"));

    assertThat(again.networkId()).isEqualTo(boot.networkId());
    assertThat(guid(client("client_2", again))).isEqualTo(Guid.of(2));
  }

  @Test
  void keyThatShouldBeInASafeIsNotLeftWhereItWas() throws Exception {
    stop(start(config("boot").role(Role.BOOT)));
    Files.copy(storage("boot").resolve("authority-key"), safe);
    delegate(keyOf("boot"), Duration.ofDays(365));

    assertThatThrownBy(() -> start(delegated("boot")))
        .hasMessageContaining("move the key to a safe place");
  }

  @Test
  void delegationThatIsMissingIsAskedForWithTheKeyThatItNeeds() throws Exception {
    assertThatThrownBy(() -> start(delegated("boot")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("pychain authority delegate --key " + keyOf("boot"));
  }

  @Test
  void delegationToAnotherNodeOrOfAnotherNetworkIsRefused() throws Exception {
    delegate(authority().key(), Duration.ofDays(1));
    assertThatThrownBy(() -> start(delegated("boot")))
        .hasMessageContaining("this node's is " + keyOf("boot"));

    delegate(keyOf("boot"), Duration.ofDays(1));
    assertThatThrownBy(() -> start(delegated("boot").networkName("other")))
        .hasMessageContaining("another network than \"other\"");
  }

  @Test
  void delegationOfAnotherAuthorityDoesNotTakeANetworkOver() throws Exception {
    stop(start(config("boot").role(Role.BOOT)));
    Files.delete(storage("boot").resolve("authority-key"));
    delegate(keyOf("boot"), Duration.ofDays(1));

    assertThatThrownBy(() -> start(delegated("boot")))
        .hasMessageContaining("is not of the authority that founded this network");
  }

  @Test
  void fileThatOthersMayReadOrThatIsDamagedIsRefused() throws Exception {
    delegate(keyOf("boot"), Duration.ofDays(1));
    String text = Files.readString(delegation);
    Files.delete(delegation);
    Files.writeString(delegation, text);
    assertThatThrownBy(() -> start(delegated("boot"))).hasMessageContaining("chmod 600");

    delegate(keyOf("boot"), Duration.ofDays(1));
    Files.writeString(delegation, text.substring(0, 100));
    assertThatThrownBy(() -> start(delegated("boot"))).hasMessageContaining("holds no delegation");
  }

  @Test
  void delegationThatHasEndedIsToldOfAndLetsTheNodeRun() throws Exception {
    found();
    PychainNode boot = start(delegated("boot"));
    stop(boot);
    delegate(keyOf("boot"), Duration.ofSeconds(-1));

    PychainNode again = start(delegated("boot"));

    assertThat(again.expiries().getFirst().warning(Instant.now()))
        .contains("the delegation of this node has ended at");
    assertThat(again.broadcast("\"still here\"").firstSeq()).isPositive();
  }

  @Test
  void delegationDoesNotFoundANetworkAnewAfterTheTableWasLost() throws Exception {
    delegate(keyOf("boot"), Duration.ofDays(1));

    assertThatThrownBy(() -> start(delegated("boot")))
        .hasMessageContaining("but not the table of who has which GUID");
  }

  @Test
  void bootNodeIsRestoredFromItsKeysAndGivesNoGuidTwice() throws Exception {
    found();
    PychainNode boot = start(delegated("boot"));
    PychainNode first = client("client_1", boot);
    PychainNode second = client("client_2", boot);
    NodeKey key = keyOf("boot");
    stop(boot);
    Files.createDirectory(storage("restored"));
    Files.copy(storage("boot").resolve("node-key"), storage("restored").resolve("node-key"));
    delegate(key, Duration.ofDays(365));

    PychainNode restored = start(delegated("restored").bootNodes("127.0.0.1:" + first.peerPort()));
    PychainNode third = client("client_3", restored);

    assertThat(restored.networkId()).isEqualTo(boot.networkId());
    assertThat(guid(restored)).isEqualTo(Guid.of(0));
    assertThat(guid(third).value()).isGreaterThan(guid(second).value());
  }
}
