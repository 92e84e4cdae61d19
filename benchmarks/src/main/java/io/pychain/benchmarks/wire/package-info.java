/// What the bytes on a link cost: to write, to read, to sign and to believe.
@NullMarked
package io.pychain.benchmarks.wire;

import org.jspecify.annotations.NullMarked;
