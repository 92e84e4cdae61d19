package io.pychain.core.admission;

import io.pychain.core.admission.PuzzleScheme.Task;
import io.pychain.core.admission.Terms.Mode;
import io.pychain.core.message.AddressGroup;
import io.pychain.core.message.Bytes;
import io.pychain.core.message.Doorstep.Enter;
import io.pychain.core.message.Doorstep.Invitation;
import io.pychain.core.message.Doorstep.Offer;
import io.pychain.core.message.Doorstep.Quote;
import io.pychain.core.message.Doorstep.Work;
import io.pychain.core.message.Frame.NetworkInfo;
import io.pychain.core.message.Frame.Reason;
import io.pychain.core.message.NetworkId;
import io.pychain.core.message.NodeKey;
import io.pychain.core.trust.Networks;
import io.pychain.core.trust.PublicKeys;
import io.pychain.core.trust.Sha256;
import io.pychain.core.trust.Verifier;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Says what joining costs, and checks that it has been paid, without remembering anybody.
///
/// All that must be remembered is in the offer, which comes back, and the cookie proves that it is
/// unchanged, and that it comes from where it was sent to:
///
/// ```
///   cookie = HMAC-SHA-256(secret, network id ‖ key ‖ price ‖ made ‖ address group)
///   seed   = SHA-256("pychain/task/1" ‖ 0x00 ‖ network id ‖ key ‖ cookie)
/// ```
///
/// So nobody can begin with the puzzle before it has asked, use it for another key, network or
/// address group, or keep it for longer than [#OFFER_AGE_MAX]. Showing it twice is of no use: one
/// key gets one GUID.
///
/// Holds nothing that changes; for any number of threads.
public final class Door {
  /// For so long an offer holds: long enough for the highest price on a slow core.
  public static final Duration OFFER_AGE_MAX = Duration.ofMinutes(10);

  private static final Bytes TASK = Bytes.utf8("pychain/task/1\0");
  private static final String MAC = "HmacSHA256";

  private final NetworkInfo network;
  private final NetworkId id;
  private final SecretKeySpec secret;
  private final PuzzleScheme puzzle;
  private final Verifier verifier;

  /// @param secret 32 bytes that nobody else knows; new at each start will do
  public Door(NetworkInfo network, Bytes secret, PuzzleScheme puzzle, Verifier verifier) {
    this.network = network;
    this.id = Networks.idOf(network);
    this.secret = new SecretKeySpec(secret.toArray(), MAC);
    this.puzzle = puzzle;
    this.verifier = verifier;
  }

  /// Who is at the door.
  ///
  /// @param key that it says it has
  /// @param group where it is
  public record Visitor(NodeKey key, AddressGroup group) {}

  /// What becomes of whoever wants to enter.
  public sealed interface Answer {
    /// It may go on, and must show by TLS that the key is its own.
    ///
    /// @param pass what it has paid with
    record Enters(Pass pass) implements Answer {}

    /// It has not paid enough, or for something that has changed; this is the price now.
    ///
    /// @param quote to be paid
    record Pays(Quote quote) implements Answer {}

    /// It is sent away.
    ///
    /// @param reason for machines
    /// @param detail for people
    record Leaves(Reason reason, String detail) implements Answer {}
  }

  /// What it costs a visitor to join.
  ///
  /// @param bid that it makes of its own accord; what is more than the highest price is not asked
  public Quote quote(Instant now, Visitor visitor, int bid, Terms terms) {
    int price = terms.price(now, visitor.group(), bid);
    Instant made = now.truncatedTo(ChronoUnit.SECONDS);
    Offer offer = new Offer(price, made, cookie(visitor, price, made));
    return new Quote(network, offer, terms.mode() == Mode.INVITE);
  }

  private Bytes cookie(Visitor visitor, int price, Instant made) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(secret);
      mac.update(id.digest().bytes().toArray());
      mac.update(visitor.key().bytes().toArray());
      ByteBuffer numbers = ByteBuffer.allocate(Integer.BYTES + Long.BYTES);
      mac.update(numbers.putInt(price).putLong(made.getEpochSecond()).array());
      return Bytes.wrap(mac.doFinal(Bytes.utf8(visitor.group().name()).toArray()));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java has HMAC-SHA-256", impossible);
    }
  }

  /// Looks at what a visitor has brought. The cheapest comes first: whoever has not asked before
  /// costs one hash.
  public Answer enter(Instant now, Enter enter, AddressGroup group, Terms terms) {
    Visitor visitor = new Visitor(enter.key(), group);
    if (!PublicKeys.acceptable(enter.key())) {
      return new Answer.Leaves(Reason.IDENTITY, "this key can be nobody's; make another");
    }
    if (!isOurs(now, visitor, enter.offer())) {
      return new Answer.Pays(quote(now, visitor, 0, terms));
    }
    return switch (enter.payment()) {
      case Work(Bytes solution) -> pay(now, enter, solution, visitor, terms);
      case Invitation invitation -> show(now, enter.key(), invitation);
    };
  }

  private boolean isOurs(Instant now, Visitor visitor, Offer offer) {
    Duration age = Duration.between(offer.made(), now);
    Bytes expected = cookie(visitor, offer.price(), offer.made());
    return age.abs().compareTo(OFFER_AGE_MAX) <= 0
        && MessageDigest.isEqual(expected.toArray(), offer.cookie().toArray());
  }

  private Answer pay(Instant now, Enter enter, Bytes solution, Visitor visitor, Terms terms) {
    if (terms.mode() == Mode.INVITE) {
      return new Answer.Leaves(
          Reason.NOT_INVITED, "this network admits nobody without an invitation; get one");
    }
    int price = enter.offer().price();
    if (!terms.isEnough(price, now, visitor.group())) {
      return new Answer.Pays(quote(now, visitor, 0, terms));
    }
    Optional<Task> task = task(network, enter.key(), enter.offer());
    boolean solved = task.isEmpty() || puzzle.verify(task.get(), solution);
    return solved
        ? new Answer.Enters(new Pass.Paid(price))
        : new Answer.Leaves(Reason.INVALID, "this is no solution of the puzzle");
  }

  private Answer show(Instant now, NodeKey key, Invitation invitation) {
    if (!verifier.verify(invitation.invite(), key, invitation.signature())) {
      return new Answer.Leaves(
          Reason.NOT_INVITED, "the invitation is not of this network's authority, or for another");
    }
    if (invitation.invite().until().isBefore(now)) {
      return new Answer.Leaves(
          Reason.NOT_INVITED, "the invitation ended at " + invitation.invite().until());
    }
    return new Answer.Enters(new Pass.Invited(invitation.invite().id()));
  }

  /// What a newcomer with this key has to solve to take an offer; empty if nothing.
  public static Optional<Task> task(NetworkInfo network, NodeKey key, Offer offer) {
    if (offer.price() == 0) {
      return Optional.empty();
    }
    Bytes id = Networks.idOf(network).digest().bytes();
    return Optional.of(new Task(Sha256.of(TASK, id, key.bytes(), offer.cookie()), offer.price()));
  }
}
