/// Large simulations, held against the figures that they are meant to reach.
@NullMarked
package io.pychain.benchmarks.simulate;

import org.jspecify.annotations.NullMarked;
