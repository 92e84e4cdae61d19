package io.pychain.node;

import io.pychain.core.message.Address;
import io.pychain.core.message.Contact;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.protocol.Answer;
import io.pychain.core.protocol.Identity;
import io.pychain.core.protocol.Input;
import io.pychain.core.protocol.NodeView;
import io.pychain.core.protocol.Protocol;
import io.pychain.core.protocol.ProtocolConfig;
import io.pychain.core.protocol.Stored;
import io.pychain.core.trust.KnownKeys;
import io.pychain.core.trust.Verifier;
import io.pychain.node.api.ApiConfig;
import io.pychain.node.api.ApiServer;
import io.pychain.node.api.ApiToken;
import io.pychain.node.config.Endpoint;
import io.pychain.node.config.NodeConfig;
import io.pychain.node.config.NodeConfig.Role;
import io.pychain.node.engine.Engine;
import io.pychain.node.engine.Links;
import io.pychain.node.engine.MonotonicClock;
import io.pychain.node.keys.Ed25519Scheme;
import io.pychain.node.keys.InviteToken;
import io.pychain.node.keys.KeyFiles;
import io.pychain.node.keys.NodeCertificate;
import io.pychain.node.keys.NodeKeys;
import io.pychain.node.link.JoinClient;
import io.pychain.node.link.LinkIdentity;
import io.pychain.node.link.Transport;
import io.pychain.node.metrics.NodeMetrics;
import io.pychain.node.store.Store;
import io.pychain.node.store.StoreConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts a node together, in the order in which the parts need each other:
///
/// ```
///   store ─► keys ─► port of links ─► membership (may take long) ─► own record
///         ─► protocol ─► engine ─► links start ─► protocol runs ─► API
/// ```
///
/// What was opened before something failed is closed again.
final class Assembly {
  /// The file of the secret that writes through the API must show.
  static final String TOKEN_FILE = "api-token";

  private static final String TLS_FILE = "node-certificate";

  /// Connections that read the store at once.
  private static final int READERS = 2;

  private static final Logger LOG = LoggerFactory.getLogger(Assembly.class);

  private final NodeConfig config;
  private final KeyFiles keyFiles;
  private final NodeMetrics metrics = new NodeMetrics();
  private final MonotonicClock clock = new MonotonicClock();
  private final Ed25519Scheme scheme = new Ed25519Scheme();

  Assembly(NodeConfig config) {
    this.config = config;
    this.keyFiles = new KeyFiles(config.storageDir());
  }

  PychainNode start() throws IOException {
    Path folder = config.storageDir();
    Store store =
        Store.open(new StoreConfig(folder, config.retention(), config.retentionBytes(), READERS));
    try {
      return start(store);
    } catch (IOException | RuntimeException failure) {
      store.close();
      throw failure;
    }
  }

  private PychainNode start(Store store) throws IOException {
    Endpoint listen = config.peerListen();
    var address = new InetSocketAddress(listen.host(), listen.port());
    Transport transport = Transport.bind(Bounds.ofLinks(address), metrics);
    try {
      NodeKeys keys = keyFiles.settle(store.certificate());
      var tls = NodeCertificate.loadOrCreate(config.storageDir().resolve(TLS_FILE), keys);
      return start(new Ground(store, transport, keys, tls));
    } catch (IOException | RuntimeException failure) {
      transport.close();
      throw failure;
    }
  }

  /// What a node stands on before it is a member.
  private record Ground(Store store, Transport transport, NodeKeys keys, X509Certificate tls) {}

  private PychainNode start(Ground ground) throws IOException {
    Membership membership = membership(ground);
    Stored stored = ground.store().load();
    MemberRecord record =
        new OwnRecord(config, membership, ground.transport().port())
            .sign(stored, clock.get(), ground.keys().signer());
    Engine engine =
        engine(
            ground,
            stored,
            new Identity(
                membership.network(),
                record,
                ground.keys().signer(),
                membership.authority(),
                membership.fresh()));
    try {
      startLinks(ground, stored, membership, record, engine);
    } catch (IOException failure) {
      engine.close();
      throw failure;
    }
    engine.start();
    PychainNode node =
        new PychainNode(
            new PychainNode.Running(
                membership.network(),
                record,
                ground.keys().signer(),
                keyFiles,
                membership.authority(),
                clock.get(),
                ground.store(),
                ground.transport(),
                engine));
    resumeRotation(node);
    serveApi(node);
    LOG.info(
        "node started guid={} network={} address={} held={}",
        record.guid(),
        membership.network().name(),
        record.contact().addresses().getFirst(),
        stored.lastOffset());
    return node;
  }

  /// The last run was asked for another key, and ended before it had one.
  private void resumeRotation(PychainNode node) throws IOException {
    if (keyFiles.next().isPresent()) {
      CompletableFuture<Answer> _ = node.rotateKey();
    }
  }

  private void serveApi(PychainNode node) throws IOException {
    if (config.apiListen().isEmpty()) {
      return;
    }
    Endpoint listen = config.apiListen().get();
    try {
      ApiToken token = ApiToken.loadOrCreate(config.storageDir().resolve(TOKEN_FILE));
      ApiConfig api =
          Bounds.ofApi(listen, token, config.messageBytesMax())
              .with(config.apiTls())
              .with(config.apiHosts());
      node.serve(ApiServer.start(api, node, metrics));
    } catch (IOException | RuntimeException failure) {
      node.close();
      throw failure;
    }
  }

  private Membership membership(Ground ground) throws IOException {
    Optional<InviteToken> invite =
        config.invite().isPresent()
            ? Optional.of(InviteToken.parse(config.invite().get().text()))
            : Optional.empty();
    JoinClient joiner = new JoinClient(ground.keys(), ground.tls(), scheme, invite);
    if (config.role() == Role.BOOT) {
      return Membership.ofBootNode(config, ground.store(), ground.keys(), joiner);
    }
    return Membership.ofClient(config, ground.store(), ground.keys().key(), joiner);
  }

  private Engine engine(Ground ground, Stored stored, Identity identity) {
    ProtocolConfig bounds = ProtocolSettings.of(config);
    var luck = new SplittableRandom(new SecureRandom().nextLong());
    Protocol protocol = new Protocol(identity, bounds, stored, luck);
    Links links = new TransportLinks(ground.transport());
    return new Engine(
        new Engine.Parts(protocol, ground.store(), links, metrics, clock),
        Bounds.ofEngine(),
        stored.lastOffset());
  }

  private void startLinks(
      Ground ground, Stored stored, Membership membership, MemberRecord record, Engine engine)
      throws IOException {
    KnownKeys known = new KnownKeys();
    known.learn(record);
    stored.records().forEach(known::learn);
    Verifier verifier = new Verifier(membership.network(), scheme, known);
    LinkIdentity identity =
        new LinkIdentity(
            ground.keys(),
            ground.tls(),
            membership.network(),
            stored.storeId(),
            () -> engine.view().self(),
            () -> bootNode(engine.view()),
            known::contains,
            engine::terms);
    metrics.admissionPrice(() -> engine.terms().map(terms -> terms.leastPrice(clock.get())));
    ground.transport().start(identity, verifier, input -> put(engine, input));
  }

  private static void put(Engine engine, Input input) {
    try {
      engine.put(input);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private static Optional<Address> bootNode(NodeView view) {
    return view.members().stream()
        .map(member -> member.record().contact())
        .filter(contact -> contact.capabilities().contains(Contact.BOOT))
        .flatMap(contact -> contact.addresses().stream())
        .findFirst();
  }
}
