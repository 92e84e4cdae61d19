package io.pychain.cli.terminal;

/// A command that cannot do what was asked. The message is one line: why, and what to do.
public final class CommandFailure extends Exception {
  /// Done as asked.
  public static final int DONE = 0;

  /// Asked rightly, and yet not done.
  public static final int FAILED = 1;

  /// Asked wrongly: nothing was tried.
  public static final int WRONG_USAGE = 2;

  private final int exitCode;

  private CommandFailure(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /// It could not be done.
  public static CommandFailure failed(String message) {
    return new CommandFailure(FAILED, message);
  }

  /// It was not asked rightly.
  public static CommandFailure wrongUsage(String message) {
    return new CommandFailure(WRONG_USAGE, message);
  }

  /// What the process exits with.
  public int exitCode() {
    return exitCode;
  }
}
