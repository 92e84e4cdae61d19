package io.pychain.node.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.message.Certificate;
import io.pychain.core.message.Contact;
import io.pychain.core.message.Contact.Status;
import io.pychain.core.message.Frame.NetworkInfo;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.message.NodeKey;
import io.pychain.core.message.ProtocolRange;
import io.pychain.core.protocol.Effects;
import io.pychain.core.protocol.Identity;
import io.pychain.core.protocol.Protocol;
import io.pychain.core.protocol.ProtocolConfig;
import io.pychain.core.protocol.Stored;
import io.pychain.core.ring.Guid;
import io.pychain.core.trust.Mandate;
import io.pychain.core.trust.Networks;
import io.pychain.core.trust.Signer;
import io.pychain.core.wire.RecordCodec;
import io.pychain.node.DeliveredMessage;
import io.pychain.node.keys.NodeKeys;
import io.pychain.node.metrics.NodeMetrics;
import io.pychain.node.store.Store;
import io.pychain.node.store.StoreConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A network of one: the real protocol, engine and store, and nobody at the other end.
final class LonelyNode implements AutoCloseable {
  private final Store store;
  private final Engine engine;
  private final BreakableSigner signer;

  private LonelyNode(Store store, NodeKeys keys, EngineLimits limits) throws IOException {
    this.store = store;
    this.signer = new BreakableSigner(keys.signer());
    Stored stored = store.load();
    Protocol protocol =
        new Protocol(identity(stored), ProtocolConfig.DEFAULT, stored, new SplittableRandom(1));
    engine =
        new Engine(
            new Engine.Parts(
                protocol, store, new NoLinks(), new NodeMetrics(), new MonotonicClock()),
            limits,
            stored.lastOffset());
    engine.start();
    awaitFirstMessage();
  }

  static LonelyNode start(Path folder, EngineLimits limits) throws IOException {
    Store store = Store.open(StoreConfig.in(folder));
    return new LonelyNode(store, NodeKeys.loadOrCreate(folder.resolve("node-key")), limits);
  }

  /// A new node says that it has joined, at a moment that no test should depend on.
  private void awaitFirstMessage() {
    CountDownLatch introduced = new CountDownLatch(1);
    try (var _ = engine.subscribe(0, _ -> introduced.countDown())) {
      assertThat(introduced.await(10, TimeUnit.SECONDS)).as("the node introduces itself").isTrue();
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  private Identity identity(Stored stored) {
    NetworkInfo network = new NetworkInfo("lonely", signer.key());
    var grant =
        new RecordCodec.Grant(Networks.idOf(network), Guid.of(0), 1, signer.key(), Instant.EPOCH);
    Certificate certificate = RecordCodec.certify(grant, signer);
    Contact contact =
        new Contact(
            stored.lastWrite() + 1, List.of(), List.of(), "test", ProtocolRange.OWN, Status.ACTIVE);
    MemberRecord record = RecordCodec.sign(certificate, contact, signer);
    var mandate = Mandate.ofAuthority(Networks.idOf(network), signer);
    return new Identity(network, record, signer, Optional.of(mandate), true);
  }

  private static final class BreakableSigner implements Signer {
    private final Signer real;
    private volatile boolean broken;

    BreakableSigner(Signer real) {
      this.real = real;
    }

    @Override
    public NodeKey key() {
      return real.key();
    }

    @Override
    public byte[] sign(byte[] bytes) {
      if (broken) {
        throw new IllegalStateException("broken key");
      }
      return real.sign(bytes);
    }
  }

  private static final class NoLinks implements Links {
    @Override
    public void dial(Effects.Dial dial) {}

    @Override
    public boolean send(Effects.Send send) {
      return true;
    }

    @Override
    public boolean sendInTurn(Effects.Send send) {
      return false;
    }

    @Override
    public void seek(Effects.Seek seek) {}

    @Override
    public void drop(Effects.Drop drop) {}
  }

  Engine engine() {
    return engine;
  }

  Store store() {
    return store;
  }

  /// The next signature is a fault.
  void breakKey() {
    signer.broken = true;
  }

  List<DeliveredMessage> stored() throws IOException {
    return Pages.after(store, 0, Integer.MAX_VALUE, Optional.empty());
  }

  @Override
  public void close() throws IOException {
    engine.close();
    store.close();
  }
}
