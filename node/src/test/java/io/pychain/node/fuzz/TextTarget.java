package io.pychain.node.fuzz;

import io.pychain.core.message.MessageId;
import io.pychain.core.message.NodeKey;
import io.pychain.node.config.Endpoint;
import io.pychain.node.config.NodeConfig;
import io.pychain.node.config.Setting;
import io.pychain.node.config.SettingException;
import io.pychain.node.config.Settings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Texts of people and of other programs: settings, boot addresses, invitations, keys, numbers of
/// messages. Each is understood, or refused with a line that says what is allowed.
final class TextTarget implements Target {
  /// Not these: they name folders, in which settings are then looked for.
  private static final List<Setting> SETTINGS =
      Arrays.stream(Setting.values())
          .filter(setting -> setting != Setting.STORAGE_DIR && setting != Setting.LOG_DIR)
          .toList();

  private static final Path NOWHERE = Path.of("/nonexistent/pychain");

  @Override
  public Outcome run(byte[] input) {
    if (input.length == 0) {
      return Outcome.MALFORMED;
    }
    int what = Byte.toUnsignedInt(input[0]) % (SETTINGS.size() + 3);
    String text = new String(input, 1, input.length - 1, StandardCharsets.UTF_8);
    try {
      switch (what - SETTINGS.size()) {
        case 0 -> same(NodeKey.fromHex(text).toString().length() > 0);
        case 1 -> endpoint(text);
        case 2 -> messageId(text);
        default -> setting(SETTINGS.get(what), text);
      }
      return Outcome.TAKEN;
    } catch (IllegalArgumentException refused) {
      return Outcome.REFUSED;
    }
  }

  private static void setting(Setting setting, String text) {
    Map<Setting, String> flags = new LinkedHashMap<>();
    flags.put(Setting.STORAGE_DIR, NOWHERE.toString());
    flags.put(setting, text);
    try {
      Settings.resolve(flags, Map.of()).config(NodeConfig.Role.CLIENT);
    } catch (SettingException refused) {
      same(refused.getMessage() != null && refused.getMessage().lines().count() == 1);
      throw new IllegalArgumentException(refused);
    }
  }

  private static void endpoint(String text) {
    Endpoint read = Endpoint.parse(text, 9_000);
    same(Endpoint.parse(read.toString(), 1).equals(read));
  }

  private static void messageId(String text) {
    MessageId read = MessageId.parse(text);
    same(MessageId.parse(read.toString()).equals(read));
  }

  private static void same(boolean holds) {
    if (!holds) {
      throw new AssertionError("written again it is something else, or the refusal has many lines");
    }
  }

  @Override
  public List<byte[]> seeds() {
    List<byte[]> seeds = new ArrayList<>();
    for (int i = 0; i < SETTINGS.size(); i++) {
      seeds.add(chosen(i, SETTINGS.get(i).defaultText().orElse("1")));
    }
    String key = "ab".repeat(32);
    seeds.add(
        chosen(SETTINGS.indexOf(Setting.BOOT_NODE), key + "@[::1]:9000,http://boot.example/"));
    seeds.add(chosen(SETTINGS.size(), key));
    seeds.add(chosen(SETTINGS.size() + 1, "[fe80::1]:65535"));
    seeds.add(chosen(SETTINGS.size() + 2, "16777215:2147483647:9223372036854775807"));
    return seeds;
  }

  private static byte[] chosen(int what, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    byte[] input = new byte[1 + bytes.length];
    input[0] = (byte) what;
    System.arraycopy(bytes, 0, input, 1, bytes.length);
    return input;
  }
}
