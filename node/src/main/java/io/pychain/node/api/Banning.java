package io.pychain.node.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.protocol.Answer;
import io.pychain.core.protocol.NodeView.MemberView;
import io.pychain.core.ring.Guid;
import io.pychain.core.wire.WireLimits;
import io.pychain.node.Node;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The calls about who is banned. Any node tells; only a boot node bans and lifts that again.
final class Banning {
  private static final int RETRY_SECONDS = 5;

  private final ApiConfig.Limits limits;
  private final Node node;

  Banning(ApiConfig.Limits limits, Node node) {
    this.limits = limits;
    this.node = node;
  }

  /// GET /bans
  Reply list(Request request) {
    List<MemberRecord> bans =
        node.view().members().stream()
            .map(MemberView::record)
            .filter(MemberRecord::isRevoked)
            .toList();
    return Reply.json(json -> {
      json.writeStartObject();
      json.writeArrayFieldStart("bans");
      for (MemberRecord ban : bans) {
        json.writeStartObject();
        json.writeNumberField("guid", ban.guid().value());
        json.writeStringField("public_key", ban.key().toString());
        json.writeNumberField("epoch", ban.certificate().epoch());
        Json.writeTime(json, "since_timestamp", ban.certificate().issued());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    });
  }

  /// PUT /bans/{guid}
  Reply ban(Request request) throws IOException, InterruptedException {
    request.body(0);
    boolean force = request.flag("force");
    return reply(node.ban(guid(request), force));
  }

  /// DELETE /bans/{guid}
  Reply unban(Request request) throws IOException, InterruptedException {
    request.body(0);
    return reply(node.unban(guid(request)));
  }

  private static Guid guid(Request request) {
    return Guid.of((int) Request.number("A GUID", request.segment(0), 0, WireLimits.GUID_MAX));
  }

  private Reply reply(CompletableFuture<Answer> ruling) throws InterruptedException {
    MemberRecord record = await(ruling);
    return Reply.json(json -> write(json, record));
  }

  private static void write(JsonGenerator json, MemberRecord record) throws IOException {
    json.writeStartObject();
    json.writeNumberField("guid", record.guid().value());
    json.writeBooleanField("banned", record.isRevoked());
    json.writeNumberField("epoch", record.certificate().epoch());
    json.writeEndObject();
  }

  private MemberRecord await(CompletableFuture<Answer> ruling) throws InterruptedException {
    try {
      return switch (ruling.get(limits.publishTimeout().toMillis(), TimeUnit.MILLISECONDS)) {
        case Answer.Ruled ruled -> ruled.record();
        case Answer.Overruled overruled -> throw problem(overruled);
        case Answer.Once _, Answer.Covered _, Answer.NotHeld _ ->
            throw new IllegalStateException("not asked");
      };
    } catch (TimeoutException slow) {
      throw Problem.unavailable(
          "Not yet durable, and may yet become so; see GET /bans.", RETRY_SECONDS);
    } catch (ExecutionException failed) {
      throw Problem.unavailable("The node cannot keep up or is stopping.", RETRY_SECONDS);
    }
  }

  private static Problem problem(Answer.Overruled overruled) {
    return switch (overruled.why()) {
      case UNKNOWN, NOT_BANNED -> Problem.notFound(overruled.detail());
      case NO_BOOT_NODE, BOOT_NODE, FINAL -> Problem.conflict(overruled.detail());
      case CANNOT_WRITE -> Problem.unavailable(overruled.detail(), RETRY_SECONDS);
    };
  }
}
