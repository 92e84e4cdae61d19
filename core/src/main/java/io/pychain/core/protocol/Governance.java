package io.pychain.core.protocol;

import io.pychain.core.link.LinkId;
import io.pychain.core.link.Links;
import io.pychain.core.message.Parameters;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.TreeMap;

/// The parameters of the network: a boot node lays them down, everybody holds to the newest that it
/// knows, keeps them, and tells them to all peers when they are new and to each peer when its link
/// comes up.
final class Governance {
  /// Orders that wait for the disk at a time.
  static final int WAITING_MAX = 16;

  private final Rooms rooms;
  private final Optional<Certifier> certifier;
  private final TreeMap<Long, Parameters> tickets = new TreeMap<>();
  private Optional<Parameters> parameters = Optional.empty();

  /// @param certifier the authority at work; empty where this is no boot node
  Governance(Rooms rooms, Optional<Certifier> certifier, Optional<Parameters> stored) {
    this.rooms = rooms;
    this.certifier = certifier;
    stored.ifPresent(this::hold);
  }

  /// Those that hold, if any were ever laid down.
  Optional<Parameters> parameters() {
    return parameters;
  }

  /// Lays down new ones, which hold once they are durable.
  void layDown(Instant now, Input.LayDown order) {
    Optional<String> fault = rooms.writes().fault();
    if (certifier.isEmpty()) {
      refuse(order.ticket(), "this node is no boot node: ask one that has the authority's key");
    } else if (fault.isPresent()) {
      refuse(order.ticket(), fault.get());
    } else if (tickets.size() >= WAITING_MAX) {
      refuse(order.ticket(), "too many orders wait for the disk; try again");
    } else {
      layDown(order, nextNumber(now), certifier.get());
    }
  }

  /// A number beyond the end of its delegation would make this node a forger in everybody's eyes.
  private void layDown(Input.LayDown order, long number, Certifier authority) {
    if (!authority.maySign(Parameters.dated(number))) {
      refuse(
          order.ticket(),
          "the delegation of this boot node has ended, or ends before what it would replace was"
              + " dated: renew it");
      return;
    }
    Parameters next = authority.lay(number, order.limits());
    tickets.put(order.ticket(), next);
    rooms.writes().parameters(next);
  }

  private long nextNumber(Instant now) {
    long clock = ChronoUnit.MICROS.between(Instant.EPOCH, now);
    long waiting = tickets.values().stream().mapToLong(Parameters::number).max().orElse(0);
    long held = parameters.map(Parameters::number).orElse(0L);
    return Math.max(clock, Math.max(waiting, held) + 1);
  }

  private void refuse(long ticket, String reason) {
    rooms.out().effects().answers().add(new Answer.NotLaidDown(ticket, reason));
  }

  /// A peer tells those that it holds to.
  void received(Instant now, Parameters told) {
    if (isNew(told)) {
      rooms.writes().parameters(told);
      spread(told);
    }
  }

  /// A link is up: its other end may hold to older ones.
  void linkUp(LinkId link) {
    parameters.ifPresent(held -> rooms.out().send(link, held));
  }

  /// They are on disk.
  void persisted(Instant now, Parameters durable) {
    if (isNew(durable)) {
      spread(durable);
    }
    tickets
        .entrySet()
        .removeIf(ticket -> {
          boolean mine = ticket.getValue().equals(durable);
          if (mine) {
            rooms.out().effects().answers().add(new Answer.LaidDown(ticket.getKey(), durable));
          }
          return mine;
        });
  }

  /// The disk has taken none of what waited.
  void failed(String reason) {
    tickets.keySet().forEach(ticket -> refuse(ticket, reason));
    tickets.clear();
  }

  private boolean isNew(Parameters other) {
    return parameters.isEmpty() || other.newerThan(parameters.get());
  }

  private void spread(Parameters next) {
    hold(next);
    for (Links.Link link : rooms.links().all()) {
      rooms.out().send(link.id(), next);
    }
  }

  private void hold(Parameters next) {
    parameters = Optional.of(next);
    rooms.quotas().set(next.limits());
  }
}
