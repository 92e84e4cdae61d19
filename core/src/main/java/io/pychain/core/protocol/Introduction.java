package io.pychain.core.protocol;

import io.pychain.core.message.Contact.Status;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.message.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// How a node makes itself known once it has found its place: its record goes round the ring, and
/// an event follows in its log if it is new or has moved.
final class Introduction {
  /// Longest wait after the first comparison with a peer for the records of the members that it
  /// told of, and for links to all wanted partners. Without them the record would go round a part
  /// of the ring only.
  static final Duration PATIENCE = Duration.ofSeconds(1);

  private final MemberRecord self;
  private final Optional<MemberRecord> before;
  private final boolean isNew;
  private Instant latest = Instant.MAX;
  private boolean done;

  /// Who has stored the very same record needs none: it has been introduced by it.
  ///
  /// @param before the own record as of the last start, if there was one
  /// @param isNew whether nothing of the own log exists yet
  Introduction(MemberRecord self, Optional<MemberRecord> before, boolean isNew) {
    this.self = self;
    this.before = before;
    this.isNew = isNew;
    this.done = !isNew && before.filter(self::equals).isPresent();
  }

  /// This node has heard who else there is.
  void informed(Instant now) {
    if (latest.equals(Instant.MAX) && !done) {
      latest = now.plus(PATIENCE);
    }
  }

  /// Whether it is still to come.
  boolean isOpen() {
    return !done;
  }

  /// The node leaves before it was introduced.
  void cancel() {
    done = true;
  }

  /// Whether it is time, which it is once.
  ///
  /// @param settled whether the node has the records that it has heard of and the links that it
  ///   wants
  boolean isDue(Instant now, boolean settled) {
    boolean due = !done && !latest.equals(Instant.MAX) && (settled || !latest.isAfter(now));
    done |= due;
    return due;
  }

  /// The event that tells applications, if there is something to tell.
  Optional<Message> event() {
    boolean moved =
        before.isPresent()
            && !before.get().contact().addresses().equals(self.contact().addresses());
    boolean back = before.isPresent() && before.get().contact().status() == Status.LEFT;
    if (isNew || back) {
      return Optional.of(SystemEvent.PEER_JOINED.about(self));
    }
    return moved ? Optional.of(SystemEvent.ADDRESS_CHANGED.about(self)) : Optional.empty();
  }

  Instant deadline() {
    return done ? Instant.MAX : latest;
  }
}
