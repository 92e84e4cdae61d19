package io.pychain.core.link;

import io.pychain.core.ring.Guid;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Asks all peers at once whether they are there, because some have fallen silent.
///
/// Where many lose their power in the same moment nobody is told: each link turns out to be dead
/// only when something was handed over it and not acknowledged, one hop of a broadcast after the
/// other. So who finds one peer silent calls all the others too, and who finds several tells them
/// with the call, which they then pass on: the whole network knows its dead within one patience and
/// the time that a broadcast takes.
public final class RollCall {
  /// How long peers have to answer.
  static final Duration PATIENCE = Duration.ofMillis(300);

  /// Time between two calls, which bounds what somebody who cries wolf can cause.
  static final Duration PAUSE = Duration.ofSeconds(5);

  /// What share of its links a node must find silent to alarm others, and at least two of them.
  static final int ALARMING_SHARE = 8;

  private final Links links;
  private final Gate out;
  private Instant nextAt = Instant.MIN;
  private Instant calledAt = Instant.MIN;
  private Instant dueAt = Instant.MAX;

  /// Nobody has been called.
  public RollCall(Links links, Gate out) {
    this.links = links;
    this.out = out;
  }

  /// Some peers have fallen silent.
  public void begin(Instant now, int silent) {
    call(now, silent >= Math.max(2, links.size() / ALARMING_SHARE));
  }

  /// A peer says that several of its peers have.
  public void alarmed(Instant now) {
    call(now, true);
  }

  private void call(Instant now, boolean alarm) {
    if (!nextAt.isAfter(now)) {
      nextAt = now.plus(PAUSE);
      calledAt = now;
      dueAt = now.plus(PATIENCE);
      links.pingAll(now, alarm, out);
    }
  }

  /// Those who have said nothing since they were called; none before their time is up.
  public List<Guid> absent(Instant now) {
    List<Guid> absent = new ArrayList<>();
    if (!dueAt.isAfter(now)) {
      dueAt = Instant.MAX;
      for (Links.Link link : links.all()) {
        if (!link.heard().isAfter(calledAt)) {
          absent.add(link.guid());
        }
      }
    }
    return absent;
  }

  /// When [#absent] has something to say.
  public Instant deadline() {
    return dueAt;
  }
}
