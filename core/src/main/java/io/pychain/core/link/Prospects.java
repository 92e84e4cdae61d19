package io.pychain.core.link;

import io.pychain.core.ring.Arc;
import io.pychain.core.ring.Fingers;
import io.pychain.core.ring.Guid;
import io.pychain.core.ring.Partner;
import io.pychain.core.ring.Partner.Kind;
import io.pychain.core.ring.Position;
import io.pychain.core.ring.Ring;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/// Whom a node wants links to: the partners that it would have if everybody answered, and where
/// those do not, others in their place.
///
/// Each arc is walked from its beginning until a link is found, and so are the two sides of the
/// node. On the way it meets those who have been tried in vain and those who have not been tried:
/// of the latter it takes as many as there are of the former, and so ever more at a time, the
/// longer the run of dead is.
///
/// ```
///   arc  ✗ ✗ ✗ ? ? ? ? · · · ●        ✗ tried   ? tried next   · not yet   ● linked
/// ```
final class Prospects {
  /// Most members of one arc, or of one side, to be tried at a time.
  static final int ABREAST_MAX = 8;

  /// How things stand with a member.
  enum Outlook {
    /// There is a link to it.
    LINKED,
    /// It has not been tried, or may be tried again.
    OPEN,
    /// It was tried of late and did not answer, or has yet to.
    TRIED
  }

  private final Guid self;
  private final Fingers fingers;
  private final int neighbours;

  Prospects(Guid self, Fingers fingers, int neighbours) {
    this.self = self;
    this.fingers = fingers;
    this.neighbours = neighbours;
  }

  /// Those wanted, clockwise from this node.
  ///
  /// @param drawn by lot; nobody is tried in place of one of these
  /// @param outlook how things stand with a member
  /// @param abreast how many must be tried at once for one of them to be alive, most likely
  SequencedMap<Guid, Partner> choose(
      List<Guid> drawn, Function<Guid, Outlook> outlook, int abreast) {
    Choice choice = new Choice(self);
    for (Partner ideal : fingers.partners(self, neighbours, _ -> true)) {
      choice.put(ideal);
    }
    Ring ring = fingers.ring();
    for (Arc arc : fingers.arcs(self)) {
      ring.firstIn(arc, new Walk(choice, outlook, Kind.BACKUP, 1, abreast));
    }
    int both = neighbours * abreast;
    ring.successors(self, 1, new Walk(choice, outlook, Kind.NEIGHBOUR, neighbours, both));
    ring.predecessors(self, 1, new Walk(choice, outlook, Kind.NEIGHBOUR, neighbours, both));
    for (Guid guid : drawn) {
      if (ring.contains(guid) && outlook.apply(guid) != Outlook.TRIED) {
        choice.add(guid, Kind.ACQUAINTANCE);
      }
    }
    return choice.partners();
  }

  /// The members chosen so far, clockwise, and why.
  private static final class Choice {
    private final TreeMap<Guid, EnumSet<Kind>> kinds;

    Choice(Guid self) {
      Position start = self.position();
      kinds =
          new TreeMap<>(
              Comparator.comparing(
                  guid -> start.distanceTo(guid.position()), Long::compareUnsigned));
    }

    void put(Partner ideal) {
      kinds.put(ideal.peer(), EnumSet.copyOf(ideal.kinds()));
    }

    /// A primary is not a backup as well.
    void add(Guid peer, Kind kind) {
      EnumSet<Kind> all = kinds.computeIfAbsent(peer, _ -> EnumSet.noneOf(Kind.class));
      if (kind != Kind.BACKUP || !all.contains(Kind.PRIMARY)) {
        all.add(kind);
      }
    }

    SequencedMap<Guid, Partner> partners() {
      SequencedMap<Guid, Partner> partners = new LinkedHashMap<>();
      kinds.forEach((peer, why) -> partners.put(peer, new Partner(peer, why)));
      return partners;
    }
  }

  /// Is shown one member after the other, and ends the walk by saying yes.
  private static final class Walk implements Predicate<Guid> {
    private final Choice choice;
    private final Function<Guid, Outlook> outlook;
    private final Kind kind;
    private final int links;
    private final int abreast;
    private int linked;
    private int open;
    private int tried;

    Walk(Choice choice, Function<Guid, Outlook> outlook, Kind kind, int links, int abreast) {
      this.choice = choice;
      this.outlook = outlook;
      this.kind = kind;
      this.links = links;
      this.abreast = abreast;
    }

    @Override
    public boolean test(Guid guid) {
      Outlook now = outlook.apply(guid);
      switch (now) {
        case LINKED -> linked++;
        case OPEN -> open++;
        case TRIED -> tried++;
      }
      if (now != Outlook.TRIED) {
        choice.add(guid, kind);
      }
      int more = Math.max(0, tried - 1);
      return linked >= links || open >= Math.min(ABREAST_MAX, abreast - linked + more);
    }
  }
}
