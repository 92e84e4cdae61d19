package io.pychain.node.logs;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/// Forwards what the JDK and the HTTP server log by `java.util.logging` to SLF4J, so that it lands
/// in the same files and not raw on stderr. From WARNING on: below that they talk about themselves.
final class PlatformLogs extends Handler {
  private static final SimpleFormatter FORMATTER = new SimpleFormatter();

  private PlatformLogs() {}

  static void forward() {
    LogManager.getLogManager().reset();
    var root = LogManager.getLogManager().getLogger("");
    root.setLevel(Level.WARNING);
    root.addHandler(new PlatformLogs());
  }

  @Override
  public void publish(LogRecord record) {
    var logger = LoggerFactory.getLogger(String.valueOf(record.getLoggerName()));
    LoggingEventBuilder event =
        record.getLevel().intValue() >= Level.SEVERE.intValue()
            ? logger.atError()
            : logger.atWarn();
    Throwable thrown = record.getThrown();
    if (thrown != null) {
      event = event.setCause(thrown);
    }
    event.log(FORMATTER.formatMessage(record));
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
