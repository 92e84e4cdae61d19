package io.pychain.node.fuzz;

import com.sun.net.httpserver.Headers;
import io.pychain.node.api.FuzzedApi;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Requests to the API: a method and path, a content type, and a body. No request is a fault of
/// ours (500), and none without the token publishes.
final class RequestTarget implements Target {
  /// A node in memory keeps all that is published to it, and is replaced after so many.
  private static final int PUBLISHED_MAX = 2_000;

  private FuzzedApi api = new FuzzedApi();

  @Override
  public Outcome run(byte[] input) {
    Cursor in = new Cursor(input);
    boolean token = in.flag();
    String[] lines = new String(in.bytes(in.choice(600)), StandardCharsets.ISO_8859_1).split("\n");
    if (lines.length < 3 || lines[1].contains("/stream")) {
      return Outcome.MALFORMED;
    }
    return ask(lines, token, in.rest().toArray());
  }

  private Outcome ask(String[] lines, boolean token, byte[] body) {
    int before = api.published();
    try {
      int status = api.request(lines[0], new URI(lines[1]), headers(lines[2], token), body);
      check(status >= 200 && status != 500, "answered with " + status);
      check(token || api.published() == before, "published without the token");
      return status < 400 ? Outcome.TAKEN : Outcome.REFUSED;
    } catch (IOException | URISyntaxException | IllegalArgumentException noRequest) {
      return Outcome.MALFORMED;
    } finally {
      if (before > PUBLISHED_MAX) {
        api.close();
        api = new FuzzedApi();
      }
    }
  }

  private static Headers headers(String contentType, boolean token) {
    Headers headers = new Headers();
    headers.set("Host", "localhost");
    headers.set("Content-Type", contentType);
    if (token) {
      headers.set("Authorization", FuzzedApi.TOKEN);
    }
    return headers;
  }

  private static void check(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }

  @Override
  public List<byte[]> seeds() {
    List<byte[]> seeds = new ArrayList<>();
    String nested = "[".repeat(199) + "]".repeat(199);
    for (int token = 0; token < 2; token++) {
      for (String path :
          List.of(
              "/api/v1/status?nonce=00",
              "/api/v1/nodes/3",
              "/livez",
              "/api/v1/messages?after=0&limit=9&origin=3",
              "/api/v1/messages/3:1:1",
              "/api/v1/messages/3:1:1/coverage?wait=0.5",
              "/readyz?min_peers=1&max_behind=2")) {
        seeds.add(seed(token, "GET", path, "-", ""));
      }
      String put = "/api/v1/broadcast";
      seeds.add(seed(token, "PUT", put, "application/json", "{\"data\": {\"a\": [1.5e3, null]}}"));
      seeds.add(
          seed(
              token,
              "PUT",
              put,
              "application/json",
              "{\"event\": {\"name\": \"E\", \"args\": {\"guid\": 3}}}"));
      seeds.add(
          seed(token, "PUT", put + "?wait=0", "application/json", "{\"data\":" + nested + "}"));
      seeds.add(seed(token, "PUT", put, "text/plain; charset=utf-8", "ä"));
      seeds.add(
          seed(
              token,
              "POST",
              put + "/bulk",
              "application/x-ndjson",
              "{\"data\": 1}\n{\"data\": \"\\ud83d\\ude00\"}\n"));
      seeds.add(seed(token, "POST", "/api/v1/sync", "-", ""));
    }
    return seeds;
  }

  private static byte[] seed(int token, String method, String path, String type, String body) {
    String head = method + "\n" + path + "\n" + type;
    String choices =
        new String(
            new char[] {(char) token, (char) (head.length() >> 8), (char) (head.length() & 255)});
    return (choices + head + body).getBytes(StandardCharsets.ISO_8859_1);
  }
}
