package io.pychain.cli.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.cli.contract.TestWorld.Delivered;
import io.pychain.core.message.LogId;
import io.pychain.core.message.MessageId;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;

/// What every driver of the core promises to those who publish and subscribe. One run in virtual
/// time and one with processes, sockets and disks: what a simulation proves of the protocol holds
/// for the node only if both are driven alike.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DriverContract {
  private static final int NODES = 3;

  /// Long enough for a message to get anywhere, and well below what a held write endures.
  private static final Duration A_WHILE = Duration.ofMillis(400);

  private final TestWorld world = newWorld();

  /// What all texts of one test begin with: the tests share a network, which is slow to start.
  private String chapter = "";

  abstract TestWorld newWorld();

  @BeforeAll
  void start() throws IOException {
    world.start(NODES);
  }

  @AfterAll
  void close() throws IOException {
    world.close();
  }

  @BeforeEach
  void open(TestInfo test) {
    chapter = test.getDisplayName() + " ";
  }

  @Test
  void whatAnyNodePublishesIsDeliveredOnceAndInOrderEverywhere() {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      for (int node = 0; node < NODES; node++) {
        texts.add(node + " says " + i);
        acknowledged(publish(node, node + " says " + i));
      }
    }

    awaitEverywhere(texts);

    everyNode(node -> assertSound(node, texts));
  }

  @Test
  void publishIsNeitherAcknowledgedNorSeenByOthersBeforeItIsDurable() throws Exception {
    world.holdWrites(1);

    CompletableFuture<MessageId> pending = publish(1, "early");
    world.pass(A_WHILE);

    assertThat(pending).isNotDone();
    everyNode(node -> assertThat(texts(node)).doesNotContain("early"));
    world.releaseWrites(1);
    acknowledged(pending);
    awaitEverywhere(List.of("early"));
  }

  @Test
  void whatWasNotDurableIsNowhereAfterACrashAndItsNumberIsFree() throws Exception {
    acknowledged(publish(1, "before"));
    world.holdWrites(1);
    CompletableFuture<MessageId> lost = publish(1, "lost");
    world.pass(A_WHILE);

    world.crash(1);
    world.releaseWrites(1);
    world.restart(1);
    acknowledged(publish(1, "after"));

    awaitEverywhere(List.of("before", "after"));
    assertThat(lost.isDone() && !lost.isCompletedExceptionally()).isFalse();
    everyNode(node -> assertSound(node, List.of("before", "after")));
  }

  @Test
  void acknowledgedMessageSurvivesTheCrashOfItsOriginRightAfterwards() throws Exception {
    for (int i = 0; i < 3; i++) {
      acknowledged(publish(1, "last words " + i));
      world.crash(1);
      world.restart(1);
    }

    List<String> words = List.of("last words 0", "last words 1", "last words 2");
    awaitEverywhere(words);
    everyNode(node -> assertSound(node, words));
  }

  @Test
  void restartedNodeGetsExactlyWhatItMissed() throws Exception {
    List<String> texts = new ArrayList<>(List.of("both were there"));
    acknowledged(publish(0, "both were there"));
    awaitEverywhere(texts);
    world.crash(2);
    for (int i = 0; i < 20; i++) {
      texts.add("missed " + i);
      acknowledged(publish(i % 2, "missed " + i));
    }

    world.restart(2);

    awaitEverywhere(texts);
    everyNode(node -> assertSound(node, texts));
  }

  @Test
  void coverageCountsThoseWhoHaveTheMessageDurablyAndWaitsForTheOthers() throws Exception {
    MessageId everywhere = published(publish(0, "everywhere"));
    awaitEverywhere(List.of("everywhere"));
    world.holdWrites(2);
    MessageId held = published(publish(0, "held up"));

    CompletableFuture<String> early = world.coverage(0, held, A_WHILE);
    CompletableFuture<String> patient = world.coverage(0, held, Duration.ofSeconds(30));
    CompletableFuture<String> other = world.coverage(2, everywhere, Duration.ofSeconds(30));

    assertThat(world.await(() -> early.isDone() && other.isDone())).isTrue();
    assertThat(early).isCompletedWithValue("2/3");
    assertThat(other).isCompletedWithValue("3/3");
    assertThat(patient).isNotDone();
    world.releaseWrites(2);
    assertThat(world.await(patient::isDone)).isTrue();
    assertThat(patient).isCompletedWithValue("3/3");
  }

  @Test
  void brokenLinksLoseNothing() {
    List<String> texts = new ArrayList<>();
    List<CompletableFuture<MessageId>> publishes = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      texts.add("through thick and thin " + i);
      publishes.add(publish(i % NODES, texts.getLast()));
      if (i % 4 == 2) {
        world.breakLinks();
      }
    }

    publishes.forEach(this::acknowledged);
    awaitEverywhere(texts);
    everyNode(node -> assertSoundInAnyOrder(node, texts));
  }

  /// Each text once, each log in order without gaps, offsets without gaps, and of each origin the
  /// texts in the order in which they were published.
  private void assertSound(int node, List<String> published) {
    assertSoundInAnyOrder(node, published);
    Map<LogId, List<String>> byLog =
        world.delivered(node).stream()
            .filter(this::isOfThisTest)
            .collect(
                Collectors.groupingBy(
                    message -> message.id().log(),
                    Collectors.mapping(this::text, Collectors.toList())));
    byLog.forEach((log, texts) ->
        assertThat(texts)
            .as("log %s at node %d", log, node)
            .isEqualTo(published.stream().filter(new HashSet<>(texts)::contains).toList()));
  }

  private void assertSoundInAnyOrder(int node, List<String> published) {
    List<Delivered> delivered = world.delivered(node);
    assertThat(texts(node)).containsExactlyInAnyOrderElementsOf(published);
    assertThat(delivered.stream().map(Delivered::offset))
        .isEqualTo(IntStream.rangeClosed(1, delivered.size()).mapToObj(i -> (long) i).toList());
    Map<LogId, List<Long>> numbers =
        delivered.stream()
            .map(Delivered::id)
            .collect(
                Collectors.groupingBy(
                    MessageId::log, Collectors.mapping(MessageId::seq, Collectors.toList())));
    numbers.forEach((log, seqs) ->
        assertThat(seqs)
            .as("log %s at node %d", log, node)
            .isEqualTo(IntStream.rangeClosed(1, seqs.size()).mapToObj(i -> (long) i).toList()));
  }

  private void awaitEverywhere(List<String> texts) {
    boolean came =
        world.await(() ->
            IntStream.range(0, NODES)
                .allMatch(node -> new HashSet<>(texts(node)).containsAll(texts)));
    assertThat(came)
        .as(() -> "everybody has %s; there are %s".formatted(texts, allTexts()))
        .isTrue();
  }

  private List<List<String>> allTexts() {
    return IntStream.range(0, NODES).mapToObj(this::texts).toList();
  }

  private void acknowledged(CompletableFuture<MessageId> publish) {
    assertThat(world.await(publish::isDone)).as("the publish is answered").isTrue();
    assertThat(publish).succeedsWithin(1, TimeUnit.SECONDS);
  }

  private MessageId published(CompletableFuture<MessageId> publish) {
    acknowledged(publish);
    return publish.join();
  }

  private CompletableFuture<MessageId> publish(int node, String text) {
    return world.publish(node, chapter + text);
  }

  /// What this test has published, as far as a node has delivered it.
  private List<String> texts(int node) {
    return world.delivered(node).stream().filter(this::isOfThisTest).map(this::text).toList();
  }

  private boolean isOfThisTest(Delivered message) {
    return message.json().startsWith('"' + chapter);
  }

  private String text(Delivered message) {
    return message.json().substring(1 + chapter.length(), message.json().length() - 1);
  }

  private static void everyNode(IntConsumer check) {
    IntStream.range(0, NODES).forEach(check);
  }
}
