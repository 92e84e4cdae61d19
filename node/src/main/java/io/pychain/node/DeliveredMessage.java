package io.pychain.node;

import io.pychain.core.message.Message;
import io.pychain.core.message.MessageId;
import io.pychain.core.protocol.Persist.Via;
import java.time.Instant;

/// A message at its place in this node's delivery order.
///
/// @param offset its place, from 1 without gaps
/// @param id its name in the whole network
/// @param message the payload
/// @param broadcast when its origin sealed it, by the origin's clock
/// @param received when this node took it
/// @param hops how many links it crossed; 0 for an own one
/// @param via how it came
public record DeliveredMessage(
    long offset,
    MessageId id,
    Message message,
    Instant broadcast,
    Instant received,
    int hops,
    Via via) {}
