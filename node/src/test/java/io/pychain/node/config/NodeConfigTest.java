package io.pychain.node.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class NodeConfigTest {
  @Test
  void defaultsAreThoseOfTheInterface() {
    NodeConfig config = NodeConfig.builder().build();

    assertThat(config.toString())
        .isEqualTo(
            "NodeConfig[role=CLIENT, bootNodes=[], logDir=/var/log/pychain, logLevel=INFO,"
                + " networkSyncInterval=PT1M, networkSyncJitter=PT30S,"
                + " storageDir=/usr/local/etc/pychain, networkName=pychain,"
                + " peerListen=0.0.0.0:9000, apiListen=Optional[127.0.0.1:8000],"
                + " apiTls=Optional.empty, apiHosts=[], advertise=Optional.empty,"
                + " admission=PUZZLE, invite=Optional.empty,"
                + " protocolMax=2, authorityDelegation=Optional.empty,"
                + " certificateLifetime=Optional.empty, certificateGrace=PT168H,"
                + " maxUnresponsive=3, guidTimeout=PT24H,"
                + " messageBytesMax=1048576, retention=PT168H, retentionBytes=1073741824,"
                + " beacon=Optional.empty]");
  }

  @Test
  void invitationIsNotPrinted() {
    Secret invite = new Secret("invite-abc");

    assertThat(NodeConfig.builder().invite(Optional.of(invite)).build().toString())
        .doesNotContain("abc");
  }

  @Test
  void builderIsHeldToTheSameRangesAsText() {
    refused(b -> b.networkSyncInterval(Duration.ofMillis(99)), "NETWORK_SYNC_INTERVAL=99");
    refused(b -> b.networkSyncJitter(Duration.ofMillis(-1)), "NETWORK_SYNC_JITTER=-1");
    refused(b -> b.networkName(" "), "NETWORK_NAME= ");
    refused(b -> b.maxUnresponsive(0), "MAX_UNRESPONSIVE=0");
    refused(b -> b.guidTimeout(Duration.ZERO), "GUID_TIMEOUT=0");
    refused(b -> b.messageBytesMax(0), "MESSAGE_BYTES_MAX=0");
    refused(b -> b.retention(Duration.ZERO), "RETENTION_SECONDS=0");
    refused(b -> b.retentionBytes(1), "RETENTION_BYTES=1");
    refused(b -> b.beacon(Optional.of(java.net.URI.create("file:///x"))), "BEACON=");
  }

  private static void refused(UnaryOperator<NodeConfig.Builder> change, String complaint) {
    NodeConfig.Builder builder = change.apply(NodeConfig.builder());

    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(complaint);
  }
}
