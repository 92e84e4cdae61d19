package io.pychain.node.link;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pychain.core.message.Address;
import io.pychain.core.message.NodeKey;
import io.pychain.node.config.BootAddress;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/// Asks a node's API where it takes links and which authority it is under.
final class StatusQuery {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(5);

  /// Longest answer that is read, in bytes; a status has about 600.
  private static final int ANSWER_BYTES_MAX = 64 << 10;

  private StatusQuery() {}

  /// What a newcomer needs to know; the authority counts as pinned, since the operator named this
  /// API.
  ///
  /// @throws IOException if there is no such answer
  static BootAddress.Peer ask(BootAddress.Api api) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(api + "/api/v1/status")).timeout(ANSWER_TIMEOUT).build();
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build()) {
      HttpResponse<InputStream> response =
          client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        if (response.statusCode() != 200) {
          throw new IOException("its API answers " + response.statusCode() + " to a status query");
        }
        return parse(body.readNBytes(ANSWER_BYTES_MAX), api);
      }
    }
  }

  private static BootAddress.Peer parse(byte[] body, BootAddress.Api api) throws IOException {
    try {
      JsonNode status = new ObjectMapper().readTree(body);
      NodeKey authority = NodeKey.fromHex(status.path("network").path("authority_key").asText());
      Address address =
          Address.parse(status.path("node").path("address").asText(), BootAddress.PEER_PORT);
      return new BootAddress.Peer(address, Optional.of(authority));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new IOException(
          "what answers is not the API of a node; name the API of a boot node, not " + api, e);
    }
  }
}
