/// What attackers may send, as a search and not as a list: each [io.pychain.node.fuzz.Target] takes
/// any bytes and says what must not come of them; Jazzer looks for bytes that reach new code.
///
/// ```
///   ./test      FuzzTest      all targets in one process, 10^5 inputs, always the same seed
///   ./bench     fuzz          each target in a process of its own, 10^7 inputs, another seed
/// ```
///
/// What was found stays: inputs in `src/test/resources/fuzz/TARGET` are replayed by every `./test`.
@NullMarked
package io.pychain.node.fuzz;

import org.jspecify.annotations.NullMarked;
