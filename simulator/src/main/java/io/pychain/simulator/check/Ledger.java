package io.pychain.simulator.check;

import io.pychain.core.message.Batch;
import io.pychain.core.message.Frame;
import io.pychain.core.message.LogId;
import io.pychain.core.message.Message;
import io.pychain.core.message.MessageId;
import io.pychain.core.protocol.Answer;
import io.pychain.core.protocol.Persist.Delivery;
import io.pychain.core.protocol.Persist.Via;
import io.pychain.simulator.check.Account.Submission;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;

/// Holds every node to the promises of the protocol, event by event.
///
/// - Two different batches never have the same number in the same log.
/// - A batch consists of what was published, to the last byte, in the order of publishing, and of
///   events of the node itself.
/// - An own batch is durable before it is sent; a publish is durable before it is acknowledged.
/// - A node delivers what is durable, each offset once and in order, and of each log every batch
///   once, in order and without gaps; also across crashes.
///
/// A crash or a broken disk may take back what was sealed and not yet durable. Nobody else can have
/// had it, which is what the third promise is for.
public final class Ledger {
  private final Map<LogId, Book> books = new LinkedHashMap<>();
  private final List<Book> ordered = new ArrayList<>();
  private final List<Account> accounts = new ArrayList<>();
  private final BitSet liars = new BitSet();
  private final BitSet forgers = new BitSet();

  /// @param nodes how many there are at most
  public Ledger(int nodes) {
    for (int i = 0; i < nodes; i++) {
      accounts.add(new Account());
    }
  }

  /// The world begins with these: the first batch of each of the first nodes, in order of the
  /// nodes, durable and delivered at all of them.
  public void founded(List<Batch> batches) {
    for (int node = 0; node < batches.size(); node++) {
      Batch batch = batches.get(node);
      Book book = open(batch.log(), node);
      book.seal(batch);
      book.published(batch.lastSeq(), PublishTimes.UNASKED);
      book.founded();
    }
    accounts.subList(0, batches.size()).forEach(account -> account.founded(batches));
  }

  /// A node forks its log on purpose, or puts more into it than anybody takes. What is in there is
  /// nobody's truth: others may hold what they like of it, and it is owed nothing.
  public void distrust(int node) {
    liars.set(node);
  }

  /// A node forges on purpose. What it sends is not looked at: nobody else may take it.
  public void overlook(int node) {
    forgers.set(node);
  }

  /// Whether a batch is a liar's, and no part of what the world began with.
  private boolean isUntrue(Batch batch) {
    Book book = liars.isEmpty() ? null : books.get(batch.log());
    return book != null && liars.get(book.origin()) && !book.contains(batch);
  }

  /// A node is asked to publish.
  public void submitted(int node, long ticket, List<Message> messages, long time) {
    accounts.get(node).submit(ticket, new Submission(messages, time));
  }

  /// A node hands a batch to its disk: an own one is sealed by this.
  public void writes(int node, Delivery delivery) {
    if (delivery.via() == Via.LOCAL) {
      seal(node, delivery.batch());
    } else if (!isUntrue(delivery.batch())) {
      isPublished(delivery.batch()).spread(delivery.batch().lastSeq());
    }
  }

  /// A batch has become durable at a node.
  public void durable(int node, Delivery delivery) {
    Batch batch = delivery.batch();
    accounts.get(node).becameDurable(delivery);
    if (isUntrue(batch)) {
      return;
    }
    Book book = isPublished(batch);
    if (delivery.via() == Via.LOCAL) {
      book.becameDurable(batch.lastSeq());
    }
  }

  /// A node sends a frame.
  public void sends(int node, Frame frame) {
    switch (frame) {
      case Frame.Push push -> sends(node, push.batch());
      case Frame.Batches batches -> batches.batches().forEach(batch -> sends(node, batch));
      default -> {}
    }
  }

  private void sends(int node, Batch batch) {
    if (forgers.get(node) || isUntrue(batch)) {
      return;
    }
    Book book = isPublished(batch);
    if (book.origin() == node && batch.lastSeq() > book.durable()) {
      throw new RuleBroken(
          "an own batch is durable before it is sent: %s, durable up to %d"
              .formatted(batch, book.durable()));
    }
  }

  /// A node delivers a batch to its subscribers.
  ///
  /// @return when each of its messages was published
  public PublishTimes delivers(int node, Delivery delivery) {
    Batch batch = delivery.batch();
    Account account = accounts.get(node);
    account.deliver(delivery);
    if (isUntrue(batch)) {
      return _ -> PublishTimes.UNTRUE;
    }
    Book book = isPublished(batch);
    int next = account.delivered(book);
    if (next >= book.size() || !book.batch(next).equals(batch)) {
      throw new RuleBroken(
          "every batch of a log is delivered once, in order: %s, next is %s"
              .formatted(batch, next < book.size() ? book.batch(next) : "none"));
    }
    account.countDelivered(book, batch);
    return book::publishedAt;
  }

  /// When messages of one log were published, by their number, in nanoseconds of the world.
  @FunctionalInterface
  public interface PublishTimes {
    /// Time of a message that no application has published: an event of the node itself.
    long UNASKED = -1;

    /// Time of a message in a log that is nobody's truth.
    long UNTRUE = -2;

    /// When this message was published, or [#UNASKED], or [#UNTRUE].
    long of(long seq);
  }

  /// A node answers a ticket.
  public void answers(int node, Answer answer) {
    switch (answer) {
      case Answer.Published published -> acknowledged(node, published);
      case Answer.Refused refused -> refused(node, refused.ticket(), refused.reason());
      case Answer.Limited limited -> refused(node, limited.ticket(), "over the limit");
      case Answer.Once _, Answer.Covered _, Answer.NotHeld _ -> {}
    }
  }

  /// A node's disk has refused all that is not durable.
  public void writesFailed(int node) {
    accounts.get(node).unseal();
    retractUndurable(node);
  }

  /// A node has crashed. What survived on its disk was reported as durable before.
  public void crashed(int node) {
    accounts.get(node).crash();
    retractUndurable(node);
  }

  /// A node that is off has got another disk, on which there are these, in its order: its account
  /// goes back to that. What it had published and nobody has is gone with the old disk, however it
  /// was acknowledged; what anybody else has taken stands.
  public void replaced(int node, List<Delivery> held) {
    Account account = new Account();
    accounts.set(node, account);
    Map<LogId, Long> ends = new LinkedHashMap<>();
    for (Delivery delivery : held) {
      Batch batch = delivery.batch();
      account.restore(isPublished(batch), delivery);
      ends.put(batch.log(), batch.lastSeq());
    }
    for (Book book : ordered) {
      if (book.origin() == node) {
        book.retractUnspread(ends.getOrDefault(book.log(), 0L));
      }
    }
  }

  private void retractUndurable(int node) {
    for (Book book : ordered) {
      if (book.origin() == node) {
        book.retractUndurable();
      }
    }
  }

  /// What is durable at a node and has not gone to its subscribers: they read it from the store
  /// when the node starts again. Each comes by [#delivers] before the next is given.
  public Optional<Delivery> nextUndelivered(int node) {
    return accounts.get(node).nextUndelivered();
  }

  /// How many nodes have a message durably.
  int holders(MessageId message) {
    Book book = books.get(message.log());
    return book == null
        ? 0
        : (int) accounts.stream().filter(account -> account.holds(book, message.seq())).count();
  }

  /// Messages of applications that were sealed and kept.
  public long asked() {
    return ordered.stream().mapToLong(Book::asked).sum();
  }

  /// Pairs of a message of an application and a node that has not delivered it, where the message
  /// has come to any of the nodes or its origin is one of them.
  ///
  /// @param nodes the nodes that count
  public long missing(IntPredicate nodes) {
    return new Settlement(ordered, accounts, honest(nodes)).missing();
  }

  /// As [#missing], but of all messages, events of the nodes themselves included.
  public long behind(IntPredicate nodes) {
    return new Settlement(ordered, accounts, honest(nodes)).behind();
  }

  /// Publishes that were neither acknowledged nor refused yet.
  ///
  /// @param nodes the nodes that count
  public long unanswered(IntPredicate nodes) {
    long open = 0;
    for (int node = 0; node < accounts.size(); node++) {
      open += honest(nodes).test(node) ? accounts.get(node).openTickets() : 0;
    }
    return open;
  }

  /// What must be true in the end: every node that counts has delivered everything that these have
  /// acknowledged, all of them the same, and has answered whoever asked it to publish.
  ///
  /// @param nodes the nodes that count
  /// @throws RuleBroken if it is not
  public void settled(IntPredicate nodes) {
    new Settlement(ordered, accounts, honest(nodes)).check();
  }

  private IntPredicate honest(IntPredicate nodes) {
    return node -> nodes.test(node) && !liars.get(node);
  }

  private Book open(LogId log, int node) {
    Book book = books.get(log);
    if (book == null) {
      book = new Book(log, ordered.size(), node);
      books.put(log, book);
      ordered.add(book);
    }
    return book;
  }

  private void seal(int node, Batch batch) {
    Book book = open(batch.log(), node);
    if (liars.get(node)) {
      return;
    }
    if (book.origin() != node || batch.firstSeq() != book.sealed() + 1) {
      throw new RuleBroken(
          "a log has one origin and no gaps: node %d seals %s after %d of node %d"
              .formatted(node, batch, book.sealed(), book.origin()));
    }
    book.seal(batch);
    long seq = batch.firstSeq();
    for (Message message : batch.messages()) {
      book.published(seq, sealMessage(node, message, batch.log(), seq));
      seq++;
    }
  }

  /// @return when it was published; a node's own events belong to no ticket and have no such time
  private long sealMessage(int node, Message message, LogId log, long seq) {
    Optional<Submission> next = accounts.get(node).nextToSeal();
    if (next.isPresent() && next.get().seal(message, log, seq)) {
      return next.get().time();
    }
    if (!message.contentType().equals(Message.EVENT)) {
      throw new RuleBroken(
          "only what was published is sealed, in order: %s:%d is not the next".formatted(log, seq));
    }
    return PublishTimes.UNASKED;
  }

  private void acknowledged(int node, Answer.Published answer) {
    Submission submission = accounts.get(node).close(answer.ticket());
    if (liars.get(node)) {
      return;
    }
    Book book = books.get(answer.log());
    long last = answer.firstSeq() + submission.size() - 1;
    if (book == null
        || !submission.allSealed()
        || !submission.log().equals(Optional.of(answer.log()))
        || submission.firstSeq() != answer.firstSeq()) {
      throw new RuleBroken(
          "an acknowledgement names what was sealed: ticket %d as %s:%d"
              .formatted(answer.ticket(), answer.log(), answer.firstSeq()));
    }
    if (last > book.durable()) {
      throw new RuleBroken(
          "a publish is durable before it is acknowledged: %s up to %d, durable up to %d"
              .formatted(answer.log(), last, book.durable()));
    }
    book.wasAcknowledged(last);
  }

  private void refused(int node, long ticket, String reason) {
    Submission submission = accounts.get(node).close(ticket);
    if (submission.begun()) {
      throw new RuleBroken(
          "nothing of a refused publish is kept: ticket %d, %s".formatted(ticket, reason));
    }
  }

  private Book isPublished(Batch batch) {
    Book book = books.get(batch.log());
    if (book == null || !book.contains(batch)) {
      throw new RuleBroken(
          "a number in a log has one batch, sealed by its origin: %s with hash %s"
              .formatted(batch, batch.hash()));
    }
    return book;
  }
}
