package io.pychain.node.api;

import io.pychain.core.failure.State;
import io.pychain.core.message.Address;
import io.pychain.core.message.Certificate;
import io.pychain.core.message.Contact;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.message.NodeKey;
import io.pychain.core.message.ProtocolRange;
import io.pychain.core.protocol.NodeView.MemberView;
import io.pychain.core.ring.Guid;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Members as a [FakeNode] knows them.
final class FakeMember {
  private FakeMember() {}

  static MemberView of(
      int guid, String capability, State state, Optional<Instant> heard, boolean linked) {
    NodeKey key = NodeKey.fromHex("%02x".formatted(guid).repeat(32));
    Certificate certificate =
        new Certificate(
            FakeNode.NETWORK,
            Guid.of(guid),
            1,
            key,
            FakeNode.START,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            FakeNode.SEALED);
    List<Address> addresses = List.of(new Address("127.0.0.1", 9_000 + guid));
    Contact contact =
        new Contact(
            1, addresses, List.of(capability), "0.1.0", ProtocolRange.OWN, Contact.Status.ACTIVE);
    MemberRecord record = new MemberRecord(certificate, contact, FakeNode.SEALED);
    return new MemberView(
        record, state, heard, state == State.DEAD ? 3 : 0, linked, false, Optional.empty());
  }
}
