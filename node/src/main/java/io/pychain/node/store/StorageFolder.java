package io.pychain.node.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A node's STORAGE_DIR, held by one node at a time.
///
/// The lock is that of the operating system on the file `lock`, so it ends with the process,
/// however that ends.
public final class StorageFolder implements AutoCloseable {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");

  private final Path path;
  private final FileChannel channel;

  private StorageFolder(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /// Makes the folder if it is not there, with mode 0700, and takes it.
  ///
  /// @throws IOException if it cannot be written, or another node holds it; says what to do
  public static StorageFolder take(Path path) throws IOException {
    try {
      create(path);
      FileChannel channel =
          FileChannel.open(
              path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!lock(channel)) {
        channel.close();
        throw new StorageInUseException(path);
      }
      return new StorageFolder(path, channel);
    } catch (FileSystemException unusable) {
      throw new IOException(
          ("STORAGE_DIR %s cannot be used (%s): make it a folder that this user may write,"
                  + " or choose another")
              .formatted(path, reason(unusable)),
          unusable);
    }
  }

  private static void create(Path path) throws IOException {
    boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
    if (Files.isDirectory(path)) {
      if (posix && !OWNER_ONLY.equals(Files.getPosixFilePermissions(path))) {
        Files.setPosixFilePermissions(path, OWNER_ONLY);
      }
    } else if (posix) {
      Files.createDirectories(path, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    } else {
      Files.createDirectories(path);
    }
  }

  private static boolean lock(FileChannel channel) throws IOException {
    try {
      @Nullable FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException heldByThisProcess) {
      return false;
    }
  }

  private static String reason(FileSystemException unusable) {
    String reason = unusable.getReason();
    String kind = unusable.getClass().getSimpleName().replace("Exception", "");
    return reason == null ? kind + " " + unusable.getFile() : reason;
  }

  /// The folder itself.
  public Path path() {
    return path;
  }

  /// Lets another node have it.
  @Override
  public void close() throws IOException {
    channel.close();
  }
}
