/// Coverage: who has a message. A survey asks every member, along the arcs that a broadcast takes,
/// and the answers are added up on the way back.
///
/// ```
///   asker ── Survey (its stretch) ──► relay ── Survey ──► member
///     ◄───── Tally (3 of 4, not 5) ─────┘ ◄──── Tally ─────┘
/// ```
///
/// Nothing of it is in the broadcast itself: a message that nobody asks about costs nothing, and
/// any member may ask about any message at any time. A member counts as reached once the message is
/// durable there; whoever lacks it waits, as long as the asker does. Whoever covers a stretch sees
/// to it that somebody in it answers: where a link breaks, comes up, or stays silent, the question
/// goes to another member of the same stretch. So what comes back is true at any moment, and only
/// ever too low.
///
/// Each survey ends when its budget does, at every member. May import `ring` and `message`.
@NullMarked
package io.pychain.core.coverage;

import org.jspecify.annotations.NullMarked;
