package io.pychain.simulator.play;

import io.pychain.core.link.LinkConfig;
import io.pychain.core.protocol.ProtocolConfig;
import io.pychain.core.ring.Fingers;
import io.pychain.core.ring.Guid;
import io.pychain.core.ring.Partner;
import io.pychain.core.ring.Ring;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// Whom somebody corrupts who may pick any members, and knows that links follow from GUIDs: one
/// victim after the other, always the one that costs the fewest more, is left without any honest
/// link that the ring asks for.
final class Plot {
  private final List<BitSet> linked = new ArrayList<>();
  private final BitSet victims = new BitSet();
  private final BitSet liars = new BitSet();

  /// @param members of a complete ring; that with GUID 0 cannot be corrupted
  Plot(int members, int liars) {
    Fingers fingers = new Fingers(ProtocolConfig.DEFAULT.base(), Ring.complete(members));
    for (int guid = 0; guid < members; guid++) {
      linked.add(new BitSet());
    }
    for (Guid self : fingers.ring().members()) {
      for (Partner partner : fingers.partners(self, LinkConfig.DEFAULT.neighbours(), _ -> true)) {
        linked.get(self.value()).set(partner.peer().value());
        linked.get(partner.peer().value()).set(self.value());
      }
    }
    while (this.liars.cardinality() < liars && victims.cardinality() + liars < members) {
      surround(cheapest(), liars - this.liars.cardinality());
    }
  }

  /// The members to corrupt.
  BitSet liars() {
    return (BitSet) liars.clone();
  }

  private void surround(int victim, int most) {
    victims.set(victim);
    linked.get(victim).stream()
        .filter(guid -> guid != 0 && !liars.get(guid) && !victims.get(guid))
        .limit(most)
        .forEach(liars::set);
  }

  private int cheapest() {
    int cheapest = -1;
    int least = Integer.MAX_VALUE;
    for (int guid = 0; guid < linked.size(); guid++) {
      if (!liars.get(guid) && !victims.get(guid) && cost(guid) < least) {
        least = cost(guid);
        cheapest = guid;
      }
    }
    return cheapest;
  }

  private int cost(int guid) {
    BitSet honest = (BitSet) linked.get(guid).clone();
    honest.andNot(liars);
    return honest.cardinality();
  }
}
