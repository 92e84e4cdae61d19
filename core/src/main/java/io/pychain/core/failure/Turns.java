package io.pychain.core.failure;

import io.pychain.core.failure.Turn.Kind;
import io.pychain.core.membership.Members;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.ring.Guid;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/// Gathers changes for a while, so that many deaths are one piece of news, and what changes back at
/// once is none. Wakes nobody up: it is asked when something happens anyway.
final class Turns {
  /// For how long changes are gathered.
  static final Duration GATHER = Duration.ofSeconds(1);

  private final Members members;
  private final TreeSet<Guid> touched = new TreeSet<>();

  /// What was said last of those who are not simply there.
  private final TreeMap<Guid, Kind> said = new TreeMap<>();

  private Instant tellAt = Instant.MAX;

  Turns(Members members) {
    this.members = members;
  }

  /// Something about a member may have changed.
  void touch(Guid guid) {
    touched.add(guid);
  }

  /// What is so at the start is no news.
  void restored() {
    for (Guid guid : members.guids()) {
      if (members.isDead(guid)) {
        said.put(guid, Kind.DEAD);
      }
    }
  }

  /// What has changed, by GUID; nothing while it is still gathered.
  ///
  /// @param states of a member as this node sees it
  List<Turn> due(Instant now, Function<MemberRecord, State> states) {
    if (touched.isEmpty()) {
      return List.of();
    }
    tellAt = tellAt.equals(Instant.MAX) ? now.plus(GATHER) : tellAt;
    if (tellAt.isAfter(now)) {
      return List.of();
    }
    tellAt = Instant.MAX;
    List<Turn> turns = new ArrayList<>();
    touched.forEach(guid -> members.of(guid).ifPresent(r -> compare(r, states.apply(r), turns)));
    touched.clear();
    return turns;
  }

  private void compare(MemberRecord record, State state, List<Turn> turns) {
    Guid guid = record.guid();
    Kind before = said.getOrDefault(guid, Kind.BACK);
    Kind kind = kind(guid, state);
    if (kind == Kind.BACK) {
      said.remove(guid);
    } else {
      said.put(guid, kind);
    }
    if (kind != before && state != State.LEFT && state != State.REVOKED) {
      turns.add(new Turn(guid, kind));
    }
  }

  private Kind kind(Guid guid, State state) {
    if (members.isForgotten(guid)) {
      return Kind.FORGOTTEN;
    }
    return switch (state) {
      case SUSPECT -> Kind.SUSPECTED;
      case DEAD -> Kind.DEAD;
      case ALIVE, LEFT, REVOKED -> Kind.BACK;
    };
  }
}
