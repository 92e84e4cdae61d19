package io.pychain.cli.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.pychain.cli.terminal.ApiClient;
import io.pychain.cli.terminal.CommandFailure;
import io.pychain.core.message.MessageId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Nodes as processes of their own, each with a relay before its peer port, since a connection can
/// only be broken from between.
final class RealWorld implements TestWorld {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration LOOK = Duration.ofMillis(10);
  private static final int PAGE = 1_000;

  private final Supplier<Path> folder;
  private final List<RealNode> nodes = new ArrayList<>();
  private final Map<Integer, WriteLock> locks = new HashMap<>();

  /// @param folder where the nodes keep everything
  RealWorld(Supplier<Path> folder) {
    this.folder = folder;
  }

  @Override
  public void start(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      nodes.add(RealNode.prepare(folder.get().resolve("node-" + i), i == 0));
    }
    String boot = nodes.getFirst().address();
    nodes.getFirst().start(boot);
    nodes.getFirst().awaitReady();
    for (RealNode client : nodes.subList(1, count)) {
      client.start(boot);
    }
    for (RealNode client : nodes.subList(1, count)) {
      client.awaitReady();
    }
    if (!await(() -> nodes.stream().allMatch(node -> node.membersKnown() == count))) {
      throw new IllegalStateException("the nodes have not found each other");
    }
  }

  @Override
  public CompletableFuture<MessageId> publish(int node, String text) {
    return nodes.get(node).publish('"' + text + '"');
  }

  @Override
  public CompletableFuture<String> coverage(int node, MessageId message, Duration wait) {
    return nodes.get(node).coverage(message, wait);
  }

  @Override
  public List<Delivered> delivered(int node) {
    List<Delivered> messages = new ArrayList<>();
    try {
      ApiClient api = nodes.get(node).api();
      long after = 0;
      boolean more = true;
      while (more) {
        JsonNode page = api.get("/api/v1/messages?after=" + after + "&limit=" + PAGE);
        page.path("messages").forEach(message -> messages.add(delivered(message)));
        after = page.path("next").asLong();
        more = page.path("messages").size() == PAGE;
      }
    } catch (CommandFailure unreachable) {
      return List.of();
    }
    return messages;
  }

  private static Delivered delivered(JsonNode message) {
    return new Delivered(
        message.path("offset").asLong(),
        MessageId.parse(message.path("id").asText()),
        message.path("data").toString());
  }

  @Override
  public void crash(int node) {
    nodes.get(node).kill();
  }

  @Override
  public void restart(int node) throws IOException {
    nodes.get(node).start(nodes.getFirst().address());
    nodes.get(node).awaitReady();
  }

  @Override
  public void breakLinks() {
    nodes.forEach(RealNode::breakLinks);
  }

  @Override
  public void holdWrites(int node) throws IOException {
    locks.put(node, WriteLock.of(nodes.get(node).database()));
  }

  @Override
  public void releaseWrites(int node) throws IOException {
    WriteLock lock = locks.remove(node);
    if (lock != null) {
      lock.close();
    }
  }

  @Override
  public boolean await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      pass(LOOK);
    }
    return true;
  }

  @Override
  public void pass(Duration time) {
    LockSupport.parkNanos(time.toNanos());
  }

  @Override
  public void close() throws IOException {
    for (int node : List.copyOf(locks.keySet())) {
      releaseWrites(node);
    }
    nodes.forEach(RealNode::close);
  }
}
