/// The stories that can be simulated: text files beside this package, and the options that whoever
/// runs them may set.
///
/// This room reads them; `play` plays them. It knows the steps only as words. May import `core` and
/// `world`.
@NullMarked
package io.pychain.simulator.scenario;

import org.jspecify.annotations.NullMarked;
