package io.pychain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.node.keys.InviteToken;
import io.pychain.node.keys.NodeKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InviteCommandTest extends ApiConversation {
  private void theNodeIsInTheNetworkOf(NodeKeys authority) {
    api.on(
        "GET /api/v1/status",
        200,
        "{\"network\":{\"name\":\"n\",\"authority_key\":\"%s\"}}".formatted(authority.key()));
  }

  private NodeKeys authority() throws Exception {
    Path file = storage.resolve("authority-key");
    return NodeKeys.loadOrCreate(file);
  }

  @Test
  void asManyAsWantedAreMadeEachAnotherAndForAsLongAsWanted() throws Exception {
    theNodeIsInTheNetworkOf(authority());
    Instant before = Instant.now();

    assertThat(ask("invite", "--count", "3", "--days", "2")).as(err.toString()).isZero();

    List<String> lines = out.toString().lines().toList();
    Set<Object> ids = lines.stream().map(line -> parse(line).id()).collect(Collectors.toSet());
    assertThat(ids).hasSize(3);
    assertThat(lines)
        .allSatisfy(line ->
            assertThat(parse(line).until())
                .isBetween(
                    before.plus(Duration.ofDays(2)).minusSeconds(1),
                    Instant.now().plus(Duration.ofDays(2))));
  }

  private static InviteToken parse(String text) {
    try {
      return InviteToken.parse(text);
    } catch (IOException none) {
      throw new AssertionError(text, none);
    }
  }

  @Test
  void withoutTheAuthoritysKeyNothingIsMade() throws Exception {
    theNodeIsInTheNetworkOf(NodeKeys.generate());

    assertThat(ask("invite")).isEqualTo(1);

    assertThat(out.toString()).isEmpty();
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).contains("authority-key");
  }

  @Test
  void keyOfAnotherNetworkMakesNothing() throws Exception {
    NodeKeys _ = authority();
    theNodeIsInTheNetworkOf(NodeKeys.generate());

    assertThat(ask("invite")).isEqualTo(1);

    assertThat(out.toString()).isEmpty();
    assertThat(err.toString().lines()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"--days=0", "--days=3651", "--count=0", "--count=10001", "--count=x"})
  void numbersOutOfRangeAreRefused(String option) {
    assertThat(ask("invite", option)).isEqualTo(2);

    assertThat(out.toString()).isEmpty();
    assertThat(err.toString()).contains(option.substring(0, option.indexOf('=')));
  }
}
