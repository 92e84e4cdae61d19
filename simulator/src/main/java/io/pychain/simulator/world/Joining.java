package io.pychain.simulator.world;

import io.pychain.core.link.Evidence;
import io.pychain.core.message.Address;
import io.pychain.core.message.Frame;
import io.pychain.simulator.check.RuleBroken;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A newcomer's conversation with the boot node, again and again until it is admitted.
///
/// ```
///   newcomer                 boot node
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
  private @Nullable LinkEnd link;
  private boolean over;
  private int attempt;

  Joining(Machine machine, Address boot, Driver.Services services) {
    this.machine = machine;
    this.boot = boot;
    this.services = services;
  }

  void start() {
    dial();
  }

  void stop() {
    over = true;
  }

  private void dial() {
    int mine = ++attempt;
    machine.port().dial(boot, this);
    services.timeline().after(PATIENCE_NANOS, () -> giveUp(mine));
  }

  @Override
  public Host.Greeting greeting() {
    return machine.greeting();
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
                dial();
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
      dial();
    }
  }
}
