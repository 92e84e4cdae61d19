package io.pychain.node.config;

import io.pychain.core.admission.Terms;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Everything that can be chosen about one node. [Setting] holds how each is written and its
/// default; here is what each means.
///
/// ```java
/// NodeConfig.builder()
///     .role(NodeConfig.Role.CLIENT)
///     .bootNodes("boot.example.org")
///     .storageDir(Path.of("/var/lib/pychain"))
///     .build();
/// ```
///
/// @param role whether this node admits others
/// @param bootNodes whom a newcomer joins by, tried in order; at most [BootAddress#ENTRIES_MAX].
///   Empty by default: a member that has joined before starts from the peers it has stored, a boot
///   node of a new network needs none
/// @param logDir folder of the log files. Used by the process `main` only: a program that holds
///   nodes as a library has logging of its own. Default `/var/log/pychain`
/// @param logLevel from which level on the process logs. Default INFO
/// @param networkSyncInterval time between full comparisons with peers, which find what the cheap
///   ones missed. 0.1 s to 1 day; default 60 s, as the work is small and the cheap ones run many
///   times a minute
/// @param networkSyncJitter at most so much is added to each interval, drawn anew, so that nodes
///   that started together do not stay in step. 0 to 1 day; default 30 s, half the interval
/// @param storageDir folder of all that must survive a restart: keys, messages, members, settings.
///   Default `/usr/local/etc/pychain`
/// @param networkName part of the network's identity; chosen by its first boot node, a client
///   learns it. 1 to 64 printable characters; default `pychain`
/// @param peerListen where links are taken; port 0 lets the operating system choose. Default
///   `0.0.0.0:9000`: members on other machines must reach it
/// @param apiListen where the HTTP API is served; port 0 lets the operating system choose, empty
///   serves none. Default `127.0.0.1:8000`: it is the operator's, so not for others
/// @param apiTls file by which the API is served over TLS; read anew when it changes. Default none:
///   plain HTTP, which is for loopback and for who stands behind a proxy that does TLS
/// @param apiHosts names that requests may call this node by, besides `localhost` and the host of
///   `apiListen`; a request that names another comes from a web page that was lured here. At most
///   16; default none
/// @param advertise the address that others dial; a port of 0 means that of `peerListen`. Default:
///   what the boot node saw, which is right wherever no port is forwarded
/// @param admission who may join by this boot node. Default `puzzle`: everybody, at no price in
///   quiet times
/// @param invite an invitation to join by; needed where the boot node says `invite`, and saves the
///   work elsewhere. Used once, when this node joins. Default none
/// @param protocolMax newest version of the protocol to speak: lower than what this code speaks
///   while a network is upgraded node by node. From the oldest to the newest that this code speaks;
///   default the newest
/// @param authorityDelegation a file by which this boot node signs for the authority, whose own key
///   is then kept elsewhere. Default none: the authority's key is in `storageDir`
/// @param certificateLifetime how long the certificates hold that this boot node gives; members get
///   later ones by themselves from the half on. 1 minute to 100 years; default for ever, as a
///   network shall not end because its boot node is away
/// @param certificateGrace for how long after its end a certificate is taken all the same. 1 minute
///   to 10 years; default 7 days, a boot node that nobody missed over a long weekend
/// @param maxUnresponsive failed attempts in a row before a peer is passed over and suspected. 1 to
///   100; default 3: one lost packet is no news, and each more costs a redial pause
/// @param guidTimeout after which a dead member's record is forgotten; longer than the longest
///   outage that should not cost a new introduction. 1 s to 10 years; default 1 day
/// @param messageBytesMax largest payload that may be published here. 1 B to 8 MiB, half of what a
///   frame may hold; default 1 MiB
/// @param retention how long messages are kept for members that were away. 1 s to 100 years;
///   default 7 days, a long weekend and some
/// @param retentionBytes how many payload bytes are kept for them, the oldest going first. At least
///   one largest message (`messageBytesMax`), at most 1024 GiB; default 1 GiB
/// @param beacon where a receipt for every message is reported, for tests; default nowhere
public record NodeConfig(
    Role role,
    List<BootAddress> bootNodes,
    Path logDir,
    LogLevel logLevel,
    Duration networkSyncInterval,
    Duration networkSyncJitter,
    Path storageDir,
    String networkName,
    Endpoint peerListen,
    Optional<Endpoint> apiListen,
    Optional<Path> apiTls,
    List<String> apiHosts,
    Optional<Endpoint> advertise,
    Terms.Mode admission,
    Optional<Secret> invite,
    int protocolMax,
    Optional<Path> authorityDelegation,
    Optional<Duration> certificateLifetime,
    Duration certificateGrace,
    int maxUnresponsive,
    Duration guidTimeout,
    int messageBytesMax,
    Duration retention,
    long retentionBytes,
    Optional<URI> beacon) {

  /// What a node is to the network.
  public enum Role {
    /// Signs for the authority and admits newcomers; for the rest a member like all.
    BOOT,
    /// A member that admits nobody.
    CLIENT
  }

  /// @throws IllegalArgumentException if a value is out of its range, naming its setting and what
  ///   is allowed
  public NodeConfig {
    bootNodes = List.copyOf(bootNodes);
    apiHosts = List.copyOf(apiHosts);
    check(Setting.API_HOSTS, Texts.areHosts(apiHosts), apiHosts);
    check(Setting.BOOT_NODE, bootNodes.size() <= BootAddress.ENTRIES_MAX, bootNodes.size());
    check(Setting.NETWORK_SYNC_INTERVAL, Ranges.SYNC_INTERVAL, networkSyncInterval.toMillis());
    check(Setting.NETWORK_SYNC_JITTER, Ranges.SYNC_JITTER, networkSyncJitter.toMillis());
    check(Setting.NETWORK_NAME, Texts.isNetworkName(networkName), networkName);
    check(Setting.PROTOCOL_MAX, Ranges.PROTOCOL, protocolMax);
    check(Setting.MAX_UNRESPONSIVE, Ranges.UNRESPONSIVE, maxUnresponsive);
    certificateLifetime.ifPresent(
        time -> check(Setting.CERTIFICATE_LIFETIME, Ranges.CERTIFICATE_LIFETIME, time.toMillis()));
    check(Setting.CERTIFICATE_GRACE, Ranges.CERTIFICATE_GRACE, certificateGrace.toMillis());
    check(Setting.GUID_TIMEOUT, Ranges.GUID_TIMEOUT, guidTimeout.toMillis());
    check(Setting.MESSAGE_BYTES_MAX, Ranges.MESSAGE_BYTES, messageBytesMax);
    check(Setting.RETENTION_SECONDS, Ranges.RETENTION, retention.toMillis());
    check(Setting.RETENTION_BYTES, Ranges.RETENTION_BYTES, retentionBytes);
    check(Setting.BEACON, beacon.isEmpty() || Texts.isHttpUrl(beacon.get()), beacon);
    if (retentionBytes < messageBytesMax) {
      throw new IllegalArgumentException(
          "RETENTION_BYTES=" + retentionBytes + ": at least MESSAGE_BYTES_MAX, " + messageBytesMax);
    }
  }

  private static void check(Setting setting, Range range, long value) {
    check(setting, value >= range.min() && value <= range.max(), value);
  }

  private static void check(Setting setting, boolean holds, Object value) {
    if (!holds) {
      throw new IllegalArgumentException(setting + "=" + value + ": " + setting.allowed());
    }
  }

  /// A builder that starts from the defaults, in the role of a client.
  public static Builder builder() {
    return new Builder();
  }

  /// Collects the values of a [NodeConfig]; each is as its component of that name says.
  public static final class Builder {
    private Role role = Role.CLIENT;
    private List<BootAddress> bootNodes = List.of();
    private Path logDir = Path.of("");
    private LogLevel logLevel = LogLevel.INFO;
    private Duration networkSyncInterval = Duration.ZERO;
    private Duration networkSyncJitter = Duration.ZERO;
    private Path storageDir = Path.of("");
    private String networkName = "";
    private Endpoint peerListen = new Endpoint("0.0.0.0", Endpoint.OPEN);
    private Optional<Endpoint> apiListen = Optional.empty();
    private Optional<Path> apiTls = Optional.empty();
    private List<String> apiHosts = List.of();
    private Optional<Endpoint> advertise = Optional.empty();
    private Terms.Mode admission = Terms.Mode.PUZZLE;
    private Optional<Secret> invite = Optional.empty();
    private int protocolMax;
    private Optional<Path> authorityDelegation = Optional.empty();
    private Optional<Duration> certificateLifetime = Optional.empty();
    private Duration certificateGrace = Duration.ZERO;
    private int maxUnresponsive;
    private Duration guidTimeout = Duration.ZERO;
    private int messageBytesMax;
    private Duration retention = Duration.ZERO;
    private long retentionBytes;
    private Optional<URI> beacon = Optional.empty();

    /// Each default is written once, in [Setting], and read from there.
    private Builder() {
      for (Setting setting : Setting.values()) {
        setting.defaultText().ifPresent(text -> setting.apply(this, text));
      }
    }

    /// Whether this node admits others.
    public Builder role(Role role) {
      this.role = role;
      return this;
    }

    /// Whom to join by.
    public Builder bootNodes(List<BootAddress> bootNodes) {
      this.bootNodes = bootNodes;
      return this;
    }

    /// Whom to join by, written as BOOT_NODE is.
    ///
    /// @throws IllegalArgumentException if an entry is malformed
    public Builder bootNodes(String list) {
      return bootNodes(BootAddress.parseList(list));
    }

    /// Folder of the log files.
    public Builder logDir(Path logDir) {
      this.logDir = logDir;
      return this;
    }

    /// From which level on to log.
    public Builder logLevel(LogLevel logLevel) {
      this.logLevel = logLevel;
      return this;
    }

    /// Time between full comparisons with peers.
    public Builder networkSyncInterval(Duration interval) {
      this.networkSyncInterval = interval;
      return this;
    }

    /// At most so much is added to each interval.
    public Builder networkSyncJitter(Duration jitter) {
      this.networkSyncJitter = jitter;
      return this;
    }

    /// Folder of all that must survive a restart.
    public Builder storageDir(Path storageDir) {
      this.storageDir = storageDir;
      return this;
    }

    /// Name of the network that a first boot node founds.
    public Builder networkName(String networkName) {
      this.networkName = networkName;
      return this;
    }

    /// Where links are taken.
    public Builder peerListen(Endpoint peerListen) {
      this.peerListen = peerListen;
      return this;
    }

    /// Where the HTTP API is served; empty for nowhere.
    public Builder apiListen(Optional<Endpoint> apiListen) {
      this.apiListen = apiListen;
      return this;
    }

    /// File by which the API is served over TLS.
    public Builder apiTls(Optional<Path> file) {
      this.apiTls = file;
      return this;
    }

    /// Names that requests may call this node by.
    public Builder apiHosts(List<String> names) {
      this.apiHosts = names;
      return this;
    }

    /// The address that others dial.
    public Builder advertise(Optional<Endpoint> advertise) {
      this.advertise = advertise;
      return this;
    }

    /// Who may join by this boot node.
    public Builder admission(Terms.Mode admission) {
      this.admission = admission;
      return this;
    }

    /// An invitation to join by.
    public Builder invite(Optional<Secret> invite) {
      this.invite = invite;
      return this;
    }

    /// Newest version of the protocol to speak.
    public Builder protocolMax(int version) {
      this.protocolMax = version;
      return this;
    }

    /// A file by which this boot node signs for the authority.
    public Builder authorityDelegation(Optional<Path> file) {
      this.authorityDelegation = file;
      return this;
    }

    /// How long the certificates hold that this boot node gives; empty for ever.
    public Builder certificateLifetime(Optional<Duration> lifetime) {
      this.certificateLifetime = lifetime;
      return this;
    }

    /// For how long after its end a certificate is taken all the same.
    public Builder certificateGrace(Duration grace) {
      this.certificateGrace = grace;
      return this;
    }

    /// Failed attempts before a peer is passed over.
    public Builder maxUnresponsive(int attempts) {
      this.maxUnresponsive = attempts;
      return this;
    }

    /// After which a dead member is forgotten.
    public Builder guidTimeout(Duration guidTimeout) {
      this.guidTimeout = guidTimeout;
      return this;
    }

    /// Largest payload that may be published here, in bytes.
    public Builder messageBytesMax(int bytes) {
      this.messageBytesMax = bytes;
      return this;
    }

    /// How long messages are kept.
    public Builder retention(Duration retention) {
      this.retention = retention;
      return this;
    }

    /// How many payload bytes are kept.
    public Builder retentionBytes(long bytes) {
      this.retentionBytes = bytes;
      return this;
    }

    /// Where receipts are reported.
    public Builder beacon(Optional<URI> beacon) {
      this.beacon = beacon;
      return this;
    }

    /// The finished config.
    ///
    /// @throws IllegalArgumentException if a value is out of range, naming its setting and what is
    ///   allowed
    public NodeConfig build() {
      return new NodeConfig(
          role,
          bootNodes,
          logDir,
          logLevel,
          networkSyncInterval,
          networkSyncJitter,
          storageDir,
          networkName,
          peerListen,
          apiListen,
          apiTls,
          apiHosts,
          advertise,
          admission,
          invite,
          protocolMax,
          authorityDelegation,
          certificateLifetime,
          certificateGrace,
          maxUnresponsive,
          guidTimeout,
          messageBytesMax,
          retention,
          retentionBytes,
          beacon);
    }
  }
}
