package io.pychain.node.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BootAddressTest {
  private static final String KEY = "0123456789abcdef".repeat(4);

  @ParameterizedTest
  @CsvSource({
    "boot.example.org,          boot.example.org:9000",
    "boot_1:9,                  boot_1:9",
    "10.0.0.1,                  10.0.0.1:9000",
    "10.0.0.1:65535,            10.0.0.1:65535",
    "[::1],                     [::1]:9000",
    "[fe80::1%eth0]:1,          [fe80::1%eth0]:1",
    "http://boot,               http://boot:8000",
    "https://boot:443/,         https://boot:443",
    "http://[::1],              http://[::1]:8000",
  })
  void eachFormIsReadWithItsDefaultPort(String text, String canonical) {
    assertThat(BootAddress.parse(text)).hasToString(canonical);
  }

  @Test
  void keyInFrontIsPinned() {
    BootAddress address = BootAddress.parse(KEY + "@host:7");

    assertThat(address).hasToString(KEY + "@host:7").isInstanceOf(BootAddress.Peer.class);
  }

  @Test
  void listKeepsItsOrder() {
    assertThat(BootAddress.parseList("b, http://a ,c:1"))
        .extracting(Object::toString)
        .containsExactly("b:9000", "http://a:8000", "c:1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "host:",
        "host:0",
        "host:65536",
        "host:1:2",
        "::1",
        "[::1",
        "[::1]x",
        "[host]",
        "256.0.0.1",
        "1.2.3",
        "-host",
        "a b",
        "abc@host",
        "@host",
        "host/path",
        "http://",
        "http:host",
        "HTTP://host/path",
        "http://user@host",
        "ws://host",
        "0123@host",
        "höst",
      })
  void anythingElseIsRefusedWithTheForms(String text) {
    assertThatThrownBy(() -> BootAddress.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(BootAddress.FORMS);
  }

  @Test
  void listIsBounded() {
    String list = String.join(",", Collections.nCopies(BootAddress.ENTRIES_MAX + 1, "host"));

    assertThatThrownBy(() -> BootAddress.parseList(list))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("at most 32 entries");
  }
}
