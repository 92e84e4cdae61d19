package io.pychain.simulator.world;

import io.pychain.core.protocol.ProtocolConfig;

/// What a world consists of.
///
/// @param nodes how many machines
/// @param network how the network behaves
/// @param disk how the disks behave
/// @param clocks how far the clocks are off
/// @param protocol the configuration of every node
/// @param maker what runs on the machines; [Core#protocol] but for tests
/// @param codec whether every frame is really encoded and decoded on its way
public record WorldConfig(
    int nodes,
    NetworkConfig network,
    DiskConfig disk,
    ClockConfig clocks,
    ProtocolConfig protocol,
    Core.Maker maker,
    boolean codec) {
  /// Most machines in one world.
  public static final int NODES_MAX = 100_000;

  /// @throws IllegalArgumentException if there are none, or too many
  public WorldConfig {
    if (nodes < 1 || nodes > NODES_MAX) {
      throw new IllegalArgumentException("a world has 1 to " + NODES_MAX + " nodes, not " + nodes);
    }
  }

  /// So many nodes that run the protocol with its defaults on good disks, all over a continent.
  public static WorldConfig of(int nodes) {
    return new WorldConfig(
        nodes,
        NetworkConfig.continent(),
        DiskConfig.solidState(),
        ClockConfig.EXACT,
        ProtocolConfig.DEFAULT,
        Core::protocol,
        false);
  }

  /// The same on another network.
  public WorldConfig with(NetworkConfig other) {
    return new WorldConfig(nodes, other, disk, clocks, protocol, maker, codec);
  }

  /// The same on other disks.
  public WorldConfig with(DiskConfig other) {
    return new WorldConfig(nodes, network, other, clocks, protocol, maker, codec);
  }

  /// The same with other clocks.
  public WorldConfig with(ClockConfig other) {
    return new WorldConfig(nodes, network, disk, other, protocol, maker, codec);
  }

  /// The same with another configuration of every node.
  public WorldConfig with(ProtocolConfig other) {
    return new WorldConfig(nodes, network, disk, clocks, other, maker, codec);
  }

  /// The same with something else running on the machines.
  public WorldConfig with(Core.Maker other) {
    return new WorldConfig(nodes, network, disk, clocks, protocol, other, codec);
  }

  /// The same with frames that are really encoded and decoded, or not.
  public WorldConfig withCodec(boolean on) {
    return new WorldConfig(nodes, network, disk, clocks, protocol, maker, on);
  }
}
