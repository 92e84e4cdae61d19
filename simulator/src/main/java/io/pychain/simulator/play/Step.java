package io.pychain.simulator.play;

/// One thing that a story lets happen.
@FunctionalInterface
interface Step {
  /// Lets it happen. What lasts goes on by itself; time passes only in steps that wait.
  ///
  /// @throws io.pychain.simulator.check.Violation if a promise is broken
  void in(Play play);
}
