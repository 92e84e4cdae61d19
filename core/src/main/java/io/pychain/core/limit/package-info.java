/// How much of each origin is taken, so that no member can fill the links, disks and queues of all
/// others: the rates that the authority has set, held to by everybody about everybody, and by each
/// node about itself. May import `ring` and `message`.
@NullMarked
package io.pychain.core.limit;

import org.jspecify.annotations.NullMarked;
