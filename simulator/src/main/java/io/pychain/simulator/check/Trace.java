package io.pychain.simulator.check;

import io.pychain.core.message.Batch;
import io.pychain.core.message.Bytes;
import io.pychain.core.message.Frame;
import io.pychain.core.message.LogId;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.message.Message;
import io.pychain.core.message.Parameters;
import io.pychain.core.message.Reach;
import io.pychain.core.protocol.Input;
import java.util.List;

/// A running 64-bit hash over everything that happened to every node: when, to whom, what. Two runs
/// with the same hash went the same way.
///
/// Made of numbers and bytes only, never of `hashCode()`: that of an enum differs from one process
/// to the next.
public final class Trace {
  private long hash = 0x9E3779B97F4A7C15L;

  /// The hash so far.
  public long hash() {
    return hash;
  }

  /// Adds one input of one node.
  public void note(long time, int node, Input input) {
    add(time);
    add(node);
    switch (input) {
      case Input.Publish publish -> publish(publish);
      case Input.SyncNow sync -> add(2, sync.ticket());
      case Input.Persisted persisted -> add(3, persisted.write());
      case Input.PersistFailed failed -> add(4, failed.reason().length());
      case Input.LinkUp up -> linkUp(up);
      case Input.GuestUp guest -> guest(guest);
      case Input.LinkDown down -> text(7, down.link().value(), down.reason());
      case Input.DialFailed failed -> {
        text(8, failed.guid().value(), failed.reason());
        text(8, failed.guid().value(), failed.evidence().name());
      }
      case Input.Received received -> {
        add(9, received.link().value());
        frame(received.frame());
      }
      case Input.UnknownOrigin unknown -> {
        add(10, unknown.link().value());
        log(unknown.log());
      }
      case Input.Misdeed misdeed -> text(15, misdeed.link().value(), misdeed.fault().label());
      case Input.Survey survey -> {
        add(14, survey.ticket());
        log(survey.message().log());
        add(survey.message().seq(), survey.patience().toNanos());
      }
      case Input.Wake _ -> add(11);
      case Input.Found found -> {
        log(found.log());
        found.batch().ifPresent(this::batch);
      }
      case Input.Leave leave -> add(12, leave.ticket());
      case Input.Ban ban -> add(15, ban.guid().value());
      case Input.Unban unban -> add(16, unban.guid().value());
      case Input.Rotate rotate -> text(18, rotate.ticket(), rotate.next().key().toString());
      case Input.LayDown order -> text(17, order.ticket(), order.limits().toString());
      case Input.Unsent unsent -> {
        add(13, unsent.link().value());
        frame(unsent.frame());
      }
    }
  }

  private void publish(Input.Publish publish) {
    add(1, publish.ticket());
    for (Message message : publish.messages()) {
      bytes(message.data());
    }
  }

  private void linkUp(Input.LinkUp up) {
    add(5, up.link().value());
    add(up.storeId());
    add(up.dialled() ? 1 : 0);
    record(up.record());
  }

  private void guest(Input.GuestUp guest) {
    text(6, guest.link().value(), guest.host());
    bytes(guest.key().bytes());
    text(0, 0, guest.pass().toString());
  }

  private void frame(Frame frame) {
    switch (frame) {
      case Parameters parameters -> add(25, parameters.number());
      case Frame.BeforeTls said -> text(24, 0, said.toString());
      case Frame.Hello hello -> add(1, hello.storeId());
      case Frame.Goodbye goodbye -> text(2, goodbye.reason().name().length(), goodbye.detail());
      case Frame.Ping ping -> add(3, ping.nonce());
      case Frame.Pong pong -> add(4, pong.nonce());
      case Frame.Join join -> add(5, join.epoch());
      case Frame.Admitted admitted -> add(6, admitted.certificate().guid().value());
      case Frame.Push push -> {
        add(7, push.limit().value());
        add(push.hops());
        batch(push.batch());
      }
      case Frame.Announce announce -> {
        add(8, announce.limit().value());
        add(announce.hops());
        record(announce.record());
      }
      case Frame.Fork fork -> {
        add(20, fork.limit().value());
        add(fork.hops());
        batch(fork.proof().one());
        batch(fork.proof().other());
      }
      case Frame.ForksWanted wanted -> {
        add(21, wanted.logs().size());
        wanted.logs().forEach(this::log);
      }
      case Frame.Ack ack -> {
        add(9, ack.taken());
        add(ack.missing());
        add(ack.urgent() ? 1 : 0);
      }
      case Frame.SyncRequest sync -> {
        add(10, sync.storeId());
        add(sync.after());
        sync.own().ifPresent(own -> add(own.root()));
      }
      case Frame.Summary summary -> {
        add(11, summary.storeId());
        add(summary.arrival());
        add(summary.level());
        add(summary.root());
      }
      case Frame.Heads heads -> heads(heads);
      case Frame.News news -> news(news);
      case Reach.Survey survey -> survey(survey);
      case Reach.Tally tally -> tally(tally);
      case Frame.Probe probe -> {
        add(13, probe.nodes().size());
        probe.nodes().forEach(this::treeNode);
      }
      case Frame.Hashes hashes -> {
        add(14, hashes.children().size());
        treeNode(hashes.parent());
        hashes.children().forEach(this::add);
      }
      case Frame.Fetch fetch -> fetch(fetch);
      case Frame.Batches batches -> batches(batches);
      case Frame.RecordsWanted wanted -> {
        add(17, wanted.guids().size());
        wanted.guids().forEach(guid -> add(guid.value()));
      }
      case Frame.Records records -> {
        add(18, records.records().size());
        records.records().forEach(this::record);
      }
    }
  }

  private void heads(Frame.Heads heads) {
    add(12, heads.storeId());
    add(heads.after());
    add(heads.arrival());
    logHeads(heads.logs());
    for (Frame.RecordHead head : heads.records()) {
      add(head.guid().value(), head.number());
    }
  }

  private void news(Frame.News news) {
    add(19, news.after());
    add(news.arrival());
    logHeads(news.logs());
    for (Frame.RecordHead head : news.records()) {
      add(head.guid().value(), head.number());
    }
  }

  private void survey(Reach.Survey survey) {
    add(20, survey.number());
    log(survey.wanted().log());
    add(survey.wanted().seq());
    add(survey.stretch().from().value(), survey.stretch().until().value());
    add(survey.budget().toNanos());
  }

  private void tally(Reach.Tally tally) {
    add(21, tally.number());
    add(tally.reached(), tally.members());
    tally.missing().forEach(guid -> add(guid.value()));
    add(tally.done() ? 1 : 0);
  }

  private void fetch(Frame.Fetch fetch) {
    add(15, fetch.id());
    for (Frame.Range range : fetch.ranges()) {
      log(range.log());
      add(range.from());
      add(range.until());
    }
  }

  private void batches(Frame.Batches batches) {
    add(16, batches.id());
    add(batches.done() ? 1 : 0);
    batches.batches().forEach(this::batch);
    logHeads(batches.floors());
  }

  private void logHeads(List<Frame.LogHead> heads) {
    add(heads.size());
    for (Frame.LogHead head : heads) {
      log(head.log());
      add(head.seq());
    }
  }

  private void treeNode(Frame.TreeNode node) {
    add(node.level(), node.index());
  }

  private void record(MemberRecord record) {
    add(record.guid().value(), record.number());
    add(record.certificate().epoch());
  }

  private void batch(Batch batch) {
    log(batch.log());
    add(batch.firstSeq());
    Bytes digest = batch.hash().bytes();
    for (int i = 0; i < Long.BYTES; i++) {
      add(digest.at(i));
    }
  }

  private void log(LogId log) {
    add(log.guid().value(), log.epoch());
  }

  private void text(int kind, long about, String text) {
    add(kind, about);
    add(text.hashCode());
  }

  private void bytes(Bytes bytes) {
    add(bytes.length(), bytes.hashCode());
  }

  private void add(long one, long other) {
    add(one);
    add(other);
  }

  private void add(long value) {
    long mixed = (hash ^ value) * 0xbf58476d1ce4e5b9L;
    hash = mixed ^ mixed >>> 29;
  }
}
