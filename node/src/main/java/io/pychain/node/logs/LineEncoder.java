package io.pychain.node.logs;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// One event as one line of `key=value`, the message last:
///
/// ```
/// time=2026-11-22T07:55:54.123Z level=INFO logger=link.Transport thread=link-17-reader event=up …
/// ```
///
/// What is logged may hold what a stranger sent. Control characters are escaped, so that nobody can
/// write lines of their own into a log. A stack trace follows on lines that begin with a tab.
final class LineEncoder extends EncoderBase<ILoggingEvent> {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
  private static final String OUR_PACKAGE = "io.pychain.";
  private static final byte[] NOTHING = {};

  private final boolean traces;

  /// @param traces whether stack traces follow
  LineEncoder(boolean traces) {
    this.traces = traces;
  }

  @Override
  public byte[] headerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] footerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    StringBuilder line = new StringBuilder(200);
    line.append("time=").append(TIME.format(Instant.ofEpochMilli(event.getTimeStamp())));
    line.append(" level=").append(levelOf(event));
    line.append(" logger=").append(shortName(event.getLoggerName()));
    line.append(" thread=");
    appendEscaped(line, event.getThreadName().replace(' ', '_'));
    line.append(' ');
    appendEscaped(line, String.valueOf(event.getFormattedMessage()));
    appendPairs(line, event);
    line.append('\n');
    if (traces) {
      appendTrace(line, event);
    }
    return line.toString().getBytes(StandardCharsets.UTF_8);
  }

  /// The operator's words: WARNING as the setting has it, CRITICAL where the node stops.
  static String levelOf(ILoggingEvent event) {
    if (Logs.isCritical(event)) {
      return "CRITICAL";
    }
    return event.getLevel().equals(Level.WARN) ? "WARNING" : event.getLevel().toString();
  }

  private static String shortName(String logger) {
    return logger.startsWith(OUR_PACKAGE) ? logger.substring(OUR_PACKAGE.length()) : logger;
  }

  private static void appendPairs(StringBuilder line, ILoggingEvent event) {
    if (event.getKeyValuePairs() == null) {
      return;
    }
    for (var pair : event.getKeyValuePairs()) {
      line.append(' ').append(pair.key).append('=');
      appendEscaped(line, String.valueOf(pair.value));
    }
  }

  private static void appendTrace(StringBuilder line, ILoggingEvent event) {
    IThrowableProxy thrown = event.getThrowableProxy();
    if (thrown == null) {
      return;
    }
    ThrowableProxyUtil.asString(thrown)
        .lines()
        .forEach(part -> {
          line.append('\t');
          appendEscaped(line, part.strip());
          line.append('\n');
        });
  }

  private static void appendEscaped(StringBuilder line, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\n' -> line.append("\\n");
        case '\r' -> line.append("\\r");
        case '\t' -> line.append("\\t");
        default -> line.append(isHarmless(c) ? c : '?');
      }
    }
  }

  /// Neither a control character nor a line separator of Unicode.
  private static boolean isHarmless(char c) {
    return !Character.isISOControl(c) && c != '\u2028' && c != '\u2029';
  }
}
