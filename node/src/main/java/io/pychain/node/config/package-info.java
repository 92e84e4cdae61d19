/// What an operator can set: the settings, where each value may come from, and what it may be.
///
/// A value is looked for in a flag, then in the environment, then in `pychain.properties` in the
/// storage folder, then there is the default. Whatever is wrong is found before anything starts,
/// and told in one line. [io.pychain.node.config.NodeConfig] is the outcome, and all that the rest
/// of the node knows of settings. This room may import `core.message` and `core.admission`, and
/// nothing more of ours.
@NullMarked
package io.pychain.node.config;

import org.jspecify.annotations.NullMarked;
