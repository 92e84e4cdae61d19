import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.sqlite.util.OSInfo;

/// Makes the libraries start fast: `java -cp SQLITE_JAR scripts/PrepareLibraries.java LIB NATIVE`.
///
/// The jars in the folder LIB lose their signatures. The JVM keeps no class of a signed jar in its
/// AOT cache, and checks the signature at each start. Of ours the crypto providers are signed, which
/// only Oracle's JDK asks for; that they are what was published is Maven's business, which has
/// compared their checksums.
///
/// The native libraries of SQLite and of the crypto provider, for this machine, are unpacked into
/// the folder NATIVE. Else each process would unpack its own copy at each start, leave it behind
/// when killed, and share no page of it with others.
final class PrepareLibraries {

  private static final String SIGNATURE = "META-INF/[^/]+\\.(SF|RSA|DSA|EC)";

  private static final List<String> NATIVE_FOLDERS =
      List.of(
          "org/sqlite/native/" + OSInfo.getNativeLibFolderPathForCurrentOS() + "/",
          "com/amazon/corretto/crypto/provider/");

  private PrepareLibraries() {}

  public static void main(String[] folders) throws IOException {
    Path natives = Files.createDirectories(Path.of(folders[1]));
    for (Path jar : jars(Path.of(folders[0]))) {
      unpackNatives(jar, natives);
      unsign(jar);
    }
  }

  private static List<Path> jars(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jar")).toList();
    }
  }

  private static void unpackNatives(Path jar, Path folder) throws IOException {
    try (JarFile from = new JarFile(jar.toFile(), false)) {
      for (JarEntry entry : Collections.list(from.entries())) {
        String name = entry.getName();
        boolean library = name.matches(".*\\.(so|dylib|jnilib)");
        if (library && NATIVE_FOLDERS.stream().anyMatch(name::startsWith)) {
          Path file = folder.resolve(name.substring(name.lastIndexOf('/') + 1));
          try (InputStream in = from.getInputStream(entry)) {
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
          }
        }
      }
    }
  }

  private static void unsign(Path jar) throws IOException {
    Path unfinished = jar.resolveSibling(jar.getFileName() + ".tmp");
    try (JarFile signed = new JarFile(jar.toFile(), false)) {
      if (signed.stream().noneMatch(entry -> entry.getName().matches(SIGNATURE))) {
        return;
      }
      // What is said of single entries is their digests, megabytes of them.
      Manifest manifest = signed.getManifest();
      manifest.getEntries().clear();
      try (var out = new JarOutputStream(Files.newOutputStream(unfinished), manifest)) {
        copy(signed, out);
      }
    }
    Files.move(unfinished, jar, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void copy(JarFile from, JarOutputStream to) throws IOException {
    for (JarEntry entry : Collections.list(from.entries())) {
      String name = entry.getName();
      if (!name.equals(JarFile.MANIFEST_NAME) && !name.matches(SIGNATURE)) {
        to.putNextEntry(new JarEntry(name));
        try (InputStream in = from.getInputStream(entry)) {
          in.transferTo(to);
        }
        to.closeEntry();
      }
    }
  }
}
