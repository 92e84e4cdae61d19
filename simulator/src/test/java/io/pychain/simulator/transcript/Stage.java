package io.pychain.simulator.transcript;

import io.pychain.core.admission.Terms;
import io.pychain.core.link.LinkId;
import io.pychain.core.message.Bytes;
import io.pychain.core.message.Frame;
import io.pychain.core.message.Message;
import io.pychain.core.message.MessageId;
import io.pychain.core.protocol.Effects;
import io.pychain.core.protocol.Identity;
import io.pychain.core.protocol.Input;
import io.pychain.core.protocol.ProtocolConfig;
import io.pychain.core.protocol.Stored;
import io.pychain.core.ring.Guid;
import io.pychain.simulator.world.ClockConfig;
import io.pychain.simulator.world.Core;
import io.pychain.simulator.world.DiskConfig;
import io.pychain.simulator.world.NetworkConfig;
import io.pychain.simulator.world.World;
import io.pychain.simulator.world.WorldConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A world for a story, in which everything takes its even time: a frame the same from anybody to
/// anybody, a commit or a read 1 ms. Broken links are noticed at once.
final class Stage {
  /// How long a frame takes, unless a story says otherwise.
  static final Duration LATENCY = Duration.ofMillis(10);

  private static final long SEED = 1;
  private static final int RING_SHOWN_MAX = 8;
  private static final Duration CALM_MAX = Duration.ofSeconds(30);
  private static final Duration TICK = Duration.ofMillis(1);
  private static final DiskConfig DISK =
      new DiskConfig(TICK, TICK, TICK, 256 << 10, 4 << 20, false);

  private final World world;
  private final Duration latency;
  private final Transcript transcript;
  private final List<Loss> losses = new ArrayList<>();

  /// One push that will be lost.
  private record Loss(Guid from, Guid to) {}

  Stage(int nodes) {
    this(nodes, LATENCY);
  }

  Stage(int nodes, Duration latency) {
    this.latency = latency;
    WorldConfig defaults = WorldConfig.of(nodes);
    world =
        new World(
            new WorldConfig(
                nodes,
                network(latency),
                DISK,
                ClockConfig.EXACT,
                defaults.protocol(),
                this::lossy,
                false),
            SEED);
    transcript = new Transcript(world);
    world.witness().show(transcript);
  }

  private static NetworkConfig network(Duration latency) {
    NetworkConfig usual = NetworkConfig.continent();
    return new NetworkConfig(
        latency,
        latency,
        1,
        Duration.ZERO,
        0,
        usual.outboxBytesMax(),
        usual.dialTimeout(),
        Duration.ZERO);
  }

  World world() {
    return world;
  }

  Transcript transcript() {
    return transcript;
  }

  /// Members that have known each other for long, and are connected.
  Stage connected() {
    world.startWarm();
    pass(2_000);
    return this;
  }

  /// What a reader must know of the place: what takes how long, and who sits where on the ring if
  /// it is small enough to look at.
  String setting() {
    String times = "A frame takes %d ms, a commit 1 ms.".formatted(latency.toMillis());
    int nodes = world.machines().size();
    return nodes > RING_SHOWN_MAX ? times : times + " The ring, clockwise: " + ring(nodes) + ".";
  }

  private static String ring(int nodes) {
    return IntStream.range(0, nodes)
        .mapToObj(Guid::of)
        .sorted((a, b) -> Long.compareUnsigned(a.position().value(), b.position().value()))
        .map(guid -> guid + Wording.of(guid.position()))
        .collect(Collectors.joining(" "));
  }

  /// Waits until nobody dials, so that what comes next begins with a dial.
  void awaitCalm() {
    world.require("all dials end", () -> world.network().dialsPending() == 0, CALM_MAX);
  }

  void pass(long millis) {
    world.pass(Duration.ofMillis(millis));
  }

  /// Begins to write down.
  void begin(String heading) {
    transcript.heading(heading);
    transcript.begin();
  }

  void heading(String text) {
    transcript.heading(text);
  }

  void publish(int node, String... texts) {
    List<Message> messages = new ArrayList<>();
    for (String text : texts) {
      messages.add(new Message(Message.JSON, Bytes.utf8("\"" + text + "\"")));
    }
    world.machine(node).publish(messages, _ -> {});
  }

  /// Asks a node who has a message, for five seconds.
  void survey(int node, String message) {
    world.machine(node).survey(MessageId.parse(message), Duration.ofSeconds(5), _ -> {});
  }

  /// The next push from one to another is lost, as if the outbox had been full.
  void loseNextPush(int from, int to) {
    losses.add(new Loss(Guid.of(from), Guid.of(to)));
  }

  private boolean isLost(Guid from, Guid to, Frame frame) {
    boolean lost = frame instanceof Frame.Push && losses.remove(new Loss(from, to));
    if (lost) {
      transcript.lost(from, to, frame);
    }
    return lost;
  }

  private Core lossy(
      Identity identity, ProtocolConfig config, Stored stored, RandomGenerator random) {
    return new LossyCore(identity.record().guid(), Core.protocol(identity, config, stored, random));
  }

  /// The protocol, on a machine that loses frames when told to.
  private final class LossyCore implements Core {
    private final Guid self;
    private final Core sound;
    private final Map<LinkId, Guid> peers = new TreeMap<>();

    LossyCore(Guid self, Core sound) {
      this.self = self;
      this.sound = sound;
    }

    @Override
    public Effects handle(Instant now, Input input) {
      if (input instanceof Input.LinkUp up) {
        peers.put(up.link(), up.record().guid());
      }
      Effects effects = sound.handle(now, input);
      effects
          .send()
          .removeIf(send ->
              peers.containsKey(send.link()) && isLost(self, peers.get(send.link()), send.frame()));
      return effects;
    }

    @Override
    public Instant deadline() {
      return sound.deadline();
    }

    @Override
    public Optional<Terms> terms() {
      return sound.terms();
    }
  }
}
