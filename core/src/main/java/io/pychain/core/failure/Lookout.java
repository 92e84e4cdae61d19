package io.pychain.core.failure;

import static io.pychain.core.Deadlines.earlier;

import io.pychain.core.link.Evidence;
import io.pychain.core.link.Gate;
import io.pychain.core.link.Links;
import io.pychain.core.membership.Members;
import io.pychain.core.message.Address;
import io.pychain.core.message.Batch;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.ring.Guid;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Everything about members that are absent: is told what there is to know of them, lets those who
/// watch, judge, forget, answer and search do their work when it is time, and says what follows.
public final class Lookout {
  /// A node that is called so much later than it asked for stood still meanwhile.
  static final Duration STOOD_STILL = Duration.ofSeconds(1);

  private final Guid self;
  private final Members members;
  private final Links links;
  private final Verdicts verdicts;
  private final Deaths deaths;
  private final Watch watch;
  private final Expiry expiry;
  private final Refutation refutation;
  private final Search search;
  private final Turns turns;

  /// What it looks at.
  ///
  /// @param members who there is; it takes the dead and the forgotten off the ring
  /// @param links who answers
  /// @param out where pings go
  public record Sight(Members members, Links links, Gate out) {}

  /// Nobody is absent yet.
  public Lookout(Guid self, Sight sight, FailureConfig config, RandomGenerator random) {
    this.self = self;
    this.members = sight.members();
    this.links = sight.links();
    turns = new Turns(members);
    deaths = new Deaths(self, members, config, turns::touch);
    verdicts = deaths.verdicts();
    watch = new Watch(self, new Watch.Sight(members, verdicts, links, sight.out()), config, random);
    expiry = new Expiry(self, members, config.guidTimeout());
    refutation = new Refutation(self, verdicts, config, random);
    search = new Search(config, random);
  }

  /// Takes what a store held.
  public void restore(List<MemberRecord> records, List<Accusation> accusations) {
    deaths.restore(records, accusations);
    turns.restored();
  }

  /// A batch is durable here: it may accuse somebody.
  ///
  /// @return whether it does
  public boolean heard(Batch batch) {
    return deaths.heard(batch);
  }

  /// A member's record is new or newer: it lives.
  public void renewed(Guid guid) {
    deaths.renewed(guid);
    watch.alive(guid);
    watch.ringChanged();
  }

  /// A link to a member is up.
  public void linked(Guid guid) {
    watch.alive(guid);
    turns.touch(guid);
  }

  /// A link that somebody had a use for is gone.
  public void broken(Instant now, Guid guid) {
    watch.broken(now, guid);
  }

  /// A dial has failed.
  public void dialFailed(Instant now, Guid guid, Evidence evidence) {
    watch.dialFailed(now, guid, evidence);
  }

  /// Time has passed.
  ///
  /// @param due when this node had asked to be called at the latest
  public void calledAt(Instant now, Instant due) {
    if (now.isAfter(due.plus(STOOD_STILL))) {
      links.forgive(now);
      watch.stoodStill(now);
    }
  }

  /// Does what is due.
  ///
  /// @param looked whether links have just been looked at for silence
  /// @param introduced whether this node knows the others, and they know it
  public Findings onTime(Instant now, boolean looked, boolean introduced) {
    List<Guid> forgotten = expiry.due(now);
    forgotten.forEach(guid -> forget(now, guid));
    boolean ringChanged = deaths.onTime(now) || !forgotten.isEmpty();
    if (ringChanged) {
      watch.ringChanged();
    }
    deaths.newlyAccused().forEach(guid -> accused(now, guid));
    if (looked) {
      watch.look(now);
    }
    Watch.Due due = watch.due(now, introduced);
    List<Suspicion> suspicions = suspicions(now, due.accuse());
    boolean renew = refutation.isDue(now);
    List<Turn> news = turns.due(now, this::state);
    boolean searches = search.isDue(now, this::isMissing);
    Optional<Address> boot =
        searches ? search.bootNode(links.size() == 0) : Optional.<Address>empty();
    List<Guid> dial = searches && boot.isEmpty() ? withOneLost(due.dial()) : due.dial();
    return new Findings(ringChanged, dial, boot, suspicions, news, renew);
  }

  private List<Guid> withOneLost(List<Guid> dial) {
    List<Guid> all = new ArrayList<>(dial);
    all.add(search.member());
    return all;
  }

  private void forget(Instant now, Guid guid) {
    deaths.renewed(guid);
    search.lost(now, guid);
  }

  private void accused(Instant now, Guid guid) {
    watch.accused(now, guid);
    if (!guid.equals(self) && !links.isUp(guid) && members.takesPart(guid)) {
      search.lost(now, guid);
    }
  }

  private List<Suspicion> suspicions(Instant now, List<Guid> dead) {
    if (dead.isEmpty()) {
      return List.of();
    }
    List<Suspicion> suspicions = new ArrayList<>();
    for (Guid guid : dead) {
      search.lost(now, guid);
      turns.touch(guid);
      if (!verdicts.accuses(self, guid)) {
        suspicions.add(Suspicion.of(members.of(guid).orElseThrow()));
      }
    }
    return suspicions;
  }

  private boolean isMissing(Guid guid) {
    if (links.isUp(guid)) {
      return false;
    }
    return members.isForgotten(guid)
        || members.of(guid).map(this::state).stream()
            .anyMatch(state -> state == State.SUSPECT || state == State.DEAD);
  }

  /// State of a member as this node sees it.
  public State state(MemberRecord record) {
    State judged = deaths.state(record);
    boolean suspected = judged == State.ALIVE && watch.suspects(record.guid());
    return suspected ? State.SUSPECT : judged;
  }

  /// When [#onTime] has something to do.
  public Instant deadline() {
    Instant next = earlier(expiry.deadline(), deaths.deadline());
    next = earlier(next, watch.deadline());
    next = earlier(next, refutation.deadline());
    return earlier(next, search.deadline());
  }
}
