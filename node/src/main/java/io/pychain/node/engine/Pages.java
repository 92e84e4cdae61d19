package io.pychain.node.engine;

import io.pychain.core.message.MessageId;
import io.pychain.core.protocol.Persist.Delivery;
import io.pychain.core.ring.Guid;
import io.pychain.node.DeliveredMessage;
import io.pychain.node.store.Store;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Messages of the store as applications see them, out of the batches that it holds.
public final class Pages {
  /// Bytes of batches read for one page; fewer messages than asked come where they are large.
  static final int PAGE_BYTES_MAX = 8 << 20;

  private Pages() {}

  /// See [io.pychain.node.Node#messages].
  public static List<DeliveredMessage> after(
      Store store, long after, int limit, Optional<Guid> origin) throws IOException {
    List<DeliveredMessage> page = new ArrayList<>();
    for (Delivery delivery : store.after(after, limit, PAGE_BYTES_MAX, origin)) {
      for (int i = index(delivery, after + 1); i < size(delivery) && page.size() < limit; i++) {
        page.add(message(delivery, i));
      }
    }
    return page;
  }

  /// See [io.pychain.node.Node#message].
  public static Optional<DeliveredMessage> find(Store store, MessageId id) throws IOException {
    return store
        .find(id)
        .map(delivery -> message(delivery, (int) (id.seq() - delivery.batch().firstSeq())));
  }

  /// Where in a batch the first message at or after an offset is.
  static int index(Delivery delivery, long offset) {
    return (int) Math.max(0, offset - delivery.firstOffset());
  }

  static int size(Delivery delivery) {
    return delivery.batch().messages().size();
  }

  /// The message at an index of a batch.
  static DeliveredMessage message(Delivery delivery, int index) {
    return new DeliveredMessage(
        delivery.firstOffset() + index,
        new MessageId(delivery.batch().log(), delivery.batch().firstSeq() + index),
        delivery.batch().messages().get(index),
        delivery.batch().timestamp(),
        delivery.received(),
        delivery.hops(),
        delivery.via());
  }
}
