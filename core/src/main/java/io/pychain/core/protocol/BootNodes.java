package io.pychain.core.protocol;

import io.pychain.core.message.Contact;
import io.pychain.core.message.Contact.Status;
import io.pychain.core.message.Frame;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.ring.Guid;
import java.util.Optional;

/// Asks boot nodes, one after the other, over links as between any two members.
final class BootNodes {
  private final Papers papers;
  private final Rooms rooms;
  private int lastAsked = -1;

  BootNodes(Papers papers, Rooms rooms) {
    this.papers = papers;
    this.rooms = rooms;
  }

  /// Asks the next one, or dials it, to be asked the next time.
  void ask(Frame.Join question) {
    next(question.since()).ifPresent(boot -> ask(boot, question));
  }

  /// In order of their GUIDs, and round again.
  private Optional<MemberRecord> next(int version) {
    Optional<MemberRecord> first = Optional.empty();
    for (MemberRecord member : rooms.members().all()) {
      boolean able = isAble(member.contact(), version) && !member.guid().equals(papers.guid());
      if (able && member.guid().value() > lastAsked) {
        return Optional.of(member);
      }
      first = able && first.isEmpty() ? Optional.of(member) : first;
    }
    return first;
  }

  private static boolean isAble(Contact contact, int version) {
    return contact.capabilities().contains(Contact.BOOT)
        && contact.status() == Status.ACTIVE
        && contact.protocol().max() >= version;
  }

  private void ask(MemberRecord boot, Frame.Join question) {
    Guid guid = boot.guid();
    if (rooms.links().isUp(guid)) {
      lastAsked = guid.value();
      rooms.out().send(guid, question);
    } else {
      rooms.out().effects().dial().add(new Effects.Dial(guid, boot.contact().addresses()));
    }
  }
}
