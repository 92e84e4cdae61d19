package io.pychain.cli.network;

import io.pychain.cli.terminal.CommandFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;

/// Deals out ports of 127.0.0.1 that nobody listens on: APIs from one base upwards, links from
/// another. Whether a port is free is found by binding it for a moment, so that a port can still be
/// lost before its node binds it, which the node then tells.
final class Ports {
  /// Where APIs begin if nobody says otherwise.
  static final int API_BASE = 8000;

  /// Links begin so far above APIs.
  static final int PEER_OFFSET = 1000;

  private static final int PORT_MAX = 65_535;

  private final boolean exact;
  private final Set<Integer> dealt = new HashSet<>();
  private int nextApi;
  private int nextPeer;

  private Ports(int apiBase, boolean exact) {
    this.exact = exact;
    this.nextApi = apiBase;
    this.nextPeer = apiBase + PEER_OFFSET;
  }

  /// From a base that somebody asked for: there a taken port is an error. From the usual one
  /// without: there taken ports are passed over.
  static Ports from(OptionalInt apiBase) {
    return new Ports(apiBase.orElse(API_BASE), apiBase.isPresent());
  }

  /// The API port of a node: the one it had, if that is free, else the next.
  int api(String node, OptionalInt before) throws CommandFailure {
    if (isUsable(before)) {
      return take(before.getAsInt());
    }
    nextApi = next(node, nextApi) + 1;
    return take(nextApi - 1);
  }

  /// The link port of a node, likewise.
  int peer(String node, OptionalInt before) throws CommandFailure {
    if (isUsable(before)) {
      return take(before.getAsInt());
    }
    nextPeer = next(node, nextPeer) + 1;
    return take(nextPeer - 1);
  }

  private boolean isUsable(OptionalInt before) {
    return before.isPresent()
        && !exact
        && !dealt.contains(before.getAsInt())
        && isFree(before.getAsInt());
  }

  private int take(int port) {
    dealt.add(port);
    return port;
  }

  private int next(String node, int from) throws CommandFailure {
    for (int port = from; port <= PORT_MAX; port++) {
      if (!dealt.contains(port) && isFree(port)) {
        return port;
      }
      if (exact && !dealt.contains(port)) {
        throw CommandFailure.failed(
            "port %d, which %s would get, is taken by another program: use another --base-port"
                .formatted(port, node));
      }
    }
    throw CommandFailure.failed("no free port above " + from + ": use a lower --base-port");
  }

  /// Whether nobody listens there now.
  static boolean isFree(int port) {
    try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
