package io.pychain.node;

/// A publish that the node did not take. Nothing of it was kept; the message says why and what to
/// do.
public class PublishRefusedException extends Exception {
  /// @param reason what is wrong and what to do
  public PublishRefusedException(String reason) {
    super(reason);
  }
}
