/// Cores that do not keep to the protocol: members that lie, withhold and accuse, for honest ones
/// to withstand. Each wraps the real protocol and spoils what it does. May import `core` and
/// `world`.
@NullMarked
package io.pychain.simulator.liar;

import org.jspecify.annotations.NullMarked;
