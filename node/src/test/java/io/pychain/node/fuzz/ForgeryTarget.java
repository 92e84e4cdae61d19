package io.pychain.node.fuzz;

import io.pychain.core.message.Batch;
import io.pychain.core.message.Bytes;
import io.pychain.core.message.Certificate;
import io.pychain.core.message.Frame;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.message.Parameters;
import io.pychain.core.message.Sealed;
import io.pychain.core.trust.KnownKeys;
import io.pychain.core.trust.Verdict;
import io.pychain.core.trust.Verifier;
import io.pychain.core.wire.FrameCodec;
import io.pychain.core.wire.MalformedException;
import io.pychain.node.keys.Ed25519Scheme;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Signed frames that were changed, put together from parts of others, signed for another network
/// by the same members, or by somebody who must not ([Counterfeits]). Whatever passes the verifier
/// is, to the bit, what somebody of this network has signed for just this.
///
/// ```
///   255, frame              these very bytes
///   n, (place, bits) …      the nth frame, with bits flipped at some places, so that it stays one
/// ```
final class ForgeryTarget implements Target {
  /// Of so many members the keys are known from the start; the others are learned.
  private static final int KNOWN = 4;

  private static final int RAW = 255;

  /// Frames that can be chosen.
  private static final int CHOICES = RAW;

  private final Realm here = new Realm("here", 1);
  private final Ed25519Scheme scheme = new Ed25519Scheme();
  private final List<byte[]> frames = new ArrayList<>();
  private final Set<Sealed> certificates = new HashSet<>();
  private final Set<List<Sealed>> contacts = new HashSet<>();
  private final Set<Sealed> batches = new HashSet<>();
  private final Set<Sealed> parameters = new HashSet<>();

  ForgeryTarget() {
    for (Frame frame : here.signedFrames()) {
      frames.add(FrameCodec.encode(frame));
      remember(frame);
    }
    for (Realm other : List.of(new Realm("there", 1), new Realm("here", 2))) {
      other.signedFrames().forEach(frame -> frames.add(FrameCodec.encode(frame)));
    }
    frames.addAll(recombined());
    new Counterfeits(here).frames().forEach(frame -> frames.add(FrameCodec.encode(frame)));
    if (frames.size() > CHOICES) {
      throw new IllegalStateException("a byte chooses among " + frames.size() + " frames");
    }
  }

  /// A contact beside a certificate that it was not signed for, of the same member and of another.
  private List<byte[]> recombined() {
    MemberRecord newer = here.record(2, 2, Realm.NOON.getEpochSecond());
    List<byte[]> frames = new ArrayList<>();
    for (MemberRecord other : List.of(here.record(2), here.record(3))) {
      var mixed = new MemberRecord(newer.certificate(), other.contact(), other.sealed());
      frames.add(FrameCodec.encode(new Frame.Records(List.of(mixed))));
    }
    certificates.add(newer.certificate().sealed());
    return frames;
  }

  private void remember(Frame frame) {
    for (MemberRecord record : recordsIn(frame)) {
      certificates.add(record.certificate().sealed());
      contacts.add(pair(record));
    }
    certificatesIn(frame).forEach(certificate -> certificates.add(certificate.sealed()));
    batchesIn(frame).forEach(batch -> batches.add(batch.sealed()));
    if (frame instanceof Parameters laid) {
      parameters.add(laid.sealed());
    }
  }

  @Override
  public Outcome run(byte[] input) {
    try {
      Frame frame = FrameCodec.decode(Bytes.wrap(forged(new Cursor(input))));
      if (new Verifier(here.info(), scheme, someKeys()).verify(frame) instanceof Verdict.Valid) {
        checkGenuine(frame);
        return Outcome.TAKEN;
      }
      return Outcome.REFUSED;
    } catch (MalformedException noFrame) {
      return Outcome.MALFORMED;
    }
  }

  private byte[] forged(Cursor in) {
    int choice = in.octet();
    if (choice == RAW) {
      return in.rest().toArray();
    }
    byte[] forged = frames.get(choice % frames.size()).clone();
    while (!in.isAtEnd()) {
      int place = in.choice(65_535) % forged.length;
      forged[place] ^= (byte) in.octet();
    }
    return forged;
  }

  private KnownKeys someKeys() {
    KnownKeys keys = new KnownKeys();
    for (int guid = 0; guid < KNOWN; guid++) {
      keys.learn(here.record(guid));
    }
    return keys;
  }

  private void checkGenuine(Frame frame) {
    for (MemberRecord record : recordsIn(frame)) {
      check(certificates.contains(record.certificate().sealed()), "certificate", record);
      check(contacts.contains(pair(record)), "contact", record);
    }
    for (Certificate certificate : certificatesIn(frame)) {
      check(certificates.contains(certificate.sealed()), "certificate", certificate);
    }
    for (Batch batch : batchesIn(frame)) {
      check(batches.contains(batch.sealed()), "batch", batch);
    }
    if (frame instanceof Parameters laid) {
      check(parameters.contains(laid.sealed()), "set of parameters", laid);
    }
  }

  private static void check(boolean genuine, String what, Object forged) {
    if (!genuine) {
      throw new AssertionError("a forged " + what + " was believed: " + forged);
    }
  }

  private static List<Sealed> pair(MemberRecord record) {
    return List.of(record.certificate().sealed(), record.sealed());
  }

  private static List<MemberRecord> recordsIn(Frame frame) {
    return switch (frame) {
      case Frame.Hello hello -> hello.record().stream().toList();
      case Frame.Admitted admitted -> List.of(admitted.boot());
      case Frame.Announce announce -> List.of(announce.record());
      case Frame.Records records -> records.records();
      default -> List.of();
    };
  }

  private static List<Certificate> certificatesIn(Frame frame) {
    return frame instanceof Frame.Admitted admitted ? List.of(admitted.certificate()) : List.of();
  }

  private static List<Batch> batchesIn(Frame frame) {
    return switch (frame) {
      case Frame.Push push -> List.of(push.batch());
      case Frame.Fork fork -> List.of(fork.proof().one(), fork.proof().other());
      case Frame.Batches several -> several.batches();
      default -> List.of();
    };
  }

  @Override
  public List<byte[]> seeds() {
    List<byte[]> seeds = new ArrayList<>();
    for (int i = 0; i < frames.size(); i++) {
      byte[] frame = frames.get(i);
      byte[] raw = new byte[1 + frame.length];
      raw[0] = (byte) RAW;
      System.arraycopy(frame, 0, raw, 1, frame.length);
      seeds.add(raw);
      seeds.add(new byte[] {(byte) i});
      seeds.add(new byte[] {(byte) i, 0, (byte) (frame.length / 2), 1});
      seeds.add(Arrays.copyOf(new byte[] {(byte) i, 0, 40, (byte) 128, 0, 9, 3}, 7));
    }
    return seeds;
  }
}
