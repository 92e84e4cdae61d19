package io.pychain.node.fuzz;

import io.pychain.core.message.Batch;
import io.pychain.core.message.Frame;
import io.pychain.core.message.LogId;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.message.Parameters;
import io.pychain.core.message.Sealed;
import io.pychain.core.protocol.Effects;
import io.pychain.core.protocol.NodeView;
import io.pychain.core.protocol.Persist;
import io.pychain.core.protocol.ProtocolConfig;
import io.pychain.core.ring.Guid;
import io.pychain.core.wire.FrameCodec;
import io.pychain.core.wire.WireLimits;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// What holds of everything that a node does, whatever it is told:
///
/// 1. A batch that is kept was signed by its origin in this network, and is kept once; the chain of
///    its log fits.
/// 2. What is sent is within the limits of the wire, and little in proportion to what came.
/// 3. Every queue keeps its bound.
/// 4. What is delivered has offsets that rise by one.
/// 5. A record that is kept was signed by whom it must be, and nothing of a banned member's logs is
///    kept.
/// 6. Parameters that are kept are the authority's, each newer than those before.
final class Law {
  /// Effects of one input; answers to a frame of four rows, to a dozen links, are far fewer.
  private static final int EFFECTS_MAX = 2_000;

  private static final long SLACK = WireLimits.FRAME_BYTES_MAX;

  private final int self;
  private final HostileFrames hostile;
  private final ProtocolConfig config;
  private final Set<Sealed> genuine = new HashSet<>();
  private final Map<LogId, List<Batch>> kept = new TreeMap<>();
  private final Set<Sealed> papers = new HashSet<>();
  private final Map<Guid, MemberRecord> banned = new TreeMap<>();
  private long lastParameters;
  private long lastWrite;
  private long nextOffset = 1;

  Law(Realm realm, int self, HostileFrames hostile, ProtocolConfig config) {
    this.self = self;
    this.hostile = hostile;
    this.config = config;
    for (int guid = 0; guid < Realm.MEMBERS; guid++) {
      realm.batches(guid).forEach(batch -> genuine.add(batch.sealed()));
    }
    realm.signedFrames().forEach(this::remember);
  }

  private void remember(Frame frame) {
    switch (frame) {
      case Frame.Fork fork -> genuine.add(fork.proof().other().sealed());
      case Frame.Announce announce -> papers.add(announce.record().sealed());
      case Parameters parameters -> papers.add(parameters.sealed());
      default -> {}
    }
  }

  /// The last write that was asked for.
  Optional<Long> lastWrite() {
    return lastWrite == 0 ? Optional.empty() : Optional.of(lastWrite);
  }

  /// The batch that was kept and holds this message.
  Optional<Batch> stored(Effects.Lookup lookup) {
    return kept.getOrDefault(lookup.log(), List.of()).stream()
        .filter(batch -> batch.firstSeq() <= lookup.seq() && lookup.seq() <= batch.lastSeq())
        .findFirst();
  }

  void check(Effects effects, NodeView.Queues queues) {
    int count =
        effects.send().size()
            + effects.dial().size()
            + effects.drop().size()
            + effects.persist().size();
    hold(count <= EFFECTS_MAX, count + " effects of one input");
    effects.send().forEach(send -> FrameCodec.length(send.frame()));
    effects.persist().forEach(this::check);
    effects.deliver().forEach(this::check);
    within("publishing", queues.publishing(), config.publishQueueBytesMax());
    within("unpersisted", queues.unpersisted(), config.unpersistedBytesMax());
    within("gaps", queues.gaps(), config.pendingBytesMax());
  }

  private void check(Persist persist) {
    hold(persist.write() > lastWrite, "writes go forward");
    lastWrite = persist.write();
    switch (persist) {
      case Persist.StoreBatch store -> keep(store.delivery().batch());
      case Persist.StoreRecord store -> keep(store.record());
      case Persist.StoreParameters store -> keep(store.parameters());
      default -> {}
    }
  }

  private void keep(MemberRecord record) {
    boolean own = record.guid().value() == self;
    hold(own || papers.contains(record.sealed()), "a forged record was kept: " + record);
    if (record.isRevoked()) {
      banned.put(record.guid(), record);
    } else {
      banned.remove(record.guid());
    }
  }

  private void keep(Parameters parameters) {
    hold(papers.contains(parameters.sealed()), "forged parameters were kept: " + parameters);
    hold(parameters.number() > lastParameters, "older parameters were kept: " + parameters);
    lastParameters = parameters.number();
  }

  private void keep(Batch batch) {
    boolean own = batch.log().guid().value() == self;
    boolean lie = hostile.signed().stream().anyMatch(made -> made.sealed().equals(batch.sealed()));
    hold(own || lie || genuine.contains(batch.sealed()), "a forged batch was kept: " + batch);
    hold(!banned.containsKey(batch.log().guid()), "of a banned member was kept: " + batch);
    List<Batch> log = kept.computeIfAbsent(batch.log(), _ -> new ArrayList<>());
    if (!log.isEmpty()) {
      Batch last = log.getLast();
      hold(batch.firstSeq() > last.lastSeq(), "a number was taken twice: " + batch);
      boolean next = batch.firstSeq() == last.lastSeq() + 1;
      hold(!next || batch.previous().equals(last.hash()), "the chain is broken at " + batch);
    }
    log.add(batch);
  }

  private void check(Persist.Delivery delivery) {
    hold(delivery.firstOffset() == nextOffset, "offset " + delivery.firstOffset());
    nextOffset += delivery.batch().messages().size();
  }

  private static void within(String queue, long bytes, long max) {
    hold(bytes >= 0 && bytes <= max + SLACK, queue + " holds " + bytes + " bytes of " + max);
  }

  private static void hold(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
