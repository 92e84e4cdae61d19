/// Arcs: who passes a batch, or a member record, on to whom.
///
/// Whoever is handed a stretch (self, limit) splits it by its own fingers and hands each part to
/// the first member there that it has a link to. So each member gets a batch once, in at most
/// ⌈log_b N⌉ hops, without anybody keeping a list of who has seen it. The room remembers, all
/// bounded: how far it has covered for each recent parcel, so that a stretch handed to it again
/// after a failure is covered only where it was not; what it has handed to whom without hearing
/// that it was taken, so that a broken or silent link loses nothing; what it could hand to nobody,
/// until somebody comes; and who takes more slowly than it is handed. May import `ring` and
/// `message`.
@NullMarked
package io.pychain.core.broadcast;

import org.jspecify.annotations.NullMarked;
