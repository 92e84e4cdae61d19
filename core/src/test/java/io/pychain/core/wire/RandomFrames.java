package io.pychain.core.wire;

import io.pychain.core.message.Address;
import io.pychain.core.message.Batch;
import io.pychain.core.message.Bytes;
import io.pychain.core.message.Certificate;
import io.pychain.core.message.Contact;
import io.pychain.core.message.Delegation;
import io.pychain.core.message.Digest;
import io.pychain.core.message.Doorstep;
import io.pychain.core.message.ForkProof;
import io.pychain.core.message.Frame;
import io.pychain.core.message.Frame.LogHead;
import io.pychain.core.message.Frame.NetworkInfo;
import io.pychain.core.message.Frame.Range;
import io.pychain.core.message.Frame.Reason;
import io.pychain.core.message.Frame.RecordHead;
import io.pychain.core.message.Frame.TreeNode;
import io.pychain.core.message.Invite;
import io.pychain.core.message.Lineage;
import io.pychain.core.message.LogId;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.message.Message;
import io.pychain.core.message.NetworkId;
import io.pychain.core.message.NodeKey;
import io.pychain.core.message.OriginLimits;
import io.pychain.core.message.Parameters;
import io.pychain.core.message.ProtocolRange;
import io.pychain.core.message.Reach;
import io.pychain.core.message.Succession;
import io.pychain.core.ring.Arc;
import io.pychain.core.ring.Guid;
import io.pychain.core.ring.Position;
import io.pychain.core.trust.CheapSignatures;
import io.pychain.core.trust.Mandate;
import io.pychain.core.trust.Signer;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// Frames with values from the whole of their ranges, edges more often than chance would have it.
final class RandomFrames {
  private static final Signer SIGNER = CheapSignatures.signer(1);

  private final RandomGenerator random;

  RandomFrames(RandomGenerator random) {
    this.random = random;
  }

  Frame next() {
    return switch (1 + random.nextInt(Kind.LAST)) {
      case Kind.HELLO ->
          new Frame.Hello(
              maybe(() -> new NetworkInfo(text(1, 64), SIGNER.key())),
              protocol(),
              random.nextLong(),
              maybe(this::record),
              text(0, 255));
      case Kind.GOODBYE -> new Frame.Goodbye(oneOf(Reason.values()), text(0, 512));
      case Kind.PING -> new Frame.Ping(random.nextLong(), random.nextBoolean());
      case Kind.PONG -> new Frame.Pong(random.nextLong());
      case Kind.JOIN ->
          new Frame.Join(
              (int) number(0, Integer.MAX_VALUE), random.nextBoolean(), maybe(this::succession));
      case Kind.ADMITTED -> new Frame.Admitted(certificate(), record(), random.nextBoolean());
      case Kind.PUSH ->
          new Frame.Push(batch(), position(), (int) number(1, 255), number(0, Long.MAX_VALUE));
      case Kind.ANNOUNCE ->
          new Frame.Announce(record(), position(), (int) number(1, 255), number(0, Long.MAX_VALUE));
      case Kind.ACK ->
          new Frame.Ack(
              number(0, Long.MAX_VALUE), maybe(random::nextLong).orElse(0L), random.nextBoolean());
      default -> nextOfSync();
    };
  }

  private Frame nextOfSync() {
    long after = number(0, Long.MAX_VALUE);
    return switch (Kind.SYNC_REQUEST + random.nextInt(1 + Kind.LAST - Kind.SYNC_REQUEST)) {
      case Kind.SYNC_REQUEST ->
          new Frame.SyncRequest(random.nextLong(), after, maybe(this::summary));
      case Kind.SUMMARY -> summary();
      case Kind.NEWS -> news(after);
      case Kind.HEADS ->
          new Frame.Heads(
              random.nextLong(),
              after,
              number(after, Long.MAX_VALUE),
              list(this::printedHead),
              list(() -> new RecordHead(guid(), epoch(), number(1, Long.MAX_VALUE))),
              list(this::log));
      case Kind.FORK ->
          new Frame.Fork(fork(), position(), (int) number(1, 255), number(0, Long.MAX_VALUE));
      case Kind.FORKS_WANTED -> new Frame.ForksWanted(list(this::log));
      case Kind.PROBE -> new Frame.Probe(list(this::treeNode));
      case Kind.HASHES ->
          new Frame.Hashes(treeNode(), Stream.generate(random::nextLong).limit(16).toList());
      case Kind.FETCH -> new Frame.Fetch(random.nextLong(), list(this::range));
      case Kind.BATCHES ->
          new Frame.Batches(
              random.nextLong(),
              list(this::batch),
              list(() -> new LogHead(log(), number(1, Long.MAX_VALUE))),
              random.nextBoolean());
      case Kind.RECORDS_WANTED -> new Frame.RecordsWanted(list(this::guid));
      case Kind.RECORDS -> new Frame.Records(list(this::record));
      case Kind.PARAMETERS -> parameters();
      default -> nextOfCoverage();
    };
  }

  private Parameters parameters() {
    Duration burst = Duration.ofSeconds(number(1, 3_600));
    var limits = new OriginLimits(number(0, 1L << 40), number(0, 1L << 40), burst);
    NetworkId network = new NetworkId(digest());
    Mandate mandate = Mandate.ofAuthority(network, SIGNER);
    return ParametersCodec.seal(network, number(1, Long.MAX_VALUE), limits, mandate);
  }

  private LogHead printedHead() {
    return new LogHead(log(), number(0, Long.MAX_VALUE), number(0, Long.MAX_VALUE));
  }

  private ForkProof fork() {
    Batch one = batch();
    var draft =
        new BatchCodec.Draft(one.log(), one.firstSeq(), one.hash(), time(), List.of(message()));
    return new ForkProof(one, BatchCodec.seal(draft, new NetworkId(digest()), SIGNER));
  }

  private Frame.Summary summary() {
    long arrival = number(0, Long.MAX_VALUE);
    return new Frame.Summary(random.nextLong(), arrival, (int) number(0, 5), random.nextLong());
  }

  private Frame.News news(long after) {
    return new Frame.News(
        after,
        number(after, Long.MAX_VALUE),
        sorted(() -> new LogHead(newsLog(), number(0, Long.MAX_VALUE)), LogHead::log),
        sorted(() -> new RecordHead(guid(), epoch(), number(1, Long.MAX_VALUE)), RecordHead::guid));
  }

  private LogId newsLog() {
    return new LogId(guid(), random.nextBoolean() ? 1 : epoch());
  }

  private <T, K extends Comparable<K>> List<T> sorted(Supplier<T> element, Function<T, K> key) {
    return list(element).stream().sorted(Comparator.comparing(key)).toList();
  }

  private Frame nextAtTheDoor() {
    return switch (random.nextInt(4)) {
      case 0 -> new Doorstep.Knock(SIGNER.key(), (int) number(0, 1_024));
      case 1 ->
          new Doorstep.Quote(
              new NetworkInfo(text(1, 64), SIGNER.key()), offer(), random.nextBoolean());
      case 2 -> new Doorstep.Enter(SIGNER.key(), offer(), payment());
      default -> new Doorstep.Welcome();
    };
  }

  private Doorstep.Offer offer() {
    Instant made = Instant.ofEpochSecond(number(0, 253_402_300_799L));
    return new Doorstep.Offer((int) number(0, 1_024), made, digest().bytes());
  }

  private Doorstep.Payment payment() {
    if (random.nextBoolean()) {
      byte[] solution = new byte[(int) number(0, 512)];
      random.nextBytes(solution);
      return new Doorstep.Work(Bytes.wrap(solution));
    }
    var mandate = new Mandate(SIGNER, maybe(this::delegation), digest().bytes());
    Invite invite = InviteCodec.issue(new NetworkId(digest()), SIGNER.key(), time(), mandate);
    return new Doorstep.Invitation(invite, invite.sealed().signature());
  }

  private Frame nextOfCoverage() {
    if (random.nextInt(3) == 0) {
      return nextAtTheDoor();
    }
    long name = number(1, Long.MAX_VALUE);
    if (random.nextBoolean()) {
      LogHead wanted = new LogHead(log(), number(1, Long.MAX_VALUE));
      Arc stretch = new Arc(position(), position());
      return new Reach.Survey(name, wanted, stretch, Duration.ofMillis(number(1, 60_000)));
    }
    List<Guid> missing = list(this::guid);
    int reached = (int) number(0, Integer.MAX_VALUE - missing.size());
    int members = (int) number(reached + missing.size(), Integer.MAX_VALUE);
    return new Reach.Tally(name, reached, members, missing, random.nextBoolean());
  }

  Batch batch() {
    Digest previous = random.nextInt(4) == 0 ? Digest.ZERO : digest();
    List<Message> messages = Stream.generate(this::message).limit(number(1, 20)).toList();
    BatchCodec.Draft draft =
        new BatchCodec.Draft(log(), number(1, WireLimits.SEQ_MAX), previous, time(), messages);
    return BatchCodec.seal(draft, new NetworkId(digest()), SIGNER);
  }

  Certificate certificate() {
    return RecordCodec.certify(
        new RecordCodec.Grant(
            new NetworkId(digest()),
            guid(),
            epoch(),
            lineage(),
            time(),
            maybe(SIGNER::key),
            maybe(this::delegation),
            maybe(this::time)),
        SIGNER);
  }

  private Lineage lineage() {
    List<Lineage.Former> former =
        Stream.generate(() -> new Lineage.Former(key(), epoch(), signature()))
            .limit(number(0, Lineage.FORMER_MAX))
            .toList();
    return new Lineage(former, SIGNER.key());
  }

  private Succession succession() {
    return new Succession(guid(), epoch(), key(), key(), signature(), signature());
  }

  private NodeKey key() {
    return new NodeKey(digest().bytes());
  }

  private Bytes signature() {
    return Bytes.wrap(SIGNER.sign(digest().bytes().toArray()));
  }

  private Delegation delegation() {
    return DelegationCodec.issue(new NetworkId(digest()), SIGNER.key(), time(), SIGNER);
  }

  MemberRecord record() {
    Contact.Status status = oneOf(Contact.Status.values());
    Contact contact =
        new Contact(
            status == Contact.Status.REVOKED
                ? Contact.REVOCATION
                : number(1, Contact.REVOCATION - 1),
            Stream.generate(this::address).limit(number(0, 8)).toList(),
            Stream.generate(() -> text(0, 64)).limit(number(0, 32)).toList(),
            text(0, 64),
            protocol(),
            status);
    return RecordCodec.sign(certificate(), contact, SIGNER);
  }

  private Message message() {
    byte[] data = new byte[random.nextInt(200)];
    random.nextBytes(data);
    String type = random.nextBoolean() ? Message.JSON : text(1, 255);
    return new Message(type, Bytes.wrap(data));
  }

  private Address address() {
    return new Address("h".repeat((int) number(1, 255)), (int) number(1, 65_535));
  }

  private Range range() {
    long from = number(1, Long.MAX_VALUE);
    return new Range(log(), from, number(from, Long.MAX_VALUE));
  }

  private TreeNode treeNode() {
    int level = (int) number(0, WireLimits.TREE_LEVEL_MAX);
    return new TreeNode(level, (int) number(0, WireLimits.GUID_MAX >>> (4 + 4 * level)));
  }

  private ProtocolRange protocol() {
    int min = (int) number(1, Integer.MAX_VALUE);
    return new ProtocolRange(min, (int) number(min, Integer.MAX_VALUE));
  }

  private LogId log() {
    return new LogId(guid(), epoch());
  }

  private Guid guid() {
    return Guid.of((int) number(0, WireLimits.GUID_MAX));
  }

  private int epoch() {
    return (int) number(1, Integer.MAX_VALUE);
  }

  private Position position() {
    return new Position(random.nextLong());
  }

  private Digest digest() {
    byte[] bytes = new byte[Digest.LENGTH];
    random.nextBytes(bytes);
    return new Digest(Bytes.wrap(bytes));
  }

  private Instant time() {
    long micros = number(0, 253_402_300_799_999_999L);
    return Instant.ofEpochSecond(micros / 1_000_000, micros % 1_000_000 * 1_000);
  }

  private String text(int min, int max) {
    String alphabet = "abcxyz 019/+.äöß€漢";
    StringBuilder text = new StringBuilder();
    for (long left = number(min, max); left > 0; left--) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }

  private <T> Optional<T> maybe(Supplier<T> value) {
    return random.nextInt(4) == 0 ? Optional.empty() : Optional.of(value.get());
  }

  private <T> List<T> list(Supplier<T> element) {
    return Stream.generate(element).limit(random.nextInt(6)).toList();
  }

  private <T> T oneOf(T[] values) {
    return values[random.nextInt(values.length)];
  }

  private long number(long min, long max) {
    return switch (random.nextInt(4)) {
      case 0 -> min;
      case 1 -> max;
      case 2 -> min + Math.min(max - min, random.nextInt(300));
      default -> min == max ? min : random.nextLong(min, max);
    };
  }
}
