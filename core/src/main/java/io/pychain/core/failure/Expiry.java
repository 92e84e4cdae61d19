package io.pychain.core.failure;

import io.pychain.core.membership.Members;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.ring.Guid;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Forgets members of whom nothing new has been heard for very long.
///
/// A record's number is never below its member's clock in seconds when it was signed, and members
/// sign theirs anew three times within the timeout. So a number that is older than the timeout
/// means that the member has been away for about so long, whatever else was said about it
/// meanwhile. A newer record brings it back.
final class Expiry {
  /// Looks so often within the timeout.
  static final int LOOKS = 24;

  /// Looks no more often than this.
  static final Duration LOOK_MIN = Duration.ofMillis(250);

  private final Guid self;
  private final Members members;
  private final Duration timeout;
  private Instant lookAt = Instant.EPOCH;

  Expiry(Guid self, Members members, Duration timeout) {
    this.self = self;
    this.members = members;
    this.timeout = timeout;
  }

  /// Who is forgotten from now on.
  List<Guid> due(Instant now) {
    if (lookAt.isAfter(now)) {
      return List.of();
    }
    Duration pause = timeout.dividedBy(LOOKS);
    lookAt = now.plus(pause.compareTo(LOOK_MIN) < 0 ? LOOK_MIN : pause);
    long oldest = now.minus(timeout).getEpochSecond();
    List<Guid> due = new ArrayList<>();
    for (MemberRecord record : members.all()) {
      Guid guid = record.guid();
      if (record.number() < oldest && !guid.equals(self) && !members.isForgotten(guid)) {
        members.forget(guid);
        due.add(guid);
      }
    }
    return due;
  }

  Instant deadline() {
    return lookAt;
  }
}
