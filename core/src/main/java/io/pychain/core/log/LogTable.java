package io.pychain.core.log;

import io.pychain.core.message.LogId;
import io.pychain.core.ring.Guid;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/// Logs by name, in the order of their names.
///
/// A node looks logs up for every frame, and holds one for each member there ever was. GUIDs are
/// dense, so the logs of an origin are found at its number, without a search; an origin seldom has
/// more than one epoch. Only logs of members that the authority has admitted may come in here,
/// which is what keeps the table as small as the network.
final class LogTable {
  private final List<List<Named>> origins = new ArrayList<>();

  private record Named(LogId id, Log log) {}

  /// The log of this name, if there is one.
  Optional<Log> find(LogId id) {
    for (Named named : of(id.guid())) {
      if (named.id().epoch() == id.epoch()) {
        return Optional.of(named.log());
      }
    }
    return Optional.empty();
  }

  /// The log of this name, begun if there is none.
  Log open(LogId id) {
    return find(id).orElseGet(() -> begin(id));
  }

  private Log begin(LogId id) {
    int origin = id.guid().value();
    while (origins.size() <= origin) {
      origins.add(List.of());
    }
    Named fresh = new Named(id, new Log());
    List<Named> logs = new ArrayList<>(origins.get(origin));
    logs.add(fresh);
    logs.sort((one, other) -> one.id().compareTo(other.id()));
    origins.set(origin, List.copyOf(logs));
    return fresh.log();
  }

  /// The logs of an origin, by epoch.
  void forEach(Guid origin, BiConsumer<LogId, Log> action) {
    of(origin).forEach(named -> action.accept(named.id(), named.log()));
  }

  /// All logs, by origin and epoch.
  void forEach(BiConsumer<LogId, Log> action) {
    origins.forEach(logs -> logs.forEach(named -> action.accept(named.id(), named.log())));
  }

  private List<Named> of(Guid origin) {
    return origin.value() < origins.size() ? origins.get(origin.value()) : List.of();
  }
}
