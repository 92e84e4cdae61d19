/// The stories that can be simulated, by name, with their options.
///
/// A scenario plays on a world: it starts machines, publishes, breaks things and says when the
/// story is over. It holds no protocol and no checks of its own. May import `core`, `check` and
/// `world`.
@NullMarked
package io.pychain.simulator.scenario;

import org.jspecify.annotations.NullMarked;
