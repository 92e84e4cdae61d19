package io.pychain.cli;

import io.pychain.cli.terminal.ApiClient;
import io.pychain.cli.terminal.CommandFailure;
import io.pychain.cli.terminal.PinnedCertificates;
import io.pychain.node.config.Endpoint;
import io.pychain.node.config.NodeConfig;
import io.pychain.node.config.Setting;
import io.pychain.node.config.SettingException;
import io.pychain.node.config.Settings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which node a command talks to: the one named, or else the local one, found by its settings.
final class ApiOptions {
  static final String PREFIX = "/api/v1";

  private static final String TOKEN_FILE = "api-token";

  private final Map<String, String> environment;

  @Option(
      names = "--api",
      paramLabel = "URL",
      description = "The node's API; default: API_LISTEN of the local node.")
  private @Nullable String api;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "Holds the token for writing; default: STORAGE_DIR/api-token.")
  private @Nullable Path tokenFile;

  @Option(
      names = "--storage-dir",
      paramLabel = "DIR",
      description = "STORAGE_DIR of the local node.")
  private @Nullable String storageDir;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description =
          "Certificates (PEM) to believe an https API by;"
              + " default: API_TLS of the local node, or what Java believes.")
  private @Nullable Path ca;

  ApiOptions(Map<String, String> environment) {
    this.environment = environment;
  }

  /// A client for what only reads.
  ApiClient reader() throws CommandFailure {
    return new ApiClient(base(), Optional.empty()).believing(trust());
  }

  /// A client for what only reads, of a node that is named.
  ///
  /// @throws CommandFailure if the URL is none of an API
  static ApiClient readerOf(String url) throws CommandFailure {
    return new ApiClient(parse("", url), Optional.empty());
  }

  /// A client for what writes.
  ///
  /// @throws CommandFailure if there is no token
  ApiClient writer() throws CommandFailure {
    Path file = tokenFile == null ? config().storageDir().resolve(TOKEN_FILE) : tokenFile;
    URI base = base();
    try {
      Optional<String> token = Optional.of(Files.readString(file).strip());
      return new ApiClient(base, token).believing(trust());
    } catch (IOException e) {
      throw CommandFailure.failed(
          "the token in %s cannot be read (%s): name its file with --token-file or --storage-dir"
              .formatted(file, e.getClass().getSimpleName()));
    }
  }

  private URI base() throws CommandFailure {
    if (api != null) {
      return parse("--api=", api);
    }
    NodeConfig local = config();
    Endpoint listen =
        local
            .apiListen()
            .orElseThrow(() -> CommandFailure.wrongUsage("API_LISTEN is none: use --api URL"));
    String scheme = local.apiTls().isPresent() ? "https://" : "http://";
    return URI.create(scheme + reachable(listen));
  }

  private Optional<PinnedCertificates> trust() throws CommandFailure {
    Optional<Path> local = api == null ? config().apiTls() : Optional.empty();
    Optional<Path> file = ca == null ? local : Optional.of(ca);
    return file.isPresent() ? Optional.of(PinnedCertificates.read(file.get())) : Optional.empty();
  }

  private static URI parse(String flag, String text) throws CommandFailure {
    try {
      URI uri = URI.create(text);
      if (uri.getHost() != null && String.valueOf(uri.getScheme()).matches("https?")) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // Told below, with all else that is no URL of an API.
    }
    throw CommandFailure.wrongUsage(
        flag + text + " is not allowed: http(s)://host[:port], as http://127.0.0.1:8000");
  }

  /// Whoever listens everywhere is reached by loopback.
  private static Endpoint reachable(Endpoint listen) {
    return switch (listen.host()) {
      case "0.0.0.0" -> new Endpoint("127.0.0.1", listen.port());
      case "::" -> new Endpoint("::1", listen.port());
      default -> listen;
    };
  }

  /// The local node's config, as far as this user's environment tells.
  NodeConfig config() throws CommandFailure {
    EnumMap<Setting, String> flags = new EnumMap<>(Setting.class);
    if (storageDir != null) {
      flags.put(Setting.STORAGE_DIR, storageDir);
    }
    try {
      return Settings.resolve(flags, environment).config(NodeConfig.Role.CLIENT);
    } catch (SettingException e) {
      throw CommandFailure.wrongUsage(String.valueOf(e.getMessage()));
    }
  }
}
