package io.pychain.core.ring;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Prints rings as the tables that stand in `docs/ring.md`.
///
/// Places are slots, counted clockwise from GUID 0: the unit is the smallest distance between two
/// GUIDs of the ring's resolution.
final class RingTables {

  private final Fingers fingers;
  private final Ring ring;
  private final String heading;

  RingTables(int size, int parts) {
    ring = Ring.complete(size);
    fingers = new Fingers(Base.of(parts), ring);
    heading = "N = %d, b = %d, %d slots".formatted(size, parts, 1 << ring.resolution());
  }

  /// Where everybody sits.
  String slots() {
    StringBuilder slots = new StringBuilder("slot");
    StringBuilder guids = new StringBuilder("GUID");
    for (int slot = 0; slot < 1 << ring.resolution(); slot++) {
      Guid guid = Ring.guidAt((long) slot << (Long.SIZE - ring.resolution()));
      slots.append("%4d".formatted(slot));
      guids.append("%4s".formatted(ring.contains(guid) ? guid : "·"));
    }
    return slots + "\n" + guids + "\n";
  }

  /// The arcs of one member, with the members in them.
  String arcs(int self) {
    List<String> rows = new ArrayList<>();
    rows.add("arcs of %d: %s".formatted(self, heading));
    rows.add("%-10s  %7s  %s".formatted("arc", "primary", "backups"));
    for (Arc arc : fingers.arcs(Guid.of(self))) {
      List<Guid> members = ring.membersIn(arc);
      String bounds = "[%s, %s)".formatted(slot(arc.from()), slot(arc.until()));
      rows.add("%-10s  %7s  %s".formatted(bounds, first(members), rest(members)));
    }
    return text(rows);
  }

  /// Whom everybody hands its share of a broadcast to.
  String broadcast(int origin) {
    return broadcast("broadcast of %d: %s".formatted(origin, heading), origin, -1);
  }

  /// The same where nobody can reach one of the members.
  String broadcastWithout(int unusable, int origin) {
    String title = "broadcast of %d, %d not usable: %s".formatted(origin, unusable, heading);
    return broadcast(title, origin, unusable);
  }

  private String broadcast(String title, int origin, int unusable) {
    List<String> rows = new ArrayList<>();
    rows.add(title);
    rows.add("%3s  %6s  %-10s  %s".formatted("hop", "member", "covers", "hands to (stretch)"));
    Spread spread = Spread.from(Guid.of(origin), fingers, (_, peer) -> peer.value() != unusable);
    spread.shares().entrySet().stream()
        .sorted(Map.Entry.comparingByValue((a, b) -> Integer.compare(a.hop(), b.hop())))
        .forEach(entry -> rows.add(row(entry.getKey(), entry.getValue())));
    rows.add("%d sends, %d hops".formatted(spread.sends(), spread.hops()));
    return text(rows);
  }

  private String row(Guid member, Spread.Share share) {
    String handed =
        share.handovers().stream()
            .map(next -> next.to() + " " + stretch(next.to(), next.limit()))
            .collect(Collectors.joining("   "));
    return "%3d  %6s  %-10s  %s"
        .formatted(
            share.hop(), member, stretch(member, share.limit()), handed.isEmpty() ? "-" : handed);
  }

  private String stretch(Guid member, Position limit) {
    return "(%s, %s)".formatted(slot(member.position()), slot(limit));
  }

  /// The slot of a point; a fraction where an arc of a deep level ends between two slots.
  private String slot(Position point) {
    int shift = Long.SIZE - ring.resolution();
    long whole = point.value() >>> shift;
    long parts = point.value() << ring.resolution();
    return parts == 0 ? Long.toString(whole) : whole + "½";
  }

  private static String first(List<Guid> members) {
    return members.isEmpty() ? "-" : members.getFirst().toString();
  }

  private static String rest(List<Guid> members) {
    return members.size() < 2
        ? "-"
        : members.stream().skip(1).map(Guid::toString).collect(Collectors.joining(" "));
  }

  private static String text(List<String> rows) {
    return rows.stream().map(row -> row.stripTrailing() + "\n").collect(Collectors.joining());
  }
}
