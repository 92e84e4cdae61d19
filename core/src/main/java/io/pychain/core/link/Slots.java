package io.pychain.core.link;

import static io.pychain.core.Deadlines.earlier;

import io.pychain.core.message.AddressGroup;
import io.pychain.core.message.Frame.Reason;
import io.pychain.core.ring.Guid;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/// Which links that others have dialled are kept.
///
/// A link that the ring asks of either end follows from two GUIDs, which nobody can choose, and is
/// always kept. Any other is a visit: of a newcomer that knows nobody else yet, of a member whose
/// own partners are away, of one that wants to know whether this node lives, or of an attacker that
/// would like to be all that this node hears. All of them get what they need in moments. So a visit
/// ends after [#VISIT], and who was here comes back ever more rarely:
///
/// ```
///   visit 5 s   away 1 s   visit 5 s   away 2 s   visit …   away 10 min   visit …
/// ```
///
/// A hundred members that visit whenever they may hold one link of this node on average.
///
/// Where peers have fallen silent or do not answer, others may need this node in their place for
/// longer: then some visitors stay, half as many as there are links that the ring asks for. Who
/// stays is decided by criteria that no single attacker meets all of: the longest here, the nearest
/// by round trip and the most useful of late have a place each, turn by turn; and before that each
/// address group gives up its latest while another has fewer.
public final class Slots {
  /// How long a visit may last.
  public static final Duration VISIT = Duration.ofSeconds(5);

  /// After the first one it takes so long until the next; doubles each time.
  static final Duration PAUSE_FIRST = Duration.ofSeconds(1);

  /// The longest such time.
  static final Duration PAUSE_LONGEST = Duration.ofMinutes(10);

  /// After so long without a visit it is as if there had been none.
  static final Duration FORGIVEN = Duration.ofHours(1);

  /// Visitors at a time. One more, and the most crowded address group gives up its first.
  static final int VISITORS_MAX = 1_024;

  /// Visitors remembered after they have left; beyond, the first to have left is forgotten.
  static final int REMEMBERED_MAX = 4_096;

  /// For how long others may need this node in place of somebody who has fallen silent.
  static final Duration TROUBLE = Duration.ofMinutes(2);

  /// A link that another has dialled; a visit if the ring does not ask for it.
  ///
  /// @param since when the member was first linked, if this link took the place of another
  private record Visitor(Links.Link link, AddressGroup group, Instant since) {}

  private record Past(int times, Instant at, Instant nextAt) {}

  private final Links links;
  private final Predicate<Guid> unasked;
  private final TreeMap<LinkId, Visitor> inbound = new TreeMap<>();
  private final TreeMap<LinkId, Instant> useful = new TreeMap<>();
  private final LinkedHashMap<Guid, Past> past = new LinkedHashMap<>();
  private final TreeSet<LinkId> ending = new TreeSet<>();
  private Instant troubleUntil = Instant.MIN;
  private Instant lookAt = Instant.MAX;

  /// Nobody is here.
  ///
  /// @param unasked whether the ring asks neither end for a link to this member
  public Slots(Links links, Predicate<Guid> unasked) {
    this.links = links;
    this.unasked = unasked;
  }

  /// Why a link that a member has dialled is not taken; empty if it is.
  public Optional<String> refusal(Instant now, Guid member) {
    return Optional.ofNullable(past.get(member))
        .map(Past::nextAt)
        .filter(at -> at.isAfter(now) && links.size() >= Faults.FLOOR && unasked.test(member))
        .map(at -> "neither of us needs this link; you may visit again at " + at);
  }

  /// A link that a member has dialled is up.
  ///
  /// @param host where it is seen
  public void raised(Instant now, LinkId link, String host, Gate out) {
    links
        .find(link)
        .ifPresent(up -> {
          Instant since =
              inbound.values().stream()
                  .filter(old -> old.link().guid().equals(up.guid()))
                  .map(Visitor::since)
                  .findFirst()
                  .orElse(now);
          inbound.put(link, new Visitor(up, AddressGroup.of(host), since));
        });
    lookAt = earlier(lookAt, now.plus(VISIT));
    List<Visitor> visitors = visitors();
    if (visitors.size() > VISITORS_MAX) {
      end(crowd(visitors).getFirst(), out);
    }
  }

  /// A link is down.
  public void lowered(Instant now, LinkId link) {
    Visitor gone = inbound.remove(link);
    useful.remove(link);
    ending.remove(link);
    if (gone != null && unasked.test(gone.link().guid()) && !isHere(gone.link().guid())) {
      remember(now, gone.link().guid());
    }
  }

  private boolean isHere(Guid member) {
    return inbound.values().stream().anyMatch(other -> other.link().guid().equals(member));
  }

  /// A link has brought something new.
  public void useful(Instant now, LinkId link) {
    if (inbound.containsKey(link)) {
      useful.put(link, now);
    }
  }

  /// Somebody does not answer.
  public void trouble(Instant now) {
    troubleUntil = now.plus(TROUBLE);
  }

  /// Ends the visits that have lasted long enough.
  public void onTime(Instant now, Gate out) {
    if (lookAt.isAfter(now)) {
      return;
    }
    List<Visitor> visitors = visitors();
    lookAt = inbound.isEmpty() ? Instant.MAX : now.plus(Links.WATCH);
    int asked = links.size() - visitors.size();
    int room = troubleUntil.isAfter(now) ? Math.max(2, asked / 2) : 0;
    visitors.removeIf(visitor -> visitor.since().plus(VISIT).isAfter(now));
    List<Visitor> stay = chosen(visitors, room);
    int left = links.size();
    for (Visitor visitor : visitors) {
      if (!stay.contains(visitor) && left > Faults.FLOOR) {
        end(visitor, out);
        left--;
      }
    }
  }

  /// Oldest link first; without those that are about to be closed.
  private List<Visitor> visitors() {
    List<Visitor> visitors = new ArrayList<>();
    inbound.forEach((id, visitor) -> {
      boolean up = links.find(id).isPresent() && !ending.contains(id);
      if (up && unasked.test(visitor.link().guid())) {
        visitors.add(visitor);
      }
    });
    return visitors;
  }

  /// Who stays, if only so many may.
  private List<Visitor> chosen(List<Visitor> visitors, int room) {
    List<Visitor> left = new ArrayList<>(visitors);
    while (left.size() > room && crowd(left).size() > 1) {
      left.remove(crowd(left).getLast());
    }
    List<Comparator<Visitor>> criteria =
        List.of(
            Comparator.comparing(Visitor::since),
            Comparator.comparing(visitor -> visitor.link().roundTrip().orElse(VISIT)),
            Comparator.<Visitor, Instant>comparing(
                    visitor -> useful.getOrDefault(visitor.link().id(), Instant.MIN))
                .reversed());
    List<Visitor> stay = new ArrayList<>();
    for (int turn = 0; stay.size() < room && !left.isEmpty(); turn++) {
      Visitor best = left.stream().min(criteria.get(turn % criteria.size())).orElseThrow();
      left.remove(best);
      stay.add(best);
    }
    return stay;
  }

  /// The largest group, oldest first.
  private static List<Visitor> crowd(List<Visitor> visitors) {
    Map<AddressGroup, List<Visitor>> byGroup = new TreeMap<>();
    for (Visitor visitor : visitors) {
      byGroup.computeIfAbsent(visitor.group(), _ -> new ArrayList<>()).add(visitor);
    }
    return byGroup.values().stream().max(Comparator.comparingInt(List::size)).orElseThrow();
  }

  private void end(Visitor visitor, Gate out) {
    ending.add(visitor.link().id());
    out.drop(visitor.link().id(), Reason.UNNEEDED, "neither of us needs this link any more");
  }

  private void remember(Instant now, Guid member) {
    int times =
        1
            + Optional.ofNullable(past.remove(member))
                .filter(before -> before.at().plus(FORGIVEN).isAfter(now))
                .map(Past::times)
                .orElse(0);
    past.put(member, new Past(times, now, now.plus(pause(times))));
    if (past.size() > REMEMBERED_MAX) {
      past.pollFirstEntry();
    }
  }

  private static Duration pause(int times) {
    Duration doubled = PAUSE_FIRST.multipliedBy(1L << Math.min(times - 1, 16));
    return doubled.compareTo(PAUSE_LONGEST) < 0 ? doubled : PAUSE_LONGEST;
  }

  /// When [#onTime] has something to do.
  public Instant deadline() {
    return lookAt;
  }
}
