/// The geometry of the network: where members sit on the circle, and so who is linked to whom and
/// who passes a batch on to whom.
///
/// A GUID's [position][io.pychain.core.ring.Position] is its bits reversed, so that the first n
/// GUIDs are spread evenly for any n:
///
/// ```
///            0
///        7   |   4
///         \  |  /
///      3 --- o --- 2        the first 8 GUIDs on the circle, clockwise: 0 4 2 6 1 5 3 7
///         /  |  \
///        5   |   6
///            1
/// ```
///
/// Neighbouring gaps of n members differ by a factor of 2 at most, a newcomer splits one gap, and
/// nobody chooses where it sits. [Ring][io.pychain.core.ring.Ring] is the set of members in that
/// order; [Fingers][io.pychain.core.ring.Fingers] cuts the circle into each member's arcs and
/// answers the questions of the rest of the core: whom to link to, and whom to hand a batch to.
///
/// Pure geometry: no time, no luck, no state but the set itself. Imports nothing of ours.
@NullMarked
package io.pychain.core.ring;

import org.jspecify.annotations.NullMarked;
