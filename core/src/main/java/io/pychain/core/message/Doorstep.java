package io.pychain.core.message;

import java.time.Instant;

/// What a newcomer and a member say to each other before TLS begins, which is what costs: two
/// connections, so that nothing is kept between them.
///
/// ```
///   newcomer                    member
///      ├─ Knock ──────────────────►│   keeps nothing
///      │◄───────────────────── Quote   closes
///      │  works for as much as the quote says, or takes out its invitation
///      ├─ Enter ──────────────────►│   checks
///      │◄─────────────────── Welcome
///      ├─ TLS, Hello, Join ───────►│   as any link
/// ```
///
/// All of it is in the clear and worth nothing to others: it names the newcomer's key, whose
/// private half it must show by TLS.
public final class Doorstep {
  private Doorstep() {}

  /// What would it cost to join?
  ///
  /// @param key of the newcomer
  /// @param bid price that it is ready to pay even if less is asked for: where many wait for the
  ///   price to fall, it rises again with the first that gets in, and who bids need not wait
  public record Knock(NodeKey key, int bid) implements Frame.BeforeTls {}

  /// So much.
  ///
  /// @param network that answers, so that nobody works for another
  /// @param offer the terms, for this newcomer only
  /// @param inviteOnly whether nobody gets in without an invitation
  public record Quote(Frame.NetworkInfo network, Offer offer, boolean inviteOnly)
      implements Frame.BeforeTls {}

  /// Here is what it costs.
  ///
  /// @param key of the newcomer
  /// @param offer that it was made, unchanged
  /// @param payment what it has come to
  public record Enter(NodeKey key, Offer offer, Payment payment) implements Frame.BeforeTls {}

  /// Enough: begin TLS.
  public record Welcome() implements Frame.BeforeTls {}

  /// Terms, and a proof that only who made them can make.
  ///
  /// @param price 0 for nothing; else about how many seconds of a core
  /// @param made when, in whole seconds of the clock of who made it
  /// @param cookie over all of it, the newcomer's key and where it came from: 32 bytes
  public record Offer(int price, Instant made, Bytes cookie) {
    /// Length of a cookie in bytes.
    public static final int COOKIE_LENGTH = 32;

    /// Highest price that can be asked for.
    public static final int PRICE_MAX = 1_024;

    /// @throws IllegalArgumentException if the price or the cookie's length is out of range
    public Offer {
      if (price < 0 || price > PRICE_MAX || cookie.length() != COOKIE_LENGTH) {
        throw new IllegalArgumentException("a price from 0 to 1024, and a cookie of 32 bytes");
      }
    }
  }

  /// What somebody pays with.
  public sealed interface Payment {}

  /// Work.
  ///
  /// @param solution of the puzzle; empty if it costs nothing
  public record Work(Bytes solution) implements Payment {
    /// Longest solution in bytes.
    public static final int LENGTH_MAX = 512;
  }

  /// An invitation, made out to the newcomer by the key that is invited: seen by others on the way,
  /// it is of no use to them.
  ///
  /// @param invite by the authority
  /// @param signature of the invited key over the newcomer's
  public record Invitation(Invite invite, Bytes signature) implements Payment {}
}
