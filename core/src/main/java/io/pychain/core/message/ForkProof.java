package io.pychain.core.message;

/// Two batches of one log of which no log can hold both: whoever signed them has told two stories.
///
/// ```
///   the same number twice               a beginning that the end before it does not fit
///
///   ┌ one  4..6 ┐   ┌ other 6..9 ┐      ┌ one  4..6 ┐  hash ≠ previous  ┌ other 7..9 ┐
/// ```
///
/// With both signatures valid it proves the fork to anybody. An honest origin never makes such a
/// pair, not even in a crash: what it signs is durable before anybody sees it.
///
/// @param one the batch that begins first
/// @param other a batch that contradicts it
public record ForkProof(Batch one, Batch other) {
  /// Largest pair that can be shown, in bytes: two batches of usual size, or two of one large
  /// message each, in one frame.
  public static final int BYTES_MAX = 4 << 20;

  /// Puts the two in order.
  ///
  /// @throws IllegalArgumentException if they do not contradict each other, or are too large
  public ForkProof {
    if (other.firstSeq() < one.firstSeq()) {
      Batch first = other;
      other = one;
      one = first;
    }
    if (!contradict(one, other) || one.length() + other.length() > BYTES_MAX) {
      throw new IllegalArgumentException("no proof of a fork: %s and %s".formatted(one, other));
    }
  }

  /// Whether no log can hold both of these.
  public static boolean contradict(Batch one, Batch other) {
    if (!one.log().equals(other.log()) || one.hash().equals(other.hash())) {
      return false;
    }
    boolean ordered = one.firstSeq() <= other.firstSeq();
    Batch first = ordered ? one : other;
    Batch second = ordered ? other : one;
    return second.firstSeq() <= first.lastSeq()
        || (second.firstSeq() == first.lastSeq() + 1 && !second.previous().equals(first.hash()));
  }

  /// Which log has been forked.
  public LogId log() {
    return one.log();
  }

  /// The first number of which there are two stories.
  public long seq() {
    return other.firstSeq();
  }

  /// Size of both, in bytes.
  public int length() {
    return one.length() + other.length();
  }
}
