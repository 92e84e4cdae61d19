package io.pychain.simulator.world;

import io.pychain.core.admission.Door;
import io.pychain.core.admission.PuzzleScheme.Task;
import io.pychain.core.link.Evidence;
import io.pychain.core.message.Address;
import io.pychain.core.message.Bytes;
import io.pychain.core.message.Doorstep;
import io.pychain.core.message.Frame;
import io.pychain.simulator.check.RuleBroken;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A newcomer's conversation with the boot node, again and again until it is admitted.
///
/// ```
///   newcomer                 boot node
///      ├── Knock ──────────────►│
///      │◄───────────────── Quote┤
///      │ works, if it must      │
///      ├── link, no record ────►│ GuestUp
///      ├── Join ───────────────►│ Received(Join)
///      │                        │ … the allocation becomes durable
///      │◄────────────── Admitted┤
/// ```
final class Joining implements Host.Dialler {
  private static final long RETRY_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long PATIENCE_NANOS = Duration.ofSeconds(10).toNanos();

  private final Machine machine;
  private final Address boot;
  private final Driver.Services services;
  private final RandomGenerator random;
  private Optional<Doorstep.Enter> enter = Optional.empty();
  private @Nullable LinkEnd link;
  private boolean over;
  private int attempt;
  private int bid;

  Joining(Machine machine, Address boot, Driver.Services services, RandomGenerator random) {
    this.machine = machine;
    this.boot = boot;
    this.services = services;
    this.random = random;
  }

  void start() {
    knock();
  }

  void stop() {
    over = true;
  }

  private void knock() {
    int mine = ++attempt;
    machine
        .port()
        .ask(
            boot,
            new Doorstep.Knock(machine.key().key(), bid),
            answer -> {
              if (!over && mine == attempt) {
                quoted(answer);
              }
            });
  }

  private void quoted(Optional<Frame> answer) {
    if (answer.isPresent() && answer.get() instanceof Doorstep.Quote quote) {
      pay(quote);
    } else {
      retry();
    }
  }

  private void pay(Doorstep.Quote quote) {
    int mine = ++attempt;
    Optional<Task> task = Door.task(quote.network(), machine.key().key(), quote.offer());
    Bytes solution = task.map(StandInPuzzle::solve).orElse(Bytes.EMPTY);
    enter =
        Optional.of(
            new Doorstep.Enter(machine.key().key(), quote.offer(), new Doorstep.Work(solution)));
    int price = quote.offer().price();
    long effort = price == 0 ? 0 : StandInPuzzle.effort(price, random);
    services.timeline().after(effort, () -> dial(mine));
  }

  private void dial(int mine) {
    if (!over && mine == attempt) {
      machine.port().dial(boot, this);
      services.timeline().after(PATIENCE_NANOS, () -> giveUp(mine));
    }
  }

  @Override
  public Host.Greeting greeting() {
    return new Host.Greeting.Guest(machine.key().key(), machine.port().address().host(), enter);
  }

  @Override
  public void connected(LinkEnd end, Host.Greeting peer) {
    if (over || link != null) {
      end.close("UNNEEDED: another conversation is on");
      return;
    }
    link = end;
    Wire.Parcel parcel = services.wire().pack(new Frame.Join(0));
    if (end.send(parcel.frame(), parcel.bytes())) {
      int boot = end.peer().port().place();
      services.witness().sent(machine.index(), boot, parcel.frame(), parcel.bytes());
    }
  }

  @Override
  public void failed(String reason, Evidence evidence) {
    retry();
  }

  void received(Frame frame) {
    if (over || !(frame instanceof Frame.Admitted admitted)) {
      return;
    }
    if (!admitted.certificate().key().equals(machine.key().key())) {
      throw new RuleBroken("a certificate is for who asked: %s".formatted(admitted));
    }
    over = true;
    if (link != null) {
      link.close("UNNEEDED: admitted");
    }
    machine.admitted(admitted);
  }

  /// A link is gone: if it is the one that the conversation is on, it begins anew.
  void closed(LinkEnd end) {
    if (end == link) {
      link = null;
      bid = Math.max(1, 2 * enter.map(paid -> paid.offer().price()).orElse(0));
      retry();
    }
  }

  private void retry() {
    int mine = attempt;
    services
        .timeline()
        .after(
            RETRY_NANOS,
            () -> {
              if (!over && mine == attempt) {
                knock();
              }
            });
  }

  private void giveUp(int mine) {
    if (!over && mine == attempt) {
      LinkEnd silent = link;
      link = null;
      if (silent != null) {
        silent.close("SILENT: no answer to a join");
      }
      knock();
    }
  }
}
