package io.pychain.cli.process;

import io.pychain.cli.terminal.CommandFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// Ends this process when its stdin ends, that is, when whoever started it is gone, however it
/// went: a launcher that is killed closes its end of the pipe too.
public final class StdinWatch {
  private StdinWatch() {}

  /// Watches from now on; what comes is passed over.
  public static void endWith(InputStream in) {
    Thread.ofVirtual()
        .name("stdin")
        .start(() -> {
          try {
            in.transferTo(OutputStream.nullOutputStream());
          } catch (IOException e) {
            // As good as its end.
          }
          System.exit(CommandFailure.DONE);
        });
  }
}
