package io.pychain.cli.process;

import io.pychain.cli.terminal.CommandFailure;
import io.pychain.node.config.NodeConfig;
import io.pychain.node.config.NodeConfig.Role;
import io.pychain.node.config.Setting;
import io.pychain.node.config.SettingException;
import io.pychain.node.config.Settings;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// A node without a command line, for launchers of many: `NodeMain boot|node [end-with-stdin]`, all
/// settings being in the environment. Making the command line is a third of what a start computes,
/// which on a machine with few processors is what 32 nodes wait for.
public final class NodeMain {
  /// Runs a boot node.
  public static final String BOOT = "boot";

  /// Runs a client.
  public static final String CLIENT = "node";

  /// The process ends when its stdin does, that is, when whoever started it is gone, however it
  /// went.
  public static final String END_WITH_STDIN = "end-with-stdin";

  private NodeMain() {}

  public static void main(String[] words) throws InterruptedException {
    List<String> asked = List.of(words);
    if (asked.contains(END_WITH_STDIN)) {
      StdinWatch.endWith(System.in);
    }
    System.exit(run(asked.contains(BOOT) ? Role.BOOT : Role.CLIENT));
  }

  private static int run(Role role) throws InterruptedException {
    try {
      NodeConfig config = Settings.resolve(Map.<Setting, String>of(), System.getenv()).config(role);
      var out = new OutputStreamWriter(System.out, StandardCharsets.UTF_8);
      return new NodeRun(config, new PrintWriter(out, true), false).run();
    } catch (SettingException e) {
      System.err.println(e.getMessage());
      return CommandFailure.WRONG_USAGE;
    } catch (CommandFailure e) {
      System.err.println(e.getMessage());
      return e.exitCode();
    }
  }
}
