package io.pychain.core.wire;

import io.pychain.core.message.Bytes;
import io.pychain.core.message.Sealed;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/// Frames that must be refused, each wrong in one way only.
final class MalformedSamples {
  private static final Bytes SIGNATURE = Bytes.wrap(new byte[Sealed.SIGNATURE_LENGTH]);
  private static final Bytes HASH = Bytes.wrap(new byte[32]);

  private final Map<String, byte[]> samples = new LinkedHashMap<>();

  private MalformedSamples() {}

  static Map<String, byte[]> all() {
    MalformedSamples all = new MalformedSamples();
    all.framing();
    all.encoding();
    all.links();
    all.records();
    all.batches();
    all.sync();
    all.coverage();
    MalformedAtTheDoor.addTo(all.samples);
    return all.samples;
  }

  private void framing() {
    add("nothing", new byte[0]);
    add(
        "two kinds",
        out -> {
          out.message(Kind.JOIN, _ -> {});
          out.message(Kind.JOIN, _ -> {});
        });
    add("kind that nobody knows yet", out -> out.message(40, inner -> inner.number(1, 1)));
    add("kind as a number", out -> out.number(Kind.PING, 1));
    add("field number zero", hex("0200"));
    add("field number over 29 bits", hex("ffffffffff0100"));
    add("length beyond the end", hex("1a05"));
    add("length of 2^63", hex("1a80808080808080808001"));
    add("length cut short", hex("1a80"));
    add("group", hex("c30dc40d"));
  }

  private void encoding() {
    add("number of 71 bits", hex("4a0b08ffffffffffffffffffff01"));
    add("number of 65 bits", hex("4a0b08ffffffffffffffffff02"));
    add("negative count", frame(Kind.ACK, out -> out.number(1, -1)));
    add("nonce cut short", hex("1a0409010203"));
    add("nonce as a varint", frame(Kind.PING, out -> out.number(1, 5)));
    add(
        "nonce given twice",
        frame(
            Kind.PING,
            out -> {
              out.fixed64(1, 1);
              out.fixed64(1, 1);
            }));
    add("list with an unpacked number", frame(Kind.RECORDS_WANTED, out -> out.number(1, 1)));
    add("list that ends in a number", hex("8a01030a0180"));
  }

  private void links() {
    add("hello without versions", frame(Kind.HELLO, _ -> {}));
    add(
        "hello with versions upside down",
        hello(out -> {
          out.number(2, 2);
          out.number(3, 1);
        }));
    add(
        "hello of a network without a key",
        hello(out -> {
          versions(out);
          out.message(1, inner -> inner.text(1, "pychain"));
        }));
    add(
        "hello of a network without a name",
        hello(out -> {
          versions(out);
          out.message(1, inner -> inner.bytes(2, HASH));
        }));
    add(
        "hello of a network with a short key",
        hello(out -> {
          versions(out);
          out.message(1, inner -> inner.bytes(2, SIGNATURE));
        }));
    add(
        "hello with a long host",
        hello(out -> {
          versions(out);
          out.text(6, "h".repeat(256));
        }));
    add("goodbye with a line feed", goodbye(Bytes.utf8("a\nb")));
    add("goodbye that is not UTF-8", goodbye(Bytes.fromHex("c328")));
    add("goodbye that is too long", goodbye(Bytes.utf8("x".repeat(513))));
  }

  private void records() {
    add("admitted without a certificate", frame(Kind.ADMITTED, _ -> {}));
    add("announce without a record", frame(Kind.ANNOUNCE, out -> out.number(3, 1)));
    add("record without a contact", record(out -> out.sealed(1, certificate(1))));
    add("certificate of epoch 0", record(out -> out.sealed(1, certificate(0))));
    add(
        "certificate without a signature",
        record(out -> out.message(1, inner -> inner.bytes(1, certificate(1).content()))));
    add(
        "certificate with a short signature",
        record(out ->
            out.message(
                1,
                inner -> {
                  inner.bytes(1, certificate(1).content());
                  inner.bytes(2, HASH);
                })));
    add(
        "certificate too large",
        record(out -> out.sealed(1, sealed(inner -> inner.bytes(60, Bytes.wrap(new byte[1022]))))));
    add("contact of number 0", contact(out -> out.number(5, 1)));
    add("contact without versions", contact(out -> out.number(1, 1)));
    add(
        "contact with nine addresses",
        contact(out -> {
          for (int i = 0; i < 9; i++) {
            address(out, "h", 1);
          }
        }));
    add(
        "contact with 33 words",
        contact(out -> {
          for (int i = 0; i < 33; i++) {
            out.textElement(3, "w" + i);
          }
        }));
    add("contact with a long word", contact(out -> out.textElement(3, "w".repeat(65))));
    add("contact with a host that is none", contact(out -> address(out, "a b", 1)));
    add("contact with a port that is none", contact(out -> address(out, "h", 65_536)));
    add("contact with an address without a port", contact(out -> address(out, "h", 0)));
  }

  private void batches() {
    add("push without a batch", frame(Kind.PUSH, out -> out.number(3, 1)));
    add("push without hops", push(valid(), 0));
    add("push with too many hops", push(valid(), 256));
    add("batch without content", push(sealed(_ -> {}), 1));
    add("batch without messages", push(sealed(MalformedSamples::log), 1));
    add("batch of a GUID too large", batch(out -> out.number(1, 1 << 24)));
    add("batch without an epoch", batch(out -> out.number(3, 1)));
    add("batch without a number", batch(out -> out.number(2, 1)));
    add(
        "batch numbered beyond the last number",
        batch(out -> {
          out.number(2, 1);
          out.number(3, Long.MAX_VALUE);
        }));
    add("batch with a short hash", batch(out -> out.bytes(4, SIGNATURE)));
    add("batch of the year 10000", batch(out -> out.number(5, 253_402_300_800_000_000L)));
    add(
        "message with a long media type",
        push(
            sealed(out -> {
              log(out);
              out.message(6, inner -> inner.text(2, "t".repeat(256)));
            }),
            1));
    add("message that is a number", push(sealed(out -> out.number(6, 1)), 1));
  }

  private void sync() {
    add("summary of a level too high", frame(Kind.SUMMARY, out -> out.number(3, 6)));
    add("heads that go back", frame(Kind.HEADS, out -> out.number(2, 1)));
    add("heads with ragged columns", frame(Kind.HEADS, out -> out.numbers(4, list(1, 2))));
    add("heads with ragged records", frame(Kind.HEADS, out -> out.numbers(8, list(1, 2))));
    add("news from before the beginning", frame(Kind.NEWS, out -> out.number(2, 1)));
    add("news with ragged columns", frame(Kind.NEWS, out -> out.numbers(3, list(1, 2))));
    add("news of epoch 0", frame(Kind.NEWS, out -> out.numbers(7, list(0))));
    add(
        "news beyond the largest guid",
        frame(Kind.NEWS, out -> out.numbers(3, list(1, WireLimits.GUID_MAX))));
    add("heads of epoch 0", frame(Kind.HEADS, out -> out.numbers(5, list(0))));
    add(
        "probe of a node that is not there",
        frame(
            Kind.PROBE,
            out -> {
              out.numbers(1, list(5));
              out.numbers(2, list(1));
            }));
    add("hashes without children", frame(Kind.HASHES, _ -> {}));
    add("hashes of 15 children", frame(Kind.HASHES, out -> out.fixed64s(3, new long[15])));
    add(
        "fetch of a range upside down",
        frame(
            Kind.FETCH,
            out -> {
              out.numbers(2, list(1));
              out.numbers(3, list(1));
              out.numbers(4, list(2));
              out.numbers(5, list(1));
            }));
    add("fetch from 0", frame(Kind.FETCH, out -> out.numbers(4, list(0))));
    add("batches done twice over", frame(Kind.BATCHES, out -> out.number(6, 2)));
    add(
        "wants of too many records",
        frame(Kind.RECORDS_WANTED, out -> out.numbers(1, new long[513])));
    add(
        "wants of a GUID too large",
        frame(Kind.RECORDS_WANTED, out -> out.numbers(1, list(1 << 24))));
  }

  private void coverage() {
    add("survey without a number", survey(out -> out.number(7, 1)));
    add("survey of no message", frame(Kind.SURVEY, out -> out.number(1, 1)));
    add("survey without a budget", survey(out -> out.number(1, 1)));
    add(
        "survey of more than a minute",
        survey(out -> {
          out.number(1, 1);
          out.number(7, 60_001);
        }));
    add("tally without a number", frame(Kind.TALLY, out -> out.number(3, 1)));
    add(
        "tally of more than there are",
        frame(
            Kind.TALLY,
            out -> {
              out.number(1, 1);
              out.number(2, 2);
              out.number(3, 1);
            }));
    add(
        "tally that misses more than there are",
        frame(
            Kind.TALLY,
            out -> {
              out.number(1, 1);
              out.number(3, 1);
              out.numbers(4, list(1, 2));
            }));
    add("tally that names too many", frame(Kind.TALLY, out -> out.numbers(4, new long[1_025])));
  }

  private static byte[] survey(Consumer<Writer> body) {
    return frame(
        Kind.SURVEY,
        out -> {
          out.number(3, 1);
          out.number(4, 1);
          body.accept(out);
        });
  }

  private void add(String name, byte[] bytes) {
    samples.put(name, bytes);
  }

  private void add(String name, Consumer<Writer> body) {
    samples.put(name, bytes(body));
  }

  static byte[] frame(int kind, Consumer<Writer> body) {
    return bytes(out -> out.message(kind, body));
  }

  private static byte[] hello(Consumer<Writer> body) {
    return frame(Kind.HELLO, body);
  }

  private static void versions(Writer out) {
    out.number(2, 1);
    out.number(3, 1);
  }

  private static byte[] goodbye(Bytes detail) {
    return frame(Kind.GOODBYE, out -> out.bytes(2, detail));
  }

  static byte[] record(Consumer<Writer> body) {
    return frame(Kind.RECORDS, out -> out.message(1, body));
  }

  private static byte[] contact(Consumer<Writer> body) {
    return record(out -> {
      out.sealed(1, certificate(1));
      out.sealed(2, sealed(body));
    });
  }

  private static void address(Writer out, String host, int port) {
    out.message(
        2,
        inner -> {
          inner.text(1, host);
          inner.number(2, port);
        });
  }

  private static byte[] batch(Consumer<Writer> body) {
    return push(
        sealed(out -> {
          body.accept(out);
          out.message(6, _ -> {});
        }),
        1);
  }

  private static byte[] push(Sealed batch, int hops) {
    return frame(
        Kind.PUSH,
        out -> {
          out.sealed(1, batch);
          out.number(3, hops);
        });
  }

  private static Sealed valid() {
    return sealed(out -> {
      log(out);
      out.message(6, _ -> {});
    });
  }

  private static void log(Writer out) {
    out.number(2, 1);
    out.number(3, 1);
  }

  private static Sealed certificate(int epoch) {
    return sealed(out -> {
      out.bytes(1, HASH);
      out.number(3, epoch);
      out.bytes(4, HASH);
    });
  }

  static Sealed sealed(Consumer<Writer> body) {
    return new Sealed(Bytes.wrap(bytes(body)), SIGNATURE);
  }

  private static long[] list(long... values) {
    return LongStream.of(values).toArray();
  }

  private static byte[] hex(String digits) {
    return Bytes.fromHex(digits).toArray();
  }

  private static byte[] bytes(Consumer<Writer> body) {
    Writer out = new Writer(0);
    body.accept(out);
    return Arrays.copyOf(out.toArray(), out.length());
  }
}
