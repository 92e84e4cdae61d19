package io.pychain.core.trust;

import io.pychain.core.message.Batch;
import io.pychain.core.message.Bytes;
import io.pychain.core.message.Certificate;
import io.pychain.core.message.Delegation;
import io.pychain.core.message.Frame;
import io.pychain.core.message.Frame.NetworkInfo;
import io.pychain.core.message.Invite;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.message.NetworkId;
import io.pychain.core.message.NodeKey;
import io.pychain.core.message.Parameters;
import io.pychain.core.message.Reach;
import io.pychain.core.message.Sealed;
import io.pychain.core.ring.Guid;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;

/// Checks every signature in what arrives. Used by many threads at once.
///
/// ```
///   authority ── signs ──► certificate (GUID, key) ◄── names ── contact, batches
///       └► delegation ── key ─┘   └── key ── signs ──────────────┘
///       └── or the delegate ── signs ──► contact that bans or pardons
/// ```
///
/// It says whether the words are those of who is said to have spoken. Whether they fit what is
/// known already (a gap, a fork, an older record) is for the rooms behind to say.
public final class Verifier {
  private static final Verdict VALID = new Verdict.Valid();

  private final NetworkId network;
  private final NodeKey authority;
  private final Delegations delegations;
  private final Successions successions;
  private final SignatureScheme scheme;
  private final KeyDirectory keys;

  /// GUIDs that the authority has given to two keys, which only its own mistake can do.
  private final Set<Guid> disputed = Collections.newSetFromMap(new ConcurrentSkipListMap<>());

  /// @param network whose authority is believed
  /// @param scheme checks one signature
  /// @param keys of the members; learns from every valid record
  public Verifier(NetworkInfo network, SignatureScheme scheme, KeyDirectory keys) {
    this.network = Networks.idOf(network);
    this.authority = network.authority();
    this.scheme = scheme;
    this.delegations = new Delegations(this.network, authority, scheme);
    this.successions = new Successions(this.network, scheme);
    this.keys = keys;
  }

  /// Whether all that the frame carries may be believed. A frame that carries nothing signed may.
  public Verdict verify(Frame frame) {
    return switch (frame) {
      case Frame.Hello hello -> verifyHello(hello);
      case Frame.Admitted admitted -> verifyAdmitted(admitted);
      case Frame.Push push -> verifyBatch(push.batch());
      case Frame.Announce announce -> verifyRecords(List.of(announce.record()));
      case Frame.Fork fork -> verifyBatches(List.of(fork.proof().one(), fork.proof().other()));
      case Frame.Batches batches -> verifyBatches(batches.batches());
      case Frame.Join join -> verifyJoin(join);
      case Frame.Records records -> verifyRecords(records.records());
      case Parameters parameters -> verifyParameters(parameters);
      case Frame.Goodbye _,
          Frame.Ping _,
          Frame.Pong _,
          Frame.BeforeTls _,
          Frame.Ack _,
          Frame.SyncRequest _,
          Frame.Summary _,
          Frame.Heads _,
          Frame.Probe _,
          Frame.Hashes _,
          Frame.Fetch _,
          Frame.ForksWanted _,
          Frame.RecordsWanted _,
          Frame.News _,
          Reach.Survey _,
          Reach.Tally _ ->
          VALID;
    };
  }

  /// Whether the certificate and the contact are of this network and signed by whom they must be,
  /// and the GUID is not known to belong to another key. A valid record is learned.
  public boolean verify(MemberRecord record) {
    Certificate certificate = record.certificate();
    boolean ruled = record.contact().status().isOfAuthority();
    boolean valid =
        record.contact().isRegular()
            && (ruled
                ? isGenuine(certificate) && isSaid(record, signerOf(certificate), Domain.REVOCATION)
                : verify(certificate) && isSaid(record, certificate.key(), Domain.CONTACT));
    if (valid) {
      keys.learn(record);
    }
    return valid;
  }

  private boolean isSaid(MemberRecord record, NodeKey speaker, Domain domain) {
    Sealed said = record.sealed();
    byte[] statement = domain.statement(network, said.content(), record.certificate().sealed());
    return scheme.verify(speaker, statement, said.signature());
  }

  /// Whether a member itself has signed what is not its to say. Whoever speaks a version from
  /// before [Contact#RULINGS_SINCE] sees nothing wrong in that, and passes it on in good faith.
  private boolean isPresumed(MemberRecord record) {
    Certificate certificate = record.certificate();
    return (record.contact().status().isOfAuthority() || !record.contact().isRegular())
        && verify(certificate)
        && isSaid(record, certificate.key(), Domain.CONTACT);
  }

  /// The authority, or the delegate that it has signed by: its rulings come with certificates that
  /// are made for them.
  private NodeKey signerOf(Certificate certificate) {
    return certificate.delegation().map(Delegation::delegate).orElse(authority);
  }

  /// Whether the authority, or a delegate, has signed this certificate as well as another for the
  /// same GUID, and the one's keys do not lead to the other's.
  private boolean isDisputed(Certificate certificate) {
    boolean other = !fits(certificate) && isGenuine(certificate);
    if (other) {
      disputed.add(certificate.guid());
    }
    return other;
  }

  /// Whether the authority of this network gave this GUID to this key, which can be somebody's, and
  /// the GUID is not known to belong to another key, unless that one has agreed.
  public boolean verify(Certificate certificate) {
    return fits(certificate) && isGenuine(certificate);
  }

  private boolean fits(Certificate certificate) {
    return keys.certificateOf(certificate.guid()).stream()
        .allMatch(held -> held.keys().admits(certificate));
  }

  private boolean isGenuine(Certificate certificate) {
    return certificate.network().equals(network)
        && PublicKeys.acceptable(certificate.key())
        && signedByAuthority(
            Domain.CERTIFICATE,
            certificate.sealed(),
            certificate.delegation(),
            certificate.issued())
        && successions.hold(certificate);
  }

  /// Whether the authority of this network has given this delegation, which may have ended.
  public boolean verify(Delegation delegation) {
    return delegations.cover(delegation, delegation.until());
  }

  /// Whether the authority has signed this, or one that it has delegated to.
  ///
  /// @param delegation that is in what was signed, if any
  /// @param dated as of when it was signed, by its own words
  boolean signedByAuthority(
      Domain domain, Sealed sealed, Optional<Delegation> delegation, Instant dated) {
    return delegation.isEmpty()
        ? signed(authority, domain, sealed)
        : signed(delegation.get().delegate(), domain, sealed)
            && delegations.cover(delegation.get(), dated);
  }

  /// Whether the authority of this network has made the invitation, and its key has made it out to
  /// this newcomer. Whether it is still good is not looked at.
  public boolean verify(Invite invite, NodeKey newcomer, Bytes signature) {
    byte[] statement = Domain.INVITED.statement(network, newcomer.bytes());
    return invite.network().equals(network)
        && signedByAuthority(Domain.INVITE, invite.sealed(), invite.delegation(), invite.until())
        && scheme.verify(invite.id(), statement, signature);
  }

  private Verdict verifyParameters(Parameters parameters) {
    return verify(parameters) ? VALID : new Verdict.Invalid("the parameters of the network");
  }

  /// Whether the authority of this network has laid these parameters down.
  public boolean verify(Parameters parameters) {
    return parameters.network().equals(network)
        && signedByAuthority(
            Domain.PARAMETERS, parameters.sealed(), parameters.delegation(), parameters.dated());
  }

  private Verdict verifyHello(Frame.Hello hello) {
    if (hello.network().stream().anyMatch(info -> !Networks.idOf(info).equals(network))) {
      return new Verdict.Invalid("a hello from another network");
    }
    return verifyRecords(hello.record().stream().toList());
  }

  private Verdict verifyAdmitted(Frame.Admitted admitted) {
    return verify(admitted.certificate())
        ? verifyRecords(List.of(admitted.boot()))
        : new Verdict.Invalid("the certificate of " + admitted.certificate().guid());
  }

  private Verdict verifyJoin(Frame.Join join) {
    return join.succession().stream().allMatch(successions::hold)
        ? VALID
        : new Verdict.Invalid("a wish for another key");
  }

  private Verdict verifyRecords(List<MemberRecord> records) {
    for (MemberRecord record : records) {
      if (!verify(record)) {
        if (isPresumed(record)) {
          return new Verdict.Disputed("GUID " + record.guid() + " speaks for the authority");
        }
        return isDisputed(record.certificate())
            ? new Verdict.Disputed("GUID " + record.guid() + " was given to two keys")
            : new Verdict.Invalid("the member record of " + record.guid());
      }
    }
    return VALID;
  }

  /// Every batch by its own signature, also where a later one vouches for it by its hash.
  ///
  /// A signature at the end of a run of hashes would prove the run. But an origin that means ill
  /// can put a bad signature into the middle of its log: who took the batch as part of a run would
  /// pass it on in good faith to one who gets it alone, refuses it, and takes the messenger for a
  /// liar.
  private Verdict verifyBatches(List<Batch> batches) {
    for (Batch batch : batches) {
      Verdict verdict = verifyBatch(batch);
      if (!verdict.equals(VALID)) {
        return verdict;
      }
    }
    return VALID;
  }

  private Verdict verifyBatch(Batch batch) {
    Optional<Certificate> origin = keys.certificateOf(batch.log().guid());
    if (origin.isEmpty()) {
      return new Verdict.UnknownOrigin(batch.log());
    }
    int epoch = batch.log().epoch();
    if (signed(origin.get().keys().keyIn(epoch), Domain.BATCH, batch.sealed())) {
      return VALID;
    }
    if (epoch > origin.get().epoch()) {
      // It may have another key by now, of which this node is yet to hear.
      return new Verdict.UnknownOrigin(batch.log());
    }
    return disputed.contains(batch.log().guid())
        ? new Verdict.Disputed("batch " + batch + " may be that of another key")
        : new Verdict.Invalid("the signature of batch " + batch);
  }

  private boolean signed(NodeKey key, Domain domain, Sealed sealed) {
    return scheme.verify(key, domain.statement(network, sealed.content()), sealed.signature());
  }
}
