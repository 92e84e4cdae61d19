/// A process whose business is one node: with a command line before it, or without.
@NullMarked
package io.pychain.cli.process;

import org.jspecify.annotations.NullMarked;
