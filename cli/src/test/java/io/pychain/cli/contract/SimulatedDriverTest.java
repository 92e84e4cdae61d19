package io.pychain.cli.contract;

import io.pychain.core.message.Bytes;
import io.pychain.core.message.Message;
import io.pychain.core.message.MessageId;
import io.pychain.core.protocol.Answer;
import io.pychain.core.protocol.Persist.Delivery;
import io.pychain.simulator.world.World;
import io.pychain.simulator.world.WorldConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/// The contract in virtual time.
class SimulatedDriverTest extends DriverContract {
  @Override
  TestWorld newWorld() {
    return new SimulatedWorld();
  }

  private static final class SimulatedWorld implements TestWorld {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private World world = new World(WorldConfig.of(1), 1);

    @Override
    public void start(int nodes) {
      world = new World(WorldConfig.of(nodes), 1);
      world.startCold(Duration.ofMillis(50));
      boolean together =
          await(
              () -> world.machines().stream().allMatch(machine -> machine.membersKnown() == nodes));
      if (!together) {
        throw new IllegalStateException("the nodes have not found each other");
      }
    }

    @Override
    public CompletableFuture<MessageId> publish(int node, String text) {
      CompletableFuture<MessageId> acknowledged = new CompletableFuture<>();
      Message message = new Message(Message.JSON, Bytes.utf8('"' + text + '"'));
      world.machine(node).publish(List.of(message), answer -> answer(answer, acknowledged));
      return acknowledged;
    }

    private static void answer(Answer answer, CompletableFuture<MessageId> acknowledged) {
      switch (answer) {
        case Answer.Published published ->
            acknowledged.complete(new MessageId(published.log(), published.firstSeq()));
        case Answer.Refused refused ->
            acknowledged.completeExceptionally(new IllegalStateException(refused.reason()));
        case Answer.Once _, Answer.Covered _, Answer.NotHeld _ ->
            acknowledged.completeExceptionally(new IllegalStateException(answer.toString()));
      }
    }

    @Override
    public CompletableFuture<String> coverage(int node, MessageId message, Duration wait) {
      CompletableFuture<String> counts = new CompletableFuture<>();
      world
          .machine(node)
          .survey(
              message,
              wait,
              answer -> {
                if (answer instanceof Answer.Covered covered && covered.done()) {
                  counts.complete(
                      covered.coverage().reached() + "/" + covered.coverage().members());
                }
              });
      return counts;
    }

    @Override
    public List<Delivered> delivered(int node) {
      List<Delivered> messages = new ArrayList<>();
      for (Delivery delivery : world.machine(node).delivered()) {
        long offset = delivery.firstOffset();
        long seq = delivery.batch().firstSeq();
        for (Message message : delivery.batch().messages()) {
          MessageId id = new MessageId(delivery.batch().log(), seq++);
          messages.add(new Delivered(offset++, id, message.data().utf8()));
        }
      }
      return messages;
    }

    @Override
    public void crash(int node) {
      world.machine(node).crash();
    }

    @Override
    public void restart(int node) {
      world.machine(node).restart();
    }

    @Override
    public void breakLinks() {
      for (int one = 0; one < world.machines().size(); one++) {
        for (int other = 0; other < one; other++) {
          world.breakLinks(one, other);
        }
      }
    }

    @Override
    public void holdWrites(int node) {
      world.machine(node).holdWrites();
    }

    @Override
    public void releaseWrites(int node) {
      world.machine(node).releaseWrites();
    }

    @Override
    public boolean await(BooleanSupplier condition) {
      return world.await(condition, PATIENCE);
    }

    @Override
    public void pass(Duration time) {
      world.pass(time);
    }

    @Override
    public void close() {
      world.settled();
    }
  }
}
