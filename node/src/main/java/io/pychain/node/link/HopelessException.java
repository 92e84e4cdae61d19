package io.pychain.node.link;

import java.io.IOException;

/// A failure that does not pass with time: somebody has to change something.
final class HopelessException extends IOException {
  HopelessException(String message) {
    super(message);
  }
}
