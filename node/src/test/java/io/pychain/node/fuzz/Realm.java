package io.pychain.node.fuzz;

import io.pychain.core.message.Address;
import io.pychain.core.message.Batch;
import io.pychain.core.message.Bytes;
import io.pychain.core.message.Certificate;
import io.pychain.core.message.Contact;
import io.pychain.core.message.Contact.Status;
import io.pychain.core.message.Delegation;
import io.pychain.core.message.Digest;
import io.pychain.core.message.ForkProof;
import io.pychain.core.message.Frame;
import io.pychain.core.message.Frame.NetworkInfo;
import io.pychain.core.message.Lineage;
import io.pychain.core.message.LogId;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.message.Message;
import io.pychain.core.message.NetworkId;
import io.pychain.core.message.OriginLimits;
import io.pychain.core.message.Parameters;
import io.pychain.core.message.ProtocolRange;
import io.pychain.core.ring.Guid;
import io.pychain.core.ring.Position;
import io.pychain.core.trust.Mandate;
import io.pychain.core.trust.Networks;
import io.pychain.core.trust.Signer;
import io.pychain.core.wire.BatchCodec;
import io.pychain.core.wire.DelegationCodec;
import io.pychain.core.wire.ParametersCodec;
import io.pychain.core.wire.RecordCodec;
import io.pychain.node.keys.NodeKeys;
import io.pychain.node.keys.SeededKeys;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A network as its members have signed it: eight members with a log of some batches each, and
/// everything that they would send. Member 1 is a boot node that signs for the authority as well:
/// every other certificate is by it, and those of the upper half of GUIDs end.
final class Realm {
  static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  static final Instant DELEGATED_UNTIL = NOON.plus(Duration.ofDays(10_000));
  static final int MEMBERS = 8;

  /// By which nothing is dealt here.
  static final Bytes SECRET = Bytes.wrap(new byte[32]);

  private static final int DELEGATE = 1;
  private static final int BATCHES = 4;

  private final NodeKeys authority;
  private final NetworkInfo info;
  private final Mandate delegate;
  private final List<MemberRecord> records = new ArrayList<>();
  private final List<List<Batch>> logs = new ArrayList<>();

  /// @param name of the network
  /// @param authority seed of its key; members of the same GUID have the same key in every realm
  Realm(String name, int authority) {
    this.authority = SeededKeys.of(authority);
    this.info = new NetworkInfo(name, this.authority.key());
    Delegation delegation =
        DelegationCodec.issue(id(), keys(DELEGATE).key(), DELEGATED_UNTIL, authority());
    this.delegate = new Mandate(keys(DELEGATE).signer(), Optional.of(delegation), SECRET);
    for (int guid = 0; guid < MEMBERS; guid++) {
      records.add(record(guid, 1, NOON.getEpochSecond()));
      logs.add(log(guid));
    }
  }

  static NodeKeys keys(int guid) {
    return SeededKeys.of(100 + guid);
  }

  NetworkInfo info() {
    return info;
  }

  NetworkId id() {
    return Networks.idOf(info);
  }

  Signer authority() {
    return authority.signer();
  }

  /// What member 1 signs by.
  Mandate delegate() {
    return delegate;
  }

  MemberRecord record(int guid) {
    return records.get(guid);
  }

  List<Batch> batches(int guid) {
    return logs.get(guid);
  }

  /// A record that the authority and the member have signed.
  MemberRecord record(int guid, int epoch, long number) {
    Mandate mandate = guid % 2 == 1 ? delegate : Mandate.ofAuthority(id(), authority());
    Certificate certificate = certificate(guid, epoch, NOON, mandate);
    Contact contact =
        new Contact(
            number,
            List.of(new Address("127.0.0.1", 9_000 + guid)),
            guid == 0 ? List.of(Contact.BOOT) : List.of(),
            "1.0",
            ProtocolRange.OWN,
            Contact.Status.ACTIVE);
    return RecordCodec.sign(certificate, contact, keys(guid).signer());
  }

  /// By whoever claims to sign for the authority.
  Certificate certificate(int guid, int epoch, Instant issued, Mandate mandate) {
    var grant =
        new RecordCodec.Grant(
            id(),
            Guid.of(guid),
            epoch,
            Lineage.of(keys(guid).key()),
            issued,
            Optional.empty(),
            mandate.delegation(),
            Optional.of(issued.plus(Duration.ofDays(400))).filter(_ -> guid >= MEMBERS / 2));
    return RecordCodec.certify(grant, mandate.signer());
  }

  /// A member banned and pardoned by the authority, and another banned by its delegate.
  List<MemberRecord> rulings() {
    Mandate authority = Mandate.ofAuthority(id(), authority());
    return List.of(
        ruling(2, 67, Status.REVOKED, authority),
        ruling(2, 131, Status.PARDONED, authority),
        ruling(6, 67, Status.REVOKED, delegate));
  }

  MemberRecord ruling(int guid, int epoch, Status verdict, Mandate mandate) {
    Certificate certificate = certificate(guid, epoch, NOON.plusSeconds(1), mandate);
    long number = verdict == Status.REVOKED ? Contact.REVOCATION : NOON.getEpochSecond() + 1;
    Contact contact = records.get(guid).contact().ruled(number, verdict);
    return RecordCodec.sign(certificate, contact, mandate.signer());
  }

  /// What the authority, and later its delegate, has laid down.
  List<Parameters> parameters() {
    OriginLimits limits = new OriginLimits(50, 100_000, Duration.ofSeconds(5));
    Mandate authority = Mandate.ofAuthority(id(), authority());
    return List.of(
        ParametersCodec.seal(id(), micros(NOON), limits, authority),
        ParametersCodec.seal(id(), micros(NOON) + 1, limits, delegate));
  }

  /// Microseconds since 1970.
  static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }

  private List<Batch> log(int guid) {
    List<Batch> log = new ArrayList<>();
    Digest previous = Digest.ZERO;
    long next = 1;
    for (int i = 0; i < BATCHES; i++) {
      Batch batch = batch(new LogId(Guid.of(guid), 1), next, previous, 1 + i);
      log.add(batch);
      previous = batch.hash();
      next = batch.lastSeq() + 1;
    }
    return List.copyOf(log);
  }

  /// A batch that the member has signed, whether or not it fits its log.
  Batch batch(LogId log, long firstSeq, Digest previous, int messages) {
    List<Message> content = new ArrayList<>();
    for (int i = 0; i < messages; i++) {
      content.add(new Message(Message.JSON, Bytes.utf8("{\"n\":" + (firstSeq + i) + "}")));
    }
    var draft = new BatchCodec.Draft(log, firstSeq, previous, NOON, content);
    return BatchCodec.seal(draft, id(), keys(log.guid().value()).signer());
  }

  /// Every kind of frame that carries a signature.
  List<Frame> signedFrames() {
    List<Frame> frames = new ArrayList<>();
    for (int guid = 0; guid < MEMBERS; guid++) {
      MemberRecord record = records.get(guid);
      List<Batch> log = logs.get(guid);
      frames.add(new Frame.Push(log.get(0), new Position(guid), 1, 1));
      frames.add(new Frame.Announce(record, new Position(guid), 1, 2));
      frames.add(new Frame.Batches(1, log, List.of(), true));
      frames.add(
          new Frame.Hello(
              Optional.of(info), ProtocolRange.OWN, 7, Optional.of(record), "127.0.0.1"));
      frames.add(new Frame.Admitted(record.certificate(), records.get(0), false));
    }
    frames.add(new Frame.Records(records));
    rulings().forEach(ruling -> frames.add(new Frame.Announce(ruling, new Position(2), 1, 4)));
    frames.add(new Frame.Records(rulings()));
    frames.addAll(parameters());
    frames.add(new Frame.Fork(fork(), new Position(5), 1, 3));
    return frames;
  }

  /// Two stories that member 7 has told.
  private ForkProof fork() {
    Batch one = logs.get(7).get(1);
    return new ForkProof(one, batch(one.log(), one.firstSeq(), one.previous(), 1));
  }
}
