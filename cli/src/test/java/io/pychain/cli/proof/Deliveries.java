package io.pychain.cli.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What one node has delivered, read as far as it goes, and what must hold of it.
final class Deliveries {
  private final ProcessNode node;
  private final List<Delivered> read = new ArrayList<>();
  private final Set<String> ids = new TreeSet<>();

  Deliveries(ProcessNode node) {
    this.node = node;
  }

  /// Reads on, and tells which of these are not there yet.
  Set<String> missing(Set<String> wanted) {
    long after = read.isEmpty() ? 0 : read.getLast().offset();
    List<Delivered> more = node.api().messages(after).orElse(List.of());
    read.addAll(more);
    more.forEach(message -> ids.add(message.id()));
    Set<String> missing = new TreeSet<>(wanted);
    missing.removeAll(ids);
    return missing;
  }

  /// All that the node has delivered, read anew.
  static List<Delivered> of(ProcessNode node) {
    return Await.value(node.name() + " answers", () -> node.api().messages(), node::lastWords);
  }

  /// Each message once, offsets without repetition, and every log in its order without a gap from
  /// its first message on.
  static void checkOnceAndInOrder(ProcessNode node) {
    Map<String, Long> heads = new HashMap<>();
    long offset = 0;
    for (Delivered message : of(node)) {
      assertThat(message.offset())
          .as("%s: offset of %s", node.name(), message)
          .isGreaterThan(offset);
      assertThat(message.seq())
          .as("%s: seq of %s", node.name(), message)
          .isEqualTo(heads.getOrDefault(message.log(), 0L) + 1);
      assertThat(message.id()).isEqualTo(message.log() + ":" + message.seq());
      offset = message.offset();
      heads.put(message.log(), message.seq());
    }
  }

  /// The same bytes under the same id at all nodes: no log has a fork. What nodes say of
  /// themselves, that they are back, may still be on its way.
  static void checkSameEverywhere(List<ProcessNode> nodes) {
    Await.until(
        "all hold the same",
        () -> nodes.stream().map(Deliveries::sealed).distinct().count() == 1,
        () -> differences(nodes));
  }

  private static Map<String, String> sealed(ProcessNode node) {
    Map<String, String> sealed = new TreeMap<>();
    of(node).forEach(message -> sealed.put(message.id(), message.sealed()));
    return sealed;
  }

  /// What each node holds that the first does not hold just so.
  private static String differences(List<ProcessNode> nodes) {
    Map<String, String> first = sealed(nodes.getFirst());
    StringBuilder text = new StringBuilder();
    for (ProcessNode node : nodes) {
      Map<String, String> here = sealed(node);
      text.append(node.name()).append(" holds ").append(here.size());
      here.entrySet().removeAll(first.entrySet());
      text.append(", of its own ").append(here).append('\n');
    }
    return text.toString();
  }

  /// What was acknowledged is there under its id, as it was published.
  ///
  /// @param acknowledged JSON by id
  static void checkHolds(ProcessNode node, Map<String, String> acknowledged) {
    Map<String, Delivered> here = new HashMap<>();
    of(node).forEach(message -> here.put(message.id(), message));
    acknowledged.forEach((id, json) ->
        assertThat(here.get(id))
            .as("%s at %s", id, node.name())
            .isNotNull()
            .matches(message -> message.carries(json), "carries " + json));
  }
}
