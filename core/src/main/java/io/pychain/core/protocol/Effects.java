package io.pychain.core.protocol;

import io.pychain.core.failure.Turn;
import io.pychain.core.link.LinkId;
import io.pychain.core.message.Address;
import io.pychain.core.message.Frame;
import io.pychain.core.message.LogId;
import io.pychain.core.ring.Guid;
import java.util.ArrayList;
import java.util.List;

/// What must happen outside, in consequence of one input. The driver carries it out in this order:
///
/// 1. `persist` is handed to the store's writer, in order. The driver does not wait: it reports
///    [Input.Persisted] when a group of writes is durable.
/// 2. `send`, `serve`, `lookup`, `showFork`, `dial`, `seek`, `drop` are carried out at once, each
///    list in order.
/// 3. `deliver` goes to subscribers, in order, then `answers` to whoever waits.
///
/// `turns` may be told to the operator, at any time.
///
/// The law that every driver keeps by this, and that the core relies on: an own batch is sent only
/// after it is durable, because the core returns its `send` in answer to [Input.Persisted]; a
/// relayed batch is sent at once and persisted beside; nothing is delivered or acknowledged before
/// it is durable.
public final class Effects {
  private final List<Persist> persist = new ArrayList<>();
  private final List<Send> send = new ArrayList<>();
  private final List<Serve> serve = new ArrayList<>();
  private final List<Lookup> lookup = new ArrayList<>();
  private final List<ShowFork> showFork = new ArrayList<>();
  private final List<Dial> dial = new ArrayList<>();
  private final List<Seek> seek = new ArrayList<>();
  private final List<Drop> drop = new ArrayList<>();
  private final List<Persist.Delivery> deliver = new ArrayList<>();
  private final List<Answer> answers = new ArrayList<>();
  private final List<Turn> turns = new ArrayList<>();

  /// A frame for a link. A link that is gone loses it; one whose outbox is full does not take what
  /// is broadcast, which ends in [Input.Unsent].
  ///
  /// @param link to whom
  /// @param frame what
  public record Send(LinkId link, Frame frame) {}

  /// Read what a peer asked for from the store, and send it as [Frame.Batches] until all is sent or
  /// the driver's limit of bytes for one answer is reached; the last part says that it is.
  ///
  /// @param link who asked
  /// @param fetch what it asked for
  public record Serve(LinkId link, Frame.Fetch fetch) {}

  /// Read the batch that holds a message from the store. Ends in [Input.Found].
  ///
  /// @param log which log
  /// @param seq number of the message, durable
  public record Lookup(LogId log, long seq) {}

  /// Read a proof that was stored, and send it as [Frame.Fork], for the receiver alone.
  ///
  /// @param link who asked
  /// @param peer at its other end
  /// @param log of which it is
  public record ShowFork(LinkId link, Guid peer, LogId log) {}

  /// Open a link. Ends in [Input.LinkUp] or [Input.DialFailed].
  ///
  /// @param guid to whom
  /// @param addresses where, best first
  public record Dial(Guid guid, List<Address> addresses) {
    /// Copies the list.
    public Dial {
      addresses = List.copyOf(addresses);
    }
  }

  /// Open a link to whoever of this network answers at an address. Ends in [Input.LinkUp], or in
  /// nothing.
  ///
  /// @param address where
  public record Seek(Address address) {}

  /// Close a link, after a [Frame.Goodbye] with this reason. Ends in [Input.LinkDown].
  ///
  /// @param link which
  /// @param reason why
  /// @param detail for people
  public record Drop(LinkId link, Frame.Reason reason, String detail) {}

  /// Writes, in order.
  public List<Persist> persist() {
    return persist;
  }

  /// Frames to send, in order.
  public List<Send> send() {
    return send;
  }

  /// Questions of peers to answer from the store.
  public List<Serve> serve() {
    return serve;
  }

  /// Batches to read from the store.
  public List<Lookup> lookup() {
    return lookup;
  }

  /// Proofs to send from the store.
  public List<ShowFork> showFork() {
    return showFork;
  }

  /// Links to open.
  public List<Dial> dial() {
    return dial;
  }

  /// Links to open to whoever answers.
  public List<Seek> seek() {
    return seek;
  }

  /// Links to close.
  public List<Drop> drop() {
    return drop;
  }

  /// Durable batches for the subscribers, in this node's delivery order.
  public List<Persist.Delivery> deliver() {
    return deliver;
  }

  /// Answers to tickets.
  public List<Answer> answers() {
    return answers;
  }

  /// What has changed in what this node holds of others, gathered over a while.
  public List<Turn> turns() {
    return turns;
  }
}
