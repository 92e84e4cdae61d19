package io.pychain.node.api;

import com.sun.net.httpserver.HttpExchange;
import io.pychain.core.message.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One request, as the calls see it: parameters already split, the body still to be read.
final class Request {
  private static final Pattern WHOLE_NUMBER = Pattern.compile("[0-9]{1,18}");
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,3})?");

  private final HttpExchange exchange;
  private final BodyReader bodies;
  private final List<String> segments;
  private final Map<String, String> query;

  /// @param segments what the variable parts of the path matched
  /// @param allowed names of the query parameters that the call knows
  /// @throws Problem 400 if the query holds another one, or one twice
  Request(HttpExchange exchange, BodyReader bodies, List<String> segments, Set<String> allowed) {
    this.exchange = exchange;
    this.bodies = bodies;
    this.segments = segments;
    this.query = parse(exchange.getRequestURI().getRawQuery(), allowed);
  }

  private static Map<String, String> parse(@Nullable String raw, Set<String> allowed) {
    Map<String, String> query = new LinkedHashMap<>();
    if (raw == null || raw.isEmpty()) {
      return query;
    }
    for (String pair : raw.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
      if (!allowed.contains(name)) {
        throw Problem.malformed("Unknown query parameter; this call knows " + words(allowed) + ".");
      }
      if (query.put(name, equals < 0 ? "" : decoded(pair.substring(equals + 1))) != null) {
        throw Problem.malformed("The query parameter " + name + " is there twice.");
      }
    }
    return query;
  }

  private static String words(Set<String> allowed) {
    return allowed.isEmpty() ? "none" : String.join(", ", allowed);
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      throw Problem.malformed("The query is not percent-encoded UTF-8.");
    }
  }

  /// What a variable part of the path matched, from 0.
  String segment(int index) {
    return segments.get(index);
  }

  /// A query parameter.
  Optional<String> parameter(String name) {
    return Optional.ofNullable(query.get(name));
  }

  /// A query parameter that is true or false; absent is false.
  ///
  /// @throws Problem 400 if it is something else
  boolean flag(String name) {
    String text = query.getOrDefault(name, "false");
    if (!text.equals("true") && !text.equals("false")) {
      throw Problem.malformed(name + " is true or false.");
    }
    return text.equals("true");
  }

  /// A query parameter that is a whole number.
  ///
  /// @throws Problem 400 if it is not one from `min` to `max`
  Optional<Long> number(String name, long min, long max) {
    return parameter(name).map(text -> number(name, text, min, max));
  }

  /// Reads a whole number.
  ///
  /// @throws Problem 400 if it is not one from `min` to `max`
  static long number(String name, String text, long min, long max) {
    if (WHOLE_NUMBER.matcher(text).matches()) {
      long value = Long.parseLong(text);
      if (value >= min && value <= max) {
        return value;
      }
    }
    throw Problem.malformed(name + " is a whole number from " + min + " to " + max + ".");
  }

  /// A query parameter that is a number of seconds, of which up to three digits may follow a point.
  ///
  /// @throws Problem 400 if it is not one from 0 to `max`
  Optional<Duration> seconds(String name, Duration max) {
    return parameter(name)
        .map(text -> {
          if (SECONDS.matcher(text).matches()) {
            Duration value = Duration.ofMillis(new BigDecimal(text).movePointRight(3).longValue());
            if (value.compareTo(max) <= 0) {
              return value;
            }
          }
          throw Problem.malformed(
              name + " is a number of seconds from 0 to " + max.toSeconds() + ", such as 2.5.");
        });
  }

  /// A header.
  Optional<String> header(String name) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
  }

  /// What is packed small may be large when it is unpacked, so nothing is unpacked; nor is it taken
  /// as it is, or readers would get something else than its writer meant.
  private void checkEncoding() {
    String encoding = header("Content-Encoding").orElse("identity");
    if (!encoding.equalsIgnoreCase("identity")) {
      throw Problem.unsupportedType("A body comes as it is, without a Content-Encoding.");
    }
  }

  /// Reads the whole body.
  ///
  /// @throws Problem 413 if it is larger than `bytesMax`, 415 if it is encoded, 503 if too many
  ///   bodies are being read
  /// @throws IOException if it does not come in time
  Bytes body(int bytesMax) throws IOException {
    checkEncoding();
    InputStream in = exchange.getRequestBody();
    return bodies.read(in, header("Content-Length"), bytesMax);
  }
}
