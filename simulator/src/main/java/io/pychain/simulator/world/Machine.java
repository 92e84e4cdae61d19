package io.pychain.simulator.world;

import io.pychain.core.message.Certificate;
import io.pychain.core.message.Frame;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.message.Message;
import io.pychain.core.message.MessageId;
import io.pychain.core.message.ProtocolRange;
import io.pychain.core.protocol.Answer;
import io.pychain.core.protocol.Input;
import io.pychain.core.protocol.Persist;
import io.pychain.core.ring.Guid;
import io.pychain.core.trust.Signer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// A computer whose key, address and disk outlive its crashes, on which a node runs or does not.
public final class Machine implements Host, Disk.Owner {
  private final World world;
  private final int index;
  private final Keyring keys;
  private final Port port;
  private final SplittableRandom random;
  private final MachineClock clock;
  private final Freezer freezer = new Freezer();
  private Disk disk;
  private Optional<Certificate> certificate = Optional.empty();
  private @Nullable Driver driver;
  private @Nullable Joining joining;
  private long deliveredOffset;
  private int starts;
  private Optional<Core.Maker> maker = Optional.empty();
  private ProtocolRange protocol = ProtocolRange.OWN;

  Machine(World world, int index, SplittableRandom random) {
    this.world = world;
    this.index = index;
    this.random = random;
    this.keys = new Keyring(world.seed(), index);
    this.port = world.network().attach(index, Founding.addressOf(index), this);
    this.disk = diskWith(Archive.empty(), List.of());
    var luck = new SplittableRandom(Network.mix(world.seed()) + index);
    this.clock = new MachineClock(world.timeline(), world.config().clocks(), luck);
  }

  /// Its number in the world, from 0; not its GUID, unless the world began warm.
  public int index() {
    return index;
  }

  /// From its next start on, this machine runs something of its own.
  public void run(Core.Maker other) {
    maker = Optional.of(other);
  }

  /// From its next start on, this machine speaks these versions of the protocol.
  public void speak(ProtocolRange versions) {
    protocol = versions;
  }

  Optional<Core.Maker> maker() {
    return maker;
  }

  /// Its GUID, once it has joined.
  public Optional<Guid> guid() {
    return certificate.map(Certificate::guid);
  }

  /// Whether a node runs here that is a member.
  public boolean isRunning() {
    return driver != null;
  }

  /// Whether a member runs here and is not frozen with its whole machine, which is as good as dead.
  public boolean isLive() {
    return driver != null && !port.isFrozen();
  }

  /// Whether the machine is up, be it as a member or as a newcomer.
  public boolean isUp() {
    return driver != null || joining != null;
  }

  /// How often a node has started here as a member.
  public int starts() {
    return starts;
  }

  /// How many members its disk knows, itself among them.
  public int membersKnown() {
    return disk.platter().recordCount();
  }

  /// What runs here.
  public Optional<Core> core() {
    return Optional.ofNullable(driver).map(Driver::core);
  }

  /// How many links it has.
  public int linkCount() {
    return driver == null ? 0 : driver.linkCount();
  }

  /// What has gone to its subscribers, in order.
  public List<Persist.Delivery> delivered() {
    return disk.platter().deliveries().stream()
        .filter(delivery -> delivery.firstOffset() <= deliveredOffset)
        .toList();
  }

  /// Publishes.
  ///
  /// @param answer is given the answer, unless the node crashes before
  public void publish(List<Message> messages, Consumer<Answer> answer) {
    mustRun();
    tell(node -> node.publish(messages, answer));
  }

  /// Asks who has a message, and waits so long at most.
  ///
  /// @param answer is given what is known as it grows, unless the node crashes before
  public void survey(MessageId message, Duration wait, Consumer<Answer> answer) {
    mustRun();
    tell(node -> node.survey(message, wait, answer));
  }

  /// The key to ask for when it is to have another.
  public Signer nextKey() {
    return keys.next();
  }

  /// Whether it has an open link to another machine.
  public boolean isLinkedTo(Machine other) {
    return driver != null && driver.isLinkedTo(other.index);
  }

  /// Asks for what an operator may ask for, by a ticket.
  public void ask(LongFunction<Input> order, Consumer<Answer> answer) {
    mustRun();
    tell(node -> node.ask(order, answer));
  }

  /// Leaves the network in order, and stops once that is done.
  public void leave() {
    ask(Input.Leave::new, _ -> world.timeline().after(0, this::crash));
  }

  /// Makes the node stand still until [#resume] or a crash. Nobody is told.
  ///
  /// @param machine whether the whole machine does; if it is only the process, its kernel still
  ///   takes connections, on which nobody speaks
  public void pause(boolean machine) {
    mustRun();
    freezer.freeze();
    port.freeze(machine);
  }

  /// Ends [#pause]: the node learns at once of all that has happened meanwhile.
  public void resume() {
    port.thaw();
    freezer.thaw();
  }

  private void mustRun() {
    if (driver == null) {
      throw new IllegalStateException("no node runs on machine " + index);
    }
  }

  /// Makes this machine lose frames that arrive, so that all its links look broken to it alone.
  ///
  /// @param chance to lose each, from 0 to 1
  public void deafen(double chance) {
    port.deafen(chance);
  }

  /// Lets something happen to the node now, or when it goes on.
  void whenAwake(Event event) {
    freezer.pass(event);
  }

  /// Makes every write wait until [#releaseWrites] or a crash.
  public void holdWrites() {
    disk.hold();
  }

  /// Ends [#holdWrites].
  public void releaseWrites() {
    disk.release();
  }

  /// Makes every write take so many times as long as usual; 1 is the usual.
  public void slowDisk(int factor) {
    disk.slowDown(factor);
  }

  /// Makes every write fail until [#repairDisk].
  public void breakDisk() {
    disk.breakDown("no space left on the virtual disk");
  }

  /// Ends [#breakDisk].
  public void repairDisk() {
    disk.repair();
  }

  /// Puts another disk into this machine, which is off.
  void replaceDisk(Platter platter, boolean member) {
    disk = diskWith(platter);
    certificate = certificate.filter(_ -> member);
    deliveredOffset = platter.lastOffset();
    world.witness().replaced(index, platter.held());
  }

  /// Kills the process: its machine resets its links; what was not durable is lost.
  public void crash() {
    stop();
    port.close();
  }

  /// Cuts the power: as [#crash], but nobody is told.
  public void powerOff() {
    stop();
    port.goDark();
  }

  /// Starts the node again, on what its disk holds; a machine without a GUID joins.
  public void restart() {
    if (isUp()) {
      throw new IllegalStateException("machine " + index + " is up");
    }
    if (certificate.isPresent()) {
      world.witness().restarted(index);
      deliveredOffset = disk.platter().lastOffset();
      Certificate own = disk.platter().certificate().orElse(certificate.get());
      keys.settle(own);
      run(recordOf(own), false);
    } else {
      join();
    }
  }

  /// Makes this machine a member that has all this on its disk, and starts it.
  ///
  /// @param self its record, made for this start
  /// @param fresh whether its GUID was allocated just now
  void found(MemberRecord self, Archive archive, List<Certificate> allocations, boolean fresh) {
    certificate = Optional.of(self.certificate());
    disk = diskWith(archive, allocations);
    deliveredOffset = archive.lastOffset();
    run(self, fresh);
  }

  void join() {
    joining = new Joining(this, world.bootAddress(), world.services(), random.split());
    joining.start();
  }

  /// The boot node has given this machine a GUID: from now on it is a member.
  void admitted(Frame.Admitted admitted) {
    joining = null;
    Archive archive = new Archive(List.of(admitted.boot()), List.of());
    found(recordOf(admitted.certificate()), archive, List.of(), !admitted.known());
  }

  private void run(MemberRecord self, boolean fresh) {
    starts++;
    world.witness().started(index);
    var start = new World.Start(self, fresh);
    Core core = world.start(this, start, disk.platter().load(), random.split());
    driver = new Driver(this, core, self, world.services());
    port.open();
    driver.start();
  }

  MemberRecord recordOf(Certificate own) {
    return world
        .founding()
        .record(
            new Founding.Starting(own, Founding.addressOf(index), key(), protocol),
            clock.instant(),
            disk.platter().record(own.guid().value()));
  }

  private void stop() {
    freezer.melt();
    if (joining != null) {
      joining.stop();
      joining = null;
    }
    if (driver != null) {
      driver.stop();
      driver = null;
      disk.crash();
      world.witness().crashed(index);
    }
  }

  private Disk diskWith(Archive archive, List<Certificate> allocations) {
    return diskWith(new Platter(random.nextLong() | 1, archive, allocations));
  }

  private Disk diskWith(Platter platter) {
    return new Disk(world.timeline(), world.config().disk(), random.split(), platter, this);
  }

  StandInKey key() {
    return keys.current();
  }

  Port port() {
    return port;
  }

  Disk disk() {
    return disk;
  }

  void delivered(Persist.Delivery delivery) {
    deliveredOffset = delivery.firstOffset() + delivery.batch().messages().size() - 1;
  }

  @Override
  public Greeting greeting() {
    if (driver == null) {
      return new Greeting.Guest(key().key(), port.address().host(), Optional.empty());
    }
    return new Greeting.Member(driver.self(), disk.platter().storeId());
  }

  @Override
  public boolean isFrozen() {
    return freezer.isFrozen();
  }

  @Override
  public Optional<Frame> asked(Frame.BeforeTls question, String host) {
    return driver == null ? Optional.empty() : driver.asked(question, host);
  }

  @Override
  public void accepted(LinkEnd end, Greeting peer) {
    if (driver != null) {
      driver.linkUp(end, peer, false);
    }
  }

  @Override
  public void received(LinkEnd end, Frame frame) {
    if (joining != null) {
      joining.received(frame);
    } else {
      tell(node -> node.received(end, frame));
    }
  }

  @Override
  public void closed(LinkEnd end, String reason) {
    if (joining != null) {
      joining.closed(end);
    } else {
      tell(node -> node.closed(end, reason));
    }
  }

  private void tell(Consumer<Driver> event) {
    Driver running = driver;
    if (running != null) {
      whenAwake(() -> event.accept(running));
    }
  }

  @Override
  public void durable(Persist write) {
    world.witness().durable(index, write);
  }

  @Override
  public void failed(String reason) {
    whenAwake(() -> {
      world.witness().writesFailed(index);
      tell(node -> node.writesFailed(reason));
    });
  }

  @Override
  public void committed(long write) {
    tell(node -> node.committed(write));
  }

  MachineClock clock() {
    return clock;
  }
}
