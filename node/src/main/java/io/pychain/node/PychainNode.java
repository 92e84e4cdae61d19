package io.pychain.node;

import io.pychain.core.coverage.Coverage;
import io.pychain.core.failure.Suspicion;
import io.pychain.core.link.LinkId;
import io.pychain.core.message.Bytes;
import io.pychain.core.message.Frame.NetworkInfo;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.message.Message;
import io.pychain.core.message.MessageId;
import io.pychain.core.message.NetworkId;
import io.pychain.core.message.OriginLimits;
import io.pychain.core.protocol.Answer;
import io.pychain.core.protocol.Input;
import io.pychain.core.protocol.NodeView;
import io.pychain.core.ring.Guid;
import io.pychain.core.trust.Mandate;
import io.pychain.core.trust.Networks;
import io.pychain.core.trust.Signer;
import io.pychain.node.api.ApiServer;
import io.pychain.node.config.NodeConfig;
import io.pychain.node.engine.Engine;
import io.pychain.node.engine.Pages;
import io.pychain.node.keys.KeyFiles;
import io.pychain.node.link.Transport;
import io.pychain.node.store.Store;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A node in this process. Any number of them can live in one.
///
/// ```java
/// NodeConfig config =
///     NodeConfig.builder().bootNodes("boot.example.org").storageDir(folder).build();
/// try (PychainNode node = PychainNode.start(config)) {
///   node.subscribe(0, message -> System.out.println(message.message().data().utf8()));
///   MessageId id = node.broadcast("{\"hello\": \"world\"}").id(0);
///   Coverage coverage = node.coverage(id, Duration.ofSeconds(5)).orElseThrow();
/// }
/// ```
public final class PychainNode implements Node, AutoCloseable {
  /// Of this software.
  public static final String VERSION = "0.1.0";

  private static final Logger LOG = LoggerFactory.getLogger(PychainNode.class);

  private final Running running;
  private final AtomicBoolean closing = new AtomicBoolean();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final ExpiryWatch expiryWatch;
  private volatile Optional<ApiServer> api = Optional.empty();
  private volatile Optional<Throwable> fault = Optional.empty();

  /// The parts of a node that runs.
  ///
  /// @param network that it is in
  /// @param record its own, as signed at the start
  /// @param signer its key
  /// @param keyFiles where that is kept, and the one to follow it
  /// @param mandate to sign for the authority, in a boot node
  /// @param started when it began to serve
  /// @param store closed last
  /// @param transport closed once nothing more is published
  /// @param engine that drives the protocol
  record Running(
      NetworkInfo network,
      MemberRecord record,
      Signer signer,
      KeyFiles keyFiles,
      Optional<Mandate> mandate,
      Instant started,
      Store store,
      Transport transport,
      Engine engine) {}

  PychainNode(Running running) {
    this.running = running;
    this.expiryWatch = ExpiryWatch.start(this::expiries);
    CompletableFuture<Void> _ = running.engine().fault().thenAccept(this::failed);
  }

  /// Serves the API until the node stops.
  void serve(ApiServer server) {
    api = Optional.of(server);
  }

  /// Starts a node, which takes as long as joining does: a newcomer tries its boot nodes in turn
  /// until one admits it. An interrupt ends that with an [java.io.InterruptedIOException].
  ///
  /// @throws IOException if it cannot start; the message says what to do
  public static PychainNode start(NodeConfig config) throws IOException {
    return new Assembly(config).start();
  }

  /// Publishes one JSON value and waits until it is durable here.
  ///
  /// @throws PublishRefusedException if the node cannot take it now; nothing of it was kept
  public Answer.Published broadcast(String json)
      throws PublishRefusedException, InterruptedException {
    return broadcast(new Message(Message.JSON, Bytes.utf8(json)));
  }

  /// Publishes one message and waits until it is durable here.
  ///
  /// @throws PublishRefusedException if the node cannot take it now; nothing of it was kept
  public Answer.Published broadcast(Message message)
      throws PublishRefusedException, InterruptedException {
    try {
      return switch (publish(List.of(message)).get()) {
        case Answer.Published published -> published;
        case Answer.Refused refused -> throw new PublishRefusedException(refused.reason());
        case Answer.Limited limited -> throw new PublishLimitedException(limited.after());
        case Answer.Once _, Answer.Covered _, Answer.NotHeld _ ->
            throw new IllegalStateException("a publish was taken for something else");
      };
    } catch (ExecutionException stopped) {
      throw new IllegalStateException(
          "the node stopped before it could tell whether the message is durable", stopped);
    }
  }

  /// Waits until every member has a message, or the wait is over, and tells who has it. Members
  /// that are dead or have left do not count.
  ///
  /// @param wait up to [Node#COVERAGE_WAIT_MAX]
  /// @return empty if the message is not held here: it never was, or is pruned
  /// @throws IllegalStateException if the node cannot keep up, or has stopped
  public Optional<Coverage> coverage(MessageId message, Duration wait) throws InterruptedException {
    try {
      return survey(message, wait).end().get();
    } catch (ExecutionException failed) {
      throw new IllegalStateException("nobody could be asked", failed.getCause());
    }
  }

  @Override
  public NetworkInfo network() {
    return running.network();
  }

  @Override
  public NetworkId networkId() {
    return Networks.idOf(running.network());
  }

  @Override
  public Instant started() {
    return running.started();
  }

  /// The port that links are taken at.
  public int peerPort() {
    return running.transport().port();
  }

  /// The port that the API is served at, if it is.
  public OptionalInt apiPort() {
    return api.stream().mapToInt(ApiServer::port).findFirst();
  }

  @Override
  public NodeView view() {
    return running.engine().view();
  }

  @Override
  public List<Expiry> expiries() {
    Optional<Expiry> delegation =
        running
            .mandate()
            .flatMap(Mandate::delegation)
            .map(given -> Expiry.ofDelegation(given.until()));
    Optional<Expiry> certificate = Expiry.ofCertificate(view().self().certificate());
    return Stream.of(delegation, certificate).flatMap(Optional::stream).toList();
  }

  @Override
  public Map<LinkId, LinkTraffic> traffic() {
    return running.transport().traffic();
  }

  @Override
  public CompletableFuture<Answer> publish(List<Message> messages) {
    return running.engine().publish(messages.stream().map(this::completed).toList());
  }

  /// A suspicion that names only a member is made one about the record that this node holds of it.
  private Message completed(Message message) {
    return Suspicion.completed(
        message,
        guid ->
            view().members().stream()
                .map(NodeView.MemberView::record)
                .filter(record -> record.guid().equals(guid))
                .findFirst());
  }

  @Override
  public List<DeliveredMessage> messages(long after, int limit, Optional<Guid> origin)
      throws IOException {
    return Pages.after(running.store(), after, limit, origin);
  }

  @Override
  public long held() throws IOException {
    return running.store().extent().messages();
  }

  @Override
  public Optional<DeliveredMessage> message(MessageId id) throws IOException {
    return Pages.find(running.store(), id);
  }

  @Override
  public Subscription subscribe(long after, Consumer<DeliveredMessage> consumer) {
    return running.engine().subscribe(after, consumer);
  }

  @Override
  public Inquiry survey(MessageId message, Duration wait) {
    return running.engine().survey(message, wait);
  }

  @Override
  public CompletableFuture<Answer.Synced> sync() {
    return running.engine().command(Input.SyncNow::new).thenApply(Answer.Synced.class::cast);
  }

  @Override
  public CompletableFuture<Answer> ban(Guid guid, boolean force) {
    return running.engine().command(ticket -> new Input.Ban(ticket, guid, force));
  }

  @Override
  public CompletableFuture<Answer> unban(Guid guid) {
    return running.engine().command(ticket -> new Input.Unban(ticket, guid));
  }

  @Override
  public CompletableFuture<Answer> rotateKey() throws IOException {
    Signer next = running.keyFiles().nextOrNew().signer();
    return running.engine().command(ticket -> new Input.Rotate(ticket, next));
  }

  @Override
  public CompletableFuture<Answer.Left> leave() {
    return running
        .engine()
        .command(Input.Leave::new)
        .thenApply(Answer.Left.class::cast)
        .whenComplete((_, _) -> stop());
  }

  @Override
  public CompletableFuture<Answer> layDown(OriginLimits limits) {
    return running.engine().command(ticket -> new Input.LayDown(ticket, limits));
  }

  @Override
  public Bytes prove(Bytes nonce) {
    byte[] words = StatusProof.signedBytes(networkId(), running.record().guid(), nonce);
    return Bytes.wrap(running.signer().sign(words));
  }

  /// Ends when the node has stopped: normally after [#close], with the fault if it stopped by
  /// itself.
  public CompletableFuture<Void> ended() {
    return ended.copy();
  }

  /// A fault of ours: the node stops, on another thread than the one that met it.
  private void failed(Throwable thrown) {
    fault = Optional.of(thrown);
    stop();
  }

  private void stop() {
    Thread.ofPlatform().name("node-stop").start(this::close);
  }

  /// Stops in order: refuses new publishes, waits for those that were taken to be durable and for
  /// outboxes to drain, each within bounds, and closes the store.
  @Override
  public void close() {
    if (closing.compareAndSet(false, true)) {
      expiryWatch.close();
      running.engine().drain();
      api.ifPresent(ApiServer::close);
      running.transport().close();
      running.engine().close();
      closeStore();
      LOG.info("node stopped guid={}", running.record().guid());
      fault.ifPresentOrElse(ended::completeExceptionally, () -> ended.complete(null));
    } else {
      ended.handle((_, _) -> "ended").join();
    }
  }

  private void closeStore() {
    try {
      running.store().close();
    } catch (IOException failure) {
      // What was acknowledged is durable already.
      LOG.warn("cannot close the store: {}", failure.getMessage());
    }
  }
}
