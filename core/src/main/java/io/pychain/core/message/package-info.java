/// The words of the protocol as values: identities, records, batches and the frames that carry
/// them.
///
/// A record here says what a thing is and refuses what it can never be; it does nothing else. How a
/// value becomes bytes is the business of `wire`, whether it may be believed that of `trust`. This
/// room may import `ring` (for `Guid` and `Position`) and nothing more of ours.
@NullMarked
package io.pychain.core.message;

import org.jspecify.annotations.NullMarked;
