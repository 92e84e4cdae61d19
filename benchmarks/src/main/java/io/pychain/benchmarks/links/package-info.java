/// What links cost: frames, handshakes, and the memory of those that are idle.
@NullMarked
package io.pychain.benchmarks.links;

import org.jspecify.annotations.NullMarked;
