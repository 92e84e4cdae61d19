package io.pychain.node.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.pychain.node.keys.WebIdentity;
import io.pychain.node.metrics.NodeMetrics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.cert.Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiTlsTest {
  private static final String NAME = "api.example.org";

  @TempDir Path dir;
  private Path file;
  private WebIdentity identity;
  private ApiServer server;

  @BeforeEach
  void start() throws Exception {
    identity = WebIdentity.of(NAME);
    file = dir.resolve("api.pem");
    identity.writeTo(file);
    ApiConfig config =
        ApiConfig.of(
                "127.0.0.1",
                0,
                ApiToken.of(ApiFixture.TOKEN),
                ApiFixture.MESSAGE_BYTES_MAX,
                ApiFixture.LIMITS)
            .with(Optional.of(file))
            .with(List.of(NAME));
    server = ApiServer.start(config, new FakeNode(), new NodeMetrics());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void itIsServedByTheCertificateOfTheFile() throws Exception {
    assertThat(ask("GET /api/v1/status", "Host: " + NAME)).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void whoBelievesAnotherCertificateIsNotServed() throws Exception {
    identity = WebIdentity.of(NAME);

    assertThatIOException()
        .isThrownBy(() -> ask("GET /api/v1/status", "Host: " + NAME))
        .isInstanceOf(SSLException.class);
  }

  @Test
  void plainHttpIsNotServed() throws Exception {
    try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      plain.setSoTimeout(5_000);
      plain
          .getOutputStream()
          .write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      byte[] answer = plain.getInputStream().readAllBytes();

      assertThat(new String(answer, StandardCharsets.ISO_8859_1)).doesNotStartWith("HTTP/1.1 2");
    }
  }

  @Test
  void otherNamesAreRefusedAndPagesOfItsOwnOriginMayWrite() throws Exception {
    assertThat(ask("GET /api/v1/status", "Host: other.example.org")).startsWith("HTTP/1.1 403 ");
    assertThat(write("http://" + NAME)).startsWith("HTTP/1.1 403 ");
    assertThat(write("https://" + NAME)).startsWith("HTTP/1.1 200 ");
  }

  private String write(String origin) throws Exception {
    return ask("POST /api/v1/sync", "Host: " + NAME, "Origin: " + origin, ApiFixture.AUTHORIZATION);
  }

  @Test
  void replacedFileIsShownWithoutARestartAndAnUnusableOneIsNot() throws Exception {
    SSLContext serving = ApiTls.of(file, 0);
    try (SSLServerSocket listener =
        (SSLServerSocket)
            serving
                .getServerSocketFactory()
                .createServerSocket(0, 8, InetAddress.getByName(null))) {
      Certificate first = identity.certificate();
      assertThat(shownBy(listener)).isEqualTo(first);

      replace("no certificate at all", 1);
      assertThat(shownBy(listener)).isEqualTo(first);

      WebIdentity next = WebIdentity.of(NAME);
      replace(next.certificatePem() + next.keyPem(), 2);
      identity = next;
      assertThat(shownBy(listener)).isEqualTo(next.certificate());
    }
  }

  @Test
  void fileThatCannotBeUsedIsNamedWithItsSetting() throws Exception {
    Files.writeString(file, "nothing");

    assertThatIOException()
        .isThrownBy(() -> ApiTls.of(file))
        .withMessageStartingWith("API_TLS: " + file);
  }

  /// @param seconds that the file is younger than the one before, whatever the disk's clock tells
  private void replace(String text, int seconds) throws IOException {
    Files.writeString(file, text);
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(seconds)));
  }

  private Certificate shownBy(SSLServerSocket listener) throws Exception {
    Thread serving =
        Thread.ofVirtual()
            .start(() -> {
              try (SSLSocket accepted = (SSLSocket) listener.accept()) {
                accepted.startHandshake();
              } catch (IOException brokenOff) {
                // The client says so.
              }
            });
    try (SSLSocket socket = identity.connect(listener.getLocalPort())) {
      socket.startHandshake();
      return socket.getSession().getPeerCertificates()[0];
    } finally {
      serving.join();
    }
  }

  private String ask(String call, String... headers) throws Exception {
    try (SSLSocket socket = identity.connect(server.port())) {
      String request =
          call + " HTTP/1.1\r\n" + String.join("\r\n", headers) + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
