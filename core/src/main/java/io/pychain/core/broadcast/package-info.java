/// Arcs: who passes a batch, or a member record, on to whom.
///
/// Whoever is handed a stretch (self, limit) splits it by its own fingers and hands each part to
/// the first member there that it has a link to. So each member gets a batch once, in at most
/// ⌈log_b N⌉ hops, without anybody keeping a list of who has seen it. The room remembers two
/// things, both bounded: how far it has covered for each recent parcel, so that a stretch handed to
/// it again after a failure is covered only where it was not; and what it has handed to whom
/// without hearing that it was taken, so that a broken link loses nothing. May import `ring` and
/// `message`.
@NullMarked
package io.pychain.core.broadcast;

import org.jspecify.annotations.NullMarked;
