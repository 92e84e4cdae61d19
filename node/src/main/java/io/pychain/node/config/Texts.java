package io.pychain.node.config;

import io.pychain.core.admission.Terms;
import io.pychain.core.message.Frame.NetworkInfo;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads the settings that are words rather than numbers. Every method throws
/// [IllegalArgumentException] for what it cannot read; [Setting] says what is allowed.
final class Texts {
  /// Says that an optional thing is not wanted.
  static final String NONE = "none";

  private static final int HOSTS_MAX = 16;
  private static final Pattern HOST = Pattern.compile("[a-z0-9_-]{1,63}(\\.[a-z0-9_-]{1,63}){0,7}");

  private Texts() {}

  static Path path(String text) {
    try {
      if (text.isBlank()) {
        throw new IllegalArgumentException("a path has a name");
      }
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(e.getReason(), e);
    }
  }

  static Optional<Path> fileOrNone(String text) {
    return text.equals(NONE) ? Optional.empty() : Optional.of(path(text));
  }

  static List<String> hosts(String text) {
    List<String> hosts =
        Arrays.stream(text.split(",")).map(host -> host.strip().toLowerCase(Locale.ROOT)).toList();
    if (!areHosts(hosts)) {
      throw new IllegalArgumentException("no host names");
    }
    return hosts;
  }

  static boolean areHosts(List<String> hosts) {
    return hosts.size() <= HOSTS_MAX && hosts.stream().allMatch(HOST.asMatchPredicate());
  }

  static LogLevel level(String text) {
    return Arrays.stream(LogLevel.values())
        .filter(level -> level.name().equalsIgnoreCase(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no such level"));
  }

  static Terms.Mode admission(String text) {
    return Arrays.stream(Terms.Mode.values())
        .filter(mode -> mode.name().equalsIgnoreCase(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no such mode"));
  }

  static Secret invite(String text) {
    if (!text.matches("invite-[A-Za-z0-9_-]+")) {
      throw new IllegalArgumentException("no invitation");
    }
    return new Secret(text);
  }

  static String networkName(String text) {
    if (!isNetworkName(text)) {
      throw new IllegalArgumentException("not a name");
    }
    return text;
  }

  static Optional<Duration> lifetime(String text) {
    return text.equals(NONE)
        ? Optional.empty()
        : Optional.of(Duration.ofMillis(Ranges.CERTIFICATE_LIFETIME.parse(text)));
  }

  static boolean isNetworkName(String text) {
    return text.length() <= NetworkInfo.NAME_LENGTH_MAX
        && !text.isBlank()
        && text.chars().noneMatch(Character::isISOControl);
  }

  static Optional<Endpoint> endpointOrNone(String text, int defaultPort) {
    return text.equals(NONE) ? Optional.empty() : Optional.of(Endpoint.parse(text, defaultPort));
  }

  static Optional<URI> urlOrNone(String text) {
    if (text.equals(NONE)) {
      return Optional.empty();
    }
    URI url = URI.create(text);
    if (!isHttpUrl(url)) {
      throw new IllegalArgumentException("not a URL");
    }
    return Optional.of(url);
  }

  static boolean isHttpUrl(URI url) {
    boolean http = "http".equalsIgnoreCase(url.getScheme());
    return (http || "https".equalsIgnoreCase(url.getScheme())) && url.getHost() != null;
  }
}
