package io.pychain.core.wire;

import io.pychain.core.message.Batch;
import io.pychain.core.message.Frame;
import io.pychain.core.message.Frame.LogHead;
import io.pychain.core.message.Frame.NetworkInfo;
import io.pychain.core.message.Frame.Range;
import io.pychain.core.message.Frame.RecordHead;
import io.pychain.core.message.Frame.TreeNode;
import io.pychain.core.message.LogId;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.message.Parameters;
import io.pychain.core.message.Reach;
import io.pychain.core.ring.Guid;
import java.util.List;
import java.util.function.ToLongFunction;

/// Writes each kind of frame, field by field as `pychain.proto` numbers them.
final class FrameWriter {
  /// Enough for a frame without payloads and long lists, and for what is round a payload.
  private static final int SMALL = 256;

  private FrameWriter() {}

  static byte[] write(Frame frame) {
    int payload = payloadBytes(frame);
    Writer out = new Writer(payload + SMALL);
    write(out, frame, payload);
    return out.toArray();
  }

  /// How many bytes would be written.
  static int length(Frame frame) {
    Gauge out = new Gauge();
    write(out, frame, 0);
    return out.length();
  }

  private static void write(Writer out, Frame frame, int payload) {
    switch (frame) {
      case Frame.BeforeTls said -> DoorCodec.write(out, said);
      case Parameters parameters ->
          out.message(Kind.PARAMETERS, inner -> ParametersCodec.write(inner, parameters));
      case Frame.Hello hello -> out.message(Kind.HELLO, inner -> hello(inner, hello));
      case Frame.Goodbye goodbye -> out.message(Kind.GOODBYE, inner -> goodbye(inner, goodbye));
      case Frame.Ping ping -> out.message(Kind.PING, inner -> ping(inner, ping));
      case Frame.Pong pong -> out.message(Kind.PONG, inner -> inner.fixed64(1, pong.nonce()));
      case Frame.Join join -> out.message(Kind.JOIN, inner -> join(inner, join));
      case Frame.Admitted admitted ->
          out.message(Kind.ADMITTED, inner -> admitted(inner, admitted));
      case Frame.Push push -> out.message(Kind.PUSH, payload, inner -> push(inner, push));
      case Frame.Announce announce ->
          out.message(Kind.ANNOUNCE, inner -> announce(inner, announce));
      case Frame.Ack ack -> out.message(Kind.ACK, inner -> ack(inner, ack));
      case Frame.SyncRequest request ->
          out.message(Kind.SYNC_REQUEST, inner -> syncRequest(inner, request));
      case Frame.Summary summary -> out.message(Kind.SUMMARY, inner -> summary(inner, summary));
      case Frame.Heads heads -> out.message(Kind.HEADS, inner -> heads(inner, heads));
      case Frame.Probe probe -> out.message(Kind.PROBE, inner -> probe(inner, probe));
      case Frame.Hashes hashes -> out.message(Kind.HASHES, inner -> hashes(inner, hashes));
      case Frame.Fetch fetch -> out.message(Kind.FETCH, inner -> fetch(inner, fetch));
      case Frame.Batches batches ->
          out.message(Kind.BATCHES, payload, inner -> batches(inner, batches));
      case Frame.RecordsWanted wanted ->
          out.message(Kind.RECORDS_WANTED, inner -> recordsWanted(inner, wanted));
      case Frame.Records records -> out.message(Kind.RECORDS, inner -> records(inner, records));
      case Frame.Fork fork -> out.message(Kind.FORK, payload, inner -> fork(inner, fork));
      case Frame.ForksWanted wanted ->
          out.message(Kind.FORKS_WANTED, inner -> logs(inner, 1, wanted.logs()));
      case Frame.News news -> out.message(Kind.NEWS, inner -> NewsCodec.write(inner, news));
      case Reach.Survey survey -> out.message(Kind.SURVEY, inner -> survey(inner, survey));
      case Reach.Tally tally -> out.message(Kind.TALLY, inner -> tally(inner, tally));
    }
  }

  /// About how many bytes the batches in a frame have, with the tags and lengths round each.
  private static int payloadBytes(Frame frame) {
    return switch (frame) {
      case Frame.Push push -> push.batch().length();
      case Frame.Batches batches -> payloadBytes(batches.batches());
      case Frame.Fork fork -> fork.length();
      default -> 0;
    };
  }

  private static int payloadBytes(List<Batch> batches) {
    long bytes = 0;
    for (Batch batch : batches) {
      bytes += batch.length() + 16;
    }
    return (int) Math.min(bytes, WireLimits.FRAME_BYTES_MAX);
  }

  private static void hello(Writer out, Frame.Hello hello) {
    hello.network().ifPresent(network -> out.message(1, inner -> network(inner, network)));
    out.number(2, hello.protocol().min());
    out.number(3, hello.protocol().max());
    out.fixed64(4, hello.storeId());
    hello.record().ifPresent(record -> record(out, 5, record));
    out.text(6, hello.observed());
  }

  static void network(Writer out, NetworkInfo network) {
    out.text(1, network.name());
    out.bytes(2, network.authority().bytes());
  }

  private static void goodbye(Writer out, Frame.Goodbye goodbye) {
    out.number(1, Reasons.number(goodbye.reason()));
    out.text(2, goodbye.detail());
  }

  private static void join(Writer out, Frame.Join join) {
    out.number(1, join.epoch());
    out.number(2, join.extend() ? 1 : 0);
    join.succession()
        .ifPresent(wish -> out.message(3, inner -> SuccessionCodec.write(inner, wish)));
  }

  private static void admitted(Writer out, Frame.Admitted admitted) {
    out.sealed(1, admitted.certificate().sealed());
    record(out, 2, admitted.boot());
    out.number(3, admitted.known() ? 1 : 0);
  }

  private static void push(Writer out, Frame.Push push) {
    out.sealed(1, push.batch().sealed());
    out.fixed64(2, push.limit().value());
    out.number(3, hops(push.hops()));
    out.number(4, push.number());
  }

  private static void announce(Writer out, Frame.Announce announce) {
    record(out, 1, announce.record());
    out.fixed64(2, announce.limit().value());
    out.number(3, hops(announce.hops()));
    out.number(4, announce.number());
  }

  private static void ping(Writer out, Frame.Ping ping) {
    out.fixed64(1, ping.nonce());
    out.number(2, ping.alarm() ? 1 : 0);
  }

  private static void ack(Writer out, Frame.Ack ack) {
    out.number(1, ack.taken());
    out.fixed64(2, ack.missing());
    out.number(3, ack.urgent() ? 1 : 0);
  }

  private static void fork(Writer out, Frame.Fork fork) {
    out.sealed(1, fork.proof().one().sealed());
    out.sealed(2, fork.proof().other().sealed());
    out.fixed64(3, fork.limit().value());
    out.number(4, hops(fork.hops()));
    out.number(5, fork.number());
  }

  private static void logs(Writer out, int field, List<LogId> logs) {
    column(out, field, atMost(WireLimits.FORKS_MAX, logs), log -> log.guid().value());
    column(out, field + 1, logs, LogId::epoch);
  }

  /// A batch may arrive with the highest count and must be passed on all the same.
  private static int hops(int hops) {
    return Math.min(hops, WireLimits.HOPS_MAX);
  }

  private static void syncRequest(Writer out, Frame.SyncRequest request) {
    out.fixed64(1, request.storeId());
    out.number(2, request.after());
    request.own().ifPresent(own -> out.message(3, inner -> summary(inner, own)));
  }

  private static void summary(Writer out, Frame.Summary summary) {
    out.fixed64(1, summary.storeId());
    out.number(2, summary.arrival());
    out.number(3, summary.level());
    out.fixed64(4, summary.root());
  }

  private static void heads(Writer out, Frame.Heads heads) {
    out.fixed64(1, heads.storeId());
    out.number(2, heads.after());
    out.number(3, heads.arrival());
    logHeads(out, 4, atMost(WireLimits.HEADS_MAX, heads.logs()));
    List<RecordHead> records = atMost(WireLimits.HEADS_MAX, heads.records());
    column(out, 7, records, head -> head.guid().value());
    column(out, 8, records, RecordHead::epoch);
    column(out, 9, records, RecordHead::number);
    logs(out, 10, heads.forks());
    if (heads.logs().stream().anyMatch(head -> head.print() != 0)) {
      column(out, 12, heads.logs(), LogHead::print);
    }
  }

  private static void probe(Writer out, Frame.Probe probe) {
    List<TreeNode> nodes = atMost(WireLimits.PROBES_MAX, probe.nodes());
    column(out, 1, nodes, TreeNode::level);
    column(out, 2, nodes, TreeNode::index);
  }

  private static void hashes(Writer out, Frame.Hashes hashes) {
    out.number(1, hashes.parent().level());
    out.number(2, hashes.parent().index());
    out.fixed64s(3, hashes.children().stream().mapToLong(Long::longValue).toArray());
  }

  private static void fetch(Writer out, Frame.Fetch fetch) {
    List<Range> ranges = atMost(WireLimits.RANGES_MAX, fetch.ranges());
    out.fixed64(1, fetch.id());
    column(out, 2, ranges, range -> range.log().guid().value());
    column(out, 3, ranges, range -> range.log().epoch());
    column(out, 4, ranges, Range::from);
    column(out, 5, ranges, Range::until);
  }

  private static void batches(Writer out, Frame.Batches batches) {
    out.fixed64(1, batches.id());
    atMost(WireLimits.BATCHES_MAX, batches.batches())
        .forEach(batch -> out.sealed(2, batch.sealed()));
    logHeads(out, 3, atMost(WireLimits.FLOORS_MAX, batches.floors()));
    out.number(6, batches.done() ? 1 : 0);
  }

  private static void recordsWanted(Writer out, Frame.RecordsWanted wanted) {
    column(out, 1, atMost(WireLimits.RECORDS_WANTED_MAX, wanted.guids()), guid -> guid.value());
  }

  private static void records(Writer out, Frame.Records records) {
    atMost(WireLimits.RECORDS_MAX, records.records()).forEach(record -> record(out, 1, record));
  }

  private static void survey(Writer out, Reach.Survey survey) {
    LogId log = survey.wanted().log();
    out.number(1, survey.number());
    out.number(2, log.guid().value());
    out.number(3, log.epoch());
    out.number(4, survey.wanted().seq());
    out.fixed64(5, survey.stretch().from().value());
    out.fixed64(6, survey.stretch().until().value());
    out.number(7, survey.budget().toMillis());
  }

  private static void tally(Writer out, Reach.Tally tally) {
    out.number(1, tally.number());
    out.number(2, tally.reached());
    out.number(3, tally.members());
    List<Guid> missing = atMost(Reach.Tally.MISSING_MAX, tally.missing());
    column(out, 4, missing, Guid::value);
    out.number(5, tally.done() ? 1 : 0);
  }

  private static void record(Writer out, int field, MemberRecord record) {
    out.message(field, inner -> RecordCodec.write(inner, record));
  }

  /// The three columns of log heads, from this field on.
  private static void logHeads(Writer out, int field, List<LogHead> heads) {
    column(out, field, heads, head -> head.log().guid().value());
    column(out, field + 1, heads, head -> head.log().epoch());
    column(out, field + 2, heads, LogHead::seq);
  }

  static <T> void column(Writer out, int field, List<T> rows, ToLongFunction<T> value) {
    long[] values = new long[rows.size()];
    int count = 0;
    for (T row : rows) {
      values[count++] = value.applyAsLong(row);
    }
    out.numbers(field, values);
  }

  static <T> List<T> atMost(int countMax, List<T> list) {
    if (list.size() > countMax) {
      throw new IllegalArgumentException(
          "a list in a frame has at most " + countMax + " entries, not " + list.size());
    }
    return list;
  }
}
