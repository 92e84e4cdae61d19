package io.pychain.core.wire;

import com.google.protobuf.ByteString;
import io.pychain.core.message.Address;
import io.pychain.core.message.Batch;
import io.pychain.core.message.Bytes;
import io.pychain.core.message.Certificate;
import io.pychain.core.message.Contact;
import io.pychain.core.message.Digest;
import io.pychain.core.message.Frame;
import io.pychain.core.message.Lineage;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.message.Message;
import io.pychain.core.message.Parameters;
import io.pychain.core.message.Reach;
import io.pychain.core.wire.proto.Ack;
import io.pychain.core.wire.proto.Admitted;
import io.pychain.core.wire.proto.Announce;
import io.pychain.core.wire.proto.BatchContent;
import io.pychain.core.wire.proto.Batches;
import io.pychain.core.wire.proto.CertificateContent;
import io.pychain.core.wire.proto.ContactContent;
import io.pychain.core.wire.proto.Fetch;
import io.pychain.core.wire.proto.Fork;
import io.pychain.core.wire.proto.ForksWanted;
import io.pychain.core.wire.proto.FormerKey;
import io.pychain.core.wire.proto.Goodbye;
import io.pychain.core.wire.proto.Hashes;
import io.pychain.core.wire.proto.Heads;
import io.pychain.core.wire.proto.Hello;
import io.pychain.core.wire.proto.Join;
import io.pychain.core.wire.proto.Network;
import io.pychain.core.wire.proto.News;
import io.pychain.core.wire.proto.Ping;
import io.pychain.core.wire.proto.Pong;
import io.pychain.core.wire.proto.Probe;
import io.pychain.core.wire.proto.Push;
import io.pychain.core.wire.proto.Records;
import io.pychain.core.wire.proto.RecordsWanted;
import io.pychain.core.wire.proto.Sealed;
import io.pychain.core.wire.proto.Summary;
import io.pychain.core.wire.proto.Survey;
import io.pychain.core.wire.proto.SyncRequest;
import io.pychain.core.wire.proto.Tally;

/// The same frames by another hand: through the classes that protoc makes of `pychain.proto`.
final class Oracle {
  private Oracle() {}

  static io.pychain.core.wire.proto.Frame of(Frame frame) {
    var out = io.pychain.core.wire.proto.Frame.newBuilder();
    switch (frame) {
      case Frame.BeforeTls said -> DoorOracle.put(out, said);
      case Parameters parameters -> out.setParameters(sealed(parameters.sealed()));
      case Frame.Hello hello -> out.setHello(hello(hello));
      case Frame.Goodbye goodbye ->
          out.setGoodbye(
              Goodbye.newBuilder()
                  .setReason(Goodbye.Reason.valueOf(goodbye.reason().name()))
                  .setDetail(goodbye.detail()));
      case Frame.Ping ping ->
          out.setPing(Ping.newBuilder().setNonce(ping.nonce()).setAlarm(ping.alarm()));
      case Frame.Pong pong -> out.setPong(Pong.newBuilder().setNonce(pong.nonce()));
      case Frame.Join join -> out.setJoin(join(join));
      case Frame.Admitted admitted ->
          out.setAdmitted(
              Admitted.newBuilder()
                  .setCertificate(sealed(admitted.certificate().sealed()))
                  .setBoot(record(admitted.boot()))
                  .setKnown(admitted.known()));
      case Frame.Push push ->
          out.setPush(
              Push.newBuilder()
                  .setBatch(sealed(push.batch().sealed()))
                  .setLimit(push.limit().value())
                  .setHops(push.hops())
                  .setNumber(push.number()));
      case Frame.Announce announce ->
          out.setAnnounce(
              Announce.newBuilder()
                  .setRecord(record(announce.record()))
                  .setLimit(announce.limit().value())
                  .setHops(announce.hops())
                  .setNumber(announce.number()));
      case Frame.Ack ack ->
          out.setAck(
              Ack.newBuilder()
                  .setTaken(ack.taken())
                  .setMissing(ack.missing())
                  .setUrgent(ack.urgent()));
      case Frame.SyncRequest request -> out.setSyncRequest(request(request));
      case Frame.Fork fork ->
          out.setFork(
              Fork.newBuilder()
                  .setOne(sealed(fork.proof().one().sealed()))
                  .setOther(sealed(fork.proof().other().sealed()))
                  .setLimit(fork.limit().value())
                  .setHops(fork.hops())
                  .setNumber(fork.number()));
      case Frame.ForksWanted wanted -> {
        ForksWanted.Builder asked = ForksWanted.newBuilder();
        wanted.logs().forEach(log -> asked.addGuids(log.guid().value()).addEpochs(log.epoch()));
        out.setForksWanted(asked);
      }
      case Frame.News news -> out.setNews(news(news));
      case Frame.Summary summary -> out.setSummary(summary(summary));
      case Frame.Heads heads -> out.setHeads(heads(heads));
      case Frame.Probe probe -> out.setProbe(probe(probe));
      case Frame.Hashes hashes ->
          out.setHashes(
              Hashes.newBuilder()
                  .setLevel(hashes.parent().level())
                  .setIndex(hashes.parent().index())
                  .addAllChildren(hashes.children()));
      case Frame.Fetch fetch -> out.setFetch(fetch(fetch));
      case Frame.Batches batches -> out.setBatches(batches(batches));
      case Reach.Survey survey -> out.setSurvey(survey(survey));
      case Reach.Tally tally ->
          out.setTally(
              Tally.newBuilder()
                  .setNumber(tally.number())
                  .setReached(tally.reached())
                  .setMembers(tally.members())
                  .addAllMissing(tally.missing().stream().map(guid -> guid.value()).toList())
                  .setDone(tally.done()));
      case Frame.RecordsWanted wanted ->
          out.setRecordsWanted(
              RecordsWanted.newBuilder()
                  .addAllGuids(wanted.guids().stream().map(guid -> guid.value()).toList()));
      case Frame.Records records ->
          out.setRecords(
              Records.newBuilder()
                  .addAllRecords(records.records().stream().map(Oracle::record).toList()));
    }
    return out.build();
  }

  static BatchContent content(Batch batch) {
    BatchContent.Builder out =
        BatchContent.newBuilder()
            .setGuid(batch.log().guid().value())
            .setEpoch(batch.log().epoch())
            .setFirstSeq(batch.firstSeq())
            .setTimestampMicros(micros(batch.timestamp()));
    if (!batch.previous().equals(Digest.ZERO)) {
      out.setPrevious(bytes(batch.previous().bytes()));
    }
    for (Message message : batch.messages()) {
      out.addMessages(
          io.pychain.core.wire.proto.Message.newBuilder()
              .setData(bytes(message.data()))
              .setContentType(
                  message.contentType().equals(Message.JSON) ? "" : message.contentType()));
    }
    return out.build();
  }

  private static Join.Builder join(Frame.Join join) {
    Join.Builder out = Join.newBuilder().setEpoch(join.epoch()).setExtend(join.extend());
    join.succession()
        .ifPresent(wish ->
            out.setSuccession(
                io.pychain.core.wire.proto.Succession.newBuilder()
                    .setGuid(wish.guid().value())
                    .setEpoch(wish.epoch())
                    .setFormer(bytes(wish.former().bytes()))
                    .setNext(bytes(wish.next().bytes()))
                    .setConsent(bytes(wish.consent()))
                    .setProof(bytes(wish.proof()))));
    return out;
  }

  static CertificateContent content(Certificate certificate) {
    CertificateContent.Builder out =
        CertificateContent.newBuilder()
            .setNetwork(bytes(certificate.network().digest().bytes()))
            .setGuid(certificate.guid().value())
            .setEpoch(certificate.epoch())
            .setKey(bytes(certificate.key().bytes()))
            .setIssuedMicros(micros(certificate.issued()));
    certificate.invite().ifPresent(invite -> out.setInvite(bytes(invite.bytes())));
    certificate.delegation().ifPresent(by -> out.setDelegation(sealed(by.sealed())));
    certificate.expires().ifPresent(end -> out.setExpiresMicros(micros(end)));
    for (Lineage.Former before : certificate.keys().former()) {
      out.addFormer(
          FormerKey.newBuilder()
              .setKey(bytes(before.key().bytes()))
              .setLast(before.last())
              .setConsent(bytes(before.consent())));
    }
    return out.build();
  }

  static ContactContent content(Contact contact) {
    ContactContent.Builder out =
        ContactContent.newBuilder()
            .setNumber(contact.number())
            .addAllCapabilities(contact.capabilities())
            .setVersion(contact.version())
            .setProtocolMin(contact.protocol().min())
            .setProtocolMax(contact.protocol().max())
            .setStatus(ContactContent.Status.valueOf(contact.status().name()));
    for (Address address : contact.addresses()) {
      out.addAddresses(
          io.pychain.core.wire.proto.Address.newBuilder()
              .setHost(address.host())
              .setPort(address.port()));
    }
    return out.build();
  }

  private static Hello.Builder hello(Frame.Hello hello) {
    Hello.Builder out =
        Hello.newBuilder()
            .setProtocolMin(hello.protocol().min())
            .setProtocolMax(hello.protocol().max())
            .setStoreId(hello.storeId())
            .setObserved(hello.observed());
    hello
        .network()
        .ifPresent(network ->
            out.setNetwork(
                Network.newBuilder()
                    .setName(network.name())
                    .setAuthority(bytes(network.authority().bytes()))));
    hello.record().ifPresent(record -> out.setRecord(record(record)));
    return out;
  }

  private static SyncRequest.Builder request(Frame.SyncRequest request) {
    SyncRequest.Builder out =
        SyncRequest.newBuilder().setStoreId(request.storeId()).setAfter(request.after());
    request.own().ifPresent(own -> out.setOwn(summary(own)));
    return out;
  }

  private static News.Builder news(Frame.News news) {
    News.Builder out =
        News.newBuilder().setArrival(news.arrival()).setSpan(news.arrival() - news.after());
    int before = 0;
    for (Frame.LogHead head : news.logs()) {
      out.addLogSteps(head.log().guid().value() - before).addLogSeqs(head.seq());
      before = head.log().guid().value();
    }
    if (news.logs().stream().anyMatch(head -> head.log().epoch() > 1)) {
      news.logs().forEach(head -> out.addLogEpochs(head.log().epoch()));
    }
    before = 0;
    for (Frame.RecordHead head : news.records()) {
      out.addRecordSteps(head.guid().value() - before).addRecordNumbers(head.number());
      before = head.guid().value();
    }
    if (news.records().stream().anyMatch(head -> head.epoch() > 1)) {
      news.records().forEach(head -> out.addRecordEpochs(head.epoch()));
    }
    return out;
  }

  private static Summary.Builder summary(Frame.Summary summary) {
    return Summary.newBuilder()
        .setStoreId(summary.storeId())
        .setArrival(summary.arrival())
        .setLevel(summary.level())
        .setRoot(summary.root());
  }

  private static Heads.Builder heads(Frame.Heads heads) {
    Heads.Builder out =
        Heads.newBuilder()
            .setStoreId(heads.storeId())
            .setAfter(heads.after())
            .setArrival(heads.arrival());
    for (Frame.LogHead head : heads.logs()) {
      out.addLogGuids(head.log().guid().value())
          .addLogEpochs(head.log().epoch())
          .addLogSeqs(head.seq());
      if (heads.logs().stream().anyMatch(any -> any.print() != 0)) {
        out.addLogPrints(head.print());
      }
    }
    heads.forks().forEach(log -> out.addForkGuids(log.guid().value()).addForkEpochs(log.epoch()));
    for (Frame.RecordHead head : heads.records()) {
      out.addRecordGuids(head.guid().value())
          .addRecordEpochs(head.epoch())
          .addRecordNumbers(head.number());
    }
    return out;
  }

  private static Probe.Builder probe(Frame.Probe probe) {
    Probe.Builder out = Probe.newBuilder();
    probe.nodes().forEach(node -> out.addLevels(node.level()).addIndexes(node.index()));
    return out;
  }

  private static Fetch.Builder fetch(Frame.Fetch fetch) {
    Fetch.Builder out = Fetch.newBuilder().setId(fetch.id());
    for (Frame.Range range : fetch.ranges()) {
      out.addGuids(range.log().guid().value())
          .addEpochs(range.log().epoch())
          .addFroms(range.from())
          .addUntils(range.until());
    }
    return out;
  }

  private static Batches.Builder batches(Frame.Batches batches) {
    Batches.Builder out = Batches.newBuilder().setId(batches.id()).setDone(batches.done());
    batches.batches().forEach(batch -> out.addBatches(sealed(batch.sealed())));
    for (Frame.LogHead floor : batches.floors()) {
      out.addFloorGuids(floor.log().guid().value())
          .addFloorEpochs(floor.log().epoch())
          .addFloorSeqs(floor.seq());
    }
    return out;
  }

  private static Survey.Builder survey(Reach.Survey survey) {
    return Survey.newBuilder()
        .setNumber(survey.number())
        .setGuid(survey.wanted().log().guid().value())
        .setEpoch(survey.wanted().log().epoch())
        .setSeq(survey.wanted().seq())
        .setFrom(survey.stretch().from().value())
        .setUntil(survey.stretch().until().value())
        .setBudgetMillis((int) survey.budget().toMillis());
  }

  private static io.pychain.core.wire.proto.MemberRecord record(MemberRecord record) {
    return io.pychain.core.wire.proto.MemberRecord.newBuilder()
        .setCertificate(sealed(record.certificate().sealed()))
        .setContact(sealed(record.sealed()))
        .build();
  }

  static Sealed sealed(io.pychain.core.message.Sealed sealed) {
    return Sealed.newBuilder()
        .setContent(bytes(sealed.content()))
        .setSignature(bytes(sealed.signature()))
        .build();
  }

  static ByteString bytes(Bytes bytes) {
    return ByteString.copyFrom(bytes.toArray());
  }

  static long micros(java.time.Instant time) {
    return time.getEpochSecond() * 1_000_000 + time.getNano() / 1_000;
  }
}
