package io.pychain.simulator.check;

import io.pychain.core.message.Batch;
import io.pychain.core.message.Frame;
import io.pychain.core.message.Message;
import io.pychain.core.protocol.Answer;
import io.pychain.core.protocol.Input;
import io.pychain.core.protocol.Persist;
import io.pychain.core.protocol.Persist.Delivery;
import io.pychain.core.ring.Guid;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Sees every step of every node: hands it to the ledger, the measures, the trace and whoever looks
/// on.
public final class Witness {
  private final LongSupplier clock;
  private final Ledger ledger;
  private final Inquiries inquiries;
  private final Outcasts outcasts;
  private Measures measures = new Measures(0);
  private final Trace trace = new Trace();
  private Onlooker onlooker = Onlooker.NOBODY;
  private final long[] startedAt;
  private int lastNode = -1;
  private @Nullable Input lastInput;

  /// @param nodes how many there are at most
  /// @param clock nanoseconds of the world
  public Witness(int nodes, LongSupplier clock) {
    this.clock = clock;
    this.ledger = new Ledger(nodes);
    this.startedAt = new long[nodes];
    this.outcasts = new Outcasts(nodes);
    this.inquiries = new Inquiries(nodes, ledger::holders);
  }

  /// What must hold.
  public Ledger ledger() {
    return ledger;
  }

  /// What it cost.
  public Measures measures() {
    return measures;
  }

  /// Which way it went.
  public Trace trace() {
    return trace;
  }

  /// From now on somebody looks on, in place of whoever did before.
  public void show(Onlooker next) {
    onlooker = next;
  }

  /// The world begins with these, one of each node, durable and delivered everywhere.
  public void founded(List<Batch> batches) {
    ledger.founded(batches);
  }

  /// Begins to measure anew.
  public void measure() {
    measures = new Measures(clock.getAsLong());
  }

  /// A node takes an input.
  public void takes(int node, Input input) {
    trace.note(clock.getAsLong(), node, input);
    inquiries.passes(node, clock.getAsLong());
    lastNode = node;
    lastInput = input;
    onlooker.takes(node, input);
  }

  /// A node is asked to publish.
  public void submitted(int node, long ticket, List<Message> messages) {
    ledger.submitted(node, ticket, messages, clock.getAsLong());
  }

  /// A node is asked who has a message.
  public void surveys(int node, Input.Survey survey) {
    long deadline = clock.getAsLong() + survey.patience().toNanos();
    inquiries.asked(node, survey.ticket(), survey.message(), deadline);
  }

  /// A node hands a write to its disk.
  public void writes(int node, Persist write) {
    if (write instanceof Persist.StoreBatch batch) {
      ledger.writes(node, batch.delivery());
    }
    outcasts.writes(node, write);
    onlooker.writes(node, write);
  }

  /// A write is durable.
  public void durable(int node, Persist write) {
    if (write instanceof Persist.StoreBatch batch) {
      ledger.durable(node, batch.delivery());
    }
    onlooker.durable(node, write);
  }

  /// A node sends a frame, whether the link takes it or not.
  public void sends(int node, Frame frame) {
    ledger.sends(node, frame);
    outcasts.sends(node, frame);
  }

  /// A link has taken a frame.
  public void sent(int node, int to, Frame frame, int bytes) {
    measures.sent(frame, bytes);
    onlooker.sent(node, to, frame);
  }

  /// A node begins to open a link.
  public void dials(int node, Guid guid) {
    onlooker.dials(node, guid);
  }

  /// A node delivers a batch to its subscribers.
  public void delivers(int node, Delivery delivery) {
    Ledger.PublishTimes times = ledger.delivers(node, delivery);
    measures.delivered(delivery, times, clock.getAsLong(), startedAt[node]);
    onlooker.delivers(node, delivery);
  }

  /// A node answers a ticket.
  public void answers(int node, Answer answer) {
    ledger.answers(node, answer);
    inquiries.answers(node, answer);
    onlooker.answers(node, answer);
  }

  /// A node's disk has refused all that is not durable.
  public void writesFailed(int node) {
    ledger.writesFailed(node);
  }

  /// A node has crashed, and its disk has said what survived.
  public void crashed(int node) {
    ledger.crashed(node);
    inquiries.crashed(node);
    onlooker.crashed(node);
  }

  /// A node that is off has got another disk, on which there are these, in its order; its
  /// subscribers begin after them.
  public void replaced(int node, List<Delivery> held) {
    ledger.replaced(node, held);
  }

  /// A node has been switched on, for the first time or again.
  public void started(int node) {
    startedAt[node] = clock.getAsLong();
  }

  /// A node starts again: its subscribers read from the store what they have not had.
  public void restarted(int node) {
    onlooker.restarted(node);
    for (var next = ledger.nextUndelivered(node);
        next.isPresent();
        next = ledger.nextUndelivered(node)) {
      delivers(node, next.get());
    }
  }

  /// The node that took the last input, -1 before any did.
  public int lastNode() {
    return lastNode;
  }

  /// The last input that any node took.
  public Optional<Input> lastInput() {
    return Optional.ofNullable(lastInput);
  }
}
