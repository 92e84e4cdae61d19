/// Whole nodes in one process, with real links on loopback and real storage, under load.
@NullMarked
package io.pychain.benchmarks.network;

import org.jspecify.annotations.NullMarked;
