package io.pychain.node.link;

import io.pychain.core.protocol.Input;
import io.pychain.core.trust.Verifier;
import io.pychain.node.metrics.NodeMetrics;
import java.util.function.Consumer;

/// What every link needs of the node around it.
///
/// @param config bounds and waits
/// @param verifier checks what arrives
/// @param inputs takes what happens
/// @param metrics counts
/// @param refusals counts and logs what is turned away
/// @param budget of what waits in all outboxes
/// @param threads starts and ends threads
record Wiring(
    TransportConfig config,
    Verifier verifier,
    Consumer<Input> inputs,
    NodeMetrics metrics,
    Refusals refusals,
    Budget budget,
    Threads threads) {}
