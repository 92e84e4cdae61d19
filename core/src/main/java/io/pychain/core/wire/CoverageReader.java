package io.pychain.core.wire;

import io.pychain.core.message.Frame;
import io.pychain.core.message.Frame.LogHead;
import io.pychain.core.message.LogId;
import io.pychain.core.message.Reach;
import io.pychain.core.ring.Arc;
import io.pychain.core.ring.Guid;
import io.pychain.core.ring.Position;
import java.time.Duration;
import java.util.Arrays;

/// Reads the frames of coverage for [FrameReader].
final class CoverageReader {
  private CoverageReader() {}

  static Frame survey(Reader in) throws MalformedException {
    long number = 0;
    int guid = 0;
    int epoch = 0;
    long seq = 0;
    long from = 0;
    long until = 0;
    int millis = 0;
    while (in.next()) {
      switch (in.field()) {
        case 1 -> number = in.number("number", 1, Long.MAX_VALUE);
        case 2 -> guid = in.number("guid", 0, WireLimits.GUID_MAX);
        case 3 -> epoch = in.number("epoch", 1, Integer.MAX_VALUE);
        case 4 -> seq = in.number("seq", 1, Long.MAX_VALUE);
        case 5 -> from = in.fixed64("from");
        case 6 -> until = in.fixed64("until");
        case 7 -> millis = in.number("budget_millis", 1, budgetMillisMax());
        default -> in.skip();
      }
    }
    LogId log = new LogId(Guid.of(guid), in.positive(epoch, "epoch"));
    return new Reach.Survey(
        in.positive(number, "number"),
        new LogHead(log, in.positive(seq, "seq")),
        new Arc(new Position(from), new Position(until)),
        Duration.ofMillis(in.positive(millis, "budget_millis")));
  }

  private static int budgetMillisMax() {
    return Math.toIntExact(Reach.Survey.BUDGET_MAX.toMillis());
  }

  static Frame tally(Reader in) throws MalformedException {
    long number = 0;
    int reached = 0;
    int members = 0;
    long[] missing = {};
    boolean done = false;
    while (in.next()) {
      switch (in.field()) {
        case 1 -> number = in.number("number", 1, Long.MAX_VALUE);
        case 2 -> reached = in.number("reached", 0, Integer.MAX_VALUE);
        case 3 -> members = in.number("members", 0, Integer.MAX_VALUE);
        case 4 -> missing = in.numbers("missing", Reach.Tally.MISSING_MAX, 0, WireLimits.GUID_MAX);
        case 5 -> done = in.number("done", 0, 1) == 1;
        default -> in.skip();
      }
    }
    if (missing.length > members - reached) {
      throw in.malformed("missing", "has " + missing.length + " of " + (members - reached));
    }
    return new Reach.Tally(
        in.positive(number, "number"),
        reached,
        members,
        Arrays.stream(missing).mapToObj(guid -> Guid.of((int) guid)).toList(),
        done);
  }
}
