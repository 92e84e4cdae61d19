/// What the node counts about itself, and its text form for Prometheus.
///
/// The rooms that do the work call [io.pychain.node.metrics.NodeMetrics]; everything that the
/// protocol counts already is read from its view instead, at the moment somebody asks.
@NullMarked
package io.pychain.node.metrics;

import org.jspecify.annotations.NullMarked;
