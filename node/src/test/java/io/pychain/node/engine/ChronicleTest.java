package io.pychain.node.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.pychain.core.failure.Turn;
import io.pychain.core.failure.Turn.Kind;
import io.pychain.core.protocol.Effects;
import io.pychain.core.ring.Guid;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ChronicleTest {
  private final Logger log = (Logger) LoggerFactory.getLogger("io.pychain.node.network");
  private final Level before = log.getLevel();
  private final ListAppender<ILoggingEvent> written = new ListAppender<>();
  private final Chronicle chronicle = new Chronicle();

  @BeforeEach
  void listen() {
    written.start();
    log.setLevel(Level.INFO);
    log.addAppender(written);
  }

  @AfterEach
  void stopListening() {
    log.detachAppender(written);
    log.setLevel(before);
  }

  @Test
  void manyDeathsAreOneLineOfBoundedLength() {
    Effects effects = new Effects();
    for (int guid = 0; guid < 500; guid++) {
      effects.turns().add(new Turn(Guid.of(guid), Kind.DEAD));
    }
    effects.turns().add(new Turn(Guid.of(500), Kind.BACK));

    chronicle.caused(effects);

    List<String> lines = written.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    assertThat(lines).hasSize(2).allMatch(line -> line.length() < 250);
    assertThat(lines.getFirst()).startsWith("members dead count=500 guids=[0, 1, 2,");
    assertThat(lines.getLast()).isEqualTo("members back count=1 guids=[500]");
  }
}
