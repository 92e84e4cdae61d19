package io.pychain.benchmarks.wire;

import io.pychain.benchmarks.Benchmark;
import io.pychain.benchmarks.Report;
import io.pychain.core.message.Batch;
import io.pychain.core.message.Bytes;
import io.pychain.core.message.Certificate;
import io.pychain.core.message.Digest;
import io.pychain.core.message.Frame;
import io.pychain.core.message.Frame.NetworkInfo;
import io.pychain.core.message.LogId;
import io.pychain.core.message.Message;
import io.pychain.core.message.NetworkId;
import io.pychain.core.ring.Guid;
import io.pychain.core.ring.Position;
import io.pychain.core.trust.Networks;
import io.pychain.core.trust.SignatureScheme;
import io.pychain.core.trust.Verdict;
import io.pychain.core.trust.Verifier;
import io.pychain.core.wire.BatchCodec;
import io.pychain.core.wire.FrameCodec;
import io.pychain.core.wire.MalformedException;
import io.pychain.core.wire.RecordCodec;
import io.pychain.node.keys.Ed25519Scheme;
import io.pychain.node.keys.NodeKeys;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// What one thread pays for a frame with 100-byte messages.
///
/// `decode` includes the hash of each batch. `verify` is the whole of [Verifier#verify], once with
/// a scheme that believes everything (so that the hashing is left) and once with real signatures.
/// `allocated_bytes` is garbage per operation.
public final class WireBenchmark implements Benchmark {
  private static final int PAYLOAD_BYTES = 100;
  private static final long WARM_UP_NANOS = 1_500_000_000L;
  private static final long MEASURED_NANOS = 1_000_000_000L;
  private static final LogId LOG = new LogId(Guid.of(1), 1);

  private final NodeKeys keys = NodeKeys.generate();
  private final NetworkInfo network = new NetworkInfo("benchmark", keys.key());
  private final NetworkId networkId = Networks.idOf(network);

  @Override
  public String name() {
    return "wire";
  }

  @Override
  public String what() {
    return "encode, decode, seal and verify frames of 100-byte messages, one thread";
  }

  @Override
  public void run(Report report) throws MalformedException {
    report.columns(
        "frame", "messages", "frame_bytes", "operation", "micros", "per_second", "allocated_bytes");
    for (Map.Entry<String, Frame> entry : frames().entrySet()) {
      measure(report, entry.getKey(), entry.getValue());
    }
    for (int messages : new int[] {1, 100}) {
      BatchCodec.Draft draft = draft(1, Digest.ZERO, messages);
      row(report, new Subject("batch", messages, seal(draft).length()), "seal", () -> seal(draft));
    }
  }

  private Map<String, Frame> frames() {
    Map<String, Frame> frames = new LinkedHashMap<>();
    for (int messages : new int[] {1, 100, 2_048}) {
      Batch batch = seal(draft(1, Digest.ZERO, messages));
      frames.put("push of " + messages, new Frame.Push(batch, new Position(1), 1));
    }
    List<Batch> run = new ArrayList<>();
    Digest previous = Digest.ZERO;
    for (int seq = 1; seq <= 100; seq++) {
      run.add(seal(draft(seq, previous, 1)));
      previous = run.getLast().hash();
    }
    frames.put("run of 100", new Frame.Batches(1, run, List.of(), true));
    List<Frame.LogHead> heads =
        IntStream.range(0, 1_000)
            .mapToObj(guid -> new Frame.LogHead(new LogId(Guid.of(guid), 1), 1_000L * guid))
            .toList();
    frames.put("heads of 1000", new Frame.Heads(1, 1, 1_001, heads, List.of()));
    return frames;
  }

  private void measure(Report report, String name, Frame frame) throws MalformedException {
    byte[] bytes = FrameCodec.encode(frame);
    Frame received = FrameCodec.decode(Bytes.wrap(bytes));
    Subject subject = new Subject(name, messages(frame), bytes.length);
    row(report, subject, "encode", () -> FrameCodec.encode(received));
    row(report, subject, "decode", () -> FrameCodec.decode(Bytes.wrap(bytes)));
    if (subject.messages() > 0) {
      Verifier trusting = verifier((key, signed, signature) -> true);
      Verifier real = verifier(new Ed25519Scheme());
      Verifier portable = verifier(Ed25519Scheme.portable());
      row(report, subject, "verify, hashes only", () -> valid(trusting, received));
      row(report, subject, "verify", () -> valid(real, received));
      row(report, subject, "verify, portable", () -> valid(portable, received));
    }
  }

  private static int messages(Frame frame) {
    return switch (frame) {
      case Frame.Push push -> push.batch().messages().size();
      case Frame.Batches run -> run.batches().stream().mapToInt(b -> b.messages().size()).sum();
      default -> 0;
    };
  }

  private Verifier verifier(SignatureScheme scheme) {
    var grant =
        new RecordCodec.Grant(Networks.idOf(network), Guid.of(0), 1, keys.key(), Instant.EPOCH);
    Certificate certificate = RecordCodec.certify(grant, keys.signer());
    return new Verifier(network, scheme, new OneKey(Optional.of(certificate)));
  }

  private static Verdict valid(Verifier verifier, Frame frame) {
    Verdict verdict = verifier.verify(frame);
    if (!(verdict instanceof Verdict.Valid)) {
      throw new IllegalStateException("a good frame was refused: " + verdict);
    }
    return verdict;
  }

  private BatchCodec.Draft draft(long firstSeq, Digest previous, int messages) {
    Message message = new Message(Message.JSON, Bytes.wrap(new byte[PAYLOAD_BYTES]));
    return new BatchCodec.Draft(
        LOG, firstSeq, previous, Instant.EPOCH, Collections.nCopies(messages, message));
  }

  private Batch seal(BatchCodec.Draft draft) {
    return BatchCodec.seal(draft, networkId, keys.signer());
  }

  private static void row(Report report, Subject subject, String name, Operation operation)
      throws MalformedException {
    repeat(operation, WARM_UP_NANOS);
    Cost cost = repeat(operation, MEASURED_NANOS);
    report.row(
        subject.frame(),
        subject.messages(),
        subject.bytes(),
        name,
        cost.nanos() / 1_000,
        1e9 / cost.nanos(),
        Math.round(cost.allocated()));
  }

  /// Repeats until the time is up, and looks at the clock once in a while only.
  private static Cost repeat(Operation operation, long nanos) throws MalformedException {
    long allocatedBefore = allocated();
    long start = System.nanoTime();
    long elapsed = 0;
    long count = 0;
    long lost = 0;
    while (elapsed < nanos) {
      for (int i = 0; i < 16; i++) {
        lost += operation.once() == null ? 1 : 0;
        count++;
      }
      elapsed = System.nanoTime() - start;
    }
    if (lost > 0) {
      throw new IllegalStateException("an operation gave nothing");
    }
    return new Cost((double) elapsed / count, (double) (allocated() - allocatedBefore) / count);
  }

  private static long allocated() {
    return ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean threads
        ? threads.getCurrentThreadAllocatedBytes()
        : 0;
  }

  private record Subject(String frame, int messages, int bytes) {}

  private record Cost(double nanos, double allocated) {}

  private interface Operation {
    Object once() throws MalformedException;
  }
}
