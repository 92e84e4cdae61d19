package io.pychain.node.link;

import io.pychain.core.message.Frame.Goodbye;
import io.pychain.core.message.Frame.Reason;
import java.io.IOException;

/// The other side did something that this node does not put up with. Has no stack trace, as
/// strangers cause it at will.
final class RefusedException extends IOException {
  private final Refusal refusal;
  private final Reason reason;

  /// @param refusal what it is counted as
  /// @param reason what the other side is told
  /// @param detail for people on both sides
  RefusedException(Refusal refusal, Reason reason, String detail) {
    super(detail);
    this.refusal = refusal;
    this.reason = reason;
  }

  static RefusedException malformed(String detail) {
    return new RefusedException(Refusal.MALFORMED, Reason.MALFORMED, detail);
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
