package io.pychain.node.config;

import io.pychain.core.message.ProtocolRange;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;

/// The settings: how each is named, written and defaulted. The name is the same in the environment
/// and in the file; as a flag LOG_DIR is `--log-dir`. What each means in depth is in [NodeConfig].
public enum Setting {
  /// Whom to join by.
  BOOT_NODE("", "whom to join by", BootAddress.FORMS, (b, text) -> b.bootNodes(text)),
  /// Folder of the log files.
  LOG_DIR(
      "/var/log/pychain",
      "folder of api.log, network_sync.log and mempool.log",
      "a folder",
      (b, text) -> b.logDir(Texts.path(text))),
  /// From which level on to log.
  LOG_LEVEL(
      "INFO",
      "from which level on to log",
      "DEBUG, INFO, WARNING, ERROR or CRITICAL",
      (b, text) -> b.logLevel(Texts.level(text))),
  /// Time between full network syncs.
  NETWORK_SYNC_INTERVAL(
      "60",
      "seconds between full network syncs",
      Ranges.SYNC_INTERVAL,
      (b, millis) -> b.networkSyncInterval(Duration.ofMillis(millis))),
  /// Drawn anew and added each time.
  NETWORK_SYNC_JITTER(
      "30",
      "at most so many seconds added to it, drawn anew each time",
      Ranges.SYNC_JITTER,
      (b, millis) -> b.networkSyncJitter(Duration.ofMillis(millis))),
  /// All that must survive a restart.
  STORAGE_DIR(
      "/usr/local/etc/pychain",
      "folder of all that must survive a restart",
      "a folder",
      (b, text) -> b.storageDir(Texts.path(text))),
  /// Part of the network's identity.
  NETWORK_NAME(
      "pychain",
      "name of the network that a first boot node founds",
      "1 to 64 printable characters",
      (b, text) -> b.networkName(Texts.networkName(text))),
  /// Where links are taken.
  PEER_LISTEN(
      "0.0.0.0:9000",
      "where links are taken",
      Endpoint.FORMS + " (0: any free one)",
      (b, text) -> b.peerListen(Endpoint.parse(text, BootAddress.PEER_PORT))),
  /// Where the HTTP API is served.
  API_LISTEN(
      "127.0.0.1:8000",
      "where the HTTP API is served",
      Endpoint.FORMS + " (0: any free one), or none",
      (b, text) -> b.apiListen(Texts.endpointOrNone(text, BootAddress.API_PORT))),
  /// What the API shows to prove who it is.
  API_TLS(
      "none",
      "certificate and key by which the API is served over TLS",
      "a PEM file with a certificate chain and its private key, or none",
      (b, text) -> b.apiTls(Texts.fileOrNone(text))),
  /// By which other names the API may be asked.
  API_HOSTS(
      "",
      "host names, besides localhost and API_LISTEN, that the API answers to",
      "up to 16 host names, separated by commas",
      (b, text) -> b.apiHosts(Texts.hosts(text))),
  /// What others dial.
  ADVERTISE(
      "",
      "what others dial, instead of what the boot node saw",
      Endpoint.FORMS + " (0 or none: that of PEER_LISTEN)",
      (b, text) -> b.advertise(Optional.of(Endpoint.parse(text, Endpoint.OPEN)))),
  /// Who may join.
  ADMISSION(
      "puzzle",
      "who may join by this boot node",
      "open, puzzle (work, while many join) or invite (only by INVITE)",
      (b, text) -> b.admission(Texts.admission(text))),
  /// What a newcomer joins by.
  INVITE(
      "",
      "an invitation to join by, made by pychain invite",
      "a text that begins with invite-",
      (b, text) -> b.invite(Optional.of(Texts.invite(text)))),
  /// The newest version of the protocol that is spoken.
  PROTOCOL_MAX(
      Integer.toString(ProtocolRange.OWN.max()),
      "newest version of the protocol to speak, to hold a node back during an upgrade",
      Ranges.PROTOCOL,
      (b, version) -> b.protocolMax((int) version)),
  /// How a boot node signs for the authority.
  AUTHORITY_DELEGATION(
      "",
      "a file by which this boot node signs for the authority, whose key is elsewhere",
      "a file, made by pychain authority delegate",
      (b, text) -> b.authorityDelegation(Optional.of(Texts.path(text)))),
  /// How long certificates hold.
  CERTIFICATE_LIFETIME(
      "none",
      "how long the certificates hold that this boot node gives; members renew them",
      Ranges.CERTIFICATE_LIFETIME.allowed() + ", or none for ever",
      (b, text) -> b.certificateLifetime(Texts.lifetime(text))),
  /// How long ended certificates are taken.
  CERTIFICATE_GRACE(
      "604800",
      "for how long after its end a certificate is taken all the same",
      Ranges.CERTIFICATE_GRACE,
      (b, millis) -> b.certificateGrace(Duration.ofMillis(millis))),
  /// Failed attempts before a peer is passed over.
  MAX_UNRESPONSIVE(
      "3",
      "failed attempts before a peer is ignored and suspected",
      Ranges.UNRESPONSIVE,
      (b, count) -> b.maxUnresponsive((int) count)),
  /// After which a dead member is forgotten.
  GUID_TIMEOUT(
      "86400",
      "seconds after which a dead member is forgotten",
      Ranges.GUID_TIMEOUT,
      (b, millis) -> b.guidTimeout(Duration.ofMillis(millis))),
  /// Largest payload.
  MESSAGE_BYTES_MAX(
      "1048576",
      "largest payload that may be published here",
      Ranges.MESSAGE_BYTES,
      (b, bytes) -> b.messageBytesMax((int) bytes)),
  /// How long messages are kept.
  RETENTION_SECONDS(
      "604800",
      "how long messages are kept for members that were away",
      Ranges.RETENTION,
      (b, millis) -> b.retention(Duration.ofMillis(millis))),
  /// How much is kept.
  RETENTION_BYTES(
      "1GiB",
      "how many payload bytes are kept for them",
      Ranges.RETENTION_BYTES,
      (b, bytes) -> b.retentionBytes(bytes)),
  /// Where receipts are reported.
  BEACON(
      "none",
      "URL of a beacon that gets a receipt for every message",
      "an http or https URL, or none",
      (b, text) -> b.beacon(Texts.urlOrNone(text)));

  /// Puts a number that a range has let through where it belongs.
  private interface NumberUse {
    void apply(NodeConfig.Builder builder, long value);
  }

  private final String defaultText;
  private final String meaning;
  private final String allowed;

  /// A lambda that holds nothing.
  @SuppressWarnings("ImmutableEnumChecker")
  private final BiConsumer<NodeConfig.Builder, String> use;

  Setting(
      String defaultText,
      String meaning,
      String allowed,
      BiConsumer<NodeConfig.Builder, String> use) {
    this.defaultText = defaultText;
    this.meaning = meaning;
    this.allowed = allowed;
    this.use = use;
  }

  Setting(String defaultText, String meaning, Range range, NumberUse use) {
    this(
        defaultText,
        meaning,
        range.allowed(),
        (builder, text) -> use.apply(builder, range.parse(text)));
  }

  /// The value if nobody sets one, as it would be written; empty if there is then none.
  public Optional<String> defaultText() {
    return defaultText.isEmpty() ? Optional.empty() : Optional.of(defaultText);
  }

  /// Whether whoever knows the value can do what its owner can.
  public boolean isSecret() {
    return this == INVITE;
  }

  /// What it is, in one line.
  public String meaning() {
    return meaning;
  }

  /// What a value may be, in one line.
  public String allowed() {
    return allowed;
  }

  /// Its name on the command line.
  public String flag() {
    return "--" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// The setting of this exact name, if there is one.
  public static Optional<Setting> named(String name) {
    return Arrays.stream(values()).filter(setting -> setting.name().equals(name)).findFirst();
  }

  /// Reads a text and puts the value into the builder.
  ///
  /// @throws IllegalArgumentException if the text is malformed; the builder is then as it was
  void apply(NodeConfig.Builder builder, String text) {
    use.accept(builder, text);
  }
}
