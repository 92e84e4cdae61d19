package io.pychain.core.protocol;

import io.pychain.core.membership.Members;
import io.pychain.core.message.Certificate;
import io.pychain.core.message.Delegation;
import io.pychain.core.message.Frame;
import io.pychain.core.message.Lineage;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.message.NodeKey;
import io.pychain.core.message.Succession;
import io.pychain.core.trust.Signer;
import io.pychain.core.trust.Successions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/// Gets a certificate for another key of this node, and does nothing else with it than write it
/// down: this run goes on with the key that it began with, and the next one begins with the other.
///
/// ```
///   operator ── Rotate ──► asks a boot node every 2 s ── Admitted ──► StoreCertificate
///                                                                        │ durable
///   old key: everything, until the node stops                            ▼ Rotated
///   ───────────────────────────────────────────────────────────────────────────┤ start
///                                                          new key: everything │ ►
/// ```
///
/// So there is no moment at which a node speaks with two keys, and a crash at any point leaves it
/// with the one that its stored certificate is of.
final class Rotation {
  /// Pause between two questions.
  static final Duration RETRY = Duration.ofSeconds(2);

  /// Operators that wait for the same answer at a time.
  static final int WAITING_MAX = 16;

  private final Papers papers;
  private final Members members;
  private final Outlet out;
  private final Writes writes;
  private final BootNodes bootNodes;
  private final Guests guests;
  private final Optional<Delegation> delegation;
  private final List<Long> waiting = new ArrayList<>();
  private Optional<Signer> wanted = Optional.empty();
  private Optional<Certificate> done = Optional.empty();
  private Instant nextAt = Instant.MAX;

  /// @param delegation that this node signs for the authority by, if it does
  Rotation(
      Papers papers,
      Rooms rooms,
      BootNodes bootNodes,
      Guests guests,
      Optional<Delegation> delegation) {
    this.papers = papers;
    this.members = rooms.members();
    this.out = rooms.out();
    this.writes = rooms.writes();
    this.bootNodes = bootNodes;
    this.guests = guests;
    this.delegation = delegation;
  }

  /// Begins to ask, until there is an answer. Who asks again for the same waits for the same.
  void begin(Instant now, Input.Rotate rotate) {
    NodeKey next = rotate.next().key();
    Optional<String> obstacle = obstacle(next);
    if (obstacle.isPresent()) {
      answer(new Answer.NotRotated(rotate.ticket(), obstacle.get()));
    } else if (done.isPresent()) {
      answer(new Answer.Rotated(rotate.ticket(), done.get()));
    } else {
      waiting.add(rotate.ticket());
      wanted = Optional.of(rotate.next());
      nextAt = nextAt.equals(Instant.MAX) ? now : nextAt;
    }
  }

  /// Why this node cannot take another key, if so.
  private Optional<String> obstacle(NodeKey next) {
    if (wanted.filter(other -> !other.key().equals(next)).isPresent()) {
      return Optional.of("this node is about to take another key already");
    }
    if (waiting.size() >= WAITING_MAX) {
      return Optional.of("too many ask at once; try again");
    }
    return obstacle();
  }

  private Optional<String> obstacle() {
    if (members.isRevoked(papers.guid())) {
      return Optional.of("this node is banned from the network");
    }
    if (members.of(papers.guid()).stream().anyMatch(this::isHeir)) {
      return Optional.of("the key of this node has been replaced by another one");
    }
    if (delegation.isPresent()) {
      return Optional.of(
          "this boot node signs by a delegation to the key that it has: with another key it would"
              + " have no right to admit. Start one more boot node with a delegation of its own"
              + " instead, and let this one leave");
    }
    boolean last = papers.certificate().epoch() > Integer.MAX_VALUE - Succession.EPOCHS;
    if (last || papers.certificate().keys().isFull()) {
      return Optional.of(
          ("this GUID has had %d keys, or all epochs that there are, and can have no more:"
                  + " join anew in an empty folder")
              .formatted(1 + Lineage.FORMER_MAX));
    }
    return laggard(members)
        .map(member ->
            ("GUID %s speaks protocol version %s only, and would take another key for a forgery:"
                    + " update it, or ban it if it is gone for good")
                .formatted(member.guid(), member.contact().protocol()));
  }

  private boolean isHeir(MemberRecord held) {
    return Intake.isSucceeded(papers.record(), held);
  }

  /// A member that would refuse a second key, if one takes part.
  static Optional<MemberRecord> laggard(Members members) {
    return members.all().stream()
        .filter(member -> members.takesPart(member.guid()) && !members.isDead(member.guid()))
        .filter(member -> member.contact().protocol().max() < 2)
        .findFirst();
  }

  void onTime(Instant now) {
    if (nextAt.isAfter(now)) {
      return;
    }
    Optional<String> obstacle = obstacle();
    if (obstacle.isPresent()) {
      giveUp(obstacle.get());
    } else {
      nextAt = now.plus(RETRY);
      ask(now, wanted.orElseThrow());
    }
  }

  /// Asks no more; the node keeps its key.
  void giveUp(String why) {
    nextAt = Instant.MAX;
    wanted = done.isPresent() ? wanted : Optional.empty();
    answerAll(ticket -> new Answer.NotRotated(ticket, why));
  }

  private void ask(Instant now, Signer next) {
    Certificate held = papers.certificate();
    Succession wish = Successions.propose(held, papers.signer(), next);
    if (!guests.rotateOwn(now, held, wish)) {
      bootNodes.ask(new Frame.Join(held.epoch(), false, Optional.of(wish)));
    }
  }

  /// A certificate has come.
  ///
  /// @return whether it is for the key that is wanted, or comes too late for the one that is left
  boolean admitted(Certificate certificate) {
    if (done.isEmpty() && isWanted(certificate)) {
      writes.certificate(certificate);
      return true;
    }
    return done.isPresent();
  }

  /// A certificate is durable.
  ///
  /// @return whether it is for the key that is wanted
  boolean certified(Certificate certificate) {
    if (!isWanted(certificate)) {
      return false;
    }
    done = Optional.of(certificate);
    nextAt = Instant.MAX;
    answerAll(ticket -> new Answer.Rotated(ticket, certificate));
    return true;
  }

  private boolean isWanted(Certificate certificate) {
    return certificate.guid().equals(papers.guid())
        && certificate.replaces(papers.certificate())
        && wanted.filter(next -> next.key().equals(certificate.key())).isPresent();
  }

  private void answerAll(LongFunction<Answer> answer) {
    waiting.forEach(ticket -> answer(answer.apply(ticket)));
    waiting.clear();
  }

  private void answer(Answer answer) {
    out.effects().answers().add(answer);
  }

  Instant deadline() {
    return nextAt;
  }
}
