package io.pychain.simulator.world;

import io.pychain.core.message.Address;
import io.pychain.core.message.Batch;
import io.pychain.core.message.Certificate;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.protocol.Identity;
import io.pychain.core.protocol.Stored;
import io.pychain.core.ring.Guid;
import io.pychain.core.trust.Mandate;
import io.pychain.simulator.check.Bounds;
import io.pychain.simulator.check.RuleBroken;
import io.pychain.simulator.check.Violation;
import io.pychain.simulator.check.Witness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/// A whole network of machines in one thread, and the time that passes in it.
///
/// The seed decides everything: the same world with the same seed, asked to do the same, does the
/// same to the last bit. Machine 0 is the boot node.
public final class World {
  /// How often [#await] looks whether what it waits for has come.
  private static final long LOOK_NANOS = Duration.ofMillis(10).toNanos();

  private final WorldConfig config;
  private final long seed;
  private final Timeline timeline = new Timeline();
  private final Network network;
  private final Founding founding;
  private final Witness witness;
  private final Driver.Services services;
  private final List<Machine> machines = new ArrayList<>();
  private int switchedOn;

  /// A world in which no machine is switched on.
  public World(WorldConfig config, long seed) {
    this.config = config;
    this.seed = seed;
    SplittableRandom random = new SplittableRandom(seed);
    network = new Network(timeline, config.network(), random.nextLong());
    founding = new Founding(seed);
    witness = new Witness(config.nodes(), timeline::now);
    Gate gate = new Gate(founding.network());
    Bounds bounds = new Bounds(config.protocol());
    services = new Driver.Services(timeline, gate, new Wire(config.codec()), witness, bounds);
    for (int i = 0; i < config.nodes(); i++) {
      machines.add(new Machine(this, i, random.split()));
    }
  }

  /// As [#startWarm(int)], all of them.
  public void startWarm() {
    startWarm(machines.size());
  }

  /// Starts the first machines as members that have known each other for long, down to the message
  /// with which each once joined, and need only connect.
  ///
  /// @param count how many; the others stay off
  public void startWarm(int count) {
    switchedOn = count;
    List<Machine> founders = machines.subList(0, count);
    List<Certificate> certificates = new ArrayList<>();
    List<MemberRecord> records = new ArrayList<>();
    List<Batch> joined = new ArrayList<>();
    for (Machine machine : founders) {
      Certificate certificate = founding.certify(Guid.of(machine.index()), machine.key().key());
      certificates.add(certificate);
      records.add(machine.recordOf(certificate));
      joined.add(founding.joined(certificate.guid(), machine.key()));
    }
    Archive archive = new Archive(records, joined);
    witness.founded(joined);
    for (Machine machine : founders) {
      boolean boot = machine.index() == 0;
      List<Certificate> table = boot ? certificates : List.of();
      machine.found(records.get(machine.index()), archive, table, false);
    }
  }

  /// As [#startCold(int, Duration)], all of them.
  public void startCold(Duration between) {
    startCold(machines.size(), between);
  }

  /// Starts the boot node, and then the others one by one as newcomers.
  ///
  /// @param count how many in all; the others stay off
  /// @param between time from one to the next
  public void startCold(int count, Duration between) {
    switchedOn = count;
    Machine boot = machines.getFirst();
    Certificate own = founding.certify(Guid.of(0), boot.key().key());
    boot.found(boot.recordOf(own), Archive.empty(), List.of(own), true);
    for (Machine machine : machines.subList(1, count)) {
      timeline.after(machine.index() * between.toNanos(), machine::join);
    }
  }

  /// Lets time pass.
  ///
  /// @throws Violation if a promise is broken meanwhile
  public void pass(Duration time) {
    long until = timeline.now() + time.toNanos();
    run(until);
    timeline.moveTo(until);
  }

  /// Lets time pass until something is so.
  ///
  /// @param limit how long at most
  /// @return whether it came to be so
  /// @throws Violation if a promise is broken meanwhile
  public boolean await(BooleanSupplier condition, Duration limit) {
    long until = timeline.now() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (timeline.now() >= until) {
        return false;
      }
      long next = Math.min(until, timeline.now() + LOOK_NANOS);
      run(next);
      timeline.moveTo(next);
    }
    return true;
  }

  /// Lets time pass until something is so, which is a promise.
  ///
  /// @throws Violation if it does not come to be so in time, or another promise is broken meanwhile
  public void require(String promise, BooleanSupplier condition, Duration limit) {
    if (!await(condition, limit)) {
      fail(promise + ": not within " + limit.toSeconds() + " s");
    }
  }

  /// Ends the run, since a promise is broken.
  public void fail(String promise) {
    throw violation(new RuleBroken(promise));
  }

  /// Whether [#settled] would find all well.
  public boolean isSettled() {
    try {
      witness.ledger().settled(node -> machine(node).isLive());
      return true;
    } catch (RuleBroken underWay) {
      return false;
    }
  }

  /// Checks what must be true in the end, at every machine that runs.
  ///
  /// @throws Violation if it is not
  public void settled() {
    try {
      witness.ledger().settled(node -> machine(node).isLive());
    } catch (RuleBroken broken) {
      throw violation(broken);
    }
  }

  private void run(long until) {
    try {
      boolean more = true;
      while (more) {
        more = timeline.step(until);
      }
    } catch (RuntimeException fault) {
      throw violation(fault);
    }
  }

  /// Tells when, where and on what occasion something went wrong.
  public Violation violation(RuntimeException fault) {
    return fault instanceof Violation already
        ? already
        : new Violation(
            Duration.ofNanos(timeline.now()), witness.lastNode(), witness.lastInput(), fault);
  }

  /// Cuts the path between two machines: links break, dials run into silence.
  public void cut(int one, int other) {
    network.cut(machine(one).port(), machine(other).port());
  }

  /// Ends [#cut].
  public void mend(int one, int other) {
    network.mend(machine(one).port(), machine(other).port());
  }

  /// Lets nothing pass from one machine to another, while the way back stays open.
  public void block(int from, int to) {
    network.block(machine(from).port(), machine(to).port());
  }

  /// Ends [#block].
  public void unblock(int from, int to) {
    network.unblock(machine(from).port(), machine(to).port());
  }

  /// Divides the world: nothing passes between machines of different groups. Open links between
  /// them fall silent, and dials run into silence.
  ///
  /// @param groupOf each machine's group, by its index
  public void divide(int[] groupOf) {
    network.divide(groupOf);
  }

  /// Ends [#divide].
  public void unite() {
    network.divide(new int[0]);
  }

  /// Changes how well all links carry frames.
  public void turn(Weather weather) {
    network.turn(weather);
  }

  /// Breaks the links between two machines; they may connect again.
  public void breakLinks(int one, int other) {
    network.breakLinks(machine(one).port(), machine(other).port());
  }

  /// All machines, by index. Unmodifiable.
  public List<Machine> machines() {
    return Collections.unmodifiableList(machines);
  }

  /// Those machines that the world began with. Unmodifiable.
  public List<Machine> switchedOn() {
    return machines().subList(0, switchedOn);
  }

  /// How many machines have ever become members.
  public long memberCount() {
    return machines.stream().filter(machine -> machine.guid().isPresent()).count();
  }

  /// Pairs of a message of an application and a machine that has not delivered it.
  ///
  /// @param which the machines that count
  public long missing(Predicate<Machine> which) {
    return witness.ledger().missing(node -> which.test(machine(node)));
  }

  /// As [#missing], but of all messages, events of the nodes themselves included.
  public long behind(Predicate<Machine> which) {
    return witness.ledger().behind(node -> which.test(machine(node)));
  }

  /// Publishes that a machine has neither acknowledged nor refused yet.
  ///
  /// @param which the machines that count
  public long unanswered(Predicate<Machine> which) {
    return witness.ledger().unanswered(node -> which.test(machine(node)));
  }

  /// What a machine runs.
  public Core.Maker makerOf(Machine machine) {
    return machine.maker().orElse(config.maker());
  }

  /// The machine of an index.
  public Machine machine(int index) {
    return machines.get(index);
  }

  /// The clock.
  public Timeline timeline() {
    return timeline;
  }

  /// The network.
  public Network network() {
    return network;
  }

  /// Who has seen everything.
  public Witness witness() {
    return witness;
  }

  WorldConfig config() {
    return config;
  }

  long seed() {
    return seed;
  }

  Founding founding() {
    return founding;
  }

  Driver.Services services() {
    return services;
  }

  Address bootAddress() {
    return Founding.addressOf(0);
  }

  /// How a node begins.
  ///
  /// @param self its record
  /// @param fresh whether its GUID was allocated just now
  record Start(MemberRecord self, boolean fresh) {}

  Core start(Machine machine, Start start, Stored stored, RandomGenerator random) {
    Optional<Mandate> authority =
        machine.index() == 0 ? Optional.of(founding.mandate()) : Optional.empty();
    Identity identity =
        new Identity(founding.network(), start.self(), machine.key(), authority, start.fresh());
    return makerOf(machine).start(identity, config.protocol(), stored, random);
  }
}
