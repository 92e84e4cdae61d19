package io.pychain.core.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.Cast;
import io.pychain.core.message.Frame;
import io.pychain.core.message.Frame.Fetch;
import io.pychain.core.message.Frame.LogHead;
import io.pychain.core.message.Frame.Range;
import io.pychain.core.message.LogId;
import io.pychain.core.ring.Guid;
import io.pychain.core.sync.Mailbox.Letter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/// A node that has two peers and knows its members, with what it wants and asks of them.
abstract class WantsFixture {
  static final LogId LOG = Cast.log(1);
  static final Guid A = Guid.of(10);
  static final Guid B = Guid.of(11);
  static final Guid C = Guid.of(12);
  static final Guid D = Guid.of(13);
  static final Duration GRACE = Duration.ofMillis(100);
  static final Duration TIMEOUT = Duration.ofSeconds(2);
  static final SyncConfig CONFIG =
      new SyncConfig(Duration.ofMinutes(1), Duration.ZERO, Duration.ofMillis(250), GRACE, TIMEOUT);

  final Shelf shelf = Shelf.knowing(900);
  final TreeSet<Guid> peers = new TreeSet<>(List.of(A, B));
  final Wants wants = new Wants(shelf, peers, CONFIG, new Random(1));
  final Mailbox mailbox = new Mailbox();
  Instant now = Cast.NOON;

  List<LogHead> answerAllWithFloors(long floor, int times) {
    List<LogHead> given = List.of();
    for (int i = 0; i < times; i++) {
      pass(GRACE);
      ask();
      given = answer(mailbox.take().getFirst(), true, new LogHead(LOG, floor));
    }
    return given;
  }

  List<LogHead> answer(Letter letter, boolean done, LogHead... floors) {
    long id = ((Fetch) letter.frame()).id();
    return wants.answered(
        now, letter.to(), new Frame.Batches(id, List.of(), List.of(floors), done));
  }

  void claim(Guid peer, long seq) {
    assertThat(wants.claim(now, peer, new LogHead(LOG, seq), false)).isTrue();
  }

  void down(Guid peer) {
    peers.remove(peer);
    wants.peerDown(now, peer);
  }

  void ask() {
    wants.ask(now, mailbox);
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  Guid onlyAsked() {
    List<Letter> letters = mailbox.take();
    assertThat(letters).hasSize(1);
    return letters.getFirst().to();
  }

  List<Letter> fetches() {
    return mailbox.take();
  }

  static Fetch fetch(long id, long from, long until) {
    return new Fetch(id, List.of(new Range(LOG, from, until)));
  }
}
