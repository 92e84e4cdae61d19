/// What the disk takes: durable writes per second, and how long a full store takes to open.
@NullMarked
package io.pychain.benchmarks.store;

import org.jspecify.annotations.NullMarked;
