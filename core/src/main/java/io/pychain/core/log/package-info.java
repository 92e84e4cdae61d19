/// One append-only log per origin and epoch: how far it is held, and what waits for a gap to close.
///
/// Batches arrive verified. A batch joins its log only where the chain of hashes fits, so every log
/// here is a prefix of what its origin wrote. May import `ring` and `message`.
@NullMarked
package io.pychain.core.log;

import org.jspecify.annotations.NullMarked;
