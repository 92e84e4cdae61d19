package io.pychain.node.keys;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// A short text file of this node's user alone. It is there as a whole or not at all, and is never
/// readable by others, not even while it is being written.
final class SmallFile {
  /// Longest file that is read, in bytes; ours have about 300.
  static final int LENGTH_MAX = 16_384;

  private static final Set<PosixFilePermission> OWNER_ONLY =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  private SmallFile() {}

  /// What the file holds; empty if there is none.
  ///
  /// @throws IOException if it cannot be read, is far too long, or is no file; it names the file
  static Optional<String> read(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(LENGTH_MAX + 1);
      if (bytes.length > LENGTH_MAX) {
        throw new IOException(file + " is far too long for what it should hold; restore the file");
      }
      return Optional.of(new String(bytes, StandardCharsets.US_ASCII));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    }
  }

  /// @throws IOException if anybody but the owner may read or write the file; it says what to do
  static void requirePrivate(Path file) throws IOException {
    if (!POSIX) {
      return;
    }
    Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file);
    if (!OWNER_ONLY.containsAll(mode)) {
      throw new IOException(
          file
              + " holds a private key and has mode "
              + PosixFilePermissions.toString(mode)
              + ": run chmod 600 "
              + file
              + ", or delete it if others may have read it, to start with a new key");
    }
  }

  /// Writes the file, replacing one that is there. When this returns it is on the disk; if it
  /// fails, or the machine stops, the file is as it was before.
  static void write(Path file, String text) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    Set<StandardOpenOption> options =
        EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (FileChannel channel = FileChannel.open(fresh, options, mode())) {
      ByteBuffer bytes = StandardCharsets.US_ASCII.encode(text);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    move(fresh, file);
  }

  /// Gives a file another name, in the place of one that has it. Durable when this returns.
  static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    forceFolder(to.resolveSibling("."));
  }

  private static FileAttribute<?>[] mode() {
    return POSIX
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
        : new FileAttribute<?>[0];
  }

  /// Makes the new name durable; only POSIX systems open folders.
  private static void forceFolder(Path folder) throws IOException {
    if (POSIX) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }
}
