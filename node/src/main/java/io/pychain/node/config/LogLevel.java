package io.pychain.node.config;

/// From which level on events are logged. Each level includes those after it.
public enum LogLevel {
  /// What the protocol does, step by step.
  DEBUG,
  /// The life cycle: started, joined, linked, stopped.
  INFO,
  /// Something is degraded; nobody has to act at once.
  WARNING,
  /// The operator has to act.
  ERROR,
  /// Only what stops the node.
  CRITICAL
}
