package io.pychain.node.fuzz;

import io.pychain.core.message.Batch;
import io.pychain.core.message.Bytes;
import io.pychain.core.message.Digest;
import io.pychain.core.message.ForkProof;
import io.pychain.core.message.Frame;
import io.pychain.core.message.Frame.LogHead;
import io.pychain.core.message.Frame.RecordHead;
import io.pychain.core.message.Frame.TreeNode;
import io.pychain.core.message.LogId;
import io.pychain.core.message.Reach;
import io.pychain.core.ring.Arc;
import io.pychain.core.ring.Guid;
import io.pychain.core.ring.Position;
import io.pychain.core.wire.FrameCodec;
import io.pychain.core.wire.MalformedException;
import io.pychain.core.wire.WireLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Frames that a member may make up: well-formed, as far as signatures go its own, and lies.
final class HostileFrames {
  /// The member that lies. Its key is the attacker's, so it signs whatever it likes.
  static final int LIAR = 7;

  private final Realm realm;
  private final List<Batch> signed = new ArrayList<>();

  HostileFrames(Realm realm) {
    this.realm = realm;
  }

  /// All that the liar has signed so far.
  List<Batch> signed() {
    return signed;
  }

  /// A frame as it comes off the wire; empty if the choices lead to none.
  Optional<Frame> next(Cursor in) {
    try {
      return Optional.of(FrameCodec.decode(Bytes.wrap(FrameCodec.encode(made(in)))));
    } catch (IllegalArgumentException | MalformedException none) {
      return Optional.empty();
    }
  }

  private Frame made(Cursor in) {
    return switch (in.choice(20)) {
      case 0 -> new Frame.Ping(in.number(), in.flag());
      case 1 -> new Frame.Pong(in.number());
      case 2 -> new Frame.Ack(in.number(), in.number(), in.flag());
      case 3 -> new Frame.SyncRequest(in.number(), in.number());
      case 4 -> new Frame.SyncRequest(in.number(), in.number(), Optional.of(summary(in)));
      case 5 -> summary(in);
      case 6, 7 ->
          new Frame.Heads(
              in.number(),
              in.number(),
              in.number(),
              many(in, () -> head(in)),
              many(in, () -> new RecordHead(guid(in), epoch(in), in.number())),
              many(in, () -> log(in)));
      case 8 ->
          new Frame.News(
              in.number(),
              in.number(),
              many(in, () -> head(in)),
              many(in, () -> new RecordHead(guid(in), epoch(in), in.number())));
      case 9 -> new Frame.Probe(many(in, () -> node(in)));
      case 10 -> new Frame.Hashes(node(in), sixteen(in));
      case 11, 12 ->
          new Frame.Fetch(
              in.number(), many(in, () -> new Frame.Range(log(in), in.number(), in.number())));
      case 13 -> new Frame.RecordsWanted(many(in, () -> guid(in)));
      case 14 -> new Frame.ForksWanted(many(in, () -> log(in)));
      case 15 -> survey(in);
      case 16 ->
          new Reach.Tally(
              in.number(),
              (int) in.number(0, Integer.MAX_VALUE),
              (int) in.number(0, Integer.MAX_VALUE),
              many(in, () -> guid(in)),
              in.flag());
      case 17 -> new Frame.Push(batch(in), limit(in), 1 + in.choice(255), in.number());
      case 18 ->
          new Frame.Batches(
              in.number(), many(in, () -> batch(in)), many(in, () -> head(in)), in.flag());
      default ->
          new Frame.Fork(
              new ForkProof(batch(in), batch(in)), limit(in), 1 + in.choice(255), in.number());
    };
  }

  private static <T> List<T> many(Cursor in, Supplier<T> one) {
    List<T> many = new ArrayList<>();
    int count = in.choice(5);
    for (int i = 0; i < count; i++) {
      many.add(one.get());
    }
    return many;
  }

  private static List<Long> sixteen(Cursor in) {
    List<Long> hashes = new ArrayList<>();
    for (int i = 0; i < WireLimits.TREE_FAN_OUT; i++) {
      hashes.add(in.number());
    }
    return hashes;
  }

  private static Reach.Survey survey(Cursor in) {
    Arc stretch = new Arc(limit(in), limit(in));
    Duration budget = Duration.ofMillis(in.number(0, Reach.Survey.BUDGET_MAX.toMillis()));
    return new Reach.Survey(in.number(), head(in), stretch, budget);
  }

  private static Frame.Summary summary(Cursor in) {
    return new Frame.Summary(in.number(), in.number(), in.choice(6), in.number());
  }

  private static TreeNode node(Cursor in) {
    return new TreeNode(in.choice(6), (int) in.number(0, WireLimits.GUID_MAX));
  }

  private static LogHead head(Cursor in) {
    return new LogHead(log(in), in.number(), in.number());
  }

  private static LogId log(Cursor in) {
    return new LogId(guid(in), epoch(in));
  }

  private static Guid guid(Cursor in) {
    return Guid.of((int) in.number(0, WireLimits.GUID_MAX));
  }

  private static int epoch(Cursor in) {
    return (int) in.number(1, Integer.MAX_VALUE);
  }

  private static Position limit(Cursor in) {
    return new Position(in.number());
  }

  private Batch batch(Cursor in) {
    LogId log = new LogId(Guid.of(LIAR), in.flag() ? 1 : epoch(in));
    long first = in.number(1, WireLimits.SEQ_MAX);
    Batch batch = realm.batch(log, first, previous(in), 1 + in.choice(3));
    signed.add(batch);
    return batch;
  }

  private Digest previous(Cursor in) {
    List<Batch> honest = realm.batches(LIAR);
    return switch (in.choice(3)) {
      case 0 -> Digest.ZERO;
      case 1 -> honest.get(in.choice(honest.size())).hash();
      default -> signed.isEmpty() ? Digest.ZERO : signed.getLast().hash();
    };
  }
}
