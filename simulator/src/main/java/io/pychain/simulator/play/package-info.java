/// Plays the stories: every verb of a scenario's file is a small class here.
///
/// A step does something to the world, or lets time pass until something is so. It holds no
/// protocol and no checks of its own beyond what it waits for. May import `core`, `check`, `liar`,
/// `scenario` and `world`.
@NullMarked
package io.pychain.simulator.play;

import org.jspecify.annotations.NullMarked;
