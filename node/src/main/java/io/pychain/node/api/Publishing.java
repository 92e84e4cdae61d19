package io.pychain.node.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.pychain.core.coverage.Coverage;
import io.pychain.core.message.Bytes;
import io.pychain.core.message.Message;
import io.pychain.core.message.MessageId;
import io.pychain.core.protocol.Answer;
import io.pychain.node.Node;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/// The calls that broadcast. They answer once the messages are durable here.
final class Publishing {
  /// What the wrapping may add to the largest payload, in bytes.
  static final int ENVELOPE_BYTES_MAX = 1_024;

  private static final Pattern MEDIA_TYPE =
      Pattern.compile("[A-Za-z0-9!#$&^_.+-]+/[A-Za-z0-9!#$&^_.+-]+( *;[ -~]*)?");
  private static final int RETRY_SECONDS = 1;

  private final Node node;
  private final int messageBytesMax;
  private final ApiConfig.Limits limits;
  private final Covering covering;

  Publishing(ApiConfig config, Node node, Covering covering) {
    this.node = node;
    this.messageBytesMax = config.messageBytesMax();
    this.limits = config.limits();
    this.covering = covering;
  }

  /// PUT /broadcast
  Reply one(Request request) throws IOException, InterruptedException {
    Optional<Duration> wait = request.seconds("wait", Node.COVERAGE_WAIT_MAX);
    Answer.Published published = publish(List.of(message(request)));
    Optional<Coverage> coverage = coverage(published.id(0), wait);
    Bytes body =
        Json.write(json -> {
          json.writeStartObject();
          json.writeStringField("id", published.id(0).toString());
          json.writeNumberField("guid", published.log().guid().value());
          json.writeNumberField("epoch", published.log().epoch());
          json.writeNumberField("seq", published.firstSeq());
          Json.writeTime(json, "broadcast_timestamp", published.timestamp());
          writeCoverage(json, coverage);
          json.writeEndObject();
        });
    return new Reply(201, Reply.JSON, body);
  }

  /// POST /broadcast/bulk. The body is lines of JSON, whatever the client calls it.
  Reply bulk(Request request) throws IOException, InterruptedException {
    Optional<Duration> wait = request.seconds("wait", Node.COVERAGE_WAIT_MAX);
    List<Message> messages = lines(request.body(limits.bulkBytesMax()));
    Answer.Published published = publish(messages);
    MessageId last = published.id(messages.size() - 1);
    Optional<Coverage> coverage = coverage(last, wait);
    Bytes body =
        Json.write(json -> {
          json.writeStartObject();
          json.writeNumberField("accepted", messages.size());
          json.writeStringField("first_id", published.id(0).toString());
          json.writeStringField("last_id", last.toString());
          writeCoverage(json, coverage);
          json.writeEndObject();
        });
    return new Reply(201, Reply.JSON, body);
  }

  private Optional<Coverage> coverage(MessageId published, Optional<Duration> wait)
      throws InterruptedException {
    return wait.isPresent() ? Optional.of(covering.after(published, wait.get())) : Optional.empty();
  }

  private static void writeCoverage(JsonGenerator json, Optional<Coverage> coverage)
      throws IOException {
    if (coverage.isPresent()) {
      json.writeObjectFieldStart("coverage");
      Covering.writeCounts(json, coverage.get());
      json.writeEndObject();
    }
  }

  private Message message(Request request) throws IOException {
    String contentType = contentType(request);
    String mediaType = mediaType(contentType);
    if (!mediaType.equals(Message.JSON) && !mediaType.equals(Message.EVENT)) {
      return new Message(contentType, request.body(messageBytesMax));
    }
    checkCharset(contentType);
    Message message =
        bounded(Envelope.read(request.body(messageBytesMax + ENVELOPE_BYTES_MAX), this::isMember));
    if (mediaType.equals(Message.EVENT) && !message.contentType().equals(Message.EVENT)) {
      throw Problem.malformed(
          Message.EVENT + " is {\"event\": {\"name\": \"NAME\", \"args\": {…}}}.");
    }
    return message;
  }

  private List<Message> lines(Bytes body) {
    List<Message> messages = new ArrayList<>();
    int number = 0;
    int from = 0;
    while (from < body.length()) {
      int until = endOfLine(body, from);
      number++;
      if (!isBlank(body, from, until)) {
        if (messages.size() == limits.bulkLinesMax()) {
          throw Problem.tooLarge("Bulk takes at most " + limits.bulkLinesMax() + " messages.");
        }
        messages.add(line(body.slice(from, until), number));
      }
      from = until + 1;
    }
    if (messages.isEmpty()) {
      throw Problem.malformed("There is no line; send one JSON object a line.");
    }
    return messages;
  }

  private Message line(Bytes line, int number) {
    try {
      return bounded(Envelope.read(line, this::isMember));
    } catch (Problem problem) {
      throw problem.inLine(number);
    }
  }

  private static int endOfLine(Bytes body, int from) {
    int end = from;
    while (end < body.length() && body.at(end) != '\n') {
      end++;
    }
    return end;
  }

  private static boolean isBlank(Bytes body, int from, int until) {
    for (int i = from; i < until; i++) {
      if (body.at(i) != ' ' && body.at(i) != '\r' && body.at(i) != '\t') {
        return false;
      }
    }
    return true;
  }

  private Message bounded(Message message) {
    if (message.data().length() > messageBytesMax) {
      throw Problem.tooLarge("A message has at most " + messageBytesMax + " bytes of data.");
    }
    return message;
  }

  private boolean isMember(int guid) {
    return node.view().members().stream().anyMatch(m -> m.record().guid().value() == guid);
  }

  private static String contentType(Request request) {
    String contentType = request.header("Content-Type").orElse("").strip();
    if (contentType.length() > Message.CONTENT_TYPE_LENGTH_MAX
        || !MEDIA_TYPE.matcher(contentType).matches()) {
      throw Problem.unsupportedType(
          "Say what the body is: Content-Type: application/json for JSON, any other for bytes.");
    }
    return contentType;
  }

  private static String mediaType(String contentType) {
    int parameters = contentType.indexOf(';');
    String type = parameters < 0 ? contentType : contentType.substring(0, parameters);
    return type.strip().toLowerCase(Locale.ROOT);
  }

  private static void checkCharset(String contentType) {
    String lower = contentType.toLowerCase(Locale.ROOT).replace("\"", "").replace(" ", "");
    int charset = lower.indexOf(";charset=");
    if (charset >= 0 && !lower.startsWith(";charset=utf-8", charset)) {
      throw Problem.unsupportedType("JSON is UTF-8; leave out the charset.");
    }
  }

  private Answer.Published publish(List<Message> messages) throws InterruptedException {
    CompletableFuture<Answer> answer = node.publish(messages);
    try {
      return switch (answer.get(limits.publishTimeout().toMillis(), TimeUnit.MILLISECONDS)) {
        case Answer.Published published -> published;
        case Answer.Refused refused -> throw Problem.unavailable(refused.reason(), RETRY_SECONDS);
        case Answer.Limited limited -> throw Problem.limited(limited.after());
        case Answer.Once _, Answer.Covered _, Answer.NotHeld _ ->
            throw new IllegalStateException("not asked");
      };
    } catch (TimeoutException slow) {
      throw Problem.unavailable(
          "Not yet durable after "
              + limits.publishTimeout().toSeconds()
              + " s, and may yet become so: look for it in GET /messages before you repeat it.",
          RETRY_SECONDS);
    } catch (ExecutionException failed) {
      throw new IllegalStateException("publishing failed", failed.getCause());
    }
  }
}
