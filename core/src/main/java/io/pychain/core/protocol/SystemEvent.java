package io.pychain.core.protocol;

import io.pychain.core.message.Address;
import io.pychain.core.message.Bytes;
import io.pychain.core.message.ForkProof;
import io.pychain.core.message.LogId;
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
  ADDRESS_CHANGED,
  /// A log has been proven to be forked. Told by who found it.
  FORK_FOUND;

  /// The event about a fork: `{"event": {"name": "FORK_FOUND", "args": {"guid": 7, "epoch": 1,
  /// "seq": 42}}}`, with the first number of which there are two stories.
  static Message forkFound(ForkProof proof) {
    LogId log = proof.log();
    return FORK_FOUND.with(
        "{\"guid\":%s,\"epoch\":%d,\"seq\":%d}".formatted(log.guid(), log.epoch(), proof.seq()));
  }

  /// The event about a member: `{"event": {"name": …, "args": {"guid": 7, "address": …}}}`.
  Message about(MemberRecord member) {
    String address =
        member.contact().addresses().stream()
            .findFirst()
            .map(Address::toString)
            .map(text -> "\"" + text + "\"")
            .orElse("null");
    return with("{\"guid\":" + member.guid() + ",\"address\":" + address + "}");
  }

  private Message with(String args) {
    String event = "{\"event\":{\"name\":\"" + name() + "\",\"args\":" + args + "}}";
    return new Message(Message.EVENT, Bytes.utf8(event));
  }
}
