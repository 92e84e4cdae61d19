package io.pychain.core.protocol;

import io.pychain.core.message.Contact;
import io.pychain.core.message.Contact.Status;
import io.pychain.core.message.Frame;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.ring.Guid;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Asks for a certificate with the next epoch: a boot node asks itself, all others one boot node
/// after the other, over a link as between any two members, until one answers.
final class Renewal {
  /// Pause between two questions. An answer takes two trips and a write to disk.
  static final Duration RETRY = Duration.ofSeconds(2);

  private final Papers papers;
  private final Rooms rooms;
  private final Guests guests;
  private Instant nextAt = Instant.MAX;
  private int lastAsked = -1;

  Renewal(Papers papers, Rooms rooms, Guests guests) {
    this.papers = papers;
    this.rooms = rooms;
    this.guests = guests;
  }

  /// Begins to ask; nothing else happens if it asks already.
  void begin(Instant now) {
    nextAt = nextAt.equals(Instant.MAX) ? now : nextAt;
  }

  /// The answer is durable.
  void end() {
    nextAt = Instant.MAX;
  }

  void onTime(Instant now) {
    if (!nextAt.isAfter(now)) {
      nextAt = now.plus(RETRY);
      if (!guests.renewOwn(now, papers.certificate())) {
        nextBootNode().ifPresent(this::ask);
      }
    }
  }

  /// In order of their GUIDs, and round again.
  private Optional<MemberRecord> nextBootNode() {
    Optional<MemberRecord> first = Optional.empty();
    for (MemberRecord member : rooms.members().all()) {
      Contact contact = member.contact();
      boolean able =
          contact.capabilities().contains(Contact.BOOT)
              && contact.status() == Status.ACTIVE
              && !member.guid().equals(papers.guid());
      if (able && member.guid().value() > lastAsked) {
        return Optional.of(member);
      }
      first = able && first.isEmpty() ? Optional.of(member) : first;
    }
    return first;
  }

  private void ask(MemberRecord boot) {
    Guid guid = boot.guid();
    if (rooms.links().isUp(guid)) {
      lastAsked = guid.value();
      rooms.out().send(guid, new Frame.Join(papers.certificate().epoch()));
    } else {
      rooms.out().effects().dial().add(new Effects.Dial(guid, boot.contact().addresses()));
    }
  }

  Instant deadline() {
    return nextAt;
  }
}
