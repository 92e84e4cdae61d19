package io.pychain.simulator.play;

/// Something that a story waits for.
interface Condition {
  /// Whether it is so. Asked a hundred times a second.
  boolean holds();

  /// What is promised, and what is missing, for whoever reads that it did not come to be so.
  String lacking();
}
