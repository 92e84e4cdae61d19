package io.pychain.simulator.world;

import io.pychain.core.link.Evidence;

/// A dial to whoever is at an address: links to any member, and says nothing if there is none.
///
/// @param machine that dials
/// @param driver of the node that wanted it
record Seeking(Machine machine, Driver driver) implements Host.Dialler {
  @Override
  public Host.Greeting greeting() {
    return machine.greeting();
  }

  @Override
  public void connected(LinkEnd end, Host.Greeting peer) {
    machine.whenAwake(() -> linked(end, peer));
  }

  private void linked(LinkEnd end, Host.Greeting peer) {
    boolean other =
        peer instanceof Host.Greeting.Member member
            && !member.record().guid().equals(driver.self().guid());
    if (driver.isStopped() || !other) {
      end.close("IDENTITY: nobody to link to");
    } else {
      driver.linkUp(end, peer, true);
    }
  }

  @Override
  public void failed(String reason, Evidence evidence) {}
}
