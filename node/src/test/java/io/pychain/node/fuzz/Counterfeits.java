package io.pychain.node.fuzz;

import io.pychain.core.message.Certificate;
import io.pychain.core.message.Contact;
import io.pychain.core.message.Contact.Status;
import io.pychain.core.message.Delegation;
import io.pychain.core.message.Frame;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.message.OriginLimits;
import io.pychain.core.message.Parameters;
import io.pychain.core.message.Sealed;
import io.pychain.core.trust.Mandate;
import io.pychain.core.trust.Signer;
import io.pychain.core.wire.DelegationCodec;
import io.pychain.core.wire.ParametersCodec;
import io.pychain.core.wire.RecordCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What members and a former boot node would sign in the authority's name. Each signature in it is
/// good; none of it may be believed.
final class Counterfeits {
  /// A member that is nobody's delegate.
  private static final Signer FORGER = Realm.keys(6).signer();

  private static final Instant LATE = Realm.DELEGATED_UNTIL.plus(Duration.ofDays(1));

  private final Realm realm;

  Counterfeits(Realm realm) {
    this.realm = realm;
  }

  List<Frame> frames() {
    List<Frame> frames = new ArrayList<>();
    for (Mandate mandate : mandates()) {
      frames.add(new Frame.Records(List.of(recordBy(mandate, Realm.NOON))));
      frames.add(new Frame.Records(List.of(realm.ruling(2, 99, Status.REVOKED, mandate))));
      frames.add(parametersBy(mandate, Realm.NOON.plusSeconds(9)));
    }
    frames.add(new Frame.Records(List.of(recordBy(realm.delegate(), LATE))));
    frames.add(parametersBy(realm.delegate(), LATE));
    for (Signer signer : List.of(FORGER, Realm.keys(3).signer(), realm.delegate().signer())) {
      frames.add(new Frame.Records(List.of(banOf(realm.record(2).certificate(), signer))));
    }
    frames.add(new Frame.Records(List.of(banWithAnotherSignature())));
    return frames;
  }

  /// Without a delegation; with that of another; with one that it, or the delegate, has made.
  private List<Mandate> mandates() {
    List<Optional<Delegation>> delegations =
        List.of(
            Optional.empty(),
            realm.delegate().delegation(),
            Optional.of(delegationBy(FORGER)),
            Optional.of(delegationBy(realm.delegate().signer())));
    return delegations.stream()
        .map(delegation -> new Mandate(FORGER, delegation, Realm.SECRET))
        .toList();
  }

  private Delegation delegationBy(Signer signer) {
    return DelegationCodec.issue(realm.id(), FORGER.key(), Realm.DELEGATED_UNTIL, signer);
  }

  /// A newcomer.
  private MemberRecord recordBy(Mandate mandate, Instant issued) {
    Certificate certificate = realm.certificate(Realm.MEMBERS, 1, issued, mandate);
    Contact contact = realm.record(3).contact();
    return RecordCodec.sign(certificate, contact, Realm.keys(Realm.MEMBERS).signer());
  }

  private Parameters parametersBy(Mandate mandate, Instant dated) {
    return ParametersCodec.seal(realm.id(), Realm.micros(dated), OriginLimits.NONE, mandate);
  }

  private MemberRecord banOf(Certificate certificate, Signer signer) {
    Contact contact = realm.record(2).contact().ruled(Contact.REVOCATION, Status.REVOKED);
    return RecordCodec.sign(certificate, contact, signer);
  }

  /// A ban that bears what the authority signed for a pardon.
  private MemberRecord banWithAnotherSignature() {
    MemberRecord ban = realm.rulings().get(0);
    MemberRecord pardon = realm.rulings().get(1);
    Sealed mixed = new Sealed(ban.sealed().content(), pardon.sealed().signature());
    return new MemberRecord(ban.certificate(), ban.contact(), mixed);
  }
}
