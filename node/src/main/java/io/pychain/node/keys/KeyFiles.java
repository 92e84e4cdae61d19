package io.pychain.node.keys;

import io.pychain.core.message.Certificate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// The key of a node in its STORAGE_DIR, and the one that is to follow it.
///
/// Which of the two counts is for the certificate in the store to say: at every moment exactly one
/// of them is that certificate's key, wherever a crash falls.
///
/// ```
///   node-key    node-key.next    certificate of    the next start
///   A                            A                 is A
///   A           B                A                 is A, and asks for B again
///   A           B                B                 renames, and is B
///   B                            B                 is B
/// ```
///
/// @param folder STORAGE_DIR
public record KeyFiles(Path folder) {
  /// The file of the key that is to follow.
  public static final String NEXT_FILE = BootRights.KEY_FILE + ".next";

  /// The key to start with. A key that has followed takes the place of the one before.
  ///
  /// @param certificate in the store, if there is one
  /// @throws IOException as for [NodeKeys#loadOrCreate]
  public NodeKeys settle(Optional<Certificate> certificate) throws IOException {
    Optional<NodeKeys> next = next();
    boolean follows =
        next.isPresent()
            && certificate.filter(held -> held.key().equals(next.get().key())).isPresent();
    if (follows) {
      SmallFile.move(file(NEXT_FILE), file(BootRights.KEY_FILE));
    }
    return follows ? next.get() : NodeKeys.loadOrCreate(file(BootRights.KEY_FILE));
  }

  /// The key that is to follow, if one was asked for.
  ///
  /// @throws IOException as for [NodeKeys#load]
  public Optional<NodeKeys> next() throws IOException {
    return NodeKeys.load(file(NEXT_FILE));
  }

  /// The key that is to follow; made and durable, if none was asked for before.
  ///
  /// @throws IOException as for [NodeKeys#loadOrCreate]
  public NodeKeys nextOrNew() throws IOException {
    return NodeKeys.loadOrCreate(file(NEXT_FILE));
  }

  private Path file(String name) {
    return folder.resolve(name);
  }
}
