package io.pychain.node.api;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.pychain.core.failure.Suspicion;
import io.pychain.core.message.Bytes;
import io.pychain.core.message.Message;
import io.pychain.core.ring.Guid;
import java.io.IOException;
import java.util.function.IntPredicate;

/// Reads what an application wants published out of its JSON wrapping:
///
/// ```
///   {"data": ANY_JSON}                           →  application/json, ANY_JSON byte for byte
///   {"event": {"name": "…", "args": {…}}}        →  the event's media type, {"event": …} likewise,
///                                                   with "args": {} where there were none
/// ```
///
/// A value is cut out of the client's bytes and never written anew, so that numbers keep their
/// digits and objects their order.
final class Envelope {
  private static final String USAGE =
      "send {\"data\": ANY_JSON} or {\"event\": {\"name\": \"NAME\", \"args\": {…}}}";

  private final Bytes body;
  private final Events events;

  private Envelope(Bytes body, IntPredicate isMember) {
    this.body = body;
    this.events = new Events(isMember);
  }

  /// Reads one message.
  ///
  /// @param isMember whether a GUID is known
  /// @throws Problem 400 if it is neither form
  static Message read(Bytes body, IntPredicate isMember) {
    if (!Json.isText(body)) {
      throw Problem.malformed("The body is not UTF-8 without a byte order mark; " + USAGE + ".");
    }
    Envelope envelope = new Envelope(body, isMember);
    try (JsonParser json = Json.parser(body)) {
      return envelope.read(json);
    } catch (StreamConstraintsException beyond) {
      throw Problem.malformed(
          ("The JSON goes beyond a limit: values at most %d deep, "
                  + "numbers of at most %d digits, names of at most %d characters.")
              .formatted(Json.DEPTH_MAX, Json.NUMBER_LENGTH_MAX, Json.NAME_LENGTH_MAX));
    } catch (JsonParseException malformed) {
      var location = malformed.getLocation();
      String place = location == null ? "" : " near byte " + location.getByteOffset();
      throw Problem.malformed("The body is not JSON" + place + "; " + USAGE + ".");
    } catch (IOException malformed) {
      throw Problem.malformed("The body is not JSON; " + USAGE + ".");
    }
  }

  private Message read(JsonParser json) throws IOException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw Problem.malformed("The body is no JSON object; " + USAGE + ".");
    }
    if (json.nextToken() != JsonToken.FIELD_NAME) {
      throw Problem.malformed("The JSON object is empty; " + USAGE + ".");
    }
    Message message =
        switch (json.currentName()) {
          case "data" -> data(json);
          case "event" -> event(json);
          default -> throw Problem.malformed("Unknown property; " + USAGE + ".");
        };
    if (json.nextToken() != JsonToken.END_OBJECT) {
      throw Problem.malformed("One message has one \"data\" or one \"event\"; " + USAGE + ".");
    }
    if (json.nextToken() != null) {
      throw Problem.malformed("Something follows the JSON object; " + USAGE + ".");
    }
    return message;
  }

  private Message data(JsonParser json) throws IOException {
    json.nextToken();
    int from = start(json);
    Json.skipValue(json);
    return new Message(Message.JSON, body.slice(from, end(json)));
  }

  private Message event(JsonParser json) throws IOException {
    json.nextToken();
    int from = start(json);
    boolean hasArgs = events.check(json);
    if (events.suspect().isPresent()) {
      return Suspicion.bare(Guid.of(events.suspect().getAsInt()));
    }
    String properties = body.slice(from + 1, end(json)).utf8();
    String opening = hasArgs ? "{\"event\":{" : "{\"event\":{\"args\":{},";
    return new Message(Message.EVENT, Bytes.utf8(opening + properties + "}"));
  }

  private static int start(JsonParser json) {
    return (int) json.currentTokenLocation().getByteOffset();
  }

  private static int end(JsonParser json) {
    return (int) json.currentLocation().getByteOffset();
  }
}
