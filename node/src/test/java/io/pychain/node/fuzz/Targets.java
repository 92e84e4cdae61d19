package io.pychain.node.fuzz;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Supplier;

/// Every target by its name. A new one is a class, entered here.
final class Targets {
  /// Whose inputs begin with the place of another target in the list: all that are quick.
  static final String ALL = "all";

  /// A thousand times as slow as the others.
  static final String CONVERSATIONS = "conversations";

  private static final SequencedMap<String, Supplier<Target>> BY_NAME = byName();

  private Targets() {}

  private static SequencedMap<String, Supplier<Target>> byName() {
    SequencedMap<String, Supplier<Target>> targets = new LinkedHashMap<>();
    targets.put("frames", FrameTarget::new);
    targets.put("contents", ContentTarget::new);
    targets.put("forgeries", ForgeryTarget::new);
    targets.put(CONVERSATIONS, ConversationTarget::new);
    targets.put("door", DoorTarget::new);
    targets.put("requests", RequestTarget::new);
    targets.put("texts", TextTarget::new);
    return targets;
  }

  /// A target, ready to run.
  static Optional<Target> find(String name) {
    if (name.equals(ALL)) {
      SequencedMap<String, Target> quick = each();
      quick.remove(CONVERSATIONS);
      return Optional.of(new AllTargets(quick));
    }
    return Optional.ofNullable(BY_NAME.get(name)).map(Supplier::get);
  }

  /// All but [#ALL], ready to run.
  static SequencedMap<String, Target> each() {
    SequencedMap<String, Target> targets = new LinkedHashMap<>();
    for (Map.Entry<String, Supplier<Target>> entry : BY_NAME.entrySet()) {
      targets.put(entry.getKey(), entry.getValue().get());
    }
    return targets;
  }
}
