package io.pychain.node.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.pychain.core.message.Message;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;

/// What an application may call an event, and what the arguments of the system's own must be.
///
/// `DEAD_PEER` is the one event of the system that an application may publish: it is a suspicion
/// like any other. The rest only a node itself can know.
final class Events {
  /// The suspicion that a member is dead; its argument `guid` names it.
  static final String DEAD_PEER = "DEAD_PEER";

  /// Events that only nodes publish.
  static final List<String> RESERVED =
      Message.SYSTEM_EVENTS.stream().filter(name -> !name.equals(DEAD_PEER)).toList();

  private static final Pattern NAME = Pattern.compile("[A-Z0-9_]{1,64}");
  private static final String NAMES =
      "an event's name has 1 to 64 of the characters A-Z, 0-9 and _";

  private final IntPredicate isMember;
  private OptionalInt suspect = OptionalInt.empty();

  /// @param isMember whether a GUID is known
  Events(IntPredicate isMember) {
    this.isMember = isMember;
  }

  /// Reads the object `{"name": …, "args": {…}}` that begins at the present token, to its end.
  ///
  /// @return whether it has arguments
  /// @throws Problem 400 if it is not one that an application may publish
  boolean check(JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw Problem.malformed("\"event\" is an object with \"name\" and \"args\".");
    }
    String name = "";
    boolean args = false;
    Args read = Args.NONE;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String property = json.currentName();
      JsonToken value = json.nextToken();
      if (property.equals("name") && name.isEmpty() && value == JsonToken.VALUE_STRING) {
        name = checkedName(json.getText());
      } else if (property.equals("args") && !args && value == JsonToken.START_OBJECT) {
        args = true;
        read = readArgs(json);
      } else {
        throw Problem.malformed(
            "An event has one \"name\", a text, and at most one \"args\", an object, no more.");
      }
    }
    checkComplete(name, read.guid());
    boolean bare = name.equals(DEAD_PEER) && read.count() == 1;
    suspect = bare ? OptionalInt.of(read.guid()) : OptionalInt.empty();
    return args;
  }

  /// Whom the event that was checked last suspects, if it says nothing else: nodes then count it as
  /// a suspicion.
  OptionalInt suspect() {
    return suspect;
  }

  /// What the arguments of an event come to.
  ///
  /// @param count how many there are
  /// @param guid the value of the one `guid` if it can be one, otherwise -1
  private record Args(int count, int guid) {
    static final Args NONE = new Args(0, -1);
  }

  private void checkComplete(String name, int guid) {
    if (name.isEmpty()) {
      throw Problem.malformed("The event has no \"name\"; " + NAMES + ".");
    }
    if (name.equals(DEAD_PEER) && guid < 0) {
      throw Problem.malformed("DEAD_PEER needs the argument \"guid\", a whole number from 0 on.");
    }
    if (name.equals(DEAD_PEER) && !isMember.test(guid)) {
      throw Problem.malformed("No member of this network has GUID " + guid + "; see GET /nodes.");
    }
  }

  private static String checkedName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw Problem.malformed("The event's name is not allowed: " + NAMES + ".");
    }
    if (RESERVED.contains(name)) {
      throw Problem.malformed(
          "Only nodes themselves publish " + name + "; choose another name for your event.");
    }
    return name;
  }

  /// Reads the arguments to their end.
  private static Args readArgs(JsonParser json) throws IOException {
    int guid = -1;
    int guids = 0;
    int count = 0;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      boolean named = json.currentName().equals("guid");
      JsonToken value = json.nextToken();
      count++;
      if (named) {
        guids++;
        guid = value == JsonToken.VALUE_NUMBER_INT ? guid(json) : -1;
      }
      Json.skipValue(json);
    }
    return new Args(count, guids == 1 ? guid : -1);
  }

  private static int guid(JsonParser json) throws IOException {
    String digits = json.getText();
    return digits.matches("[0-9]{1,9}") ? Integer.parseInt(digits) : -1;
  }
}
