package io.pychain.core.wire;

import io.pychain.core.message.Bytes;
import io.pychain.core.message.Frame;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Bytes and what they mean, from the files in `src/test/resources/wire`: blocks with an empty line
/// between them, each `# name`, lines of hexadecimal digits after `= `, and the meaning.
///
/// @param name begins with the kind of the frame
/// @param hex the bytes
/// @param text the frame written down, or how it is refused
record GoldenVector(String name, String hex, String text) {
  private static final int HEX_COLUMNS = 96;

  static Map<String, GoldenVector> frames() {
    return load("frames.txt");
  }

  static Map<String, GoldenVector> malformed() {
    return load("malformed.txt");
  }

  /// Appends what the samples have and the files lack; run from the folder of the module.
  public static void main(String[] args) throws IOException {
    Path folder = Path.of("src/test/resources/wire");
    for (Map.Entry<String, Frame> sample : Samples.frames().entrySet()) {
      byte[] bytes = FrameCodec.encode(sample.getValue());
      append(folder.resolve("frames.txt"), sample.getKey(), bytes, text(sample.getValue()));
    }
    for (Map.Entry<String, byte[]> sample : MalformedSamples.all().entrySet()) {
      String refusal = refusal(sample.getValue());
      append(folder.resolve("malformed.txt"), sample.getKey(), sample.getValue(), refusal);
    }
  }

  private static String text(Frame frame) {
    return Written.of((Record) frame);
  }

  private static String refusal(byte[] bytes) {
    try {
      return "accepted as " + FrameCodec.decode(Bytes.wrap(bytes));
    } catch (MalformedException refused) {
      return String.valueOf(refused.getMessage());
    }
  }

  private static void append(Path file, String name, byte[] bytes, String text) throws IOException {
    String known = Files.exists(file) ? Files.readString(file) : "";
    if (!known.contains("# " + name + "\n")) {
      String hex = Bytes.wrap(bytes).hex().replaceAll(".{" + HEX_COLUMNS + "}(?=.)", "$0\n= ");
      String block = "# " + name + "\n= " + hex + "\n" + text + "\n";
      Files.writeString(file, known.isEmpty() ? block : known + "\n" + block);
    }
  }

  private static Map<String, GoldenVector> load(String file) {
    Map<String, GoldenVector> vectors = new LinkedHashMap<>();
    for (String block : read(file).strip().split("\n\n", -1)) {
      GoldenVector vector = parse(block.lines().toList());
      if (vectors.put(vector.name(), vector) != null) {
        throw new AssertionError("two vectors named " + vector.name());
      }
    }
    return vectors;
  }

  private static GoldenVector parse(List<String> lines) {
    String name = lines.getFirst().substring("# ".length());
    String hex =
        lines.stream()
            .filter(line -> line.startsWith("="))
            .map(line -> line.substring(1).strip())
            .collect(Collectors.joining());
    String text =
        lines.stream()
            .skip(1)
            .filter(line -> !line.startsWith("="))
            .collect(Collectors.joining("\n"));
    return new GoldenVector(name, hex, text);
  }

  private static String read(String file) {
    try (InputStream in = GoldenVector.class.getResourceAsStream("/wire/" + file)) {
      if (in == null) {
        throw new AssertionError("no golden vectors in " + file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
