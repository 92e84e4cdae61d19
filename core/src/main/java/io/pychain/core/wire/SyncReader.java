package io.pychain.core.wire;

import io.pychain.core.message.Batch;
import io.pychain.core.message.Frame;
import io.pychain.core.message.Frame.LogHead;
import io.pychain.core.message.Frame.Range;
import io.pychain.core.message.Frame.RecordHead;
import io.pychain.core.message.Frame.TreeNode;
import io.pychain.core.message.LogId;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.ring.Guid;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Reads the frames of network sync for [FrameReader]. Their tables travel as columns, one packed
/// list of numbers each.
final class SyncReader {
  private static final long[] NONE = {};

  private SyncReader() {}

  static Frame syncRequest(Reader in) throws MalformedException {
    long storeId = 0;
    long after = 0;
    Optional<Frame.Summary> own = Optional.empty();
    while (in.next()) {
      switch (in.field()) {
        case 1 -> storeId = in.fixed64("store_id");
        case 2 -> after = in.number("after", 0, Long.MAX_VALUE);
        case 3 -> own = Optional.of(summary(in.message("own")));
        default -> in.skip();
      }
    }
    return new Frame.SyncRequest(storeId, after, own);
  }

  static Frame.Summary summary(Reader in) throws MalformedException {
    long storeId = 0;
    long arrival = 0;
    int level = 0;
    long root = 0;
    while (in.next()) {
      switch (in.field()) {
        case 1 -> storeId = in.fixed64("store_id");
        case 2 -> arrival = in.number("arrival", 0, Long.MAX_VALUE);
        case 3 -> level = in.number("level", 0, WireLimits.TREE_LEVEL_MAX);
        case 4 -> root = in.fixed64("root");
        default -> in.skip();
      }
    }
    return new Frame.Summary(storeId, arrival, level, root);
  }

  static Frame heads(Reader in) throws MalformedException {
    int rows = WireLimits.HEADS_MAX;
    long storeId = 0;
    long after = 0;
    long arrival = 0;
    long[] logGuids = NONE;
    long[] logEpochs = NONE;
    long[] logSeqs = NONE;
    long[] recordGuids = NONE;
    long[] recordEpochs = NONE;
    long[] recordNumbers = NONE;
    long[] forkGuids = NONE;
    long[] forkEpochs = NONE;
    long[] logPrints = NONE;
    while (in.next()) {
      switch (in.field()) {
        case 1 -> storeId = in.fixed64("store_id");
        case 2 -> after = in.number("after", 0, Long.MAX_VALUE);
        case 3 -> arrival = in.number("arrival", 0, Long.MAX_VALUE);
        case 4 -> logGuids = in.numbers("log_guids", rows, 0, WireLimits.GUID_MAX);
        case 5 -> logEpochs = in.numbers("log_epochs", rows, 1, Integer.MAX_VALUE);
        case 6 -> logSeqs = in.numbers("log_seqs", rows, 0, Long.MAX_VALUE);
        case 7 -> recordGuids = in.numbers("record_guids", rows, 0, WireLimits.GUID_MAX);
        case 8 -> recordEpochs = in.numbers("record_epochs", rows, 1, Integer.MAX_VALUE);
        case 9 -> recordNumbers = in.numbers("record_numbers", rows, 1, Long.MAX_VALUE);
        case 10 ->
            forkGuids = in.numbers("fork_guids", WireLimits.FORKS_MAX, 0, WireLimits.GUID_MAX);
        case 11 ->
            forkEpochs = in.numbers("fork_epochs", WireLimits.FORKS_MAX, 1, Integer.MAX_VALUE);
        case 12 -> logPrints = in.numbers("log_prints", rows, 0, Long.MAX_VALUE);
        default -> in.skip();
      }
    }
    if (arrival < after) {
      throw in.malformed("arrival", "is before the cursor it follows");
    }
    List<LogHead> logs = printed(in, logHeads(in, "logs", logGuids, logEpochs, logSeqs), logPrints);
    List<RecordHead> records =
        new ArrayList<>(rows(in, "records", recordGuids, recordEpochs, recordNumbers));
    for (int i = 0; i < recordGuids.length; i++) {
      records.add(
          new RecordHead(Guid.of((int) recordGuids[i]), (int) recordEpochs[i], recordNumbers[i]));
    }
    List<LogId> forks = logs(in, "forks", forkGuids, forkEpochs);
    return new Frame.Heads(storeId, after, arrival, logs, records, forks);
  }

  /// Heads with what is said of their hashes, if anything is.
  private static List<LogHead> printed(Reader in, List<LogHead> heads, long[] prints)
      throws MalformedException {
    if (prints.length == 0) {
      return heads;
    }
    if (prints.length != heads.size()) {
      throw in.malformed("log_prints", "is not as long as the other columns");
    }
    List<LogHead> printed = new ArrayList<>(prints.length);
    for (int i = 0; i < prints.length; i++) {
      printed.add(new LogHead(heads.get(i).log(), heads.get(i).seq(), prints[i]));
    }
    return printed;
  }

  static Frame forksWanted(Reader in) throws MalformedException {
    long[] guids = NONE;
    long[] epochs = NONE;
    while (in.next()) {
      switch (in.field()) {
        case 1 -> guids = in.numbers("guids", WireLimits.FORKS_MAX, 0, WireLimits.GUID_MAX);
        case 2 -> epochs = in.numbers("epochs", WireLimits.FORKS_MAX, 1, Integer.MAX_VALUE);
        default -> in.skip();
      }
    }
    return new Frame.ForksWanted(logs(in, "logs", guids, epochs));
  }

  private static List<LogId> logs(Reader in, String table, long[] guids, long[] epochs)
      throws MalformedException {
    List<LogId> logs = new ArrayList<>(rows(in, table, guids, epochs));
    for (int i = 0; i < guids.length; i++) {
      logs.add(log(guids[i], epochs[i]));
    }
    return logs;
  }

  static Frame probe(Reader in) throws MalformedException {
    int rows = WireLimits.PROBES_MAX;
    long[] levels = NONE;
    long[] indexes = NONE;
    while (in.next()) {
      switch (in.field()) {
        case 1 -> levels = in.numbers("levels", rows, 0, WireLimits.TREE_LEVEL_MAX);
        case 2 -> indexes = in.numbers("indexes", rows, 0, WireLimits.GUID_MAX);
        default -> in.skip();
      }
    }
    List<TreeNode> nodes = new ArrayList<>(rows(in, "nodes", levels, indexes));
    for (int i = 0; i < levels.length; i++) {
      nodes.add(treeNode(in, "indexes", (int) levels[i], (int) indexes[i]));
    }
    return new Frame.Probe(nodes);
  }

  static Frame hashes(Reader in) throws MalformedException {
    int level = 0;
    int index = 0;
    long[] children = NONE;
    while (in.next()) {
      switch (in.field()) {
        case 1 -> level = in.number("level", 0, WireLimits.TREE_LEVEL_MAX);
        case 2 -> index = in.number("index", 0, WireLimits.GUID_MAX);
        case 3 -> children = in.fixed64s("children", WireLimits.TREE_FAN_OUT);
        default -> in.skip();
      }
    }
    if (children.length == 0) {
      throw in.malformed("children", "is missing");
    }
    TreeNode parent = treeNode(in, "index", level, index);
    return new Frame.Hashes(parent, Arrays.stream(children).boxed().toList());
  }

  static Frame fetch(Reader in) throws MalformedException {
    int rows = WireLimits.RANGES_MAX;
    long id = 0;
    long[] guids = NONE;
    long[] epochs = NONE;
    long[] froms = NONE;
    long[] untils = NONE;
    while (in.next()) {
      switch (in.field()) {
        case 1 -> id = in.fixed64("id");
        case 2 -> guids = in.numbers("guids", rows, 0, WireLimits.GUID_MAX);
        case 3 -> epochs = in.numbers("epochs", rows, 1, Integer.MAX_VALUE);
        case 4 -> froms = in.numbers("froms", rows, 1, Long.MAX_VALUE);
        case 5 -> untils = in.numbers("untils", rows, 1, Long.MAX_VALUE);
        default -> in.skip();
      }
    }
    List<Range> ranges = new ArrayList<>(rows(in, "ranges", guids, epochs, froms, untils));
    for (int i = 0; i < guids.length; i++) {
      if (untils[i] < froms[i]) {
        throw in.malformed("untils", "has an end " + untils[i] + " before its start " + froms[i]);
      }
      ranges.add(new Range(log(guids[i], epochs[i]), froms[i], untils[i]));
    }
    return new Frame.Fetch(id, ranges);
  }

  static Frame batches(Reader in) throws MalformedException {
    int rows = WireLimits.FLOORS_MAX;
    long id = 0;
    List<Batch> batches = new ArrayList<>();
    int messages = 0;
    long[] guids = NONE;
    long[] epochs = NONE;
    long[] seqs = NONE;
    boolean done = false;
    while (in.next()) {
      switch (in.field()) {
        case 1 -> id = in.fixed64("id");
        case 2 -> {
          in.atMost("batches", batches.size() + 1, WireLimits.BATCHES_MAX);
          batches.add(BatchCodec.read(in.element("batch")));
          messages += batches.getLast().messages().size();
          in.atMost("messages", messages, WireLimits.FRAME_MESSAGES_MAX);
        }
        case 3 -> guids = in.numbers("floor_guids", rows, 0, WireLimits.GUID_MAX);
        case 4 -> epochs = in.numbers("floor_epochs", rows, 1, Integer.MAX_VALUE);
        case 5 -> seqs = in.numbers("floor_seqs", rows, 1, Long.MAX_VALUE);
        case 6 -> done = in.number("done", 0, 1) == 1;
        default -> in.skip();
      }
    }
    return new Frame.Batches(id, batches, logHeads(in, "floors", guids, epochs, seqs), done);
  }

  static Frame recordsWanted(Reader in) throws MalformedException {
    long[] guids = NONE;
    while (in.next()) {
      switch (in.field()) {
        case 1 ->
            guids = in.numbers("guids", WireLimits.RECORDS_WANTED_MAX, 0, WireLimits.GUID_MAX);
        default -> in.skip();
      }
    }
    return new Frame.RecordsWanted(
        Arrays.stream(guids).mapToObj(guid -> Guid.of((int) guid)).toList());
  }

  static Frame records(Reader in) throws MalformedException {
    List<MemberRecord> records = new ArrayList<>();
    while (in.next()) {
      switch (in.field()) {
        case 1 -> {
          in.atMost("records", records.size() + 1, WireLimits.RECORDS_MAX);
          records.add(RecordCodec.read(in.element("record")));
        }
        default -> in.skip();
      }
    }
    return new Frame.Records(records);
  }

  private static List<LogHead> logHeads(
      Reader in, String table, long[] guids, long[] epochs, long[] seqs) throws MalformedException {
    List<LogHead> heads = new ArrayList<>(rows(in, table, guids, epochs, seqs));
    for (int i = 0; i < guids.length; i++) {
      heads.add(new LogHead(log(guids[i], epochs[i]), seqs[i]));
    }
    return heads;
  }

  static LogId log(long guid, long epoch) {
    return new LogId(Guid.of((int) guid), (int) epoch);
  }

  /// A node of the hash tree that stands for GUIDs that there can be.
  private static TreeNode treeNode(Reader in, String name, int level, int index)
      throws MalformedException {
    int indexMax = WireLimits.GUID_MAX >>> (4 * (level + 1));
    if (index > indexMax) {
      throw in.malformed(
          name, "is " + index + ", allowed is 0 to " + indexMax + " on level " + level);
    }
    return new TreeNode(level, index);
  }

  /// How many rows these columns make.
  static int rows(Reader in, String table, long[]... columns) throws MalformedException {
    for (long[] column : columns) {
      if (column.length != columns[0].length) {
        throw in.malformed(table, "has columns of different lengths");
      }
    }
    return columns[0].length;
  }
}
