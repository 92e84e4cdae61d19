/// A world in one thread: virtual clock, network and disk round the same core that real nodes run.
///
/// [Simulate][io.pychain.simulator.Simulate] is the way in: a request names a scenario, a size, a
/// seed and options, and comes back as a report. The same request gives the same report, to the
/// last bit of its trace hash. Rooms: `world` is what happens, `check` what must hold, `scenario`
/// the stories. May import `core`, never `node`.
@NullMarked
package io.pychain.simulator;

import org.jspecify.annotations.NullMarked;
