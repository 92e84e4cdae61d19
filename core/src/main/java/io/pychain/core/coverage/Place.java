package io.pychain.core.coverage;

import io.pychain.core.message.Frame.LogHead;
import io.pychain.core.ring.Fingers;
import io.pychain.core.ring.Guid;
import java.util.function.Predicate;

/// What surveys need to know of the node that they are at.
///
/// @param self the node
/// @param fingers over the ring of those who take part
/// @param linked whether a member can be asked now
/// @param durable whether a message is durable here
public record Place(
    Guid self, Fingers fingers, Predicate<Guid> linked, Predicate<LogHead> durable) {}
