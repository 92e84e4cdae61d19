package io.pychain.core.wire;

import io.pychain.core.message.Frame;
import io.pychain.core.message.Frame.LogHead;
import io.pychain.core.message.Frame.RecordHead;
import io.pychain.core.ring.Guid;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Reads and writes [Frame.News], of which a busy network sends more rows than of anything else: so
/// GUIDs travel as steps from one to the next, and epochs only where one of them is not 1. A row
/// then takes two to four bytes.
final class NewsCodec {
  private NewsCodec() {}

  static void write(Writer out, Frame.News news) {
    List<LogHead> logs = FrameWriter.atMost(WireLimits.HEADS_MAX, news.logs());
    List<RecordHead> records = FrameWriter.atMost(WireLimits.HEADS_MAX, news.records());
    out.number(1, news.arrival());
    out.number(2, news.arrival() - news.after());
    out.numbers(3, steps(logs.stream().mapToLong(head -> head.log().guid().value()).toArray()));
    out.numbers(4, unlessOnes(logs.stream().mapToLong(head -> head.log().epoch()).toArray()));
    FrameWriter.column(out, 5, logs, LogHead::seq);
    out.numbers(6, steps(records.stream().mapToLong(head -> head.guid().value()).toArray()));
    out.numbers(7, unlessOnes(records.stream().mapToLong(RecordHead::epoch).toArray()));
    FrameWriter.column(out, 8, records, RecordHead::number);
  }

  private static long[] steps(long[] guids) {
    for (int i = guids.length - 1; i > 0; i--) {
      guids[i] -= guids[i - 1];
      if (guids[i] < 0) {
        throw new IllegalArgumentException("news are told in the order of GUIDs");
      }
    }
    return guids;
  }

  private static long[] unlessOnes(long[] epochs) {
    for (long epoch : epochs) {
      if (epoch != 1) {
        return epochs;
      }
    }
    return new long[0];
  }

  static Frame read(Reader in) throws MalformedException {
    int rows = WireLimits.HEADS_MAX;
    long arrival = 0;
    long span = 0;
    Columns logs = new Columns();
    Columns records = new Columns();
    while (in.next()) {
      switch (in.field()) {
        case 1 -> arrival = in.number("arrival", 0, Long.MAX_VALUE);
        case 2 -> span = in.number("span", 0, Long.MAX_VALUE);
        case 3 -> logs.steps = in.numbers("log_steps", rows, 0, WireLimits.GUID_MAX);
        case 4 -> logs.epochs = in.numbers("log_epochs", rows, 1, Integer.MAX_VALUE);
        case 5 -> logs.values = in.numbers("log_seqs", rows, 0, Long.MAX_VALUE);
        case 6 -> records.steps = in.numbers("record_steps", rows, 0, WireLimits.GUID_MAX);
        case 7 -> records.epochs = in.numbers("record_epochs", rows, 1, Integer.MAX_VALUE);
        case 8 -> records.values = in.numbers("record_numbers", rows, 1, Long.MAX_VALUE);
        default -> in.skip();
      }
    }
    if (span > arrival) {
      throw in.malformed("span", "reaches back to before the first arrival");
    }
    return new Frame.News(arrival - span, arrival, logs.heads(in), records.records(in));
  }

  /// Three columns of rows as they travel.
  private static final class Columns {
    private long[] steps = {};
    private long[] epochs = {};
    private long[] values = {};

    List<LogHead> heads(Reader in) throws MalformedException {
      List<LogHead> heads = new ArrayList<>(complete(in, "logs"));
      for (int i = 0; i < steps.length; i++) {
        heads.add(new LogHead(SyncReader.log(steps[i], epochs[i]), values[i]));
      }
      return heads;
    }

    List<RecordHead> records(Reader in) throws MalformedException {
      List<RecordHead> heads = new ArrayList<>(complete(in, "records"));
      for (int i = 0; i < steps.length; i++) {
        heads.add(new RecordHead(Guid.of((int) steps[i]), (int) epochs[i], values[i]));
      }
      return heads;
    }

    /// Turns the steps into GUIDs and fills in the epochs that were left out.
    ///
    /// @return how many rows there are
    private int complete(Reader in, String table) throws MalformedException {
      if (epochs.length == 0) {
        epochs = new long[steps.length];
        Arrays.fill(epochs, 1);
      }
      for (int i = 1; i < steps.length; i++) {
        steps[i] += steps[i - 1];
      }
      if (steps.length > 0 && steps[steps.length - 1] > WireLimits.GUID_MAX) {
        throw in.malformed(table, "step beyond the largest GUID");
      }
      return SyncReader.rows(in, table, steps, epochs, values);
    }
  }
}
