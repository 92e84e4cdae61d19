package io.pychain.node.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.message.ProtocolRange;
import io.pychain.core.protocol.Input.DialFailed;
import io.pychain.core.protocol.Input.LinkUp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Two ends of a link that speak different versions of the protocol.
class VersionsTest {
  private final TestNetwork network = new TestNetwork("here");

  @Test
  void bothEndsSpeakTheHighestVersionThatBothKnow() throws Exception {
    try (TestNode upgraded = network.member(1);
        TestNode older = network.member(2, new ProtocolRange(1, 1))) {

      upgraded.dial(older);

      assertThat(upgraded.expect(LinkUp.class).version()).isEqualTo(1);
      assertThat(older.expect(LinkUp.class).version()).isEqualTo(1);
    }
  }

  @Test
  void membersOfTheSameVersionSpeakIt() throws Exception {
    try (TestNode alice = network.member(1);
        TestNode bob = network.member(2)) {

      alice.dial(bob);

      assertThat(alice.expect(LinkUp.class).version()).isEqualTo(ProtocolRange.OWN.max());
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 2, 3, 4", "3, 4, 1, 2"})
  void tooOldAndTooNewAreRefusedAndBothVersionsNamed(int min, int max, int low, int high)
      throws Exception {
    ProtocolRange mine = new ProtocolRange(min, max);
    ProtocolRange theirs = new ProtocolRange(low, high);
    try (TestNode alice = network.member(1, mine);
        TestNode bob = network.member(2, theirs)) {

      alice.dial(bob);

      assertThat(alice.expect(DialFailed.class).reason())
          .contains(mine.toString(), theirs.toString());
      bob.awaitRefused(Refusal.VERSION, 1);
    }
  }
}
