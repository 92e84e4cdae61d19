/// What the ring costs, by counting: links, hops, sends and finger moves for each base and size,
/// and the time of the one call that is on the way of every relayed batch.
@NullMarked
package io.pychain.benchmarks.ring;

import org.jspecify.annotations.NullMarked;
