package io.pychain.node.api;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A question to the node's store, which may fail as disks do.
///
/// @param <T> what is read
interface StoreRead<T> {
  /// Asks the store.
  T read() throws IOException;

  /// Asks; a failure becomes a problem that the client can wait out and the operator can look up.
  ///
  /// @throws Problem 503
  static <T> T of(StoreRead<T> question) {
    try {
      return question.read();
    } catch (IOException unreadable) {
      Logger log = LoggerFactory.getLogger(StoreRead.class);
      log.error("event=store_unreadable", unreadable);
      throw Problem.unavailable("The store cannot be read now; the node's api.log says why.", 5);
    }
  }
}
