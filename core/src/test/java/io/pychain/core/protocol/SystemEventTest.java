package io.pychain.core.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.Cast;
import io.pychain.core.message.Batch;
import io.pychain.core.message.Bytes;
import io.pychain.core.message.Digest;
import io.pychain.core.message.Message;
import java.util.List;
import org.junit.jupiter.api.Test;

class SystemEventTest {
  private static final Message DATA = new Message(Message.JSON, Bytes.utf8("1"));

  @Test
  void everyEventOfTheSystemIsUrgentHoweverItIsPublished() {
    for (SystemEvent event : SystemEvent.values()) {
      Message message = event.about(Cast.record(7, 1));

      assertThat(message.isSystemEvent()).as(event.name()).isTrue();
      assertThat(Message.SYSTEM_EVENTS).contains(event.name());
    }
  }

  @Test
  void applicationsAreNotUrgentByCallingTheirEventsAlike() {
    for (String text :
        List.of(
            "{\"event\":{\"name\":\"PEER_JOINED2\",\"args\":{}}}",
            "{\"event\":{\"name\":\"MINE\",\"args\":{\"name\":\"PEER_JOINED\"}}}",
            "{\"event\":{\"name\":\"PEER_JOINED",
            "")) {
      assertThat(new Message(Message.EVENT, Bytes.utf8(text)).isSystemEvent()).as(text).isFalse();
    }
    String joined = SystemEvent.PEER_JOINED.about(Cast.record(7, 1)).data().utf8();
    assertThat(new Message(Message.JSON, Bytes.utf8(joined)).isSystemEvent()).isFalse();
  }

  @Test
  void dataDoesNotTravelWithTheUrgent() {
    Message joined = SystemEvent.PEER_JOINED.about(Cast.record(7, 1));

    assertThat(batch(joined, joined).isOfSystemEvents()).isTrue();
    assertThat(batch(joined, DATA).isOfSystemEvents()).isFalse();
    assertThat(batch(DATA).isOfSystemEvents()).isFalse();
  }

  private static Batch batch(Message... messages) {
    Batch any = Cast.batch(Cast.log(1), 1, Digest.ZERO, 1);
    return new Batch(
        any.log(), 1, any.previous(), any.timestamp(), List.of(messages), any.sealed(), any.hash());
  }
}
