package io.pychain.node.link;

import io.pychain.core.link.LinkId;
import io.pychain.core.message.Bytes;
import io.pychain.core.message.Frame;
import io.pychain.core.message.Frame.Goodbye;
import io.pychain.core.message.Frame.Reason;
import io.pychain.core.protocol.Input;
import io.pychain.core.trust.Verdict;
import io.pychain.core.wire.FrameCodec;
import io.pychain.core.wire.MalformedException;
import io.pychain.core.wire.UnknownFrameException;
import io.pychain.core.wire.WireLimits;
import io.pychain.node.Node.LinkTraffic;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledFuture;

/// One link that is up, of a member or of a newcomer.
///
/// The reader is the thread that calls [#run]; it alone speaks to the protocol, which is why the
/// inputs of a link keep their order. The writer is a thread beside it. Whichever ends first takes
/// the other along, by closing the connection.
final class Link {
  private final LinkId id;
  private final Connection connection;
  private final Wiring wiring;
  private final boolean guest;
  private final Outbox outbox;
  private final CountDownLatch written = new CountDownLatch(1);
  private volatile Optional<String> dropped = Optional.empty();
  private volatile Optional<ScheduledFuture<?>> cut = Optional.empty();

  /// @param guest whether the other side has yet to join, and so may say little
  Link(LinkId id, Connection connection, boolean guest, Wiring wiring) {
    this.id = id;
    this.connection = connection;
    this.guest = guest;
    this.wiring = wiring;
    this.outbox = new Outbox(wiring.config().queues(), wiring.budget());
  }

  LinkId id() {
    return id;
  }

  LinkTraffic traffic() {
    return new LinkTraffic(
        connection.sentBytes(),
        connection.receivedBytes(),
        outbox.queuedBytes(),
        outbox.droppedFrames());
  }

  /// Queues a frame; never waits.
  ///
  /// @return false if there is no room for data, and it was not queued
  boolean send(Frame frame) {
    Outbox.Offered offered = outbox.offer(frame);
    if (offered == Outbox.Offered.OVERFLOW && markDropped("dropped, the peer reads too slowly")) {
      refuse(Refusal.TOO_SLOW, "its outbox is full");
      connection.close();
    }
    return offered != Outbox.Offered.DROPPED;
  }

  /// Queues a frame as soon as little waits; false if that did not come to be in time.
  boolean sendWhenRoom(Frame frame, Duration patience) throws InterruptedException {
    return outbox.offerWhenRoom(frame, patience);
  }

  /// Says goodbye and closes, within `Patience.close`; returns at once. Nothing that arrives from
  /// now on is passed on.
  void drop(Goodbye goodbye) {
    if (!markDropped("dropped, " + Goodbyes.text(goodbye))) {
      return;
    }
    outbox.closeAfter(goodbye);
    try {
      cut =
          Optional.of(
              wiring.threads().after(wiring.config().patience().close(), connection::close));
    } catch (IOException stopping) {
      connection.close();
    }
  }

  /// As [#drop], by the protocol's will. A newcomer that it drops is one that was turned away.
  void dismiss(Goodbye goodbye) {
    if (guest) {
      Reason reason = goodbye.reason();
      turnAway(new RefusedException(Refusal.of(reason), reason, goodbye.detail()));
    } else {
      drop(goodbye);
    }
  }

  /// Counts a misdeed of the other side, tells it and closes; returns at once.
  void turnAway(RefusedException refused) {
    refuse(refused.refusal(), refused.detail());
    drop(refused.goodbye());
  }

  /// @return whether this is the first reason to end the link
  private synchronized boolean markDropped(String reason) {
    boolean first = dropped.isEmpty();
    if (first) {
      dropped = Optional.of(reason);
    }
    return first;
  }

  /// Cuts the link; [#run] ends soon.
  void cut() {
    connection.close();
  }

  /// Reads until the link is closed, in the caller's thread.
  ///
  /// @param up announces the link to the protocol
  /// @throws IOException if nothing is to be started any more; then nothing was announced
  void run(Input up) throws IOException {
    wiring.threads().start(id + "-writer", this::write);
    Thread.currentThread().setName(id + "-reader");
    String reason = "a fault of this program";
    try {
      wiring.inputs().accept(up);
      reason = read();
    } finally {
      outbox.close();
      connection.close();
      cut.ifPresent(alarm -> alarm.cancel(false));
      awaitWriter();
      wiring.metrics().linkClosed(traffic());
      wiring.inputs().accept(new Input.LinkDown(id, dropped.orElse(reason)));
    }
  }

  /// @return why it ended
  private String read() {
    try {
      while (dropped.isEmpty() && !Thread.currentThread().isInterrupted()) {
        Optional<Bytes> bytes = connection.read(bytesMax());
        if (bytes.isEmpty()) {
          return "closed by the peer without a word";
        }
        Optional<Goodbye> goodbye = take(bytes.get());
        if (goodbye.isPresent()) {
          return left(goodbye.get());
        }
      }
      connection.drain();
      return "dropped";
    } catch (RefusedException refused) {
      return part(refused);
    } catch (IOException e) {
      return "broken: " + e.getMessage();
    }
  }

  private String left(Goodbye goodbye) {
    String reason = "the peer said goodbye, " + Goodbyes.text(goodbye);
    if (Goodbyes.isFinal(goodbye)) {
      refuse(Refusal.BY_PEER, reason);
    }
    return reason;
  }

  private int bytesMax() {
    return guest ? WireLimits.HANDSHAKE_FRAME_BYTES_MAX : WireLimits.FRAME_BYTES_MAX;
  }

  private String part(RefusedException refused) {
    refused.fault().ifPresent(fault -> wiring.inputs().accept(new Input.Misdeed(id, fault)));
    turnAway(refused);
    try {
      connection.drain();
    } catch (IOException gone) {
      // It has closed, or its time is up; either way this is the end.
    }
    return refused.detail();
  }

  /// @return the goodbye, if it was one
  private Optional<Goodbye> take(Bytes bytes) throws RefusedException {
    Frame frame;
    try {
      frame = FrameCodec.decode(bytes);
    } catch (UnknownFrameException e) {
      refuse(Refusal.UNKNOWN_FRAME, String.valueOf(e.getMessage()));
      return Optional.empty();
    } catch (MalformedException e) {
      throw RefusedException.malformed(String.valueOf(e.getMessage()));
    }
    if (frame instanceof Goodbye goodbye) {
      return Optional.of(goodbye);
    }
    if (!belongs(frame)) {
      throw RefusedException.malformed(
          "a frame of kind " + frame.getClass().getSimpleName() + " has no place here");
    }
    pass(frame);
    return Optional.empty();
  }

  private boolean belongs(Frame frame) {
    return guest ? frame instanceof Frame.Join : !(frame instanceof Frame.Hello);
  }

  private void pass(Frame frame) throws RefusedException {
    switch (wiring.verifier().verify(frame)) {
      case Verdict.Valid _ -> wiring.inputs().accept(new Input.Received(id, frame));
      case Verdict.UnknownOrigin(var log) ->
          wiring.inputs().accept(new Input.UnknownOrigin(id, log));
      case Verdict.Disputed(String reason) -> refuse(Refusal.DISPUTED, reason);
      case Verdict.Invalid(String reason) -> {
        if (frame instanceof Frame.Push || frame instanceof Frame.Batches) {
          wiring.metrics().invalidBatch();
        }
        throw RefusedException.invalid(frame, reason);
      }
    }
  }

  private void refuse(Refusal refusal, String detail) {
    wiring.refusals().count(refusal, id + " " + connection.peerHost(), detail);
  }

  private void write() {
    try {
      for (Optional<Frame> next = next(); next.isPresent(); next = next()) {
        connection.write(next.get());
      }
      connection.finish();
    } catch (IOException gone) {
      connection.close();
    } catch (InterruptedException stop) {
      connection.close();
    } finally {
      written.countDown();
    }
  }

  /// Flushes whenever nothing waits: a lone frame leaves at once, many share a record.
  private Optional<Frame> next() throws IOException, InterruptedException {
    Optional<Frame> next = outbox.poll();
    if (next.isPresent()) {
      return next;
    }
    connection.flush();
    return outbox.take();
  }

  /// The connection is closed and the outbox empty: it ends at once, unless this thread is to.
  private void awaitWriter() {
    try {
      written.await();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }
}
