/// The command line: what the user types, wired to the modules that do it. No protocol, no storage
/// and no network code lives here.
///
/// May import all other modules; nothing imports it.
@NullMarked
package io.pychain.cli;

import org.jspecify.annotations.NullMarked;
