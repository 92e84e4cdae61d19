package io.pychain.benchmarks.links;

import com.sun.management.OperatingSystemMXBean;
import io.pychain.benchmarks.Benchmark;
import io.pychain.benchmarks.Report;
import io.pychain.core.message.Frame;
import io.pychain.core.message.Frame.Reason;
import io.pychain.core.protocol.Effects;
import io.pychain.core.protocol.Input;
import io.pychain.core.protocol.Input.Received;
import io.pychain.core.ring.Position;
import io.pychain.core.trust.SignatureScheme;
import io.pychain.node.keys.Ed25519Scheme;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/// Both ends are in this process and share its processors, so that a figure for one link is what
/// both ends cost together.
public final class LinksBenchmark implements Benchmark {
  /// To see what links cost without the signatures.
  private static final SignatureScheme BELIEVING = (_, _, _) -> true;

  private static final int SMALL_BYTES = 100;
  private static final int LARGE_BYTES = 64 << 10;
  private static final Duration WARM_UP = Duration.ofSeconds(2);
  private static final Duration MEASURED = Duration.ofSeconds(4);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int HANDSHAKES = 300;
  private static final int IDLE_LINKS = 500;
  private static final int STRANGERS = 9_000;
  private static final int SETTLE_ROUNDS = 5;

  private final OperatingSystemMXBean system =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  @Override
  public String name() {
    return "links";
  }

  @Override
  public String what() {
    return "TLS links on loopback, both ends here: frames/s, round trips, handshakes, memory";
  }

  @Override
  public void run(Report report) throws Exception {
    report.columns("figure", "value", "unit");
    handshakes(report);
    idleLinks(report);
    strangers(report);
    roundTrips(report);
    oneWay(report, "pushes of 64 KiB, believed", BELIEVING, LARGE_BYTES);
    oneWay(report, "pushes of 100 bytes, believed", BELIEVING, SMALL_BYTES);
    oneWay(report, "pushes of 100 bytes, verified", new Ed25519Scheme(), SMALL_BYTES);
  }

  private void handshakes(Report report) throws Exception {
    try (Ends ends = Ends.silent()) {
      handshakes(ends);
      long cpu = system.getProcessCpuTime();
      long start = System.nanoTime();
      handshakes(ends);
      report.row("handshake, both ends", perHandshake(System.nanoTime() - start), "ms");
      report.row("handshake, both ends", perHandshake(system.getProcessCpuTime() - cpu), "cpu_ms");
    }
  }

  private static double perHandshake(long nanos) {
    return nanos / 1e6 / HANDSHAKES;
  }

  private static void handshakes(Ends ends) throws InterruptedException {
    for (int i = 0; i < HANDSHAKES; i++) {
      Ends.Pair pair = ends.dial();
      ends.near().drop(new Effects.Drop(pair.near(), Reason.UNNEEDED, ""));
    }
  }

  private static void idleLinks(Report report) throws Exception {
    Semaphore received = new Semaphore(0);
    try (Ends ends = new Ends(BELIEVING, _ -> {}, _ -> received.release())) {
      ends.dial();
      List<Ends.Pair> pairs = new ArrayList<>();
      long before = heapBytes();
      for (int i = 0; i < IDLE_LINKS; i++) {
        pairs.add(ends.dial());
      }
      report.row("heap of a new link, both ends", kibEach(heapBytes() - before), "KiB");

      Frame push = push(ends, LARGE_BYTES);
      pairs.forEach(pair -> ends.near().send(new Effects.Send(pair.near(), push)));
      received.acquire(IDLE_LINKS);
      report.row("heap once it has carried 64 KiB", kibEach(heapBytes() - before), "KiB");
    }
  }

  private static double kibEach(long bytes) {
    return bytes / 1024.0 / IDLE_LINKS;
  }

  private static void strangers(Report report) throws Exception {
    List<Socket> sockets = new ArrayList<>();
    try (Ends ends = Ends.silent()) {
      ends.dial();
      long before = heapBytes();
      for (int i = 0; i < STRANGERS; i++) {
        sockets.add(new Socket(InetAddress.getLoopbackAddress(), ends.far().port()));
      }
      long start = System.nanoTime();
      ends.dial();
      double dial = (System.nanoTime() - start) / 1e6;
      report.row("a link beside " + STRANGERS + " silent strangers", dial, "ms");
      report.row("heap for all of them", (heapBytes() - before) / 1024.0, "KiB");
      report.row("of them given way", ends.refused("gave_way"), "connections");
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  private static long heapBytes() throws InterruptedException {
    for (int i = 0; i < SETTLE_ROUNDS; i++) {
      System.gc();
      Thread.sleep(50);
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static void roundTrips(Report report) throws Exception {
    Semaphore back = new Semaphore(0);
    Ends[] both = new Ends[1];
    try (Ends ends =
        new Ends(
            new Ed25519Scheme(),
            _ -> back.release(),
            input -> {
              if (input instanceof Received(var link, Frame.Ping(long nonce, boolean _))) {
                both[0].far().send(new Effects.Send(link, new Frame.Pong(nonce)));
              }
            })) {
      both[0] = ends;
      Ends.Pair pair = ends.dial();
      roundTrips(ends, pair, back, WARM_UP);
      report.row("round trip", 1e6 / roundTrips(ends, pair, back, MEASURED), "µs");
    }
  }

  private static double roundTrips(Ends ends, Ends.Pair pair, Semaphore back, Duration time)
      throws InterruptedException {
    long start = System.nanoTime();
    long count = 0;
    while (System.nanoTime() - start < time.toNanos()) {
      ends.near().send(new Effects.Send(pair.near(), new Frame.Ping(count)));
      back.acquire();
      count++;
    }
    return count * 1e9 / (System.nanoTime() - start);
  }

  private static Frame push(Ends ends, int bytes) {
    return new Frame.Push(ends.batch(new byte[bytes]), new Position(0), 1);
  }

  private void oneWay(Report report, String figure, SignatureScheme scheme, int bytes)
      throws Exception {
    AtomicLong received = new AtomicLong();
    try (Ends ends = new Ends(scheme, _ -> {}, input -> received.addAndGet(count(input)))) {
      Ends.Pair pair = ends.dial();
      Frame frame = push(ends, bytes);
      send(ends, pair, frame, WARM_UP);
      long cpu = system.getProcessCpuTime();
      long before = received.get();
      long start = System.nanoTime();
      send(ends, pair, frame, MEASURED);
      long count = received.get() - before;
      report.row(figure, count * 1e9 / (System.nanoTime() - start), "frames/s");
      report.row(figure, (system.getProcessCpuTime() - cpu) / 1e3 / count, "cpu_µs");
    }
  }

  private static int count(Input input) {
    return input instanceof Received ? 1 : 0;
  }

  private static void send(Ends ends, Ends.Pair pair, Frame frame, Duration time)
      throws InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      ends.near().sendWhenRoom(pair.near(), frame, PATIENCE);
    }
  }
}
