package io.pychain.node.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.admission.AdmissionConfig;
import io.pychain.core.admission.Terms;
import io.pychain.core.link.LinkId;
import io.pychain.core.message.Address;
import io.pychain.core.message.Contact;
import io.pychain.core.message.Frame;
import io.pychain.core.message.Frame.Reason;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.message.ProtocolRange;
import io.pychain.core.protocol.Effects;
import io.pychain.core.protocol.Input;
import io.pychain.core.ring.Guid;
import io.pychain.core.trust.KnownKeys;
import io.pychain.core.trust.Verifier;
import io.pychain.node.keys.Ed25519Scheme;
import io.pychain.node.keys.NodeCertificate;
import io.pychain.node.keys.NodeKeys;
import io.pychain.node.metrics.NodeMetrics;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// A transport with an identity, and in place of a protocol a list of what it was told.
final class TestNode implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final long POLL_NANOS = 1_000_000;

  private final TestNetwork network;
  private final NodeKeys keys = NodeKeys.generate();
  private final MemberRecord record;
  private final Transport transport;
  private final NodeMetrics metrics = new NodeMetrics();
  private final LinkedBlockingQueue<Input> inputs = new LinkedBlockingQueue<>();
  private volatile Terms terms = AdmissionConfig.DEFAULT.first();
  private final Semaphore inbox = new Semaphore(Integer.MAX_VALUE);

  private TestNode(TestNetwork network, int guid, TransportConfig config, String... capabilities)
      throws IOException {
    this.network = network;
    this.transport = Transport.bind(config, metrics);
    this.record = network.record(guid, keys, address(), capabilities);
  }

  static TestNode start(
      TestNetwork network, int guid, TransportConfig config, String... capabilities)
      throws IOException {
    TestNode node = new TestNode(network, guid, config, capabilities);
    node.start(node.record);
    return node;
  }

  /// Starts as one that speaks these versions of the protocol.
  static TestNode start(TestNetwork network, int guid, ProtocolRange versions) throws IOException {
    var config = TransportConfig.on(TestNetwork.anyPort());
    TestNode node = new TestNode(network, guid, config);
    node.start(network.speaking(versions, node.record, node.keys));
    return node;
  }

  /// Starts as one that shows the record of somebody else.
  static TestNode thief(TestNetwork network, MemberRecord stolen) throws IOException {
    var config = TransportConfig.on(TestNetwork.anyPort());
    TestNode node = new TestNode(network, stolen.guid().value(), config, Contact.BOOT);
    node.start(stolen);
    return node;
  }

  private void start(MemberRecord shown) throws IOException {
    LinkIdentity self =
        new LinkIdentity(
            keys,
            NodeCertificate.make(keys),
            network.info(),
            1_000 + record.guid().value(),
            () -> shown,
            Optional::empty,
            _ -> false,
            this::terms);
    var verifier = new Verifier(network.info(), new Ed25519Scheme(), new KnownKeys());
    transport.start(self, verifier, this::take);
  }

  private Optional<Terms> terms() {
    boolean boot = record.contact().capabilities().contains(Contact.BOOT);
    return boot ? Optional.of(terms) : Optional.empty();
  }

  /// Admits newcomers on these terms from now on.
  void admitOn(Terms others) {
    terms = others;
  }

  private void take(Input input) {
    try {
      inbox.acquire();
      inputs.add(input);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  /// From now on nothing is taken from the links, as by a protocol that cannot keep up.
  void stopTaking() {
    inbox.drainPermits();
  }

  /// Takes again what comes.
  void takeAgain() {
    inbox.release(Integer.MAX_VALUE);
  }

  NodeKeys keys() {
    return keys;
  }

  MemberRecord record() {
    return record;
  }

  Guid guid() {
    return record.guid();
  }

  Transport transport() {
    return transport;
  }

  Address address() {
    return new Address("127.0.0.1", transport.port());
  }

  void dial(TestNode other) {
    dial(other.guid(), other.address());
  }

  void dial(Guid guid, Address... addresses) {
    transport.dial(new Effects.Dial(guid, List.of(addresses)));
  }

  void send(LinkId link, Frame frame) {
    transport.send(new Effects.Send(link, frame));
  }

  void drop(LinkId link, Reason reason) {
    transport.drop(new Effects.Drop(link, reason, "as the test wants it"));
  }

  /// Waits for the next input of that kind, passing over others.
  <T extends Input> T expect(Class<T> kind) throws InterruptedException {
    List<Input> passed = new ArrayList<>();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      Input next = inputs.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      assertThat(next)
          .as("a %s, after %s; refused: %s", kind.getSimpleName(), passed, refused())
          .isNotNull();
      if (kind.isInstance(next)) {
        return kind.cast(next);
      }
      passed.add(next);
    }
  }

  /// The link that comes up next.
  LinkId expectLink() throws InterruptedException {
    return expect(Input.LinkUp.class).link();
  }

  /// Everything that has come and was not expected yet.
  List<Input> inputs() {
    return List.copyOf(inputs);
  }

  /// How often something was turned away, by reason.
  Map<String, Long> refused() {
    return metrics.refused();
  }

  long refused(Refusal refusal) {
    return refused().getOrDefault(refusal.label(), 0L);
  }

  void awaitRefused(Refusal refusal, long times) {
    await(refusal.label() + " counted", () -> refused(refusal) >= times);
  }

  static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(deadline);
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  @Override
  public void close() {
    transport.close();
  }
}
