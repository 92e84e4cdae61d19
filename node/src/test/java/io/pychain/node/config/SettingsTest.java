package io.pychain.node.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pychain.node.config.NodeConfig.Role;
import io.pychain.node.config.Settings.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SettingsTest {
  @TempDir Path storage;

  /// Which of flag, environment and file have a value, and whose counts then.
  @ParameterizedTest
  @CsvSource({
    "flag,   env,    file,   FLAG",
    "flag,   env,    ,       FLAG",
    "flag,   ,       file,   FLAG",
    "flag,   ,       ,       FLAG",
    ",       env,    file,   ENVIRONMENT",
    ",       env,    ,       ENVIRONMENT",
    ",       ,       file,   FILE",
    ",       ,       ,       DEFAULT",
  })
  void strongestOriginWins(String flag, String environment, String file, Origin winner)
      throws Exception {
    EnumMap<Setting, String> flags = flags();
    if (flag != null) {
      flags.put(Setting.NETWORK_NAME, "FLAG");
    }
    if (file != null) {
      write("NETWORK_NAME=FILE");
    }
    Map<String, String> variables =
        environment == null ? Map.of() : Map.of("NETWORK_NAME", "ENVIRONMENT");

    Settings settings = Settings.resolve(flags, variables);

    Settings.Value value = settings.value(Setting.NETWORK_NAME).orElseThrow();
    assertThat(value.origin()).isEqualTo(winner);
    assertThat(settings.config(Role.BOOT).networkName())
        .isEqualTo(winner == Origin.DEFAULT ? "pychain" : winner.name());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "BOOT_NODE             | ''",
        "BOOT_NODE             | a,,b",
        "BOOT_NODE             | host:0",
        "BOOT_NODE             | ftp://host",
        "LOG_DIR               | ''",
        "LOG_LEVEL             | WARN",
        "NETWORK_SYNC_INTERVAL | 0",
        "NETWORK_SYNC_INTERVAL | 0.05",
        "NETWORK_SYNC_INTERVAL | 86401",
        "NETWORK_SYNC_INTERVAL | -1",
        "NETWORK_SYNC_INTERVAL | 1e3",
        "NETWORK_SYNC_INTERVAL | 60s",
        "NETWORK_SYNC_JITTER   | -0.1",
        "NETWORK_SYNC_JITTER   | ten",
        "NETWORK_NAME          | ''",
        "NETWORK_NAME          | '   '",
        "NETWORK_NAME          | 01234567890123456789012345678901234567890123456789012345678901234",
        "PEER_LISTEN           | :9000",
        "PEER_LISTEN           | 0.0.0.0:65536",
        "PEER_LISTEN           | 1.2.3:9000",
        "PEER_LISTEN           | ::1",
        "API_LISTEN            | 127.0.0.1:http",
        "API_LISTEN            | http://127.0.0.1",
        "API_HOSTS             | a b",
        "API_HOSTS             | node,,other",
        "API_HOSTS             | https://node.example.org",
        "ADVERTISE             | [10.0.0.1]",
        "ADVERTISE             | a b",
        "MAX_UNRESPONSIVE      | 0",
        "MAX_UNRESPONSIVE      | 101",
        "MAX_UNRESPONSIVE      | 3.5",
        "GUID_TIMEOUT          | 0",
        "MESSAGE_BYTES_MAX     | 0",
        "MESSAGE_BYTES_MAX     | 9MiB",
        "MESSAGE_BYTES_MAX     | 1MB",
        "RETENTION_SECONDS     | 0",
        "RETENTION_SECONDS     | 99999999999",
        "RETENTION_BYTES       | 1.5GiB",
        "RETENTION_BYTES       | 1025GiB",
        "RETENTION_BYTES       | 999999999999999999GiB",
        "BEACON                | localhost:1",
        "BEACON                | http://",
      })
  void malformedValueIsToldInOneLine(Setting setting, String text) {
    EnumMap<Setting, String> flags = flags();
    flags.put(setting, text);

    assertThatThrownBy(() -> Settings.resolve(flags, Map.of()))
        .isInstanceOf(SettingException.class)
        .hasMessage(
            "%s=%s (flag %s) is not allowed: %s"
                .formatted(setting, text, setting.flag(), setting.allowed()))
        .hasMessageNotContaining("\n");
  }

  @Test
  void malformedValueInTheEnvironmentSaysSo() {
    Map<String, String> environment =
        Map.of("MAX_UNRESPONSIVE", "many\nmore", "STORAGE_DIR", storage.toString());

    assertThatThrownBy(() -> Settings.resolve(Map.of(), environment))
        .hasMessage(
            "MAX_UNRESPONSIVE=many?more (environment) is not allowed: "
                + "a whole number from 1 to 100");
  }

  @Test
  void malformedValueInTheFileNamesTheLine() throws Exception {
    write("# ours", "", "LOG_LEVEL = DEBUG", "GUID_TIMEOUT = soon");

    assertThatThrownBy(() -> Settings.resolve(flags(), Map.of()))
        .hasMessage(
            "GUID_TIMEOUT=soon (%s line 4) is not allowed: seconds from 1 to 315360000"
                .formatted(file()));
  }

  @Test
  void unknownSettingInTheFileNamesTheLineAndWhatThereIs() throws Exception {
    write("LOG_LEVEL=INFO", "LOG_LVL=DEBUG");

    assertThatThrownBy(() -> Settings.resolve(flags(), Map.of()))
        .hasMessageStartingWith("LOG_LVL (%s line 2) is no setting: BOOT_NODE,".formatted(file()))
        .hasMessageContaining("LOG_LEVEL")
        .hasMessageNotContaining("\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "LOG_LEVEL                   | is NAME=VALUE",
        "LOG_LEVEL=                  | DEBUG, INFO",
        "STORAGE_DIR=/elsewhere      | set it outside",
        "LOG_LEVEL=INFO;LOG_LEVEL=INFO | each setting once",
        "log_level=INFO              | is no setting",
      })
  void fileIsReadStrictly(String lines, String complaint) throws Exception {
    write(lines.split(";"));

    assertThatThrownBy(() -> Settings.resolve(flags(), Map.of()))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining(complaint);
  }

  @Test
  void fileThatIsNoTextIsRefused() throws Exception {
    Files.write(file(), new byte[] {(byte) 0xff, (byte) 0xfe, 0});

    assertThatThrownBy(() -> Settings.resolve(flags(), Map.of()))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("cannot be read");
  }

  @Test
  void emptyVariableCountsAsNotSet() throws Exception {
    Settings settings = Settings.resolve(flags(), Map.of("LOG_LEVEL", "", "HOME", "/root"));

    assertThat(settings.value(Setting.LOG_LEVEL).orElseThrow().origin()).isEqualTo(Origin.DEFAULT);
  }

  @Test
  void valuesThatContradictEachOtherAreRefused() throws Exception {
    write("MESSAGE_BYTES_MAX=2MiB", "RETENTION_BYTES=1MiB");

    Settings settings = Settings.resolve(flags(), Map.of());

    assertThatThrownBy(() -> settings.config(Role.CLIENT))
        .isInstanceOf(SettingException.class)
        .hasMessage("RETENTION_BYTES=1048576: at least MESSAGE_BYTES_MAX, 2097152");
  }

  @ParameterizedTest
  @EnumSource(Setting.class)
  void everySettingCanBeGivenByFlagName(Setting setting) {
    assertThat(setting.flag()).matches("--[a-z]+(-[a-z]+)*");
    assertThat(setting.meaning()).isNotBlank();
    assertThat(setting.allowed()).isNotBlank().doesNotContain("\n");
  }

  @Test
  void everyValueReachesTheConfig() throws Exception {
    write(
        "BOOT_NODE=a, [::1]:1",
        "LOG_DIR=/l",
        "LOG_LEVEL=debug",
        "NETWORK_SYNC_INTERVAL=1.5",
        "NETWORK_SYNC_JITTER=0",
        "NETWORK_NAME=my net",
        "PEER_LISTEN=[::]:0",
        "API_LISTEN=none",
        "API_TLS=/etc/pychain/api.pem",
        "API_HOSTS=Node7.example.org, other",
        "ADVERTISE=example.org",
        "PROTOCOL_MAX=1",
        "MAX_UNRESPONSIVE=5",
        "GUID_TIMEOUT=9",
        "MESSAGE_BYTES_MAX=64KiB",
        "RETENTION_SECONDS=10",
        "RETENTION_BYTES=2 MiB",
        "BEACON=http://localhost:1/x");

    NodeConfig config = Settings.resolve(flags(), Map.of()).config(Role.CLIENT);

    NodeConfig expected =
        NodeConfig.builder()
            .bootNodes("a:9000,[::1]:1")
            .logDir(Path.of("/l"))
            .logLevel(LogLevel.DEBUG)
            .networkSyncInterval(Duration.ofMillis(1_500))
            .networkSyncJitter(Duration.ZERO)
            .storageDir(storage)
            .networkName("my net")
            .peerListen(new Endpoint("::", 0))
            .apiListen(java.util.Optional.empty())
            .apiTls(java.util.Optional.of(Path.of("/etc/pychain/api.pem")))
            .apiHosts(List.of("node7.example.org", "other"))
            .advertise(java.util.Optional.of(new Endpoint("example.org", 0)))
            .protocolMax(1)
            .maxUnresponsive(5)
            .guidTimeout(Duration.ofSeconds(9))
            .messageBytesMax(65_536)
            .retention(Duration.ofSeconds(10))
            .retentionBytes(2 << 20)
            .beacon(java.util.Optional.of(java.net.URI.create("http://localhost:1/x")))
            .build();
    assertThat(config).isEqualTo(expected);
  }

  private EnumMap<Setting, String> flags() {
    return new EnumMap<>(Map.of(Setting.STORAGE_DIR, storage.toString()));
  }

  private Path file() {
    return storage.resolve(Settings.FILE_NAME);
  }

  private void write(String... lines) throws IOException {
    Files.writeString(file(), String.join("\n", lines) + "\n");
  }
}
