package io.pychain.simulator.transcript;

import io.pychain.core.link.LinkId;
import io.pychain.core.message.Batch;
import io.pychain.core.message.Frame;
import io.pychain.core.protocol.Answer;
import io.pychain.core.protocol.Input;
import io.pychain.core.protocol.Persist;
import io.pychain.core.ring.Guid;
import io.pychain.simulator.check.Onlooker;
import io.pychain.simulator.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Writes down what happens in a world, a line for each event: the millisecond, who, and what.
///
/// A frame is written down when it is sent. Writes that are handed to a disk together share a line,
/// and so do those that become durable together.
final class Transcript implements Onlooker {
  private final World world;
  private final List<String> lines = new ArrayList<>();
  private final Map<Integer, Map<LinkId, String>> links = new TreeMap<>();
  private final List<String> pending = new ArrayList<>();
  private String pendingVerb = "";
  private int pendingNode;
  private long pendingSince;
  private boolean writing;
  private Set<String> cast = Set.of();
  private long origin;

  Transcript(World world) {
    this.world = world;
  }

  /// From now on it is written down, and time counts from here.
  void begin() {
    origin = world.timeline().now();
    writing = true;
  }

  /// Only what is between these members is written down.
  void only(Guid... members) {
    cast = Arrays.stream(members).map(Guid::toString).collect(Collectors.toSet());
  }

  private boolean isOn(String name) {
    return cast.isEmpty() || name.isEmpty() || cast.contains(name);
  }

  /// Heads what comes next.
  void heading(String text) {
    flush();
    lines.add("");
    text.lines().forEach(line -> lines.add("# " + line));
  }

  List<String> lines() {
    flush();
    return List.copyOf(lines);
  }

  @Override
  public void takes(int node, Input input) {
    flush();
    switch (input) {
      case Input.Publish publish -> line(node, "is asked to publish " + count(publish));
      case Input.SyncNow _ -> line(node, "is asked to sync");
      case Input.Survey survey -> line(node, "is asked who has " + survey.message());
      case Input.LayDown order -> line(node, "is asked to lay down " + order.limits());
      case Input.Leave _ -> line(node, "is asked to leave");
      case Input.Ban ban -> line(node, "is asked to ban " + ban.guid());
      case Input.Unban unban -> line(node, "is asked to lift the ban of " + unban.guid());
      case Input.Rotate _ -> line(node, "is asked to take another key");
      case Input.PersistFailed failed -> line(node, "disk fails: " + failed.reason());
      case Input.LinkUp up ->
          linkUp(node, up.link(), up.record().guid().toString(), up.dialled() ? ", dialled" : "");
      case Input.GuestUp up -> linkUp(node, up.link(), "new", ", a newcomer");
      case Input.LinkDown down ->
          line(node, "═", peer(node, down.link()), "link down, " + down.reason());
      case Input.DialFailed failed ->
          line(node, "═", failed.guid().toString(), "dial fails, " + failed.reason());
      case Input.Unsent unsent ->
          line(
              node,
              "═",
              peer(node, unsent.link()),
              "has no room for " + Wording.of(unsent.frame()));
      case Input.UnknownOrigin unknown ->
          line(node, "cannot verify " + unknown.log() + ", whose key it does not know");
      case Input.Misdeed misdeed ->
          line(node, "═", peer(node, misdeed.link()), "misbehaves: " + misdeed.fault().label());
      case Input.Found found ->
          line(node, "reads " + found.batch().map(Batch::toString).orElse("-"));
      case Input.Persisted _, Input.Received _, Input.Wake _ -> {}
    }
  }

  private static String count(Input.Publish publish) {
    int count = publish.messages().size();
    return count == 1 ? "a message" : count + " messages";
  }

  private void linkUp(int node, LinkId link, String peer, String how) {
    links.computeIfAbsent(node, _ -> new TreeMap<>()).put(link, peer);
    line(node, "═", peer, "link up" + how);
  }

  private String peer(int node, LinkId link) {
    return links.getOrDefault(node, Map.of()).getOrDefault(link, "?");
  }

  @Override
  public void writes(int node, Persist write) {
    collect(node, "disk takes", Wording.of(write));
  }

  @Override
  public void durable(int node, Persist write) {
    collect(node, "disk durable", Wording.of(write));
  }

  private void collect(int node, String verb, String what) {
    boolean together = node == pendingNode && verb.equals(pendingVerb);
    if (!together || world.timeline().now() != pendingSince) {
      flush();
    }
    pendingNode = node;
    pendingVerb = verb;
    pendingSince = world.timeline().now();
    pending.add(what);
  }

  private void flush() {
    if (!pending.isEmpty()) {
      String what = pendingVerb + " " + String.join(", ", pending);
      pending.clear();
      write(pendingSince, name(pendingNode), "", "", what);
    }
  }

  @Override
  public void sent(int node, int to, Frame frame) {
    line(node, "→", name(to), Wording.of(frame));
  }

  /// A frame is lost on its way.
  void lost(Guid from, Guid to, Frame frame) {
    flush();
    write(
        world.timeline().now(), from.toString(), "→", to.toString(), Wording.of(frame) + " ✗ lost");
  }

  @Override
  public void dials(int node, Guid guid) {
    line(node, "═", guid.toString(), "dials");
  }

  @Override
  public void delivers(int node, Persist.Delivery delivery) {
    line(
        node,
        "deliver offset %d: %s via %s"
            .formatted(delivery.firstOffset(), delivery.batch(), delivery.via()));
  }

  @Override
  public void answers(int node, Answer answer) {
    line(node, "answer " + Wording.of(answer));
  }

  @Override
  public void crashed(int node) {
    line(node, "crashes");
  }

  @Override
  public void restarted(int node) {
    line(node, "starts again");
  }

  private String name(int node) {
    return world.machine(node).guid().map(Guid::toString).orElse("new");
  }

  private void line(int node, String what) {
    line(node, "", "", what);
  }

  private void line(int node, String sign, String peer, String what) {
    flush();
    write(world.timeline().now(), name(node), sign, peer, what);
  }

  private void write(long time, String who, String sign, String peer, String what) {
    if (writing && isOn(who) && isOn(peer)) {
      long millis = Duration.ofNanos(time - origin).toMillis();
      String pair = "%-3s %1s %-3s".formatted(who, sign, peer);
      lines.add("%6d  %s  %s".formatted(millis, pair, what));
    }
  }
}
