package io.pychain.benchmarks.links;

import io.pychain.core.link.LinkId;
import io.pychain.core.message.Address;
import io.pychain.core.message.Batch;
import io.pychain.core.message.Bytes;
import io.pychain.core.message.Contact;
import io.pychain.core.message.Digest;
import io.pychain.core.message.Frame.NetworkInfo;
import io.pychain.core.message.LogId;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.message.Message;
import io.pychain.core.message.NetworkId;
import io.pychain.core.message.ProtocolRange;
import io.pychain.core.protocol.Effects;
import io.pychain.core.protocol.Input;
import io.pychain.core.ring.Guid;
import io.pychain.core.trust.KnownKeys;
import io.pychain.core.trust.Networks;
import io.pychain.core.trust.SignatureScheme;
import io.pychain.core.trust.Verifier;
import io.pychain.core.wire.BatchCodec;
import io.pychain.core.wire.RecordCodec;
import io.pychain.node.keys.Ed25519Scheme;
import io.pychain.node.keys.NodeCertificate;
import io.pychain.node.keys.NodeKeys;
import io.pychain.node.link.LinkIdentity;
import io.pychain.node.link.Transport;
import io.pychain.node.link.TransportConfig;
import io.pychain.node.metrics.NodeMetrics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/// Two members on the loopback interface, without a protocol behind them.
final class Ends implements AutoCloseable {
  private final NodeKeys authority = NodeKeys.generate();
  private final NetworkInfo network = new NetworkInfo("bench", authority.key());
  private final NetworkId id = Networks.idOf(network);
  private final LinkedBlockingQueue<LinkId> dialled = new LinkedBlockingQueue<>();
  private final LinkedBlockingQueue<LinkId> accepted = new LinkedBlockingQueue<>();
  private final NodeKeys nearKeys = NodeKeys.generate();
  private final NodeMetrics farMetrics = new NodeMetrics();
  private final SignatureScheme scheme;
  private final Transport near;
  private final Transport far;

  /// @param scheme checks signatures at both ends
  /// @param nearInputs takes what the dialling end receives
  /// @param farInputs takes what the accepting end receives
  Ends(SignatureScheme scheme, Consumer<Input> nearInputs, Consumer<Input> farInputs)
      throws IOException {
    this.scheme = scheme;
    near = bind(new NodeMetrics());
    far = bind(farMetrics);
    start(near, 1, nearKeys, links(dialled, nearInputs));
    start(far, 2, NodeKeys.generate(), links(accepted, farInputs));
  }

  private static Transport bind(NodeMetrics metrics) throws IOException {
    var anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return Transport.bind(TransportConfig.on(anyPort), metrics);
  }

  private static Consumer<Input> links(LinkedBlockingQueue<LinkId> links, Consumer<Input> others) {
    return input -> {
      if (input instanceof Input.LinkUp up) {
        links.add(up.link());
      } else {
        others.accept(input);
      }
    };
  }

  private void start(Transport transport, int guid, NodeKeys keys, Consumer<Input> inputs)
      throws IOException {
    MemberRecord record = record(guid, keys, new Address("127.0.0.1", transport.port()));
    KnownKeys known = new KnownKeys();
    known.learn(record);
    var self =
        new LinkIdentity(
            keys,
            NodeCertificate.make(keys),
            network,
            1,
            () -> record,
            Optional::empty,
            _ -> false,
            Optional::empty);
    transport.start(self, new Verifier(network, scheme, known), inputs);
  }

  private MemberRecord record(int guid, NodeKeys keys, Address address) {
    var grant = new RecordCodec.Grant(id, new Guid(guid), 1, keys.key(), Instant.EPOCH);
    var contact =
        new Contact(1, List.of(address), List.of(), "1", ProtocolRange.OWN, Contact.Status.ACTIVE);
    return RecordCodec.sign(RecordCodec.certify(grant, authority.signer()), contact, keys.signer());
  }

  /// A batch of the dialling end.
  Batch batch(byte[] payload) {
    var draft =
        new BatchCodec.Draft(
            new LogId(new Guid(1), 1),
            1,
            Digest.ZERO,
            Instant.EPOCH,
            List.of(new Message("application/octet-stream", Bytes.wrap(payload))));
    return BatchCodec.seal(draft, id, nearKeys.signer());
  }

  Transport near() {
    return near;
  }

  Transport far() {
    return far;
  }

  /// How often the accepting end turned something away.
  long refused(String reason) {
    return farMetrics.refused().getOrDefault(reason, 0L);
  }

  /// What [LinksBenchmark] opens when nothing but links is of interest.
  static Ends silent() throws IOException {
    return new Ends(new Ed25519Scheme(), _ -> {}, _ -> {});
  }

  /// Opens one link and waits until both ends have it.
  Pair dial() throws InterruptedException {
    Address address = new Address("127.0.0.1", far.port());
    near.dial(new Effects.Dial(new Guid(2), List.of(address)));
    return new Pair(dialled.take(), accepted.take());
  }

  /// The two names of one link, if links are opened one after the other.
  record Pair(LinkId near, LinkId far) {}

  @Override
  public void close() {
    near.close();
    far.close();
  }
}
