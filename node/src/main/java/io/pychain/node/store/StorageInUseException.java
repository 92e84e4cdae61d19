package io.pychain.node.store;

import java.io.IOException;
import java.nio.file.Path;

/// Another node, of this process or another, holds the folder.
public final class StorageInUseException extends IOException {
  StorageInUseException(Path path) {
    super(
        "STORAGE_DIR %s is in use by another node: stop that one, or choose another folder"
            .formatted(path));
  }
}
