/// What admission costs those who admit, those who join, and those who only pretend to.
@NullMarked
package io.pychain.benchmarks.admission;

import org.jspecify.annotations.NullMarked;
