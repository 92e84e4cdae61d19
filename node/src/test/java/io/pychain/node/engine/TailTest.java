package io.pychain.node.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.message.Batch;
import io.pychain.core.protocol.Persist.Delivery;
import io.pychain.core.protocol.Persist.StoreBatch;
import io.pychain.node.store.Origin;
import io.pychain.node.store.Origin.Taker;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TailTest {
  private final Origin ann = new Origin(1);
  private final Taker taker = new Taker();
  private final Tail tail = new Tail(3, 1 << 20, 0);

  private Delivery next(int messages) {
    Batch batch = ann.batch(messages);
    return ((StoreBatch) taker.take(batch)).delivery();
  }

  @Test
  void freshTailHoldsNothingButIsNotBehind() {
    assertThat(tail.after(0)).contains(List.of());
    assertThat(new Tail(3, 1, 10).after(10)).contains(List.of());
    assertThat(new Tail(3, 1, 10).after(9)).isEmpty();
  }

  @Test
  void batchesAfterAnOffsetComeInOrderTheFirstMayContainIt() {
    Delivery one = next(2);
    Delivery two = next(2);
    tail.add(List.of(one, two));

    assertThat(tail.after(0)).contains(List.of(one, two));
    assertThat(tail.after(1)).contains(List.of(one, two));
    assertThat(tail.after(2)).contains(List.of(two));
    assertThat(tail.after(4)).contains(List.of());
    assertThat(tail.after(99)).contains(List.of());
  }

  @Test
  void oldestGiveWayAndWhoNeedsThemIsSentToTheStore() {
    Delivery first = next(1);
    Delivery second = next(1);
    tail.add(List.of(first, second));
    Delivery third = next(1);
    Delivery fourth = next(1);
    tail.add(List.of(third, fourth));

    assertThat(tail.after(0)).isEmpty();
    assertThat(tail.begin()).isEqualTo(2);
    assertThat(tail.after(1)).contains(List.of(second, third, fourth));
  }

  @Test
  void bytesAreBoundedToo() {
    Tail small = new Tail(3, 1, 0);

    small.add(List.of(next(1)));

    assertThat(small.after(0)).isEmpty();
    assertThat(small.after(1)).contains(List.of());
  }

  @Test
  void whoWaitsIsWokenByWhatComesAndByTheEnd() throws Exception {
    CompletableFuture<Boolean> first = CompletableFuture.supplyAsync(() -> awaitAfter(0));
    tail.add(List.of(next(1)));
    assertThat(first.get(10, TimeUnit.SECONDS)).isTrue();

    CompletableFuture<Boolean> second = CompletableFuture.supplyAsync(() -> awaitAfter(1));
    tail.close();
    assertThat(second.get(10, TimeUnit.SECONDS)).isFalse();
  }

  private boolean awaitAfter(long offset) {
    try {
      return tail.await(offset);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }
}
