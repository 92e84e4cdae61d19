package io.pychain.node;

import io.pychain.node.api.ApiConfig;
import io.pychain.node.api.ApiToken;
import io.pychain.node.config.Endpoint;
import io.pychain.node.engine.EngineLimits;
import io.pychain.node.link.TransportConfig;
import io.pychain.node.link.TransportConfig.Queues;
import java.net.InetSocketAddress;

/// The bounds of the shell round the protocol as a real node has them: their defaults, as far as
/// they fit the heap.
final class Bounds {
  private static final HeapShare HEAP = HeapShare.ofThisProcess();

  private Bounds() {}

  static TransportConfig ofLinks(InetSocketAddress listen) {
    Queues usual = Queues.DEFAULT;
    int all = HEAP.of(usual.allBytesMax(), 2 << 20);
    int data = Math.min(usual.dataBytesMax(), all);
    return TransportConfig.on(listen)
        .with(
            new Queues(
                HEAP.of(usual.controlBytesMax(), 1 << 20),
                usual.urgentBytesMax(),
                data,
                Math.min(usual.answerBytesMax(), data),
                all));
  }

  /// All pages that are read at the same time have the share of one queue.
  static EngineLimits ofEngine() {
    EngineLimits usual = EngineLimits.DEFAULT;
    int streams = ApiConfig.Limits.DEFAULT.streamsMax();
    int pages = HEAP.of(streams * usual.pageBytesMax(), streams * (16 << 10));
    return usual.with(
        HEAP.of((int) usual.inboxBytesMax(), 1 << 20),
        HEAP.of((int) usual.tailBytesMax(), 1 << 20),
        pages / streams);
  }

  static ApiConfig ofApi(Endpoint listen, ApiToken token, int messageBytesMax) {
    ApiConfig.Limits usual = ApiConfig.Limits.DEFAULT;
    int largest = Math.max(usual.bulkBytesMax(), messageBytesMax + (1 << 10));
    int bodies = HEAP.of(usual.bodiesBytesMax(), largest);
    return ApiConfig.of(
        listen.host(), listen.port(), token, messageBytesMax, usual.withBodies(bodies));
  }
}
