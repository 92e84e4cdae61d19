/// The composer: one input in, effects out, and every room does its share.
///
/// [Protocol#handle] is the only way in, and it is called by one thread. It never waits and never
/// fetches: whatever must happen outside is in the [Effects] that it returns, in the order that its
/// documentation lays down. This room alone imports all the others of the core.
@NullMarked
package io.pychain.core.protocol;

import org.jspecify.annotations.NullMarked;
