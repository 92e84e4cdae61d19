/// Load programs whose figures end up in the documentation, each with the command that made it.
///
/// May import `core`, `node` and `simulator`; nothing imports it.
@NullMarked
package io.pychain.benchmarks;

import org.jspecify.annotations.NullMarked;
