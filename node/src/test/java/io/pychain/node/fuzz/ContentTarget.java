package io.pychain.node.fuzz;

import io.pychain.core.message.Batch;
import io.pychain.core.message.Bytes;
import io.pychain.core.message.Certificate;
import io.pychain.core.message.Invite;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.message.Sealed;
import io.pychain.core.wire.BatchCodec;
import io.pychain.core.wire.InviteCodec;
import io.pychain.core.wire.MalformedException;
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
      switch (Byte.toUnsignedInt(input[0]) % 5) {
        case 0 -> certificate(bytes);
        case 1 -> record(bytes);
        case 2 -> invite(bytes);
        case 3 -> batch(sealed(bytes));
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
    MemberRecord record = realm.record(3);
    Certificate certificate = record.certificate();
    Invite invite =
        InviteCodec.issue(realm.id(), Realm.keys(9).key(), Realm.NOON, realm.authority());
    List<byte[]> seeds = new ArrayList<>();
    seeds.add(chosen(0, RecordCodec.encode(certificate)));
    seeds.add(chosen(1, RecordCodec.encode(record)));
    seeds.add(chosen(2, InviteCodec.encode(invite)));
    seeds.add(chosen(3, realm.batches(3).get(2).sealed().content().toArray()));
    seeds.add(chosen(4, certificate.sealed().content().toArray()));
    return seeds;
  }

  private static byte[] chosen(int what, byte[] bytes) {
    byte[] input = new byte[1 + bytes.length];
    input[0] = (byte) what;
    System.arraycopy(bytes, 0, input, 1, bytes.length);
    return input;
  }
}
