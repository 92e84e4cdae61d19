package io.pychain.node.api;

import static io.pychain.node.api.ApiFixture.CLOSE;
import static io.pychain.node.api.ApiFixture.HOST;
import static io.pychain.node.api.ApiFixture.http;
import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.message.Bytes;
import io.pychain.core.message.Message;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Clients that take their time: each is cut off at its deadline, over plain HTTP and over TLS, and
/// whoever asks meanwhile is answered.
class SlowClientsTest {
  private static final String STREAM = "GET /api/v1/messages/stream";
  private static final String PAGE = "GET /api/v1/messages";

  /// How often a byte is sent, in milliseconds, and how many at most: some times the deadline.
  private static final int DRIP_MILLIS = 20;

  private static final int DRIPS_MAX = 750;

  /// The first bytes of a TLS handshake of 12 KiB.
  private static final byte[] HALF_A_HELLO = HexFormat.of().parseHex("160301300001002ffc0303");

  @TempDir Path folder;
  private final Map<Wire, ApiFixture> servers = new EnumMap<>(Wire.class);

  enum Wire {
    PLAIN,
    TLS
  }

  @BeforeEach
  void start() throws Exception {
    servers.put(Wire.PLAIN, new ApiFixture());
    servers.put(Wire.TLS, ApiFixture.overTls(folder));
  }

  @AfterEach
  void stop() {
    servers.values().forEach(ApiFixture::close);
  }

  private ApiFixture over(Wire wire) {
    return Objects.requireNonNull(servers.get(wire));
  }

  @ParameterizedTest
  @EnumSource
  void byteNowAndThenDoesNotProlongTheHeaders(Wire wire) throws Exception {
    ApiFixture api = over(wire);
    try (Socket socket = api.say("GET /livez HTTP/1.1\n" + HOST + "\nX-Slow: ")) {
      assertThat(drip(socket)).as("bytes taken").isLessThan(DRIPS_MAX);
    }
    assertServed(api);
  }

  @ParameterizedTest
  @EnumSource
  void headersOnAConnectionThatHasBeenOfUseHaveTheSameDeadline(Wire wire) throws Exception {
    ApiFixture api = over(wire);
    try (Socket socket = api.say(http("GET /livez", HOST))) {
      assertThat(socket.getInputStream().read()).isEqualTo('H');
      socket.getOutputStream().write('G');

      assertThat(drip(socket)).as("bytes taken").isLessThan(DRIPS_MAX);
    }
    assertServed(api);
  }

  @Test
  void halfATlsHandshakeIsCutOff() throws Exception {
    ApiFixture api = over(Wire.TLS);
    try (Socket silent = api.connectBare();
        Socket dripping = api.connectBare()) {
      silent.getOutputStream().write(HALF_A_HELLO);
      dripping.getOutputStream().write(HALF_A_HELLO);

      assertThat(drip(dripping)).as("bytes taken").isLessThan(DRIPS_MAX);
      assertThat(silent.getInputStream().readAllBytes()).isEmpty();
    }
    assertServed(api);
  }

  @Test
  void crowdInTheMiddleOfTlsHandshakesKeepsNobodyOut() throws Exception {
    ApiFixture api = over(Wire.TLS);
    List<Socket> crowd = new ArrayList<>();
    try {
      for (int i = 0; i < 1_000; i++) {
        Socket socket = api.connectBare();
        crowd.add(socket);
        socket.getOutputStream().write(HALF_A_HELLO, 0, 1 + i % HALF_A_HELLO.length);
      }
      assertServed(api);
    } finally {
      for (Socket socket : crowd) {
        socket.close();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void followerThatReadsNothingIsCutOff(Wire wire) throws Exception {
    ApiFixture api = over(wire);
    try (Socket socket = api.say(http(STREAM, HOST))) {
      assertThat(socket.getInputStream().read()).isEqualTo('H');
      publishMuchTo(api);

      ApiFixture.await("the follower is cut off", () -> api.node.subscriptions() == 0);
    }
    assertThat(api.metrics.refused()).containsKey("api_stream_broken_off");
    assertServed(api);
  }

  @ParameterizedTest
  @EnumSource
  void readerOfPagesThatReadsNothingIsCutOff(Wire wire) throws Exception {
    ApiFixture api = over(wire);
    publishMuchTo(api);
    try (Socket socket = api.say(http(PAGE, HOST).repeat(100))) {
      assertThat(socket.getInputStream().read()).isEqualTo('H');

      ApiFixture.await(
          "the reader is cut off", () -> api.metrics.refused().containsKey("api_broken_off"));
    }
    assertServed(api);
  }

  private static void publishMuchTo(ApiFixture api) {
    Bytes large = Bytes.utf8("\"" + "x".repeat(90_000) + "\"");
    for (int i = 0; i < 200; i++) {
      api.node.receive(new Message(Message.JSON, large));
    }
  }

  /// Says a byte now and then, until the connection is closed.
  ///
  /// @return how many it could say
  private static int drip(Socket socket) throws InterruptedException {
    int said = 0;
    try {
      OutputStream out = socket.getOutputStream();
      while (said < DRIPS_MAX) {
        out.write('a');
        out.flush();
        said++;
        Thread.sleep(DRIP_MILLIS);
      }
    } catch (IOException closed) {
      // As it should be.
    }
    return said;
  }

  private static void assertServed(ApiFixture api) throws IOException {
    assertThat(api.answerTo(http("GET /livez", HOST, CLOSE))).startsWith("HTTP/1.1 200 ");
  }
}
