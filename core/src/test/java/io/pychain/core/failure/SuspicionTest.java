package io.pychain.core.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.Cast;
import io.pychain.core.message.Bytes;
import io.pychain.core.message.Message;
import io.pychain.core.ring.Guid;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SuspicionTest {
  private static final String CANONICAL =
      "{\"event\":{\"name\":\"DEAD_PEER\","
          + "\"args\":{\"guid\":7,\"epoch\":1,\"number\":1795325123}}}";

  private static Message event(String text) {
    return new Message(Message.EVENT, Bytes.utf8(text));
  }

  @Test
  void isWrittenInOneWayOnly() {
    Suspicion suspicion = Suspicion.of(Cast.record(7, 1_795_325_123));

    assertThat(suspicion.message()).isEqualTo(event(CANONICAL));
    assertThat(Suspicion.in(event(CANONICAL))).contains(suspicion);
  }

  @Test
  void largestNumbersAreRead() {
    Suspicion most = new Suspicion(Guid.of((1 << 24) - 1), Integer.MAX_VALUE, Long.MAX_VALUE);

    assertThat(Suspicion.in(most.message())).contains(most);
  }

  @Test
  void isAboutOneRecord() {
    Suspicion suspicion = Suspicion.of(Cast.record(7, 5));

    assertThat(suspicion.isAbout(Cast.record(7, 5))).isTrue();
    assertThat(suspicion.isAbout(Cast.record(7, 6))).isFalse();
    assertThat(suspicion.isAbout(Cast.record(8, 5))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "{\"event\":{\"name\":\"DEAD_PEER\",\"args\":{\"guid\":7}}}",
        "{\"event\":{\"name\":\"DEAD_PEER\",\"args\":{\"guid\":7,\"epoch\":1,\"number\":5}}} ",
        "{\"event\":{\"name\":\"DEAD_PEER\",\"args\":{\"guid\":7,\"epoch\":1,\"number\":5}}",
        "{\"event\": {\"name\":\"DEAD_PEER\",\"args\":{\"guid\":7,\"epoch\":1,\"number\":5}}}",
        "{\"event\":{\"name\":\"DEAD_PEER\",\"args\":{\"guid\":07,\"epoch\":1,\"number\":5}}}",
        "{\"event\":{\"name\":\"DEAD_PEER\",\"args\":{\"guid\":-7,\"epoch\":1,\"number\":5}}}",
        "{\"event\":{\"name\":\"DEAD_PEER\",\"args\":{\"guid\":,\"epoch\":1,\"number\":5}}}",
        "{\"event\":{\"name\":\"DEAD_PEER\","
            + "\"args\":{\"guid\":16777216,\"epoch\":1,\"number\":5}}}",
        "{\"event\":{\"name\":\"DEAD_PEER\",\"args\":{\"guid\":7,\"epoch\":0,\"number\":5}}}",
        "{\"event\":{\"name\":\"DEAD_PEER\","
            + "\"args\":{\"guid\":7,\"epoch\":2147483648,\"number\":5}}}",
        "{\"event\":{\"name\":\"DEAD_PEER\",\"args\":{\"guid\":7,\"epoch\":1,\"number\":0}}}",
        "{\"event\":{\"name\":\"DEAD_PEER\",\"args\":{\"guid\":7,\"epoch\":1,"
            + "\"number\":9223372036854775808}}}",
        "{\"event\":{\"name\":\"DEAD_PEER\",\"args\":{\"guid\":7,\"epoch\":1,"
            + "\"number\":99999999999999999999999}}}",
        "{\"event\":{\"name\":\"DEAD_PEER\",\"args\":{\"epoch\":1,\"guid\":7,\"number\":5}}}",
        "{\"event\":{\"name\":\"LATE_PEER\",\"args\":{\"guid\":7,\"epoch\":1,\"number\":5}}}",
      })
  void whateverIsWrittenOtherwiseIsNone(String text) {
    assertThat(Suspicion.in(event(text))).isEmpty();
  }

  @Test
  void whatIsNotAnEventIsNone() {
    assertThat(Suspicion.in(new Message(Message.JSON, Bytes.utf8(CANONICAL)))).isEmpty();
  }

  @Test
  void bareFormIsCompletedByTheNewestRecordHeld() {
    Message other = event("{}");

    assertThat(Suspicion.completed(Suspicion.bare(Guid.of(7)), _ -> Optional.of(Cast.record(7, 5))))
        .isEqualTo(Suspicion.of(Cast.record(7, 5)).message());
    assertThat(Suspicion.completed(Suspicion.bare(Guid.of(7)), _ -> Optional.empty()))
        .isEqualTo(Suspicion.bare(Guid.of(7)));
    assertThat(Suspicion.completed(other, _ -> Optional.of(Cast.record(7, 5)))).isSameAs(other);
  }

  @Test
  void bareFormNamesTheMemberOnly() {
    assertThat(Suspicion.bare(Guid.of(7)))
        .isEqualTo(event("{\"event\":{\"name\":\"DEAD_PEER\",\"args\":{\"guid\":7}}}"));
    assertThat(Suspicion.inBare(Suspicion.bare(Guid.of(7)))).contains(Guid.of(7));
    assertThat(Suspicion.inBare(event(CANONICAL))).isEmpty();
    assertThat(Suspicion.inBare(event(CANONICAL.replace("7", "")))).isEmpty();
  }
}
