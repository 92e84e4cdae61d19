/// The links of this node: which are up, whether they are alive, and whom to dial.
///
/// ```
///   ring ──► Prospects ──► Dials ── whom to dial ──►  outside
///                            ▲                           │
///                            └──── Links ◄── up, down ───┘
///                                    │ silent?
///                                    └──► RollCall: are you all there?
/// ```
///
/// A link is a name and a member; bytes, sockets and keys are outside. What a dial or a silence
/// means for the member itself, alive or dead, is not decided here. May import `ring` and
/// `message`.
@NullMarked
package io.pychain.core.link;

import org.jspecify.annotations.NullMarked;
