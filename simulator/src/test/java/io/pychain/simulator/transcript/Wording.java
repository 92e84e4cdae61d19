package io.pychain.simulator.transcript;

import io.pychain.core.coverage.Coverage;
import io.pychain.core.message.Batch;
import io.pychain.core.message.Frame;
import io.pychain.core.message.Frame.LogHead;
import io.pychain.core.message.Frame.RecordHead;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.message.Parameters;
import io.pychain.core.message.Reach;
import io.pychain.core.protocol.Answer;
import io.pychain.core.protocol.Persist;
import io.pychain.core.ring.Arc;
import io.pychain.core.ring.Guid;
import io.pychain.core.ring.Position;
import io.pychain.simulator.world.Timeline;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Frames, writes and answers in the words of a transcript: the kind, and what matters in it.
final class Wording {
  private static final int HASH_DIGITS = 4;

  /// Of longer lists the ends are shown.
  private static final int LIST_MAX = 6;

  private Wording() {}

  static String of(Frame frame) {
    return switch (frame) {
      case Frame.BeforeTls said -> said.getClass().getSimpleName();
      case Frame.Hello _ -> "Hello";
      case Frame.Goodbye bye -> "Goodbye " + bye.reason() + ": " + bye.detail();
      case Frame.Ping ping -> "Ping " + ping.nonce();
      case Frame.Pong pong -> "Pong " + pong.nonce();
      case Frame.Fork fork ->
          "Fork of %s, limit %s, hop %d"
              .formatted(fork.proof().log(), of(fork.limit()), fork.hops());
      case Frame.ForksWanted(var logs) -> "ForksWanted " + logs;
      case Frame.Join join -> of(join);
      case Frame.Admitted admitted ->
          "Admitted as %s, with the record %s"
              .formatted(admitted.certificate().guid(), of(admitted.boot()));
      case Frame.Push push ->
          "Push %s, limit %s, hop %d".formatted(push.batch(), of(push.limit()), push.hops());
      case Frame.Announce announce ->
          "Announce %s, limit %s, hop %d"
              .formatted(of(announce.record()), of(announce.limit()), announce.hops());
      case Frame.Ack ack -> "Ack " + ack.taken() + (ack.urgent() ? " urgent" : "");
      case Frame.SyncRequest request ->
          request.storeId() == 0
              ? "SyncRequest, compare everything"
              : "SyncRequest, what is new after arrival " + request.after();
      case Frame.Summary summary ->
          "Summary of arrivals ..%d: root (%d, 0) = %s"
              .formatted(summary.arrival(), summary.level(), hash(summary.root()));
      case Frame.Heads heads -> of(heads);
      case Parameters parameters -> "Parameters " + parameters.number();
      case Frame.News news -> of(news);
      case Frame.Probe probe -> "Probe " + each(probe.nodes(), Wording::of);
      case Frame.Hashes hashes ->
          "Hashes below %s: %s".formatted(of(hashes.parent()), children(hashes.children()));
      case Frame.Fetch fetch -> "Fetch %d: %s".formatted(fetch.id(), ranges(fetch.ranges()));
      case Frame.Batches batches -> of(batches);
      case Reach.Survey survey ->
          "Survey %d: who has %s in %s, in %d ms?"
              .formatted(
                  survey.number(),
                  of(survey.wanted()),
                  of(survey.stretch()),
                  survey.budget().toMillis());
      case Reach.Tally tally ->
          "Tally %d: %s%s"
              .formatted(
                  tally.number(),
                  counts(tally.reached(), tally.members(), tally.missing()),
                  tally.done() ? ", done" : "");
      case Frame.RecordsWanted wanted ->
          "RecordsWanted of " + each(wanted.guids(), "%s"::formatted);
      case Frame.Records records -> "Records " + each(records.records(), Wording::of);
    };
  }

  private static String of(Frame.Heads heads) {
    String arrivals =
        heads.after() == heads.arrival()
            ? "as of arrival " + heads.arrival()
            : "of arrivals %d..%d".formatted(heads.after() + 1, heads.arrival());
    return "Heads %s: %s".formatted(arrivals, held(heads.logs(), heads.records()));
  }

  private static String of(Frame.News news) {
    String arrivals =
        news.arrival() == 0
            ? ""
            : " of arrivals %d..%d".formatted(news.after() + 1, news.arrival());
    return "News%s: %s".formatted(arrivals, held(news.logs(), news.records()));
  }

  private static String held(List<LogHead> logs, List<RecordHead> records) {
    List<String> held = new ArrayList<>();
    if (!logs.isEmpty()) {
      held.add("logs " + each(logs, Wording::of));
    }
    if (!records.isEmpty()) {
      held.add("records " + each(records, Wording::of));
    }
    return held.isEmpty() ? "none" : String.join("; ", held);
  }

  private static String of(Frame.Batches batches) {
    List<String> parts = new ArrayList<>();
    parts.add(batches.batches().isEmpty() ? "none" : each(batches.batches(), Batch::toString));
    batches.floors().forEach(floor -> parts.add("begins at " + of(floor)));
    if (batches.done()) {
      parts.add("done");
    }
    return "Batches %d: %s".formatted(batches.id(), String.join(", ", parts));
  }

  static String of(Persist write) {
    return switch (write) {
      case Persist.StoreBatch store -> store.delivery().batch().toString();
      case Persist.StoreRecord store -> "record " + of(store.record());
      case Persist.StoreAllocation store ->
          "GUID %s for the key".formatted(store.certificate().guid());
      case Persist.StoreCertificate store ->
          "certificate for epoch %d".formatted(store.certificate().epoch());
      case Persist.StoreFork store -> "proof of a fork of " + store.proof().log();
      case Persist.StoreParameters store -> "parameters " + store.parameters().number();
      case Persist.StoreAnchors store -> "anchors " + store.members();
      case Persist.Probe _ -> "a probe";
    };
  }

  static String of(Answer answer) {
    return switch (answer) {
      case Answer.Published published ->
          "published as %s:%d".formatted(published.log(), published.firstSeq());
      case Answer.Refused refused -> "refused: " + refused.reason();
      case Answer.Limited limited -> "over the limit for " + limited.after();
      case Answer.NotLaidDown not -> "not laid down: " + not.reason();
      case Answer.LaidDown laid -> "laid down as " + laid.parameters().number();
      case Answer.Synced synced ->
          "synced with %d peers: %d batches, %d records"
              .formatted(synced.peers(), synced.batches(), synced.records());
      case Answer.Covered covered -> {
        Coverage coverage = covered.coverage();
        yield "%s%s"
            .formatted(
                counts(coverage.reached(), coverage.members(), coverage.missing()),
                covered.done() ? ", done" : " so far");
      }
      case Answer.NotHeld _ -> "not held here";
      case Answer.Left _ -> "left";
      case Answer.Ruled(long _, MemberRecord record) ->
          record.guid() + " is " + record.contact().status();
      case Answer.Rotated rotated -> "another key from epoch " + rotated.certificate().epoch();
      case Answer.NotRotated refused -> "not so: " + refused.reason();
      case Answer.Overruled overruled -> "not so: " + overruled.detail();
    };
  }

  private static String of(Frame.Join join) {
    if (join.succession().isPresent()) {
      return "Join, with another key from epoch " + join.succession().get().epoch();
    }
    if (join.extend()) {
      return "Join, longer in epoch " + join.epoch();
    }
    return join.epoch() == 0 ? "Join" : "Join, after epoch " + join.epoch();
  }

  /// Numbers of records begin at the second of their making: they are shown from the world's first.
  private static String record(Object guid, long number) {
    return guid + "#" + (number - Timeline.BEGINNING.getEpochSecond());
  }

  private static String of(MemberRecord record) {
    return record(record.guid(), record.number());
  }

  private static String of(RecordHead head) {
    return record(head.guid(), head.number());
  }

  private static String of(LogHead head) {
    return head.log() + ":" + head.seq();
  }

  private static String of(Frame.TreeNode node) {
    return "(%d, %d)".formatted(node.level(), node.index());
  }

  private static String ranges(List<Frame.Range> ranges) {
    return each(
        ranges,
        range ->
            range.from() == range.until()
                ? range.log() + ":" + range.from()
                : "%s:%d..%d".formatted(range.log(), range.from(), range.until()));
  }

  /// The point as a share of the circle, in hexadecimal, without the zeros at its end.
  static String of(Position position) {
    String digits = position.toString().replaceFirst("0+$", "");
    return "@" + (digits.isEmpty() ? "0" : digits);
  }

  private static String of(Arc arc) {
    return "[%s, %s)".formatted(of(arc.from()), of(arc.until()));
  }

  private static String counts(int reached, int members, List<Guid> missing) {
    String counts = reached + "/" + members;
    return missing.isEmpty() ? counts : counts + ", missing " + each(missing, "%s"::formatted);
  }

  private static String hash(long hash) {
    return HexFormat.of().toHexDigits(hash).substring(0, HASH_DIGITS);
  }

  private static String children(List<Long> hashes) {
    String all =
        hashes.stream().map(hash -> hash == 0 ? "-" : hash(hash)).collect(Collectors.joining(" "));
    return all.replaceFirst("( -)+$", " -…");
  }

  private static <T> String each(List<T> list, Function<T, String> word) {
    if (list.size() > LIST_MAX) {
      String first = word.apply(list.getFirst());
      return "%s … %s (%d)".formatted(first, word.apply(list.getLast()), list.size());
    }
    return list.stream().map(word).collect(Collectors.joining(" "));
  }
}
