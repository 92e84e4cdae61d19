package io.pychain.node.logs;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.spi.FilterReply;
import ch.qos.logback.core.util.FileSize;
import io.pychain.node.config.LogLevel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.slf4j.MarkerFactory;

/// The logs of a process, from [#open] until [#close].
///
/// SLF4J has no level above ERROR: an event at ERROR that carries [#CRITICAL] is printed as
/// CRITICAL, and is all that passes when LOG_LEVEL is CRITICAL. Warnings and errors also go to
/// stderr, where whoever started the process looks first; CRITICAL does not, as the process itself
/// ends with that one line there.
public final class Logs implements AutoCloseable {
  /// Marks the event that tells why the node stops by itself.
  public static final Marker CRITICAL = MarkerFactory.getMarker("CRITICAL");

  static final String ARCHIVE_SUFFIX = ".log.gz";

  private static final String API = "api";
  private static final String NETWORK_SYNC = "network_sync";
  private static final String MEMPOOL = "mempool";
  private static final String AUDIT = "audit";

  private static final List<String> API_LOGGERS = List.of("io.pychain.node.api");
  private static final List<String> MEMPOOL_LOGGERS =
      List.of("io.pychain.node.store", "io.pychain.node.engine");

  private final LoggerContext context;

  private Logs(LoggerContext context) {
    this.context = context;
  }

  /// Sends what this process logs to files in the folder, which is made if it is not there.
  ///
  /// @throws IOException if the folder cannot be written, saying which setting to change; nothing
  ///   is logged anywhere then
  public static Logs open(Path folder, LogLevel level) throws IOException {
    Logs logs =
        open((LoggerContext) LoggerFactory.getILoggerFactory(), folder, level, LogLimits.DEFAULT);
    PlatformLogs.forward();
    return logs;
  }

  static Logs open(LoggerContext context, Path folder, LogLevel level, LogLimits limits)
      throws IOException {
    checkWritable(folder);
    context.reset();
    Logs logs = new Logs(context);
    logs.route(folder, level, limits);
    return logs;
  }

  private static void checkWritable(Path folder) throws IOException {
    if (folder.toString().indexOf('%') >= 0) {
      throw new IOException("LOG_DIR=" + folder + " cannot be used: choose a name without %");
    }
    try {
      Files.createDirectories(folder);
      for (String name : List.of(API, NETWORK_SYNC, MEMPOOL, AUDIT)) {
        Path file = folder.resolve(name + ".log");
        Files.newByteChannel(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND).close();
      }
    } catch (IOException e) {
      throw new IOException(
          "LOG_DIR=%s cannot be written (%s: %s); make it writable for this user, or set LOG_DIR"
              .formatted(folder, e.getClass().getSimpleName(), e.getMessage()),
          e);
    }
  }

  private void route(Path folder, LogLevel level, LogLimits limits) {
    Appender<ILoggingEvent> stderr = stderr(level);
    var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    // Other people's code is not what LOG_LEVEL=DEBUG asks about.
    root.setLevel(level == LogLevel.DEBUG ? Level.INFO : levelOf(level));
    context.getLogger("io.pychain").setLevel(levelOf(level));
    attach(List.of(Logger.ROOT_LOGGER_NAME), stderr, file(folder, NETWORK_SYNC, level, limits));
    attach(API_LOGGERS, stderr, file(folder, API, level, limits));
    attach(MEMPOOL_LOGGERS, stderr, file(folder, MEMPOOL, level, limits));
    audit(folder, limits);
  }

  /// What was done to a node is written down whatever LOG_LEVEL is.
  private void audit(Path folder, LogLimits limits) {
    var logger = context.getLogger("io.pychain.audit");
    logger.setLevel(Level.INFO);
    logger.setAdditive(false);
    logger.addAppender(file(folder, AUDIT, LogLevel.INFO, limits));
  }

  private void attach(
      List<String> loggers, Appender<ILoggingEvent> stderr, Appender<ILoggingEvent> file) {
    for (String name : loggers) {
      var logger = context.getLogger(name);
      logger.setAdditive(false);
      logger.addAppender(stderr);
      logger.addAppender(file);
    }
  }

  private Appender<ILoggingEvent> file(Path folder, String name, LogLevel level, LogLimits limits) {
    RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
    appender.setContext(context);
    appender.setName(name);
    appender.setFile(folder.resolve(name + ".log").toString());
    appender.setEncoder(encoder(true));
    appender.setRollingPolicy(rolling(folder, name, limits, appender));
    if (level == LogLevel.CRITICAL) {
      appender.addFilter(criticals(FilterReply.NEUTRAL, FilterReply.DENY));
    }
    appender.start();
    return appender;
  }

  private CountedRollingPolicy rolling(
      Path folder, String name, LogLimits limits, RollingFileAppender<ILoggingEvent> appender) {
    CountedRollingPolicy policy =
        new CountedRollingPolicy(folder, name + ".", limits.archivesMax());
    policy.setContext(context);
    policy.setParent(appender);
    policy.setFileNamePattern(folder.resolve(name) + ".%d{yyyy-MM-dd, UTC}.%i" + ARCHIVE_SUFFIX);
    policy.setMaxFileSize(new FileSize(limits.fileBytesMax()));
    policy.setMaxHistory(limits.archiveDaysMax());
    policy.setTotalSizeCap(new FileSize(limits.archivesBytesMax()));
    policy.setCleanHistoryOnStart(true);
    policy.start();
    return policy;
  }

  private Appender<ILoggingEvent> stderr(LogLevel level) {
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(context);
    appender.setName("stderr");
    appender.setTarget("System.err");
    appender.setEncoder(encoder(false));
    ThresholdFilter warnings = new ThresholdFilter();
    warnings.setLevel(Level.WARN.toString());
    warnings.start();
    appender.addFilter(warnings);
    FilterReply errors = level == LogLevel.CRITICAL ? FilterReply.DENY : FilterReply.NEUTRAL;
    appender.addFilter(criticals(FilterReply.DENY, errors));
    appender.start();
    return appender;
  }

  private LineEncoder encoder(boolean traces) {
    LineEncoder encoder = new LineEncoder(traces);
    encoder.setContext(context);
    encoder.start();
    return encoder;
  }

  /// Decides by whether an event carries the marker.
  private static Filter<ILoggingEvent> criticals(FilterReply with, FilterReply without) {
    Filter<ILoggingEvent> filter =
        new Filter<>() {
          @Override
          public FilterReply decide(ILoggingEvent event) {
            return isCritical(event) ? with : without;
          }
        };
    filter.start();
    return filter;
  }

  private static Level levelOf(LogLevel level) {
    return switch (level) {
      case DEBUG -> Level.DEBUG;
      case INFO -> Level.INFO;
      case WARNING -> Level.WARN;
      case ERROR, CRITICAL -> Level.ERROR;
    };
  }

  static boolean isCritical(ILoggingEvent event) {
    return event.getMarkerList() != null && event.getMarkerList().contains(CRITICAL);
  }

  /// Writes out what waits and closes the files; what is logged afterwards is lost.
  @Override
  public void close() {
    context.stop();
  }
}
