package io.pychain.core.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.message.Address;
import io.pychain.core.message.Bytes;
import io.pychain.core.message.Contact;
import io.pychain.core.message.Frame.Hello;
import io.pychain.core.message.Frame.NetworkInfo;
import io.pychain.core.message.Frame.Reason;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.message.NodeKey;
import io.pychain.core.message.ProtocolRange;
import io.pychain.core.protocol.Handshake.Guest;
import io.pychain.core.protocol.Handshake.Member;
import io.pychain.core.protocol.Handshake.Outcome;
import io.pychain.core.protocol.Handshake.Refused;
import io.pychain.core.ring.Guid;
import io.pychain.core.trust.KnownKeys;
import io.pychain.core.trust.Networks;
import io.pychain.core.trust.SignatureScheme;
import io.pychain.core.trust.Signer;
import io.pychain.core.trust.Verifier;
import io.pychain.core.wire.RecordCodec;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HandshakeTest {
  private static final Signer AUTHORITY = signer(100);
  private static final NetworkInfo NETWORK = new NetworkInfo("here", AUTHORITY.key());
  private static final NetworkInfo ELSEWHERE = new NetworkInfo("elsewhere", AUTHORITY.key());
  private static final Address BOOT = new Address("boot.example.org", 9000);

  private final Signer mine = signer(1);
  private final Signer theirs = signer(2);
  private final MemberRecord myRecord = record(0, mine, List.of(Contact.BOOT));
  private final MemberRecord theirRecord = record(7, theirs, List.of());
  private final Hello own = hello(NETWORK, ProtocolRange.OWN, myRecord);

  @Test
  void memberOfThisNetworkIsTaken() {
    Outcome outcome = judge(hello(NETWORK, ProtocolRange.OWN, theirRecord));

    assertThat(outcome).isEqualTo(new Member(theirRecord, 42, ProtocolRange.OWN.max()));
  }

  @Test
  void newcomerIsAGuestOfABootNode() {
    Outcome outcome = judge(newcomer());

    assertThat(outcome).isEqualTo(new Guest(theirs.key()));
  }

  @Test
  void newcomerIsSentFromAnOrdinaryMemberToABootNode() {
    Hello ordinary = hello(NETWORK, ProtocolRange.OWN, record(0, mine, List.of()));

    Outcome outcome =
        new Handshake(ordinary, verifier(), Optional.of(BOOT), _ -> false)
            .judge(newcomer(), theirs.key());

    assertRefused(outcome, Reason.NOT_A_BOOT_NODE, "join by boot.example.org:9000");
  }

  @Test
  void newcomerIsToldWhenNoBootNodeIsKnown() {
    Hello ordinary = hello(NETWORK, ProtocolRange.OWN, record(0, mine, List.of()));

    Outcome outcome =
        new Handshake(ordinary, verifier(), Optional.empty(), _ -> false)
            .judge(newcomer(), theirs.key());

    assertRefused(outcome, Reason.NOT_A_BOOT_NODE, "knows none");
  }

  @Test
  void newcomersDoNotAdmitEachOther() {
    Outcome outcome =
        new Handshake(newcomer(), verifier(), Optional.empty(), _ -> false)
            .judge(newcomer(), theirs.key());

    assertThat(outcome).isInstanceOf(Refused.class);
  }

  @Test
  void newcomerTakesTheBootNodeWhateverItsNetwork() {
    Handshake handshake = new Handshake(newcomer(), verifier(), Optional.empty(), _ -> false);

    Outcome outcome = handshake.judge(hello(NETWORK, ProtocolRange.OWN, theirRecord), theirs.key());

    assertThat(outcome).isEqualTo(new Member(theirRecord, 42, ProtocolRange.OWN.max()));
  }

  @Test
  void highestVersionThatBothSpeakIsSpoken() {
    ProtocolRange older = new ProtocolRange(1, 1);

    Outcome outcome = judge(hello(NETWORK, older, theirRecord));

    assertThat(outcome).isEqualTo(new Member(theirRecord, 42, 1));
  }

  @Test
  void protocolWithoutACommonVersionIsRefusedAndBothRangesNamed() {
    Outcome outcome = judge(hello(NETWORK, new ProtocolRange(8, 9), theirRecord));

    assertRefused(outcome, Reason.VERSION, ProtocolRange.OWN.toString(), "8 to 9");
  }

  @Test
  void versionsAreJudgedBeforeAnythingThatTheyMayHaveChanged() {
    Outcome outcome = judge(hello(ELSEWHERE, new ProtocolRange(8, 9), theirRecord));

    assertRefused(outcome, Reason.VERSION, "8 to 9");
  }

  @Test
  void otherNetworkIsRefusedAndBothIdsNamed() {
    Outcome outcome = judge(hello(ELSEWHERE, ProtocolRange.OWN, theirRecord));

    String here = Networks.idOf(NETWORK).toString();
    assertRefused(outcome, Reason.NETWORK, here, Networks.idOf(ELSEWHERE).toString());
  }

  @Test
  void newcomerThatExpectsAnotherNetworkIsRefused() {
    Hello hopeful =
        new Hello(Optional.of(ELSEWHERE), ProtocolRange.OWN, 0, Optional.empty(), "there");

    assertRefused(judge(hopeful), Reason.NETWORK, Networks.idOf(ELSEWHERE).toString());
  }

  @Test
  void recordOfAnotherKeyThanTheLinksIsRefused() {
    Signer thief = signer(3);

    Outcome outcome =
        handshake().judge(hello(NETWORK, ProtocolRange.OWN, theirRecord), thief.key());

    String stolen = theirs.key().toString();
    assertRefused(outcome, Reason.IDENTITY, thief.key().toString(), stolen);
  }

  @Test
  void recordThatTheAuthorityDidNotCertifyIsRefused() {
    Signer impostor = signer(66);
    MemberRecord forged = record(new Guid(7), theirs, List.of(), impostor);

    Outcome outcome = judge(hello(NETWORK, ProtocolRange.OWN, forged));

    assertRefused(outcome, Reason.IDENTITY, "not certified", "7");
  }

  @Test
  void contactThatTheMemberDidNotSignIsRefused() {
    MemberRecord forged =
        new MemberRecord(
            theirRecord.certificate(),
            record(7, theirs, List.of(Contact.BOOT)).contact(),
            record(7, signer(3), List.of(Contact.BOOT)).sealed());

    Outcome outcome = judge(hello(NETWORK, ProtocolRange.OWN, forged));

    assertRefused(outcome, Reason.IDENTITY, "not certified");
  }

  @Test
  void linkToOneselfIsRefused() {
    Outcome outcome = handshake().judge(own, mine.key());

    assertRefused(outcome, Reason.IDENTITY, "both ends", "GUID 0");
  }

  @Test
  void refusedMemberIsNotLearned() {
    KnownKeys keys = new KnownKeys();
    Verifier verifier = new Verifier(NETWORK, new DigestScheme(), keys);

    new Handshake(own, verifier, Optional.empty(), _ -> false)
        .judge(hello(NETWORK, ProtocolRange.OWN, theirRecord), signer(3).key());

    assertThat(keys.keyOf(new Guid(7))).isEmpty();
  }

  private Outcome judge(Hello peer) {
    return handshake().judge(peer, theirs.key());
  }

  private Handshake handshake() {
    return new Handshake(own, verifier(), Optional.empty(), _ -> false);
  }

  private static void assertRefused(Outcome outcome, Reason reason, String... details) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> {
              assertThat(refused.reason()).isEqualTo(reason);
              assertThat(refused.detail()).contains(details);
            });
  }

  private static Hello newcomer() {
    return new Hello(Optional.empty(), ProtocolRange.OWN, 0, Optional.empty(), "there");
  }

  private static Hello hello(NetworkInfo network, ProtocolRange protocol, MemberRecord record) {
    return new Hello(Optional.of(network), protocol, 42, Optional.of(record), "there");
  }

  private static MemberRecord record(int guid, Signer member, List<String> capabilities) {
    return record(new Guid(guid), member, capabilities, AUTHORITY);
  }

  private static MemberRecord record(
      Guid guid, Signer member, List<String> capabilities, Signer authority) {
    var grant = new RecordCodec.Grant(Networks.idOf(NETWORK), guid, 1, member.key(), Instant.EPOCH);
    var contact =
        new Contact(1, List.of(BOOT), capabilities, "1", ProtocolRange.OWN, Contact.Status.ACTIVE);
    return RecordCodec.sign(RecordCodec.certify(grant, authority), contact, member);
  }

  private static Verifier verifier() {
    return new Verifier(NETWORK, new DigestScheme(), new KnownKeys());
  }

  private static Signer signer(int number) {
    byte[] key = new byte[NodeKey.LENGTH];
    Arrays.fill(key, (byte) number);
    return new DigestSigner(new NodeKey(Bytes.wrap(key)));
  }

  /// A stand-in that anybody could forge, and that nobody does by accident.
  private record DigestSigner(NodeKey key) implements Signer {
    @Override
    public byte[] sign(byte[] bytes) {
      try {
        MessageDigest sha = MessageDigest.getInstance("SHA-512");
        sha.update(key.bytes().toArray());
        return sha.digest(bytes);
      } catch (NoSuchAlgorithmException e) {
        throw new AssertionError(e);
      }
    }
  }

  private record DigestScheme() implements SignatureScheme {
    @Override
    public boolean verify(NodeKey key, byte[] bytes, Bytes signature) {
      return Bytes.wrap(new DigestSigner(key).sign(bytes)).equals(signature);
    }
  }
}
