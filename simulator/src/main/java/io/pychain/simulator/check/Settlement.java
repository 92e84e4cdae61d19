package io.pychain.simulator.check;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.ToLongBiFunction;
import java.util.function.ToLongFunction;

/// What some nodes owe each other: each must have what any of them has.
///
/// A message that only its origin has, or that only the dead have, is lost with them until they
/// come back; nobody else can owe it. While its origin counts, all others owe it.
final class Settlement {
  private final List<Book> books;
  private final List<Account> accounts = new ArrayList<>();
  private final List<Integer> nodes = new ArrayList<>();
  private final IntPredicate counts;

  /// @param counts the nodes that count
  Settlement(List<Book> books, List<Account> all, IntPredicate counts) {
    this.books = books;
    this.counts = counts;
    for (int node = 0; node < all.size(); node++) {
      if (counts.test(node)) {
        nodes.add(node);
        accounts.add(all.get(node));
      }
    }
  }

  /// Pairs of a message of an application that a node has and another that has not delivered it.
  long missing() {
    return owed(Book::asked, Account::asked, (book, held) -> book.asked(held + 1, book.sealed()));
  }

  /// The same of all messages, events of the nodes themselves included.
  long behind() {
    return owed(Book::sealed, Account::messages, (book, held) -> book.sealed() - held);
  }

  /// @param all how many a book has
  /// @param delivered how many a node has delivered
  /// @param beyond how many a book has after a message
  private long owed(
      ToLongFunction<Book> all,
      ToLongFunction<Account> delivered,
      ToLongBiFunction<Book, Long> beyond) {
    long total = books.stream().mapToLong(all).sum();
    long missing =
        accounts.stream().mapToLong(account -> total - delivered.applyAsLong(account)).sum();
    return missing == 0 ? 0 : missing - accounts.size() * lost(beyond);
  }

  /// Messages that nobody has who counts.
  private long lost(ToLongBiFunction<Book, Long> beyond) {
    return books.stream()
        .filter(book -> book.hasGrown() && !counts.test(book.origin()))
        .mapToLong(book -> beyond.applyAsLong(book, held(book)))
        .sum();
  }

  /// How far the log is held by whoever has most of it.
  private long held(Book book) {
    long most = 0;
    for (Account account : accounts) {
      most = Math.max(most, deliveredSeq(account, book));
    }
    return most;
  }

  /// Checks that all have delivered the same, everything acknowledged included, and that whoever
  /// asked one of them to publish has an answer.
  ///
  /// @throws RuleBroken if it is not so
  void check() {
    for (Book book : books) {
      long expected = held(book);
      long owed = counts.test(book.origin()) ? book.acknowledged() : 0;
      for (int i = 0; i < nodes.size(); i++) {
        check(book, i, expected, owed);
      }
    }
    for (int i = 0; i < nodes.size(); i++) {
      int open = accounts.get(i).openTickets();
      if (open > 0) {
        throw new RuleBroken(
            "in the end every publish is answered: node %d owes %d answers"
                .formatted(nodes.get(i), open));
      }
    }
  }

  private void check(Book book, int index, long expected, long owed) {
    int node = nodes.get(index);
    long held = deliveredSeq(accounts.get(index), book);
    if (held < owed) {
      throw new RuleBroken(
          "in the end every node has what was acknowledged: node %d has log %s up to %d of %d"
              .formatted(node, book.log(), held, owed));
    }
    if (held != expected) {
      throw new RuleBroken(
          "in the end all logs are equal: node %d has log %s up to %d, others up to %d"
              .formatted(node, book.log(), held, expected));
    }
  }

  private static long deliveredSeq(Account account, Book book) {
    int count = account.delivered(book);
    return count == 0 ? 0 : book.batch(count - 1).lastSeq();
  }
}
