package io.pychain.benchmarks.ring;

import io.pychain.core.ring.Base;
import io.pychain.core.ring.Fingers;
import io.pychain.core.ring.Guid;
import io.pychain.core.ring.Handover;
import io.pychain.core.ring.Position;
import io.pychain.core.ring.Ring;
import java.util.List;
import java.util.function.Consumer;

/// The ring as it is.
record ReversedBits(Fingers fingers) implements Overlay {

  static ReversedBits of(int size, int parts) {
    return new ReversedBits(new Fingers(Base.of(parts), Ring.complete(size)));
  }

  @Override
  public int size() {
    return fingers.ring().size();
  }

  @Override
  public Share whole(int origin) {
    return new Share(origin, Guid.of(origin).position().value());
  }

  @Override
  public void cover(Share share, Consumer<Share> next) {
    Position limit = new Position(share.limit());
    for (Handover handover : fingers.cover(Guid.of(share.member()), limit, _ -> true)) {
      next.accept(new Share(handover.to().value(), handover.limit().value()));
    }
  }

  @Override
  public List<Integer> successors(int member, int count) {
    return fingers.ring().successors(Guid.of(member), count).stream().map(Guid::value).toList();
  }
}
