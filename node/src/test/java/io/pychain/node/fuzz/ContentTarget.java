package io.pychain.node.fuzz;

import io.pychain.core.message.Batch;
import io.pychain.core.message.Bytes;
import io.pychain.core.message.Certificate;
import io.pychain.core.message.Delegation;
import io.pychain.core.message.Invite;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.message.Parameters;
import io.pychain.core.message.Sealed;
import io.pychain.core.trust.Mandate;
import io.pychain.core.wire.BatchCodec;
import io.pychain.core.wire.DelegationCodec;
import io.pychain.core.wire.InviteCodec;
import io.pychain.core.wire.MalformedException;
import io.pychain.core.wire.ParametersCodec;
import io.pychain.core.wire.RecordCodec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Bytes that are said to be what somebody has signed. The first one chooses what. What is read and
/// stored is the same when it is read again, to the bit.
final class ContentTarget implements Target {
  private static final int SIGNATURE = Sealed.SIGNATURE_LENGTH;

  @Override
  public Outcome run(byte[] input) {
    if (input.length == 0) {
      return Outcome.MALFORMED;
    }
    Bytes bytes = Bytes.wrap(Arrays.copyOfRange(input, 1, input.length));
    try {
      switch (Byte.toUnsignedInt(input[0]) % 7) {
        case 0 -> certificate(bytes);
        case 1 -> record(bytes);
        case 2 -> invite(bytes);
        case 3 -> batch(sealed(bytes));
        case 4 -> delegation(bytes);
        case 5 -> parameters(bytes);
        default -> certificateContent(sealed(bytes));
      }
      return Outcome.TAKEN;
    } catch (MalformedException refused) {
      return Outcome.MALFORMED;
    }
  }

  private static Sealed sealed(Bytes content) {
    return new Sealed(content, Bytes.wrap(new byte[SIGNATURE]));
  }

  private static void certificate(Bytes bytes) throws MalformedException {
    Certificate read = RecordCodec.decodeCertificate(bytes);
    same(read, RecordCodec.decodeCertificate(Bytes.wrap(RecordCodec.encode(read))));
  }

  private static void record(Bytes bytes) throws MalformedException {
    MemberRecord read = RecordCodec.decode(bytes);
    same(read, RecordCodec.decode(Bytes.wrap(RecordCodec.encode(read))));
  }

  private static void invite(Bytes bytes) throws MalformedException {
    Invite read = InviteCodec.decode(bytes);
    same(read, InviteCodec.decode(Bytes.wrap(InviteCodec.encode(read))));
  }

  private static void delegation(Bytes bytes) throws MalformedException {
    Delegation read = DelegationCodec.decode(bytes);
    same(read, DelegationCodec.decode(Bytes.wrap(DelegationCodec.encode(read))));
  }

  private static void parameters(Bytes bytes) throws MalformedException {
    Parameters read = ParametersCodec.decode(bytes);
    same(read, ParametersCodec.decode(Bytes.wrap(ParametersCodec.encode(read))));
  }

  private static void batch(Sealed sealed) throws MalformedException {
    Batch read = BatchCodec.decode(sealed);
    same(read.sealed(), sealed);
    same(read.lastSeq() >= read.firstSeq() && read.firstSeq() >= 1, true);
  }

  private static void certificateContent(Sealed sealed) throws MalformedException {
    same(RecordCodec.certificate(sealed).sealed(), sealed);
  }

  private static void same(Object read, Object again) {
    if (!read.equals(again)) {
      throw new AssertionError("%s became %s".formatted(read, again));
    }
  }

  @Override
  public List<byte[]> seeds() {
    Realm realm = new Realm("here", 1);
    Mandate authority = Mandate.ofAuthority(realm.id(), realm.authority());
    List<byte[]> seeds = new ArrayList<>();
    for (int guid = 2; guid < 6; guid++) {
      Certificate certificate = realm.record(guid).certificate();
      seeds.add(chosen(0, RecordCodec.encode(certificate)));
      seeds.add(chosen(1, RecordCodec.encode(realm.record(guid))));
      seeds.add(chosen(6, certificate.sealed().content().toArray()));
    }
    realm.rulings().forEach(ruling -> seeds.add(chosen(1, RecordCodec.encode(ruling))));
    for (Mandate mandate : List.of(authority, realm.delegate())) {
      Invite invite = InviteCodec.issue(realm.id(), Realm.keys(9).key(), Realm.NOON, mandate);
      seeds.add(chosen(2, InviteCodec.encode(invite)));
    }
    seeds.add(chosen(3, realm.batches(3).get(2).sealed().content().toArray()));
    realm
        .delegate()
        .delegation()
        .ifPresent(delegation -> seeds.add(chosen(4, DelegationCodec.encode(delegation))));
    realm.parameters().forEach(laid -> seeds.add(chosen(5, ParametersCodec.encode(laid))));
    return seeds;
  }

  private static byte[] chosen(int what, byte[] bytes) {
    byte[] input = new byte[1 + bytes.length];
    input[0] = (byte) what;
    System.arraycopy(bytes, 0, input, 1, bytes.length);
    return input;
  }
}
