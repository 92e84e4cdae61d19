package io.pychain.simulator.world;

import io.pychain.core.link.Evidence;
import io.pychain.core.message.Address;
import io.pychain.core.protocol.Effects;
import io.pychain.core.protocol.Input.DialFailed;
import io.pychain.core.ring.Guid;
import java.util.List;

/// A dial that a core has asked for: tries the addresses of a member in turn.
final class Dialling implements Host.Dialler {
  private final Machine machine;
  private final Driver driver;
  private final Guid guid;
  private final List<Address> addresses;
  private final Evidence before;

  Dialling(Machine machine, Driver driver, Effects.Dial dial) {
    this(machine, driver, dial, Evidence.REFUSED);
  }

  /// @param before what those tried before have shown
  private Dialling(Machine machine, Driver driver, Effects.Dial dial, Evidence before) {
    this.machine = machine;
    this.driver = driver;
    this.guid = dial.guid();
    this.addresses = dial.addresses();
    this.before = before;
  }

  @Override
  public Host.Greeting greeting() {
    return machine.greeting();
  }

  @Override
  public void connected(LinkEnd end, Host.Greeting peer) {
    machine.whenAwake(() -> linked(end, peer));
  }

  private void linked(LinkEnd end, Host.Greeting peer) {
    if (driver.isStopped()) {
      return;
    }
    if (peer instanceof Host.Greeting.Member member && member.record().guid().equals(guid)) {
      driver.linkUp(end, peer, true);
    } else {
      end.close("IDENTITY: not " + guid);
      inVain("somebody else answers for " + guid, Evidence.OTHER);
    }
  }

  @Override
  public void failed(String reason, Evidence evidence) {
    machine.whenAwake(() -> inVain(reason, evidence));
  }

  private void inVain(String reason, Evidence evidence) {
    Evidence so = before.weaker(evidence);
    if (addresses.size() > 1) {
      List<Address> left = addresses.subList(1, addresses.size());
      Effects.Dial rest = new Effects.Dial(guid, left);
      machine.port().dial(left.getFirst(), new Dialling(machine, driver, rest, so));
    } else {
      driver.take(new DialFailed(guid, reason, so));
    }
  }
}
