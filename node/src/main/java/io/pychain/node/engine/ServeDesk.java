package io.pychain.node.engine;

import io.pychain.core.link.LinkId;
import io.pychain.core.message.Batch;
import io.pychain.core.message.ForkProof;
import io.pychain.core.message.Frame;
import io.pychain.core.message.Frame.LogHead;
import io.pychain.core.message.Frame.Range;
import io.pychain.core.message.MessageId;
import io.pychain.core.protocol.Effects;
import io.pychain.core.protocol.Input;
import io.pychain.core.protocol.Persist.Delivery;
import io.pychain.node.store.Store;
import io.pychain.node.store.Store.Held;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers what peers ask from the store, each question on a virtual thread of its own.
///
/// An answer goes out in parts, each of which waits for room in the link's outbox, so that it costs
/// one part of memory and leaves pushes their room. Every question gets a last part: an empty one
/// at once if too many are being answered.
final class ServeDesk {
  private static final Logger LOG = LoggerFactory.getLogger(ServeDesk.class);

  private final Store store;
  private final Links links;
  private final EngineLimits limits;
  private final Map<LinkId, Integer> serving = new HashMap<>();
  private int total;
  private boolean closed;

  ServeDesk(Store store, Links links, EngineLimits limits) {
    this.store = store;
    this.links = links;
    this.limits = limits;
  }

  /// Begins an answer; does not wait.
  void serve(Effects.Serve serve) {
    if (begin(serve.link())) {
      Thread.ofVirtual().name("serve-" + serve.link()).start(() -> run(serve));
    } else {
      LOG.debug("too many questions link={}", serve.link());
      Frame none = new Frame.Batches(serve.fetch().id(), List.of(), List.of(), true);
      links.send(new Effects.Send(serve.link(), none));
    }
  }

  /// Reads a batch for the protocol; does not wait.
  void lookUp(Effects.Lookup lookup, Consumer<Input.Found> then) {
    Thread.ofVirtual()
        .name("look-up")
        .start(() -> then.accept(new Input.Found(lookup.log(), find(lookup))));
  }

  private Optional<Batch> find(Effects.Lookup lookup) {
    try {
      return store.find(new MessageId(lookup.log(), lookup.seq())).map(Delivery::batch);
    } catch (IOException unreadable) {
      LOG.error("cannot read log={}: {}", lookup.log(), unreadable.getMessage());
      return Optional.empty();
    }
  }

  /// Sends the proof of a fork; does not wait.
  void show(Effects.ShowFork show) {
    if (begin(show.link())) {
      Thread.ofVirtual().name("show-fork-" + show.link()).start(() -> send(show));
    }
  }

  private void send(Effects.ShowFork show) {
    try {
      Optional<ForkProof> proof = store.fork(show.log());
      if (proof.isPresent()) {
        Frame frame = new Frame.Fork(proof.get(), show.peer().position(), 1, 0);
        links.sendInTurn(new Effects.Send(show.link(), frame));
      }
    } catch (IOException unreadable) {
      LOG.error("cannot read the proof of log={}: {}", show.log(), unreadable.getMessage());
    } catch (InterruptedException stop) {
      LOG.debug("showing a fork interrupted link={}", show.link());
    } finally {
      end(show.link());
    }
  }

  private synchronized boolean begin(LinkId link) {
    boolean free =
        !closed
            && total < limits.servesMax()
            && serving.getOrDefault(link, 0) < limits.servesPerLink();
    if (free) {
      serving.merge(link, 1, Integer::sum);
      total++;
    }
    return free;
  }

  private synchronized void end(LinkId link) {
    serving.computeIfPresent(link, (_, count) -> count == 1 ? null : count - 1);
    total--;
    notifyAll();
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  /// Begins no more answers, and waits for those under way to come to the end of a part. The links
  /// must be closed before, so that no answer waits for room.
  synchronized void close() {
    closed = true;
    try {
      while (total > 0) {
        wait();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run(Effects.Serve serve) {
    try {
      new Answering(serve).answer();
    } catch (InterruptedException stop) {
      LOG.debug("answer interrupted link={}", serve.link());
    } finally {
      end(serve.link());
    }
  }

  /// One answer under way.
  private final class Answering {
    private final Effects.Serve serve;
    private final List<Batch> batches = new ArrayList<>();
    private final List<LogHead> floors = new ArrayList<>();
    private long partBytes;
    private long bytesLeft = limits.answerBytesMax();
    private boolean up = true;

    Answering(Effects.Serve serve) {
      this.serve = serve;
    }

    void answer() throws InterruptedException {
      try {
        for (Range range : serve.fetch().ranges()) {
          answer(range);
        }
      } catch (IOException unreadable) {
        LOG.error("cannot read for link={}: {}", serve.link(), unreadable.getMessage());
      }
      flush(true);
    }

    private void answer(Range range) throws IOException, InterruptedException {
      long from = range.from();
      while (up && !isClosed() && bytesLeft > 0 && from <= range.until()) {
        int bytesMax = (int) Math.min(bytesLeft, limits.partBytesMax());
        Held held = store.held(new Range(range.log(), from, range.until()), bytesMax);
        if (held.floor() > from) {
          floors.add(new LogHead(range.log(), held.floor()));
        }
        if (held.batches().isEmpty()) {
          return;
        }
        add(held.batches());
        from = held.batches().getLast().lastSeq() + 1;
      }
    }

    private void add(List<Batch> found) throws InterruptedException {
      for (Batch batch : found) {
        if (!batches.isEmpty() && partBytes + batch.length() > limits.partBytesMax()) {
          flush(false);
        }
        batches.add(batch);
        partBytes += batch.length();
        bytesLeft -= batch.length();
      }
    }

    private void flush(boolean done) throws InterruptedException {
      Frame part = new Frame.Batches(serve.fetch().id(), batches, floors, done);
      batches.clear();
      floors.clear();
      partBytes = 0;
      up = up && links.sendInTurn(new Effects.Send(serve.link(), part));
    }
  }
}
