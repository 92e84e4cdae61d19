package io.pychain.node.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.message.Bytes;
import io.pychain.core.message.Message;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MessageStreamTest {
  private ApiFixture api;

  @BeforeEach
  void start() throws Exception {
    api = new ApiFixture();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void streamBeginsWithWhatIsHeldAndGoesOnWithWhatComes() throws Exception {
    publish("1");
    try (Follower follower = new Follower("", "")) {
      assertThat(follower.event()).contains("id: 1", "\"data\":1");

      publish("2");

      assertThat(follower.event()).contains("id: 2", "\"data\":2");
    }
  }

  @Test
  void lastEventIdResumesAndWinsOverAfter() throws Exception {
    publish("1", "2", "3");

    try (Follower follower = new Follower("?after=1", "")) {
      assertThat(follower.event()).contains("id: 2");
    }
    try (Follower follower = new Follower("?after=0", "Last-Event-ID: 2\n")) {
      assertThat(follower.event()).contains("id: 3");
    }
  }

  @Test
  void resumingAgainAndAgainYieldsEveryMessageOnce() throws Exception {
    List<String> expected = new ArrayList<>();
    for (int i = 1; i <= 30; i++) {
      publish(Integer.toString(i));
      expected.add("id: " + i);
    }

    List<String> seen = new ArrayList<>();
    while (seen.size() < 30) {
      ApiFixture.await("the reader before has gone", () -> api.node.subscriptions() == 0);
      try (Follower follower = new Follower("", "Last-Event-ID: " + seen.size() + "\n")) {
        for (int i = 0; i < 7 && seen.size() < 30; i++) {
          seen.add(follower.event().lines().findFirst().orElseThrow());
        }
      }
    }

    assertThat(seen).isEqualTo(expected);
  }

  @Test
  void lineEndsInJsonDoNotBreakTheFraming() throws Exception {
    publish("{\r\n \"a\":\n1}");

    try (Follower follower = new Follower("", "")) {
      String data =
          follower
              .event()
              .lines()
              .filter(line -> line.startsWith("data: "))
              .map(line -> line.substring("data: ".length()))
              .reduce((first, second) -> first + "\n" + second)
              .orElseThrow();
      assertThat(ApiFixture.json(data).get("data").toString()).isEqualTo("{\"a\":1}");
    }
  }

  @Test
  void silentStreamIsKeptAliveByComments() throws Exception {
    try (Follower follower = new Follower("", "")) {
      assertThat(follower.line()).isEqualTo(":");
      assertThat(follower.line()).isEmpty();
      assertThat(follower.line()).isEqualTo(":");
    }
  }

  @Test
  void oneStreamMoreThanAllowedIsRefusedUntilAnotherEnds() throws Exception {
    List<Follower> followers = new ArrayList<>();
    for (int i = 0; i < ApiFixture.LIMITS.streamsMax(); i++) {
      followers.add(new Follower("", ""));
      assertThat(followers.getLast().line()).isEqualTo(":");
    }

    Problems.assertProblem(api.get("/api/v1/messages/stream"), 503);

    for (Follower follower : followers) {
      follower.close();
    }
    ApiFixture.await("subscriptions end with their readers", () -> api.node.subscriptions() == 0);
    try (Follower follower = new Follower("", "")) {
      assertThat(follower.line()).isEqualTo(":");
    }
  }

  @Test
  void readerThatTakesNothingIsCutOffAndHoldsNothing() throws Exception {
    String large = "\"" + "x".repeat(90_000) + "\"";
    try (Follower follower = new Follower("", "")) {
      assertThat(follower.line()).isEqualTo(":");
      for (int i = 0; i < 200; i++) {
        publish(large);
      }

      ApiFixture.await("the slow reader is cut off", () -> api.node.subscriptions() == 0);

      assertThat(api.metrics.refused()).containsKey("api_stream_broken_off");
    }
  }

  @Test
  void malformedPlaceToResumeIsRefused() throws Exception {
    Problems.assertProblem(api.get("/api/v1/messages/stream?after=x"), 400);
    String[] headers = {ApiFixture.HOST, ApiFixture.CLOSE, "Last-Event-ID: -1"};
    String request = ApiFixture.http("GET /api/v1/messages/stream", headers);
    assertThat(api.answerTo(request)).startsWith("HTTP/1.1 400 ");
    assertThat(api.node.subscriptions()).isZero();
  }

  private void publish(String... values) {
    for (String value : values) {
      api.node.receive(new Message(Message.JSON, Bytes.utf8(value)));
    }
  }

  /// A client of the stream that has read the headers of the answer.
  private final class Follower implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader lines;

    Follower(String query, String headers) throws IOException {
      // HTTP/1.0, which knows no chunks: what comes is the stream itself.
      String call = "GET /api/v1/messages/stream" + query + " HTTP/1.0\n";
      socket = api.say(call + "Host: localhost\n" + headers + "\n");
      lines =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      List<String> head = new ArrayList<>();
      for (String line = line(); !line.isEmpty(); line = line()) {
        head.add(line);
      }
      assertThat(head.getFirst()).startsWith("HTTP/1.1 200 ");
      assertThat(head).contains("Content-type: text/event-stream");
    }

    String line() throws IOException {
      String line = lines.readLine();
      if (line == null) {
        throw new IOException("the stream has ended");
      }
      return line;
    }

    /// The lines of the next event; comments are passed over.
    String event() throws IOException {
      StringBuilder event = new StringBuilder();
      while (true) {
        String line = line();
        if (line.isEmpty() && !event.isEmpty()) {
          return event.toString();
        }
        if (!line.isEmpty() && !line.startsWith(":")) {
          event.append(line).append('\n');
        }
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
