package io.pychain.node.api;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.pychain.node.api.Audit.Event;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class AuditTest {
  private static final Event PUBLISH = new Event("127.0.0.1", "PUT", "/api/v1/broadcast", 201);
  private static final Event SYNC = new Event("127.0.0.1", "POST", "/api/v1/sync", 200);

  private final Logger logger = (Logger) LoggerFactory.getLogger("io.pychain.audit");
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final Audit audit = new Audit();

  @BeforeEach
  void listen() {
    lines.start();
    logger.setLevel(Level.INFO);
    logger.addAppender(lines);
  }

  @AfterEach
  void stop() {
    logger.detachAppender(lines);
    lines.stop();
  }

  @Test
  void whatAnOperatorDoesIsALineEach() {
    audit.note(0, SYNC);
    audit.note(1, SYNC);

    assertThat(texts())
        .containsOnly("method=POST path=/api/v1/sync status=200 times=1 from=127.0.0.1")
        .hasSize(2);
  }

  @Test
  void publishesOfASecondAreOneLine() {
    for (int i = 0; i < 1_000; i++) {
      audit.note(i, PUBLISH);
    }
    audit.note(TimeUnit.SECONDS.toNanos(2), SYNC);

    assertThat(texts()).hasSize(3);
    assertThat(texts().get(1)).contains("path=/api/v1/broadcast status=201 times=999");
  }

  @Test
  void nothingIsLostWhenTheNodeStops() {
    audit.note(0, PUBLISH);
    audit.note(1, PUBLISH);

    audit.close();

    assertThat(texts()).hasSize(2);
  }

  @Test
  void floodOfDifferentRefusalsFillsNoMemory() {
    for (int i = 0; i < 10 * Audit.KINDS_MAX; i++) {
      audit.note(i, new Event("127.0.0.1", "PUT", "/" + i, 404));
      audit.note(i, new Event("127.0.0.1", "PUT", "/" + i, 404));
    }

    assertThat(texts()).hasSize(20 * Audit.KINDS_MAX - Audit.KINDS_MAX);
  }

  @Test
  void requestIsAuditedWithItsOutcomeAndWithoutTokenOrPayload() throws Exception {
    try (ApiFixture api = new ApiFixture()) {
      api.put(ApiFixture.JSON, "{\"data\":\"secret words\"}");
      api.send(
          HttpRequest.newBuilder(api.uri("/api/v1/sync")).POST(BodyPublishers.noBody()).build());
      api.get("/api/v1/status");
      ApiFixture.await("both are written down", () -> texts().size() >= 2);
    }

    assertThat(texts())
        .containsExactly(
            "method=PUT path=/api/v1/broadcast status=201 times=1 from=127.0.0.1",
            "method=POST path=/api/v1/sync status=401 times=1 from=127.0.0.1");
    assertThat(String.join("", texts())).doesNotContain("secret", ApiFixture.TOKEN);
  }

  private List<String> texts() {
    return List.copyOf(lines.list).stream().map(ILoggingEvent::getFormattedMessage).toList();
  }
}
