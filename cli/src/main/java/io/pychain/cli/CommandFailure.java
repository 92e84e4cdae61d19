package io.pychain.cli;

/// A command that cannot do what was asked. The message is one line: why, and what to do.
final class CommandFailure extends Exception {
  /// Done as asked.
  static final int DONE = 0;

  /// Asked rightly, and yet not done.
  static final int FAILED = 1;

  /// Asked wrongly: nothing was tried.
  static final int WRONG_USAGE = 2;

  private final int exitCode;

  private CommandFailure(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  static CommandFailure failed(String message) {
    return new CommandFailure(FAILED, message);
  }

  static CommandFailure wrongUsage(String message) {
    return new CommandFailure(WRONG_USAGE, message);
  }

  int exitCode() {
    return exitCode;
  }
}
