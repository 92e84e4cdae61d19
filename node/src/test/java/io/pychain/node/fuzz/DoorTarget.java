package io.pychain.node.fuzz;

import io.pychain.core.admission.AdmissionConfig;
import io.pychain.core.admission.Door;
import io.pychain.core.message.AddressGroup;
import io.pychain.core.message.Bytes;
import io.pychain.core.message.Doorstep.Enter;
import io.pychain.core.message.Doorstep.Invitation;
import io.pychain.core.message.Doorstep.Knock;
import io.pychain.core.message.Doorstep.Offer;
import io.pychain.core.message.Doorstep.Work;
import io.pychain.core.message.Frame;
import io.pychain.core.message.Invite;
import io.pychain.core.trust.Domain;
import io.pychain.core.trust.Mandate;
import io.pychain.core.wire.FrameCodec;
import io.pychain.core.wire.InviteCodec;
import io.pychain.core.wire.MalformedException;
import io.pychain.node.keys.NodeKeys;
import io.pychain.node.link.FuzzedDoor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What comes before TLS, at a door for the invited. Whoever gets in has said what the one who was
/// invited has to say, and nothing else.
///
/// ```
///   0, (place, bits) …    the invited newcomer's words, with bits flipped
///   1, (place, bits) …    the same, with an invitation by a delegate of the authority
///   n, bytes              these bytes
/// ```
final class DoorTarget implements Target {
  private static final NodeKeys INVITED = Realm.keys(40);
  private static final NodeKeys NEWCOMER = Realm.keys(41);

  private final FuzzedDoor door;
  private final List<Enter> genuine;
  private final Realm realm = new Realm("here", 1);

  DoorTarget() {
    this.door = new FuzzedDoor(realm.info(), Realm.keys(0), realm.record(0));
    Mandate authority = Mandate.ofAuthority(realm.id(), realm.authority());
    this.genuine = List.of(genuine(authority), genuine(realm.delegate()));
    for (int i = 0; i < genuine.size(); i++) {
      if (run(new byte[] {(byte) i}) != Outcome.TAKEN) {
        throw new AssertionError("whoever is invited is let in");
      }
    }
  }

  private Enter genuine(Mandate mandate) {
    Invite invite = InviteCodec.issue(realm.id(), INVITED.key(), Realm.DELEGATED_UNTIL, mandate);
    byte[] statement = Domain.INVITED.statement(realm.id(), NEWCOMER.key().bytes());
    byte[] madeOut = INVITED.signer().sign(statement);
    var visitor = new Door.Visitor(NEWCOMER.key(), AddressGroup.of("127.0.0.1"));
    Offer offer =
        door.door().quote(Instant.now(), visitor, 0, AdmissionConfig.DEFAULT.first()).offer();
    return new Enter(NEWCOMER.key(), offer, new Invitation(invite, Bytes.wrap(madeOut)));
  }

  @Override
  public Outcome run(byte[] input) {
    Cursor in = new Cursor(input);
    int choice = in.octet();
    byte[] said = choice < genuine.size() ? altered(genuine.get(choice), in) : in.rest().toArray();
    try {
      if (!door.attend(said)) {
        return Outcome.REFUSED;
      }
      checkGenuine(said);
      return Outcome.TAKEN;
    } catch (IOException sentAway) {
      return Outcome.MALFORMED;
    }
  }

  private static byte[] altered(Enter words, Cursor in) {
    byte[] said = withLength(words);
    while (!in.isAtEnd()) {
      said[in.choice(65_535) % said.length] ^= (byte) in.octet();
    }
    return said;
  }

  /// Without the first byte, which is 0 and has been read.
  private static byte[] withLength(Frame frame) {
    byte[] bytes = FrameCodec.encode(frame);
    return ByteBuffer.allocate(3 + bytes.length)
        .put((byte) (bytes.length >> 16))
        .putShort((short) bytes.length)
        .put(bytes)
        .array();
  }

  private void checkGenuine(byte[] said) {
    int length =
        Byte.toUnsignedInt(said[0]) << 16
            | Byte.toUnsignedInt(said[1]) << 8
            | Byte.toUnsignedInt(said[2]);
    try {
      Frame frame = FrameCodec.decode(Bytes.wrap(said).slice(3, 3 + length));
      // The offer is as good as its cookie, and others have been made.
      boolean invited =
          frame instanceof Enter enter
              && genuine.stream()
                  .anyMatch(words ->
                      words.key().equals(enter.key()) && words.payment().equals(enter.payment()));
      if (!invited) {
        throw new AssertionError("let in by " + frame);
      }
    } catch (MalformedException wrong) {
      throw new AssertionError("let in by what is no frame", wrong);
    }
  }

  @Override
  public List<byte[]> seeds() {
    List<byte[]> seeds = new ArrayList<>();
    seeds.add(new byte[] {0, 0, 30, 1});
    seeds.add(new byte[] {0, 1, 0, 8, 0, 60, 1});
    seeds.add(raw(withLength(new Knock(NEWCOMER.key(), 3))));
    seeds.add(new byte[] {1, 0, 90, 1});
    genuine.forEach(words -> seeds.add(raw(withLength(words))));
    Offer offer = genuine.getFirst().offer();
    Work work = new Work(Bytes.wrap(new byte[288]));
    seeds.add(raw(withLength(new Enter(NEWCOMER.key(), offer, work))));
    return seeds;
  }

  private static byte[] raw(byte[] said) {
    return ByteBuffer.allocate(1 + said.length).put((byte) 255).put(said).array();
  }
}
