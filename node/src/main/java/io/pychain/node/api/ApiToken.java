package io.pychain.node.api;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Pattern;

/// The secret that a client must show before it may write.
///
/// It is the content of a file that only the node's user can read, so whoever may read that file
/// may publish. Random, 256 bits; never logged.
public final class ApiToken {
  private static final int RANDOM_BYTES = 32;
  private static final Pattern FORM = Pattern.compile("[!-~]{16,256}");
  private static final Set<PosixFilePermission> OWNER_ONLY =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private final byte[] secret;

  private ApiToken(String secret) {
    this.secret = secret.getBytes(StandardCharsets.UTF_8);
  }

  /// A given secret.
  ///
  /// @throws IllegalArgumentException if it is not 16 to 256 printable ASCII characters
  public static ApiToken of(String secret) {
    if (!FORM.matcher(secret).matches()) {
      throw new IllegalArgumentException(
          "an API token has 16 to 256 printable ASCII characters without spaces");
    }
    return new ApiToken(secret);
  }

  /// Reads the file, or makes it with a fresh secret and mode 0600 if there is none.
  ///
  /// @throws IOException if it cannot be read or made, holds no token, or others may read it
  public static ApiToken loadOrCreate(Path file) throws IOException {
    try {
      create(file);
    } catch (FileAlreadyExistsException exists) {
      // From an earlier start: what it holds stays valid.
    }
    checkPrivate(file);
    try {
      return of(Files.readString(file, StandardCharsets.US_ASCII).strip());
    } catch (IllegalArgumentException malformed) {
      throw new IOException(
          file + " holds no API token: " + malformed.getMessage() + "; delete it to get a new one",
          malformed);
    }
  }

  private static void create(Path file) throws IOException {
    byte[] random = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(random);
    FileAttribute<Set<PosixFilePermission>> mode = PosixFilePermissions.asFileAttribute(OWNER_ONLY);
    Set<StandardOpenOption> fresh =
        EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (var channel = Files.newByteChannel(file, fresh, mode)) {
      String line = HexFormat.of().formatHex(random) + "\n";
      channel.write(StandardCharsets.US_ASCII.encode(line));
    }
  }

  private static void checkPrivate(Path file) throws IOException {
    if (!OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
      throw new IOException(file + " can be used by others; make it private: chmod 600 " + file);
    }
  }

  /// Whether a client's word is the secret; takes as long for a near miss as for a far one.
  boolean matches(String shown) {
    return MessageDigest.isEqual(secret, shown.getBytes(StandardCharsets.UTF_8));
  }

  /// Does not show the secret.
  @Override
  public String toString() {
    return "ApiToken(…)";
  }
}
