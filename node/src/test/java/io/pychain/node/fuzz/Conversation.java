package io.pychain.node.fuzz;

import io.pychain.core.admission.Pass;
import io.pychain.core.link.Evidence;
import io.pychain.core.link.LinkId;
import io.pychain.core.message.Bytes;
import io.pychain.core.message.Frame;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.message.Message;
import io.pychain.core.message.ProtocolRange;
import io.pychain.core.protocol.Effects;
import io.pychain.core.protocol.Identity;
import io.pychain.core.protocol.Input;
import io.pychain.core.protocol.Protocol;
import io.pychain.core.protocol.ProtocolConfig;
import io.pychain.core.protocol.Stored;
import io.pychain.core.trust.KnownKeys;
import io.pychain.core.trust.Mandate;
import io.pychain.core.trust.Verdict;
import io.pychain.core.trust.Verifier;
import io.pychain.core.wire.FrameCodec;
import io.pychain.core.wire.MalformedException;
import io.pychain.node.keys.Ed25519Scheme;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/// A node's protocol, driven as its shell drives it: what comes from a link is decoded and verified
/// first, and a link that says anything malformed or forged goes down.
final class Conversation {
  private static final ProtocolConfig CONFIG = ProtocolConfig.DEFAULT;
  private static final List<Evidence> SIGNS = List.of(Evidence.values());
  private static final int BOOT = 0;
  private static final int MEMBER = 5;
  private static final int LINKS_MAX = 12;
  private static final int FRAME_BYTES_MAX = 2_048;

  /// How often the alarm may ring at one instant: a node that finds always more to do spins.
  private static final int WAKES_AT_ONCE_MAX = 20;

  private static final int WAKES_AT_THE_END = 30;

  private final Realm realm;
  private final HostileFrames hostile;
  private final List<Frame> signed = new ArrayList<>();
  private final KnownKeys keys = new KnownKeys();
  private final Verifier verifier;
  private final Protocol protocol;
  private final Law law;
  private final List<LinkId> links = new ArrayList<>();
  private final int self;
  private Instant now = Realm.NOON;
  private long linksCounted;
  private long tickets;
  private boolean heard;

  /// @param other of whose members the same keys have signed
  /// @param boot whether the node is a boot node
  Conversation(Realm realm, Realm other, boolean boot) {
    this.realm = realm;
    this.self = boot ? BOOT : MEMBER;
    this.hostile = new HostileFrames(realm);
    this.signed.addAll(realm.signedFrames());
    this.signed.addAll(other.signedFrames());
    this.verifier = new Verifier(realm.info(), new Ed25519Scheme(), keys);
    var identity =
        new Identity(
            realm.info(),
            realm.record(self),
            Realm.keys(self).signer(),
            boot
                ? Optional.of(Mandate.ofAuthority(realm.id(), realm.authority()))
                : Optional.empty(),
            true);
    this.protocol = new Protocol(identity, CONFIG, Stored.empty(7), new SplittableRandom(self));
    this.law = new Law(realm, self, hostile, CONFIG);
    handle(new Input.Wake());
  }

  /// Whether any frame has got as far as the protocol.
  boolean heard() {
    return heard;
  }

  void step(Cursor in) {
    switch (in.choice(10)) {
      case 0 -> linkUp(in.choice(Realm.MEMBERS));
      case 1 -> hear(in, altered(in));
      case 2 -> hostile.next(in).ifPresent(frame -> hear(in, frame));
      case 3 -> pass(in.choice(5_000));
      case 4 -> law.lastWrite().ifPresent(write -> handle(new Input.Persisted(write)));
      case 5 -> publish();
      case 6 -> linkDown(in.choice(LINKS_MAX));
      case 7 -> hear(in, in.bytes(in.choice(FRAME_BYTES_MAX)));
      case 8 -> guest(in);
      default -> dialFails(in);
    }
  }

  /// A signed frame of this network or the other, with some bits flipped.
  private byte[] altered(Cursor in) {
    byte[] bytes = FrameCodec.encode(signed.get(in.choice(signed.size())));
    for (int flips = in.choice(4); flips > 0; flips--) {
      bytes[in.choice(65_535) % bytes.length] ^= (byte) in.octet();
    }
    return bytes;
  }

  private void linkUp(int member) {
    if (member != self && links.size() < LINKS_MAX) {
      keys.learn(realm.record(member));
      LinkId link = new LinkId(++linksCounted);
      links.add(link);
      int version = ProtocolRange.OWN.max();
      boolean dialled = (member & 1) == 0;
      MemberRecord record = realm.record(member);
      handle(new Input.LinkUp(link, record, 1_000 + member, "host", version, dialled));
    }
  }

  private void linkDown(int index) {
    if (!links.isEmpty()) {
      handle(new Input.LinkDown(links.remove(index % links.size()), "gone"));
    }
  }

  private void dialFails(Cursor in) {
    Evidence evidence = SIGNS.get(in.choice(SIGNS.size()));
    var guid = realm.record(in.choice(Realm.MEMBERS)).guid();
    handle(new Input.DialFailed(guid, "nobody there", evidence));
  }

  private void guest(Cursor in) {
    if (links.size() < LINKS_MAX) {
      LinkId link = new LinkId(++linksCounted);
      links.add(link);
      var key = Realm.keys(in.choice(20)).key();
      handle(new Input.GuestUp(link, key, "127.0.0.1", Pass.NOTHING));
      handle(new Input.Received(link, new Frame.Join((int) in.number(0, Integer.MAX_VALUE))));
    }
  }

  private void publish() {
    handle(new Input.Publish(++tickets, List.of(new Message("text/plain", Bytes.utf8("own")))));
  }

  private void hear(Cursor in, byte[] bytes) {
    try {
      hear(in, FrameCodec.decode(Bytes.wrap(bytes)));
    } catch (MalformedException malformed) {
      linkDown(in.octet());
    }
  }

  private void hear(Cursor in, Frame frame) {
    if (links.isEmpty() || frame instanceof Frame.Hello || frame instanceof Frame.Goodbye) {
      return;
    }
    int index = in.octet() % links.size();
    switch (verifier.verify(frame)) {
      case Verdict.Valid() -> {
        heard = true;
        handle(new Input.Received(links.get(index), frame));
      }
      case Verdict.UnknownOrigin(var log) -> handle(new Input.UnknownOrigin(links.get(index), log));
      case Verdict.Disputed _ -> {}
      case Verdict.Invalid _ -> linkDown(index);
    }
  }

  private void pass(int millis) {
    Instant until = now.plusMillis(millis);
    for (int wakes = 0; wakes < WAKES_AT_THE_END; wakes++) {
      Instant due = protocol.deadline();
      if (due.isAfter(until)) {
        break;
      }
      now = due.isAfter(now) ? due : now;
      handle(new Input.Wake());
    }
    now = until;
    handle(new Input.Wake());
  }

  /// The alarm goes on ringing, and never for nothing.
  void end() {
    int atOnce = 0;
    for (int wakes = 0; wakes < WAKES_AT_THE_END; wakes++) {
      Instant due = protocol.deadline();
      atOnce = due.isAfter(now) ? 0 : atOnce + 1;
      if (atOnce > WAKES_AT_ONCE_MAX) {
        throw new AssertionError("the node spins at " + now);
      }
      now = due.isAfter(now) ? due : now;
      handle(new Input.Wake());
    }
    protocol.view();
  }

  private void handle(Input input) {
    Effects effects = protocol.handle(now, input);
    law.check(effects, protocol.queues());
    for (Effects.Lookup lookup : effects.lookup()) {
      handle(new Input.Found(lookup.log(), law.stored(lookup)));
    }
    for (Effects.Drop drop : effects.drop()) {
      if (links.remove(drop.link())) {
        handle(new Input.LinkDown(drop.link(), "dropped"));
      }
    }
  }
}
