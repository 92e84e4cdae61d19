package io.pychain.core.wire;

import io.pychain.core.message.Address;
import io.pychain.core.message.Batch;
import io.pychain.core.message.Bytes;
import io.pychain.core.message.Certificate;
import io.pychain.core.message.ForkProof;
import io.pychain.core.message.Frame;
import io.pychain.core.message.Frame.NetworkInfo;
import io.pychain.core.message.Frame.Reason;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.message.NodeKey;
import io.pychain.core.message.ProtocolRange;
import io.pychain.core.message.Succession;
import io.pychain.core.ring.Position;
import java.util.Optional;

/// Reads each kind of frame, field by field as `pychain.proto` numbers them, and holds every field
/// to its limits.
final class FrameReader {
  private FrameReader() {}

  static Frame read(Bytes bytes) throws MalformedException {
    Reader in = new Reader(bytes, "frame");
    Frame frame = null;
    int unknown = 0;
    while (in.next()) {
      int kind = in.field();
      if (kind > Kind.LAST) {
        in.skip();
        unknown = kind;
      } else if (frame == null) {
        frame = read(kind, in);
      } else {
        throw in.malformed("kind", "is given twice");
      }
    }
    if (frame == null && unknown > 0) {
      throw new UnknownFrameException(unknown);
    }
    return in.required(frame, "kind");
  }

  private static Frame read(int kind, Reader in) throws MalformedException {
    return switch (kind) {
      case Kind.HELLO -> hello(in.message("hello"));
      case Kind.GOODBYE -> goodbye(in.message("goodbye"));
      case Kind.PING -> ping(in.message("ping"));
      case Kind.PONG -> new Frame.Pong(nonce(in.message("pong")));
      case Kind.JOIN -> join(in.message("join"));
      case Kind.ADMITTED -> admitted(in.message("admitted"));
      case Kind.PUSH -> push(in.message("push"));
      case Kind.ANNOUNCE -> announce(in.message("announce"));
      case Kind.ACK -> ack(in.message("ack"));
      case Kind.SYNC_REQUEST -> SyncReader.syncRequest(in.message("sync_request"));
      case Kind.SUMMARY -> SyncReader.summary(in.message("summary"));
      case Kind.HEADS -> SyncReader.heads(in.message("heads"));
      case Kind.PROBE -> SyncReader.probe(in.message("probe"));
      case Kind.HASHES -> SyncReader.hashes(in.message("hashes"));
      case Kind.FETCH -> SyncReader.fetch(in.message("fetch"));
      case Kind.BATCHES -> SyncReader.batches(in.message("batches"));
      case Kind.RECORDS_WANTED -> SyncReader.recordsWanted(in.message("records_wanted"));
      case Kind.RECORDS -> SyncReader.records(in.message("records"));
      case Kind.FORK -> fork(in.message("fork"));
      case Kind.FORKS_WANTED -> SyncReader.forksWanted(in.message("forks_wanted"));
      case Kind.NEWS -> NewsCodec.read(in.message("news"));
      case Kind.SURVEY -> CoverageReader.survey(in.message("survey"));
      case Kind.TALLY -> CoverageReader.tally(in.message("tally"));
      case Kind.KNOCK -> DoorCodec.knock(in.message("knock"));
      case Kind.QUOTE -> DoorCodec.quote(in.message("quote"));
      case Kind.ENTER -> DoorCodec.enter(in.message("enter"));
      case Kind.WELCOME -> DoorCodec.welcome(in.message("welcome"));
      case Kind.PARAMETERS -> ParametersCodec.read(in.message("parameters"));
      default -> throw in.malformed("kind", "is " + kind);
    };
  }

  private static Frame hello(Reader in) throws MalformedException {
    Optional<NetworkInfo> network = Optional.empty();
    Optional<MemberRecord> record = Optional.empty();
    int min = 0;
    int max = 0;
    long storeId = 0;
    String observed = "";
    while (in.next()) {
      switch (in.field()) {
        case 1 -> network = Optional.of(network(in.message("network")));
        case 2 -> min = in.number("protocol_min", 1, Integer.MAX_VALUE);
        case 3 -> max = in.number("protocol_max", 1, Integer.MAX_VALUE);
        case 4 -> storeId = in.fixed64("store_id");
        case 5 -> record = Optional.of(RecordCodec.read(in.message("record")));
        case 6 -> observed = in.text("observed", Address.HOST_LENGTH_MAX);
        default -> in.skip();
      }
    }
    ProtocolRange protocol =
        new ProtocolRange(in.positive(min, "protocol_min"), in.positive(max, "protocol_max"));
    return new Frame.Hello(network, protocol, storeId, record, observed);
  }

  static NetworkInfo network(Reader in) throws MalformedException {
    String name = "";
    Bytes authority = null;
    while (in.next()) {
      switch (in.field()) {
        case 1 -> name = in.text("name", NetworkInfo.NAME_LENGTH_MAX);
        case 2 -> authority = in.bytes("authority", NodeKey.LENGTH, NodeKey.LENGTH);
        default -> in.skip();
      }
    }
    return new NetworkInfo(
        in.present(name, "name"), new NodeKey(in.required(authority, "authority")));
  }

  private static Frame goodbye(Reader in) throws MalformedException {
    Reason reason = Reason.STOPPING;
    String detail = "";
    while (in.next()) {
      switch (in.field()) {
        case 1 -> reason = Reasons.reason(in.number("reason", 0, Integer.MAX_VALUE));
        case 2 -> detail = in.text("detail", WireLimits.DETAIL_LENGTH_MAX);
        default -> in.skip();
      }
    }
    return new Frame.Goodbye(reason, detail);
  }

  private static Frame ping(Reader in) throws MalformedException {
    long nonce = 0;
    boolean alarm = false;
    while (in.next()) {
      switch (in.field()) {
        case 1 -> nonce = in.fixed64("nonce");
        case 2 -> alarm = in.number("alarm", 0, 1) == 1;
        default -> in.skip();
      }
    }
    return new Frame.Ping(nonce, alarm);
  }

  private static long nonce(Reader in) throws MalformedException {
    long nonce = 0;
    while (in.next()) {
      switch (in.field()) {
        case 1 -> nonce = in.fixed64("nonce");
        default -> in.skip();
      }
    }
    return nonce;
  }

  private static Frame join(Reader in) throws MalformedException {
    int epoch = 0;
    boolean extend = false;
    Optional<Succession> succession = Optional.empty();
    while (in.next()) {
      switch (in.field()) {
        case 1 -> epoch = in.number("epoch", 0, Integer.MAX_VALUE);
        case 2 -> extend = in.number("extend", 0, 1) == 1;
        case 3 -> succession = Optional.of(SuccessionCodec.read(in.message("succession")));
        default -> in.skip();
      }
    }
    return new Frame.Join(epoch, extend, succession);
  }

  private static Frame admitted(Reader in) throws MalformedException {
    Certificate certificate = null;
    MemberRecord boot = null;
    boolean known = false;
    while (in.next()) {
      switch (in.field()) {
        case 1 -> certificate = RecordCodec.readCertificate(in.message("certificate"));
        case 2 -> boot = RecordCodec.read(in.message("boot"));
        case 3 -> known = in.number("known", 0, 1) == 1;
        default -> in.skip();
      }
    }
    return new Frame.Admitted(
        in.required(certificate, "certificate"), in.required(boot, "boot"), known);
  }

  private static Frame push(Reader in) throws MalformedException {
    Batch batch = null;
    long limit = 0;
    int hops = 0;
    long number = 0;
    while (in.next()) {
      switch (in.field()) {
        case 1 -> batch = BatchCodec.read(in.message("batch"));
        case 2 -> limit = in.fixed64("limit");
        case 3 -> hops = in.number("hops", 1, WireLimits.HOPS_MAX);
        case 4 -> number = in.number("number", 0, Long.MAX_VALUE);
        default -> in.skip();
      }
    }
    return new Frame.Push(
        in.required(batch, "batch"), new Position(limit), in.positive(hops, "hops"), number);
  }

  private static Frame announce(Reader in) throws MalformedException {
    MemberRecord record = null;
    long limit = 0;
    int hops = 0;
    long number = 0;
    while (in.next()) {
      switch (in.field()) {
        case 1 -> record = RecordCodec.read(in.message("record"));
        case 2 -> limit = in.fixed64("limit");
        case 3 -> hops = in.number("hops", 1, WireLimits.HOPS_MAX);
        case 4 -> number = in.number("number", 0, Long.MAX_VALUE);
        default -> in.skip();
      }
    }
    return new Frame.Announce(
        in.required(record, "record"), new Position(limit), in.positive(hops, "hops"), number);
  }

  private static Frame fork(Reader in) throws MalformedException {
    Batch one = null;
    Batch other = null;
    long limit = 0;
    int hops = 0;
    long number = 0;
    while (in.next()) {
      switch (in.field()) {
        case 1 -> one = BatchCodec.read(in.message("one"));
        case 2 -> other = BatchCodec.read(in.message("other"));
        case 3 -> limit = in.fixed64("limit");
        case 4 -> hops = in.number("hops", 1, WireLimits.HOPS_MAX);
        case 5 -> number = in.number("number", 0, Long.MAX_VALUE);
        default -> in.skip();
      }
    }
    ForkProof proof = new ForkProof(in.required(one, "one"), in.required(other, "other"));
    return new Frame.Fork(proof, new Position(limit), in.positive(hops, "hops"), number);
  }

  private static Frame ack(Reader in) throws MalformedException {
    long taken = 0;
    long missing = 0;
    boolean urgent = false;
    while (in.next()) {
      switch (in.field()) {
        case 1 -> taken = in.number("taken", 0, Long.MAX_VALUE);
        case 2 -> missing = in.fixed64("missing");
        case 3 -> urgent = in.number("urgent", 0, 1) == 1;
        default -> in.skip();
      }
    }
    return new Frame.Ack(taken, missing, urgent);
  }
}
