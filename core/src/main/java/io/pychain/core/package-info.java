/// The protocol, pure. It is given the time, luck and every input as arguments and returns what is
/// to be done as values; sockets, files, clocks, threads and logging belong to whoever drives it.
///
/// So a whole network runs in one thread on virtual time, and a seed replays it exactly. For the
/// same reason nothing here may depend on the iteration order of a hash table.
///
/// May import nothing of `io.pychain` outside `core`.
@NullMarked
package io.pychain.core;

import org.jspecify.annotations.NullMarked;
