/// What every command needs: where output goes, how a failure is told, how a node is asked.
@NullMarked
package io.pychain.cli.terminal;

import org.jspecify.annotations.NullMarked;
