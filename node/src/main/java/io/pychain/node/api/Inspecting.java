package io.pychain.node.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.pychain.core.failure.State;
import io.pychain.core.message.Bytes;
import io.pychain.core.message.Certificate;
import io.pychain.core.message.Contact;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.message.ProtocolRange;
import io.pychain.core.protocol.NodeView;
import io.pychain.core.protocol.NodeView.LinkView;
import io.pychain.core.protocol.NodeView.MemberView;
import io.pychain.node.Node;
import io.pychain.node.Node.LinkTraffic;
import io.pychain.node.StatusProof;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The calls that look at the node and at what it knows of the network.
final class Inspecting {
  private static final LinkTraffic NOTHING = new LinkTraffic(0, 0, 0, 0);

  private final Node node;
  private final ApiConfig config;

  Inspecting(ApiConfig config, Node node) {
    this.config = config;
    this.node = node;
  }

  /// GET /status
  Reply status(Request request) {
    Optional<Bytes> nonce = request.parameter("nonce").map(Inspecting::nonce);
    NodeView view = node.view();
    long held = StoreRead.of(node::held);
    return Reply.json(json -> {
      json.writeStartObject();
      writeNetwork(json);
      writeSelf(json, view.self());
      writeMembers(json, view.members());
      json.writeNumberField("links", view.links().size());
      writeMessages(json, view, held);
      json.writeObjectFieldStart("sync");
      Json.writeTime(json, "last_timestamp", view.lastSync());
      json.writeNumberField("behind", view.behind());
      json.writeEndObject();
      if (nonce.isPresent()) {
        writeProof(json, view.self().certificate(), nonce.get());
      }
      json.writeEndObject();
    });
  }

  private static Bytes nonce(String hex) {
    int min = StatusProof.NONCE_BYTES_MIN;
    int max = StatusProof.NONCE_BYTES_MAX;
    if (!hex.matches("([0-9A-Fa-f]{2}){" + min + "," + max + "}")) {
      throw Problem.malformed("nonce is " + min + " to " + max + " random bytes in hexadecimal.");
    }
    return Bytes.fromHex(hex);
  }

  private void writeNetwork(JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("network");
    json.writeStringField("name", node.network().name());
    json.writeStringField("id", node.networkId().toString());
    json.writeStringField("authority_key", node.network().authority().toString());
    json.writeEndObject();
  }

  private void writeSelf(JsonGenerator json, MemberRecord self) throws IOException {
    json.writeObjectFieldStart("node");
    json.writeNumberField("guid", self.guid().value());
    json.writeStringField("role", role(self));
    json.writeStringField("public_key", self.key().toString());
    json.writeStringField("version", self.contact().version());
    writeProtocol(json, self.contact().protocol());
    writeAddress(json, self.contact());
    Json.writeTime(json, "started_timestamp", node.started());
    json.writeEndObject();
  }

  private static String role(MemberRecord record) {
    return record.contact().capabilities().contains(Contact.BOOT) ? "boot" : "client";
  }

  private static void writeProtocol(JsonGenerator json, ProtocolRange range) throws IOException {
    json.writeObjectFieldStart("protocol");
    json.writeNumberField("min", range.min());
    json.writeNumberField("max", range.max());
    json.writeEndObject();
  }

  private static void writeAddress(JsonGenerator json, Contact contact) throws IOException {
    if (contact.addresses().isEmpty()) {
      json.writeNullField("address");
    } else {
      json.writeStringField("address", contact.addresses().getFirst().toString());
    }
  }

  private static void writeMembers(JsonGenerator json, List<MemberView> members)
      throws IOException {
    json.writeObjectFieldStart("members");
    for (State state : State.values()) {
      json.writeNumberField(word(state), members.stream().filter(m -> m.state() == state).count());
    }
    json.writeNumberField(
        "max_guid", members.stream().mapToInt(m -> m.record().guid().value()).max().orElse(0));
    json.writeEndObject();
  }

  private static void writeMessages(JsonGenerator json, NodeView view, long held)
      throws IOException {
    NodeView.Counts counts = view.counts();
    json.writeObjectFieldStart("messages");
    json.writeNumberField("held", held);
    json.writeNumberField("published", counts.published());
    json.writeNumberField(
        "delivered", counts.deliveredPush() + counts.deliveredSync() + counts.deliveredLocal());
    json.writeNumberField("last_offset", view.lastOffset());
    json.writeEndObject();
  }

  private void writeProof(JsonGenerator json, Certificate certificate, Bytes nonce)
      throws IOException {
    json.writeObjectFieldStart("proof");
    json.writeStringField("nonce", nonce.hex());
    json.writeStringField("signature", node.prove(nonce).hex());
    json.writeObjectFieldStart("certificate");
    json.writeStringField("content", certificate.sealed().content().hex());
    json.writeStringField("signature", certificate.sealed().signature().hex());
    json.writeEndObject();
    json.writeEndObject();
  }

  /// GET /capabilities
  Reply capabilities(Request request) {
    MemberRecord self = node.view().self();
    return Reply.json(json -> {
      json.writeStartObject();
      json.writeStringField("version", self.contact().version());
      writeProtocol(json, self.contact().protocol());
      writeWords(json, "features", self.contact().capabilities());
      json.writeObjectFieldStart("limits");
      json.writeNumberField("message_bytes_max", config.messageBytesMax());
      json.writeNumberField("bulk_bytes_max", config.limits().bulkBytesMax());
      json.writeNumberField("bulk_lines_max", config.limits().bulkLinesMax());
      json.writeNumberField("messages_limit_max", Reading.LIMIT_MAX);
      json.writeNumberField("streams_max", config.limits().streamsMax());
      json.writeNumberField("json_depth_max", Json.DEPTH_MAX);
      json.writeEndObject();
      json.writeEndObject();
    });
  }

  /// GET /nodes
  Reply nodes(Request request) {
    List<MemberView> members = node.view().members();
    return Reply.json(json -> {
      json.writeStartObject();
      json.writeArrayFieldStart("nodes");
      for (MemberView member : members) {
        writeNode(json, member);
      }
      json.writeEndArray();
      json.writeEndObject();
    });
  }

  /// GET /nodes/{guid}
  Reply node(Request request) {
    long guid = Request.number("A GUID", request.segment(0), 0, Integer.MAX_VALUE);
    MemberView member =
        node.view().members().stream()
            .filter(m -> m.record().guid().value() == guid)
            .findFirst()
            .orElseThrow(
                () -> Problem.notFound("No member has GUID " + guid + "; see GET /nodes."));
    return Reply.json(json -> writeNode(json, member));
  }

  private static void writeNode(JsonGenerator json, MemberView member) throws IOException {
    Contact contact = member.record().contact();
    json.writeStartObject();
    json.writeNumberField("guid", member.record().guid().value());
    writeAddress(json, contact);
    json.writeStringField("role", role(member.record()));
    json.writeStringField("state", word(member.state()));
    json.writeStringField("version", contact.version());
    writeProtocol(json, contact.protocol());
    writeWords(json, "capabilities", contact.capabilities());
    Json.writeTime(json, "last_heard_timestamp", member.lastHeard());
    json.writeNumberField("unresponsive_count", member.unresponsiveCount());
    json.writeBooleanField("linked", member.linked());
    json.writeBooleanField("forked", member.forked());
    Json.writeTime(json, "away_until_timestamp", member.awayUntil());
    json.writeEndObject();
  }

  /// GET /links
  Reply links(Request request) {
    List<LinkView> links = node.view().links();
    Map<io.pychain.core.link.LinkId, LinkTraffic> traffic = node.traffic();
    return Reply.json(json -> {
      json.writeStartArray();
      for (LinkView link : links) {
        writeLink(json, link, traffic.getOrDefault(link.link(), NOTHING));
      }
      json.writeEndArray();
    });
  }

  private static void writeLink(JsonGenerator json, LinkView link, LinkTraffic traffic)
      throws IOException {
    json.writeStartObject();
    json.writeNumberField("guid", link.guid().value());
    writeWords(json, "kind", link.kinds().stream().map(Inspecting::word).toList());
    json.writeNumberField("protocol", link.version());
    Optional<Duration> roundTrip = link.roundTrip();
    if (roundTrip.isPresent()) {
      json.writeNumberField("rtt_ms", Math.round(roundTrip.get().toNanos() / 1e3) / 1e3);
    } else {
      json.writeNullField("rtt_ms");
    }
    json.writeNumberField("sent_bytes", traffic.sentBytes());
    json.writeNumberField("received_bytes", traffic.receivedBytes());
    json.writeNumberField("queued_bytes", traffic.queuedBytes());
    Json.writeTime(json, "since_timestamp", link.since());
    json.writeEndObject();
  }

  private static void writeWords(JsonGenerator json, String name, List<String> words)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (String word : words) {
      json.writeString(word);
    }
    json.writeEndArray();
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
