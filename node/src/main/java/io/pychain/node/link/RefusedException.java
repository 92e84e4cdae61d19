package io.pychain.node.link;

import io.pychain.core.link.Fault;
import io.pychain.core.message.Frame;
import io.pychain.core.message.Frame.Goodbye;
import io.pychain.core.message.Frame.Reason;
import java.io.IOException;
import java.util.Optional;

/// The other side did something that this node does not put up with. Has no stack trace, as
/// strangers cause it at will.
final class RefusedException extends IOException {
  private final Refusal refusal;
  private final Reason reason;
  private final Optional<Fault> fault;

  /// @param refusal what it is counted as
  /// @param reason what the other side is told
  /// @param detail for people on both sides
  RefusedException(Refusal refusal, Reason reason, String detail) {
    this(refusal, reason, detail, Optional.empty());
  }

  private RefusedException(Refusal refusal, Reason reason, String detail, Optional<Fault> fault) {
    super(detail);
    this.refusal = refusal;
    this.reason = reason;
    this.fault = fault;
  }

  static RefusedException malformed(String detail) {
    return malformed(detail, Fault.MALFORMED);
  }

  /// The length of a frame is above what is allowed.
  static RefusedException oversize(String detail) {
    return malformed(detail, Fault.OVERSIZE);
  }

  private static RefusedException malformed(String detail, Fault fault) {
    return new RefusedException(Refusal.MALFORMED, Reason.MALFORMED, detail, Optional.of(fault));
  }

  /// Something in a frame is not signed by whom it must be.
  static RefusedException invalid(Frame frame, String detail) {
    return new RefusedException(
        Refusal.INVALID, Reason.INVALID, detail, Optional.of(Fault.of(frame)));
  }

  /// What a member at the other end is to blame for by this.
  Optional<Fault> fault() {
    return fault;
  }

  Refusal refusal() {
    return refusal;
  }

  /// What to tell the other side.
  Goodbye goodbye() {
    return new Goodbye(reason, Goodbyes.cut(detail()));
  }

  String detail() {
    return String.valueOf(getMessage());
  }

  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
