package io.pychain.cli.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pychain.cli.terminal.CommandFailure;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class PortsTest {

  @Test
  void portThatWasUsedBeforeIsKeptIfItIsFree() throws Exception {
    int before = freePort();

    int port = Ports.from(OptionalInt.empty()).api("client_1", OptionalInt.of(before));

    assertThat(port).isEqualTo(before);
  }

  @Test
  void takenPortIsPassedOverWhereNobodyAskedForIt() throws Exception {
    try (ServerSocket taken = listen()) {
      int port =
          Ports.from(OptionalInt.empty()).peer("client_1", OptionalInt.of(taken.getLocalPort()));

      assertThat(port).isNotEqualTo(taken.getLocalPort());
      assertThat(Ports.isFree(port)).isTrue();
    }
  }

  @Test
  void takenPortIsToldWithTheNodeWhereSomebodyAskedForIt() throws Exception {
    try (ServerSocket taken = listen()) {
      Ports ports = Ports.from(OptionalInt.of(taken.getLocalPort()));

      assertThatThrownBy(() -> ports.api("client_7", OptionalInt.empty()))
          .isInstanceOf(CommandFailure.class)
          .hasMessage(
              "port %d, which client_7 would get, is taken by another program:"
                  + " use another --base-port",
              taken.getLocalPort());
    }
  }

  @Test
  void noPortIsDealtTwice() throws Exception {
    Ports ports = Ports.from(OptionalInt.empty());
    int first = ports.api("a", OptionalInt.empty());

    assertThat(ports.api("b", OptionalInt.of(first))).isNotEqualTo(first);
    assertThat(ports.api("c", OptionalInt.empty())).isGreaterThan(first);
  }

  private static ServerSocket listen() throws Exception {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = listen()) {
      return socket.getLocalPort();
    }
  }
}
