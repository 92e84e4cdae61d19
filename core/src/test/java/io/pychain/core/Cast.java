package io.pychain.core;

import io.pychain.core.message.Address;
import io.pychain.core.message.Batch;
import io.pychain.core.message.Bytes;
import io.pychain.core.message.Certificate;
import io.pychain.core.message.Contact;
import io.pychain.core.message.Contact.Status;
import io.pychain.core.message.Digest;
import io.pychain.core.message.Frame.NetworkInfo;
import io.pychain.core.message.LogId;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.message.Message;
import io.pychain.core.message.NetworkId;
import io.pychain.core.message.ProtocolRange;
import io.pychain.core.ring.Guid;
import io.pychain.core.trust.CheapSignatures;
import io.pychain.core.trust.Mandate;
import io.pychain.core.trust.Networks;
import io.pychain.core.trust.Signer;
import io.pychain.core.wire.BatchCodec;
import io.pychain.core.wire.RecordCodec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Who plays in the tests of the core: members by their GUIDs, with cheap signatures, and what they
/// publish.
public final class Cast {
  /// When the play begins.
  public static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  /// The authority of the network.
  public static final Signer AUTHORITY = CheapSignatures.signer(-1);

  /// The network.
  public static final NetworkInfo NETWORK = new NetworkInfo("test", AUTHORITY.key());

  private static final NetworkId NETWORK_ID = Networks.idOf(NETWORK);

  /// The authority's own right.
  public static final Mandate MANDATE = Mandate.ofAuthority(NETWORK_ID, AUTHORITY);

  private Cast() {}

  /// The key of a member.
  public static Signer signer(int guid) {
    return CheapSignatures.signer(guid);
  }

  /// A member's certificate.
  public static Certificate certificate(int guid, int epoch) {
    var grant = new RecordCodec.Grant(NETWORK_ID, Guid.of(guid), epoch, signer(guid).key(), NOON);
    return RecordCodec.certify(grant, AUTHORITY);
  }

  /// A member's record in epoch 1.
  public static MemberRecord record(int guid, long number) {
    return record(certificate(guid, 1), number, Status.ACTIVE);
  }

  /// A member's record.
  public static MemberRecord record(Certificate certificate, long number, Status status) {
    int guid = certificate.guid().value();
    Contact contact =
        new Contact(
            number,
            List.of(new Address("member-" + guid, 9000)),
            guid == 0 ? List.of(Contact.BOOT) : List.of(),
            "1.0",
            ProtocolRange.OWN,
            status);
    return RecordCodec.sign(certificate, contact, signer(guid));
  }

  /// A record by which the authority bans or pardons a member.
  public static MemberRecord ruling(int guid, int epoch, Status status) {
    long number = status == Status.REVOKED ? Contact.REVOCATION : 1;
    Contact contact = record(guid, 1).contact().ruled(number, status);
    return RecordCodec.sign(certificate(guid, epoch), contact, AUTHORITY);
  }

  /// A member's log in epoch 1.
  public static LogId log(int guid) {
    return new LogId(Guid.of(guid), 1);
  }

  /// A batch of some messages.
  public static Batch batch(LogId log, long firstSeq, Digest previous, int messages) {
    Message message = new Message(Message.JSON, Bytes.utf8("\"" + firstSeq + "\""));
    var draft =
        new BatchCodec.Draft(log, firstSeq, previous, NOON, Collections.nCopies(messages, message));
    return BatchCodec.seal(draft, NETWORK_ID, signer(log.guid().value()));
  }

  /// The beginning of a log, in batches of some messages each.
  public static List<Batch> chain(LogId log, int batches, int messages) {
    List<Batch> chain = new ArrayList<>();
    Digest previous = Digest.ZERO;
    for (int i = 0; i < batches; i++) {
      Batch next = batch(log, 1 + (long) i * messages, previous, messages);
      chain.add(next);
      previous = next.hash();
    }
    return List.copyOf(chain);
  }
}
