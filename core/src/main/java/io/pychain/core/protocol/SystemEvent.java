package io.pychain.core.protocol;

import io.pychain.core.message.Address;
import io.pychain.core.message.Bytes;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.message.Message;

/// Events that a node publishes of itself; applications see them in the message stream like any
/// other.
enum SystemEvent {
  /// A node is new, or is back after it had left.
  PEER_JOINED,
  /// A node is about to leave.
  PEER_LEAVING,
  /// A node is reached elsewhere than before.
  ADDRESS_CHANGED;

  /// The event about a member: `{"event": {"name": …, "args": {"guid": 7, "address": …}}}`.
  Message about(MemberRecord member) {
    String address =
        member.contact().addresses().stream()
            .findFirst()
            .map(Address::toString)
            .map(text -> "\"" + text + "\"")
            .orElse("null");
    String args = "{\"guid\":" + member.guid() + ",\"address\":" + address + "}";
    String event = "{\"event\":{\"name\":\"" + name() + "\",\"args\":" + args + "}}";
    return new Message(Message.EVENT, Bytes.utf8(event));
  }
}
