package io.pychain.cli.terminal;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Optional;

/// A line on a terminal that is written over and over, and is gone in the end:
///
/// ```
///   [==============>               ] 486/1000
/// ```
///
/// It goes to stderr, so that stdout has the answer only; without a terminal there is none.
public final class ProgressBar {
  /// How long the bar is, in characters.
  private static final int WIDTH = 30;

  private final PrintWriter out;
  private final boolean shown;
  private int length;

  /// @param shown whether anybody can see it
  ProgressBar(PrintWriter out, boolean shown) {
    this.out = out;
    this.shown = shown;
  }

  /// A bar for a command that answers people at a terminal.
  public static ProgressBar on(Output output) {
    boolean terminal =
        Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    return new ProgressBar(output.err(), terminal && !output.isJson());
  }

  /// Shows so many of all.
  public void show(int count, int all) {
    if (shown) {
      int filled = all == 0 ? WIDTH : Math.toIntExact((long) WIDTH * count / all);
      String tip = filled < WIDTH ? ">" : "";
      String rest = " ".repeat(WIDTH - filled - tip.length());
      write("[" + "=".repeat(filled) + tip + rest + "] " + count + "/" + all);
    }
  }

  /// Wipes the line, so that something else can be written in its place.
  public void clear() {
    if (length > 0) {
      write("");
      out.print('\r');
      out.flush();
      length = 0;
    }
  }

  /// Writes over what was there before, all of it.
  private void write(String text) {
    out.print('\r' + text + " ".repeat(Math.max(0, length - text.length())));
    out.flush();
    length = text.length();
  }
}
