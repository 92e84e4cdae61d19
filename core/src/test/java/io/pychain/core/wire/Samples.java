package io.pychain.core.wire;

import io.pychain.core.message.Address;
import io.pychain.core.message.Batch;
import io.pychain.core.message.Bytes;
import io.pychain.core.message.Certificate;
import io.pychain.core.message.Contact;
import io.pychain.core.message.Delegation;
import io.pychain.core.message.Digest;
import io.pychain.core.message.Doorstep;
import io.pychain.core.message.ForkProof;
import io.pychain.core.message.Frame;
import io.pychain.core.message.Frame.LogHead;
import io.pychain.core.message.Frame.NetworkInfo;
import io.pychain.core.message.Frame.Range;
import io.pychain.core.message.Frame.Reason;
import io.pychain.core.message.Frame.RecordHead;
import io.pychain.core.message.Frame.TreeNode;
import io.pychain.core.message.Invite;
import io.pychain.core.message.Lineage;
import io.pychain.core.message.LogId;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.message.Message;
import io.pychain.core.message.NetworkId;
import io.pychain.core.message.OriginLimits;
import io.pychain.core.message.ProtocolRange;
import io.pychain.core.message.Reach;
import io.pychain.core.message.Succession;
import io.pychain.core.ring.Arc;
import io.pychain.core.ring.Guid;
import io.pychain.core.ring.Position;
import io.pychain.core.trust.Domain;
import io.pychain.core.trust.Ed25519;
import io.pychain.core.trust.Mandate;
import io.pychain.core.trust.Networks;
import io.pychain.core.trust.Signer;
import io.pychain.core.trust.Successions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/// Frames of a small network, always the same: a boot node (GUID 0) and a member (GUID 5).
final class Samples {
  static final Signer AUTHORITY = Ed25519.signer(1);
  static final Signer BOOT = Ed25519.signer(2);
  static final Signer MEMBER = Ed25519.signer(3);
  static final NetworkInfo NETWORK = new NetworkInfo("pychain", AUTHORITY.key());
  static final NetworkId NETWORK_ID = Networks.idOf(NETWORK);
  static final Instant NOON = Instant.parse("2026-11-21T12:00:00.123456Z");

  static final Certificate BOOT_CERTIFICATE = certificate(0, BOOT);
  static final Certificate MEMBER_CERTIFICATE = certificate(5, MEMBER);
  static final MemberRecord BOOT_RECORD = RecordCodec.sign(BOOT_CERTIFICATE, bootContact(), BOOT);
  static final MemberRecord MEMBER_RECORD =
      RecordCodec.sign(MEMBER_CERTIFICATE, memberContact(), MEMBER);

  private static final Bytes COOKIE = Bytes.fromHex("0c".repeat(32));

  static final LogId LOG = new LogId(Guid.of(5), 1);
  static final Batch FIRST =
      batch(1, Digest.ZERO, new Message(Message.JSON, Bytes.utf8("{\"n\":1}")));
  static final Batch SECOND =
      batch(
          2,
          FIRST.hash(),
          new Message(Message.EVENT, Bytes.utf8("{\"event\":{\"name\":\"HELLO\",\"args\":{}}}")),
          new Message("application/octet-stream", Bytes.fromHex("00ff")),
          new Message(Message.JSON, Bytes.EMPTY));

  static final Batch RIVAL =
      batch(2, FIRST.hash(), new Message(Message.JSON, Bytes.utf8("{\"n\":2}")));

  private Samples() {}

  /// Every kind of frame, some twice, by a name that begins with that of the kind.
  static Map<String, Frame> frames() {
    Map<String, Frame> frames = new LinkedHashMap<>();
    links(frames);
    frames.put("Join", new Frame.Join(0));
    frames.put("Join for another epoch", new Frame.Join(3));
    frames.put("Join for longer", new Frame.Join(3, true, Optional.empty()));
    frames.put("Admitted", new Frame.Admitted(MEMBER_CERTIFICATE, BOOT_RECORD, false));
    frames.put(
        "Admitted with a key known before",
        new Frame.Admitted(MEMBER_CERTIFICATE, BOOT_RECORD, true));
    frames.put("Push of one message", new Frame.Push(FIRST, new Position(1L << 62), 1));
    frames.put("Push of three messages", new Frame.Push(SECOND, new Position(-1), 255));
    frames.put("Push with a number", new Frame.Push(FIRST, new Position(1), 2, 301));
    frames.put("Announce with a number", new Frame.Announce(MEMBER_RECORD, new Position(9), 4, 2));
    frames.put("Ack with gaps", new Frame.Ack(300, 0b101, false));
    frames.put("Announce", new Frame.Announce(MEMBER_RECORD, new Position(0), 3));
    frames.put("Ack", new Frame.Ack(300));
    frames.put("Ack of urgent ones", new Frame.Ack(7, 0, true));
    sync(frames);
    coverage(frames);
    door(frames);
    parameters(frames);
    rotated(frames);
    return frames;
  }

  private static final Mandate MANDATE = Mandate.ofAuthority(NETWORK_ID, AUTHORITY);

  private static void parameters(Map<String, Frame> frames) {
    OriginLimits both = new OriginLimits(100, 1 << 20, Duration.ofSeconds(10));
    frames.put(
        "Parameters", ParametersCodec.seal(NETWORK_ID, 1_795_262_400_123_456L, both, MANDATE));
    frames.put(
        "Parameters without limits",
        ParametersCodec.seal(NETWORK_ID, 1, OriginLimits.NONE, MANDATE));
  }

  private static void door(Map<String, Frame> frames) {
    Doorstep.Offer free = new Doorstep.Offer(0, NOON.truncatedTo(ChronoUnit.SECONDS), COOKIE);
    Doorstep.Offer dear = new Doorstep.Offer(1_024, free.made(), free.cookie());
    Invite invite = InviteCodec.issue(NETWORK_ID, BOOT.key(), NOON, AUTHORITY);
    byte[] invited = BOOT.sign(Domain.INVITED.statement(NETWORK_ID, MEMBER.key().bytes()));
    frames.put("Knock", new Doorstep.Knock(MEMBER.key(), 0));
    frames.put("Knock with a bid", new Doorstep.Knock(MEMBER.key(), 3));
    frames.put("Quote of nothing", new Doorstep.Quote(NETWORK, free, false));
    frames.put("Quote for the invited", new Doorstep.Quote(NETWORK, dear, true));
    frames.put(
        "Enter for nothing",
        new Doorstep.Enter(MEMBER.key(), free, new Doorstep.Work(Bytes.EMPTY)));
    frames.put(
        "Enter by work",
        new Doorstep.Enter(MEMBER.key(), dear, new Doorstep.Work(Bytes.fromHex("0b".repeat(288)))));
    frames.put(
        "Enter by an invitation",
        new Doorstep.Enter(
            MEMBER.key(), free, new Doorstep.Invitation(invite, Bytes.wrap(invited))));
    frames.put("Welcome", new Doorstep.Welcome());
    Certificate spent =
        RecordCodec.certify(
            new RecordCodec.Grant(
                NETWORK_ID,
                Guid.of(6),
                1,
                Lineage.of(MEMBER.key()),
                NOON,
                Optional.of(BOOT.key()),
                Optional.empty(),
                Optional.empty()),
            AUTHORITY);
    frames.put("Admitted by an invitation", new Frame.Admitted(spent, BOOT_RECORD, false));
    delegated(frames);
  }

  /// Papers that the boot node has signed for the authority.
  private static void delegated(Map<String, Frame> frames) {
    Instant end = NOON.plus(Duration.ofDays(90));
    Delegation delegation = DelegationCodec.issue(NETWORK_ID, BOOT.key(), end, AUTHORITY);
    Mandate mandate = new Mandate(BOOT, Optional.of(delegation), Digest.ZERO.bytes());
    var grant =
        new RecordCodec.Grant(
            NETWORK_ID,
            Guid.of(5),
            2,
            Lineage.of(MEMBER.key()),
            NOON,
            Optional.empty(),
            mandate.delegation(),
            Optional.of(end));
    Certificate certificate = RecordCodec.certify(grant, BOOT);
    frames.put("Admitted by a delegate until", new Frame.Admitted(certificate, BOOT_RECORD, false));
    Invite invite = InviteCodec.issue(NETWORK_ID, MEMBER.key(), end, mandate);
    byte[] invited = MEMBER.sign(Domain.INVITED.statement(NETWORK_ID, MEMBER.key().bytes()));
    Doorstep.Offer free = new Doorstep.Offer(0, NOON.truncatedTo(ChronoUnit.SECONDS), COOKIE);
    frames.put(
        "Enter by an invitation of a delegate",
        new Doorstep.Enter(
            MEMBER.key(), free, new Doorstep.Invitation(invite, Bytes.wrap(invited))));
  }

  /// The member's next key, and the papers on the way to it.
  private static void rotated(Map<String, Frame> frames) {
    Signer next = Ed25519.signer(4);
    Succession wish = Successions.propose(MEMBER_CERTIFICATE, MEMBER, next);
    frames.put("Join with another key", new Frame.Join(1, false, Optional.of(wish)));
    var grant =
        new RecordCodec.Grant(
            NETWORK_ID,
            Guid.of(5),
            wish.epoch(),
            MEMBER_CERTIFICATE.keys().followedBy(wish),
            NOON,
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    Certificate certificate = RecordCodec.certify(grant, AUTHORITY);
    frames.put("Admitted with another key", new Frame.Admitted(certificate, BOOT_RECORD, true));
    MemberRecord heir = RecordCodec.sign(certificate, memberContact(), next);
    frames.put("Announce of another key", new Frame.Announce(heir, new Position(1), 2, 9));
  }

  private static void links(Map<String, Frame> frames) {
    frames.put(
        "Hello of a member",
        new Frame.Hello(
            Optional.of(NETWORK),
            new ProtocolRange(1, 2),
            0x0123456789abcdefL,
            Optional.of(MEMBER_RECORD),
            "192.0.2.7"));
    frames.put(
        "Hello of a newcomer",
        new Frame.Hello(Optional.empty(), new ProtocolRange(1, 1), 0, Optional.empty(), ""));
    for (Reason reason : Reason.values()) {
      frames.put("Goodbye " + reason, new Frame.Goodbye(reason, "say why, and what to do: ä €"));
    }
    Contact said = memberContact();
    frames.put(
        "Announce of a ban",
        new Frame.Announce(
            ruling(said.ruled(Contact.REVOCATION, Contact.Status.REVOKED)), new Position(1), 2, 7));
    frames.put(
        "Announce of a pardon",
        new Frame.Announce(
            ruling(said.ruled(NOON.getEpochSecond(), Contact.Status.PARDONED)),
            new Position(1),
            2,
            8));
    frames.put("Ping", new Frame.Ping(-2));
    frames.put("Ping in alarm", new Frame.Ping(1, true));
    frames.put("Pong", new Frame.Pong(7));
  }

  private static void sync(Map<String, Frame> frames) {
    LogId other = new LogId(Guid.of(300), 2);
    LogId third = new LogId(Guid.of(301), 1);
    List<LogHead> heads = List.of(new LogHead(LOG, 4), new LogHead(other, 0));
    frames.put("SyncRequest", new Frame.SyncRequest(-1, 1_000_000));
    frames.put("SyncRequest for all", new Frame.SyncRequest(0, 0));
    frames.put("Summary", new Frame.Summary(99, 1_000, 2, 0xfedcba9876543210L));
    frames.put(
        "Heads",
        new Frame.Heads(99, 3, 4, heads, List.of(new RecordHead(Guid.of(5), 1, 1_795_262_400L))));
    frames.put(
        "Heads with hashes and a fork",
        new Frame.Heads(
            99, 4, 4, List.of(new LogHead(LOG, 4, 1L << 62)), List.of(), List.of(other)));
    frames.put("Fork", new Frame.Fork(new ForkProof(SECOND, RIVAL), new Position(7), 2, 9));
    frames.put("ForksWanted", new Frame.ForksWanted(List.of(LOG, other)));
    frames.put("Heads of nothing new", new Frame.Heads(99, 4, 4, List.of(), List.of()));
    frames.put(
        "SyncRequest with a summary",
        new Frame.SyncRequest(7, 5, Optional.of(new Frame.Summary(99, 1_000, 2, 3))));
    frames.put(
        "News",
        new Frame.News(900, 1_000, List.of(heads.get(0), new LogHead(third, 9)), List.of()));
    frames.put(
        "News of these rows only",
        new Frame.News(0, 0, heads, List.of(new RecordHead(Guid.of(5), 2, 1_795_262_400L))));
    frames.put("Probe", new Frame.Probe(List.of(new TreeNode(1, 3), new TreeNode(0, 300))));
    frames.put(
        "Hashes", new Frame.Hashes(new TreeNode(1, 3), LongStream.range(-4, 12).boxed().toList()));
    frames.put("Fetch", new Frame.Fetch(8, List.of(new Range(LOG, 1, 4), new Range(other, 7, 7))));
    frames.put(
        "Batches", new Frame.Batches(8, List.of(FIRST, SECOND), List.of(heads.get(0)), true));
    frames.put("Batches of nothing", new Frame.Batches(9, List.of(), List.of(), false));
    frames.put("RecordsWanted", new Frame.RecordsWanted(List.of(Guid.of(0), Guid.of(5))));
    frames.put("Records", new Frame.Records(List.of(BOOT_RECORD, MEMBER_RECORD)));
  }

  private static void coverage(Map<String, Frame> frames) {
    Arc stretch = new Arc(new Position(1L << 62), new Position(-1L << 62));
    frames.put(
        "Survey", new Reach.Survey(7, new LogHead(LOG, 4), stretch, Duration.ofMillis(4_375)));
    frames.put(
        "Tally",
        new Reach.Tally(7, 998, 1_000, List.of(Guid.of(5), Guid.of(WireLimits.GUID_MAX)), false));
    frames.put("Tally of all", new Reach.Tally(7, 1_000, 1_000, List.of(), true));
    frames.put("Tally that refuses", new Reach.Tally(8, 0, 0, List.of(), true));
  }

  static Batch batch(long firstSeq, Digest previous, Message... messages) {
    BatchCodec.Draft draft = new BatchCodec.Draft(LOG, firstSeq, previous, NOON, List.of(messages));
    return BatchCodec.seal(draft, NETWORK_ID, MEMBER);
  }

  private static Certificate certificate(int guid, Signer member) {
    return RecordCodec.certify(
        new RecordCodec.Grant(NETWORK_ID, Guid.of(guid), 1, member.key(), NOON), AUTHORITY);
  }

  private static MemberRecord ruling(Contact contact) {
    return RecordCodec.sign(MEMBER_CERTIFICATE, contact, AUTHORITY);
  }

  private static Contact bootContact() {
    return new Contact(
        NOON.getEpochSecond(),
        List.of(new Address("boot.example", 9000), new Address("2001:db8::1", 9001)),
        List.of(Contact.BOOT),
        "0.1.0",
        new ProtocolRange(1, 1),
        Contact.Status.ACTIVE);
  }

  private static Contact memberContact() {
    return new Contact(
        NOON.getEpochSecond() + 1,
        List.of(),
        List.of(),
        "",
        new ProtocolRange(1, 3),
        Contact.Status.LEFT);
  }
}
