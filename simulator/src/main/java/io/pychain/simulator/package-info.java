/// A world in one thread: virtual clock, network and disk round the same core that real nodes run.
///
/// May import `core`, never `node`.
@NullMarked
package io.pychain.simulator;

import org.jspecify.annotations.NullMarked;
