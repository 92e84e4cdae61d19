package io.pychain.simulator.check;

import io.pychain.core.coverage.Coverage;
import io.pychain.core.message.MessageId;
import io.pychain.core.protocol.Answer;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/// Holds every node to what it says about coverage.
///
/// - Nobody is counted as reached who does not have the message durably.
/// - Whoever asks is answered before the wait is over, and has one last answer.
final class Inquiries {
  private final int nodes;
  private final ToIntFunction<MessageId> holders;
  private final Map<Integer, Map<Long, Inquiry>> open = new TreeMap<>();

  private record Inquiry(MessageId message, long deadline) {}

  /// @param nodes how many there are at most
  /// @param holders how many have a message durably
  Inquiries(int nodes, ToIntFunction<MessageId> holders) {
    this.nodes = nodes;
    this.holders = holders;
  }

  /// A node is asked who has a message.
  void asked(int node, long ticket, MessageId message, long deadline) {
    open.computeIfAbsent(node, _ -> new TreeMap<>()).put(ticket, new Inquiry(message, deadline));
  }

  /// A node is about to do something: by now it must have answered what is due.
  void passes(int node, long now) {
    if (!open.isEmpty()) {
      open.getOrDefault(node, Map.of()).forEach((ticket, inquiry) -> inTime(ticket, inquiry, now));
    }
  }

  private static void inTime(long ticket, Inquiry inquiry, long now) {
    if (now > inquiry.deadline()) {
      throw new RuleBroken(
          "whoever asks for coverage is answered in time: ticket %d, %s late"
              .formatted(ticket, Duration.ofNanos(now - inquiry.deadline())));
    }
  }

  /// A node answers a ticket.
  void answers(int node, Answer answer) {
    switch (answer) {
      case Answer.Covered(long ticket, Coverage coverage, boolean done) -> {
        check(inquiry(node, ticket), coverage);
        if (done) {
          close(node, ticket);
        }
      }
      case Answer.NotHeld(long ticket) -> close(node, ticket);
      case Answer.Once _ -> {}
    }
  }

  private Inquiry inquiry(int node, long ticket) {
    Inquiry inquiry = open.getOrDefault(node, Map.of()).get(ticket);
    if (inquiry == null) {
      throw new RuleBroken("there is one last answer: ticket %d has one more".formatted(ticket));
    }
    return inquiry;
  }

  private void close(int node, long ticket) {
    inquiry(node, ticket);
    open.getOrDefault(node, Map.of()).remove(ticket);
  }

  private void check(Inquiry inquiry, Coverage coverage) {
    int holding = holders.applyAsInt(inquiry.message());
    if (coverage.reached() > holding || coverage.members() > nodes) {
      throw new RuleBroken(
          "who is counted as reached has the message: %s at %d, said is %d of %d"
              .formatted(inquiry.message(), holding, coverage.reached(), coverage.members()));
    }
  }

  /// A node has crashed: whoever asked it is never told.
  void crashed(int node) {
    open.remove(node);
  }
}
