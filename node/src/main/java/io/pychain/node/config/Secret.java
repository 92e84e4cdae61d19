package io.pychain.node.config;

/// A text that is not to be seen in logs.
///
/// @param text the secret
public record Secret(String text) {
  @Override
  public String toString() {
    return "(secret)";
  }
}
