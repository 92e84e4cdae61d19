package io.pychain.node.api;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.pychain.core.message.Bytes;
import io.pychain.core.message.OriginLimits;
import io.pychain.core.message.Parameters;
import io.pychain.core.protocol.Answer;
import io.pychain.node.Node;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The calls about what holds for every member of the network.
final class Governing {
  private static final int BODY_BYTES_MAX = 1_024;
  private static final int BURST_SECONDS = 10;
  private static final int RETRY_SECONDS = 5;
  private static final String USAGE =
      "send {\"messages_per_second\": N, \"bytes_per_second\": N, \"burst_seconds\": N}: rates from"
          + " 1 to 2^40, absent or null for none; a burst of 1 to 3600, absent for 10";

  private final ApiConfig.Limits limits;
  private final Node node;

  Governing(ApiConfig.Limits limits, Node node) {
    this.limits = limits;
    this.node = node;
  }

  /// GET /parameters
  Reply show(Request request) {
    return reply(node.view().parameters());
  }

  /// PUT /parameters
  Reply layDown(Request request) throws IOException, InterruptedException {
    OriginLimits wanted = read(request.body(BODY_BYTES_MAX));
    try {
      return switch (node.layDown(wanted).get(timeoutMillis(), TimeUnit.MILLISECONDS)) {
        case Answer.LaidDown(long _, Parameters parameters) -> reply(Optional.of(parameters));
        case Answer.NotLaidDown(long _, String reason) -> throw Problem.forbidden(reason + ".");
        default -> throw new IllegalStateException("not asked");
      };
    } catch (TimeoutException slow) {
      throw Problem.unavailable("Not yet durable; see GET /parameters.", RETRY_SECONDS);
    } catch (ExecutionException failed) {
      throw Problem.unavailable("The node is stopping, or cannot keep up.", RETRY_SECONDS);
    }
  }

  private long timeoutMillis() {
    return limits.publishTimeout().toMillis();
  }

  private static Reply reply(Optional<Parameters> parameters) {
    OriginLimits held = parameters.map(Parameters::limits).orElse(OriginLimits.NONE);
    return Reply.json(json -> {
      json.writeStartObject();
      json.writeNumberField("number", parameters.map(Parameters::number).orElse(0L));
      writeRate(json, "messages_per_second", held.messagesPerSecond());
      writeRate(json, "bytes_per_second", held.bytesPerSecond());
      json.writeNumberField("burst_seconds", held.burst().toSeconds());
      json.writeEndObject();
    });
  }

  private static void writeRate(JsonGenerator json, String name, long rate) throws IOException {
    if (rate == 0) {
      json.writeNullField(name);
    } else {
      json.writeNumberField(name, rate);
    }
  }

  private static OriginLimits read(Bytes body) {
    if (!Json.isValue(body)) {
      throw Problem.malformed("The body is not JSON; " + USAGE + ".");
    }
    try (JsonParser json = Json.parser(body)) {
      return read(json);
    } catch (IOException | IllegalArgumentException outside) {
      throw Problem.malformed("The body is not as it must be; " + USAGE + ".");
    }
  }

  private static OriginLimits read(JsonParser json) throws IOException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw new IllegalArgumentException("no object");
    }
    long messages = 0;
    long bytes = 0;
    long burst = BURST_SECONDS;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      boolean absent = json.nextToken() == JsonToken.VALUE_NULL;
      switch (name) {
        case "messages_per_second" -> messages = absent ? 0 : rate(json);
        case "bytes_per_second" -> bytes = absent ? 0 : rate(json);
        case "burst_seconds" -> burst = absent ? BURST_SECONDS : whole(json);
        default -> throw new IllegalArgumentException(name);
      }
    }
    return new OriginLimits(messages, bytes, Duration.ofSeconds(burst));
  }

  private static long rate(JsonParser json) throws IOException {
    long rate = whole(json);
    if (rate < 1) {
      throw new IllegalArgumentException("a rate is a number from 1");
    }
    return rate;
  }

  /// A fraction would be cut off without a word.
  private static long whole(JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      throw new IllegalArgumentException("no whole number");
    }
    return json.getLongValue();
  }
}
