package io.pychain.core.coverage;

import io.pychain.core.message.Reach;
import io.pychain.core.ring.Guid;
import io.pychain.core.ring.Ring;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Who has a message, as far as could be found out: those counted as reached have it durably; those
/// missing may have it too, and could not be asked or have not answered.
///
/// @param reached members that hold it
/// @param members all that take part, the asker included: neither dead nor gone
/// @param missing the others, up to [#NAMED_MAX] of them, clockwise from the asker
public record Coverage(int reached, int members, List<Guid> missing) {
  /// Most members that are named as missing.
  public static final int NAMED_MAX = Reach.Tally.MISSING_MAX;

  /// Of nobody.
  static final Coverage NONE = new Coverage(0, 0, List.of());

  /// Copies the list.
  ///
  /// @throws IllegalArgumentException if the counts contradict each other
  public Coverage {
    missing = List.copyOf(missing);
    if (reached < 0 || missing.size() > members - reached) {
      throw new IllegalArgumentException(
          "%d reached and %d missing of %d".formatted(reached, missing.size(), members));
    }
  }

  /// Of one member.
  static Coverage of(Guid member, boolean reached) {
    return reached ? new Coverage(1, 1, List.of()) : lacking(List.of(member));
  }

  /// Of members of whom none is known to hold it.
  static Coverage lacking(List<Guid> members) {
    return new Coverage(0, members.size(), named(members.stream()));
  }

  /// Of these and those.
  Coverage and(Coverage other) {
    return new Coverage(
        reached + other.reached,
        members + other.members,
        named(Stream.concat(missing.stream(), other.missing.stream())));
  }

  private static List<Guid> named(Stream<Guid> missing) {
    return missing.limit(NAMED_MAX).toList();
  }

  /// The same without those who are missing and do not take part any more.
  Coverage among(Ring ring) {
    List<Guid> present = new ArrayList<>(missing);
    present.removeIf(guid -> !ring.contains(guid));
    return new Coverage(reached, members - (missing.size() - present.size()), present);
  }

  /// Whether everybody has it.
  public boolean isComplete() {
    return reached == members;
  }

  /// How many are missing without being named.
  public int unnamed() {
    return members - reached - missing.size();
  }
}
