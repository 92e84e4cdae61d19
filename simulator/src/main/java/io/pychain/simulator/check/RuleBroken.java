package io.pychain.simulator.check;

/// A promise that was just broken: what was promised, and what happened instead.
public final class RuleBroken extends RuntimeException {
  /// @param what the promise and the facts, in one line
  public RuleBroken(String what) {
    super(what);
  }
}
