package io.pychain.core.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The worked examples in the guide to the ring are golden texts: the code must print the same.
final class RingTablesTest {

  private static final Path GUIDE = Path.of("..", "docs", "ring.md");

  @Test
  void guideShowsEightMembersByTwoAsTheyAre() throws IOException {
    RingTables tables = new RingTables(8, 2);

    assertGuideShows(
        List.of(
            tables.slots(),
            tables.arcs(0),
            tables.broadcast(0),
            tables.broadcast(5),
            tables.broadcastWithout(1, 0)));
  }

  @Test
  void guideShowsTenMembersByFourAsTheyAre() throws IOException {
    RingTables tables = new RingTables(10, 4);

    assertGuideShows(
        List.of(
            tables.slots(),
            tables.arcs(0),
            tables.arcs(3),
            tables.broadcast(0),
            tables.broadcast(3)));
  }

  private static void assertGuideShows(List<String> tables) throws IOException {
    String guide = Files.readString(GUIDE);
    for (String table : tables) {
      assertThat(guide).contains("```\n" + table + "```\n");
    }
  }
}
