/// Who is in the network: the newest record of every member, and the ring of those who take part
/// and are not marked as dead. Who is dead is decided elsewhere.
///
/// Records arrive verified. Their order of arrival does not matter: whoever has seen the same
/// records holds the same table. May import `ring` and `message`.
@NullMarked
package io.pychain.core.membership;

import org.jspecify.annotations.NullMarked;
