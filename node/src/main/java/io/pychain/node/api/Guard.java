package io.pychain.node.api;

import com.sun.net.httpserver.Headers;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Who may speak to this node at all, and who may write.
///
/// A browser on the operator's machine reaches a loopback address as well as its user does. So a
/// request must name a host that is this node (a page that points its own name at 127.0.0.1 does
/// not), and a write must not come from a page of another origin.
final class Guard {
  private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "[::1]");
  private static final Set<String> WILDCARDS = Set.of("0.0.0.0", "::", "[::]");
  private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
  private static final Pattern IPV6 = Pattern.compile("\\[[0-9a-f:.]{2,45}\\]");
  private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");
  private static final String BEARER = "bearer ";

  private final ApiToken token;
  private final String scheme;
  private final List<String> names;
  private final String listenHost;
  private final boolean anyAddress;

  Guard(ApiConfig config) {
    this.token = config.token();
    this.scheme = config.tls().isPresent() ? "https://" : "http://";
    this.names = config.names();
    this.listenHost = config.host().toLowerCase(Locale.ROOT);
    this.anyAddress = WILDCARDS.contains(listenHost);
  }

  /// Lets a request pass of which everybody sees the end at the same place: what one program takes
  /// for a body may be another one's next request.
  ///
  /// @throws Problem 400
  static void checkFraming(Headers headers) {
    List<String> lengths = headers.getOrDefault("Content-Length", List.of());
    List<String> encodings = headers.getOrDefault("Transfer-Encoding", List.of());
    boolean chunked = encodings.size() == 1 && encodings.getFirst().equalsIgnoreCase("chunked");
    boolean clear =
        lengths.size() + encodings.size() <= 1
            && (encodings.isEmpty() || chunked)
            && lengths.stream().allMatch(length -> LENGTH.matcher(length).matches())
            && headers.keySet().stream().noneMatch(name -> name.endsWith(" "));
    if (!clear) {
      throw Problem.ambiguous(
          "A request has one Content-Length, or is chunked and has none, or has no body.");
    }
  }

  /// Lets a request pass that names this node.
  ///
  /// @throws Problem 400 if it names none, 403 if it names another
  void checkHost(Headers headers) {
    List<String> hosts = headers.getOrDefault("Host", List.of());
    if (hosts.size() != 1) {
      throw Problem.malformed("A request has one Host header.");
    }
    if (!isThisNode(nameOf(hosts.getFirst()))) {
      throw Problem.forbidden(
          "The Host header names neither localhost, nor the address that this node listens on, nor"
              + " one of API_HOSTS.");
    }
  }

  /// Lets a write pass that shows the token and comes from no foreign web page.
  ///
  /// @throws Problem 401, 403
  void checkWrite(Headers headers) {
    String origin = headers.getFirst("Origin");
    if (origin != null && !origin.equals(scheme + headers.getFirst("Host"))) {
      throw Problem.forbidden("A web page of another origin may not write.");
    }
    String shown = Optional.ofNullable(headers.getFirst("Authorization")).orElse("");
    if (!shown.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      throw Problem.unauthorized(
          "Writing needs \"Authorization: Bearer TOKEN\"; the token is in STORAGE_DIR/api-token.");
    }
    if (!token.matches(shown.substring(BEARER.length()).strip())) {
      throw Problem.unauthorized("Not this node's token; it is in STORAGE_DIR/api-token.");
    }
  }

  /// The host without its port, in lower case.
  private static String nameOf(String host) {
    int port = host.lastIndexOf(':');
    boolean inBrackets = port < host.lastIndexOf(']');
    return (port < 0 || inBrackets ? host : host.substring(0, port)).toLowerCase(Locale.ROOT);
  }

  private boolean isThisNode(String name) {
    return LOOPBACK_NAMES.contains(name)
        || names.contains(name)
        || name.equals(listenHost)
        || name.equals("[" + listenHost + "]")
        || (IPV4.matcher(name).matches() && (anyAddress || name.startsWith("127.")))
        || (anyAddress && IPV6.matcher(name).matches());
  }
}
