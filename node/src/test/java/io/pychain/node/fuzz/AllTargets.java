package io.pychain.node.fuzz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SequencedMap;

/// All targets as one: the first byte chooses.
final class AllTargets implements Target {
  private final List<Target> targets;

  AllTargets(SequencedMap<String, Target> targets) {
    this.targets = List.copyOf(targets.values());
  }

  @Override
  public Outcome run(byte[] input) {
    if (input.length == 0) {
      return Outcome.MALFORMED;
    }
    Target chosen = targets.get(Byte.toUnsignedInt(input[0]) % targets.size());
    return chosen.run(Arrays.copyOfRange(input, 1, input.length));
  }

  @Override
  public List<byte[]> seeds() {
    List<byte[]> seeds = new ArrayList<>();
    for (int i = 0; i < targets.size(); i++) {
      for (byte[] seed : targets.get(i).seeds()) {
        byte[] chosen = new byte[1 + seed.length];
        chosen[0] = (byte) i;
        System.arraycopy(seed, 0, chosen, 1, seed.length);
        seeds.add(chosen);
      }
    }
    return seeds;
  }
}
