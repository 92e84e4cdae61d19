package io.pychain.node.link;

import io.pychain.core.admission.BirthdaySearch;
import io.pychain.core.admission.Door;
import io.pychain.core.admission.PuzzleScheme.Task;
import io.pychain.core.message.Bytes;
import io.pychain.core.message.Doorstep.Enter;
import io.pychain.core.message.Doorstep.Knock;
import io.pychain.core.message.Doorstep.Payment;
import io.pychain.core.message.Doorstep.Quote;
import io.pychain.core.message.Doorstep.Welcome;
import io.pychain.core.message.Doorstep.Work;
import io.pychain.core.message.Frame;
import io.pychain.core.message.Frame.Goodbye;
import io.pychain.core.message.Frame.Reason;
import io.pychain.core.message.NodeKey;
import io.pychain.node.keys.InviteToken;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Socket;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The newcomer's side of what is said before TLS. Works in the caller's thread.
///
/// @param key of the newcomer
/// @param invite that it holds, if any
record Entering(NodeKey key, Optional<InviteToken> invite) {
  private static final Logger LOG = LoggerFactory.getLogger(Entering.class);

  /// Asks what joining costs.
  ///
  /// @param bid price to pay at least
  Quote knock(Socket socket, int bid) throws IOException {
    PlainFrames plain = new PlainFrames(socket);
    plain.write(new Knock(key, bid));
    return switch (plain.read()) {
      case Quote quote -> quote;
      case Goodbye goodbye -> throw new PeerRefusedException(goodbye);
      default -> throw RefusedException.malformed("a price was asked for, and something else came");
    };
  }

  /// Does what a quote asks for, which may take minutes.
  ///
  /// @throws HopelessException if an invitation is needed and there is none
  Enter pay(Quote quote) throws IOException {
    return new Enter(key, quote.offer(), payment(quote));
  }

  private Payment payment(Quote quote) throws IOException {
    Optional<Task> task = Door.task(quote.network(), key, quote.offer());
    if (invite.isPresent() && (task.isPresent() || quote.inviteOnly())) {
      return invite.get().makeOutTo(key);
    }
    if (quote.inviteOnly()) {
      throw new HopelessException(
          "its network admits nobody without an invitation: have one made by \"pychain invite\""
              + " and set INVITE to it");
    }
    return new Work(task.isPresent() ? solve(task.get()) : Bytes.EMPTY);
  }

  private static Bytes solve(Task task) throws InterruptedIOException {
    LOG.info(
        "joining costs work price={} expected=\"{} s of one core\"", task.price(), task.price());
    BirthdaySearch search = new BirthdaySearch(task);
    Optional<Bytes> solution = search.tryNext();
    while (solution.isEmpty()) {
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedIOException("stopped while it worked to join");
      }
      solution = search.tryNext();
    }
    return solution.get();
  }

  /// Goes in, after which TLS may begin.
  ///
  /// @throws IOException if that is not enough any more
  void enter(Socket socket, Enter enter) throws IOException {
    PlainFrames plain = new PlainFrames(socket);
    plain.write(enter);
    Frame answer = plain.read();
    switch (answer) {
      case Welcome() -> {}
      case Quote quote ->
          throw new PeerRefusedException(
              Goodbyes.of(Reason.UNPAID, "the price has risen to " + quote.offer().price()));
      case Goodbye goodbye -> throw new PeerRefusedException(goodbye);
      default -> throw RefusedException.malformed("a welcome was hoped for");
    }
  }
}
