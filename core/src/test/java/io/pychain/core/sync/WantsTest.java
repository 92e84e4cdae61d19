package io.pychain.core.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.message.Frame;
import io.pychain.core.message.Frame.LogHead;
import io.pychain.core.message.Frame.RecordHead;
import io.pychain.core.message.LogId;
import io.pychain.core.ring.Guid;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Who is asked for what is missing, and when.
class WantsTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration GRACE = Duration.ofMillis(100);
  private static final LogId LOG = new LogId(Guid.of(7), 1);
  private static final Guid FAR_AHEAD = Guid.of(1);
  private static final Guid LITTLE_AHEAD = Guid.of(2);

  private final List<Guid> asked = new ArrayList<>();
  private long taken;

  private final Wants wants =
      new Wants(
          new Knows(),
          new SyncConfig(
              Duration.ofSeconds(60),
              Duration.ofSeconds(30),
              Duration.ofMillis(250),
              GRACE,
              Duration.ofSeconds(2)),
          new SplittableRandom(1));

  @Test
  void wantIsDroppedWhenOnlyThosePeersAreLeftThatHoldNothingNew() {
    wants.claim(NOW, LITTLE_AHEAD, new LogHead(LOG, 1));
    wants.claim(NOW, FAR_AHEAD, new LogHead(LOG, 5));
    taken = 1;
    wants.taken(LOG);

    wants.peerDown(NOW, FAR_AHEAD);
    wants.ask(NOW.plus(GRACE), this::send);

    assertThat(wants.isEmpty()).isTrue();
    assertThat(wants.deadline()).isEqualTo(Instant.MAX);
    assertThat(asked).isEmpty();
  }

  @Test
  void wantThatNoFreePeerCanFulfilWaitsForTheBusyOne() {
    LogId other = new LogId(Guid.of(8), 1);
    wants.claim(NOW, FAR_AHEAD, new LogHead(other, 5));
    Instant due = NOW.plus(GRACE);
    wants.ask(due, this::send);
    wants.claim(NOW, LITTLE_AHEAD, new LogHead(LOG, 1));
    wants.claim(NOW, FAR_AHEAD, new LogHead(LOG, 5));
    taken = 1;

    wants.ask(due, this::send);

    assertThat(asked).containsExactly(FAR_AHEAD);
    assertThat(wants.deadline()).isAfter(due);
  }

  private void send(Guid to, Frame frame) {
    assertThat(frame).isInstanceOf(Frame.Fetch.class);
    asked.add(to);
  }

  /// Knows everybody, and has taken as much of every log.
  private final class Knows implements Held {
    @Override
    public List<LogHead> durable(Guid guid) {
      return List.of();
    }

    @Override
    public Optional<RecordHead> record(Guid guid) {
      return Optional.of(new RecordHead(guid, 1, 1));
    }

    @Override
    public long taken(LogId log) {
      return taken;
    }
  }
}
