package io.pychain.benchmarks.admission;

import io.pychain.core.message.Bytes;
import io.pychain.core.message.Doorstep.Enter;
import io.pychain.core.message.Doorstep.Knock;
import io.pychain.core.message.Doorstep.Offer;
import io.pychain.core.message.Doorstep.Work;
import io.pychain.core.message.Frame;
import io.pychain.core.message.NodeKey;
import io.pychain.core.wire.FrameCodec;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

/// Somebody who pretends to join, so many times a second, as cheaply as it can.
final class Flood {
  /// Connections at once; a boot node that cannot keep up slows the flood down.
  private static final int AT_ONCE = 256;

  private static final int TIMEOUT_MILLIS = 5_000;
  private static final int PRICE = 60;

  private final InetSocketAddress target;
  private final Kind kind;
  private final long pauseNanos;
  private final Semaphore room = new Semaphore(AT_ONCE);
  private final byte[] hello = recordedHello();
  private final AtomicLong done = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final Thread pacer;
  private volatile boolean closed;

  /// What is pretended.
  enum Kind {
    /// Asks for the price, each time with another key, and goes away.
    KNOCK,
    /// Comes with an offer that nobody has made.
    FORGED_OFFER,
    /// Says the first bytes of a TLS handshake, and no more.
    HALF_TLS,
    /// Says a first word of TLS that was recorded, which makes the node do all of its part of the
    /// handshake, and goes away.
    RECORDED_TLS
  }

  Flood(InetSocketAddress target, Kind kind, int perSecond) {
    this.target = target;
    this.kind = kind;
    this.pauseNanos = 1_000_000_000L / perSecond;
    this.pacer = Thread.ofPlatform().name("flood").start(this::run);
  }

  private void run() {
    SplittableRandom random = new SplittableRandom(1);
    long next = System.nanoTime();
    try {
      while (!closed) {
        while (System.nanoTime() < next) {
          Thread.sleep(0, 200_000);
        }
        next += pauseNanos;
        byte[] bytes = bytes(random);
        room.acquire();
        Thread.ofVirtual().start(() -> once(bytes));
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private byte[] bytes(SplittableRandom random) {
    byte[] noise = new byte[NodeKey.LENGTH];
    random.nextBytes(noise);
    NodeKey key = new NodeKey(Bytes.wrap(noise));
    return switch (kind) {
      case KNOCK -> framed(new Knock(key, 0));
      case FORGED_OFFER -> {
        byte[] solution = new byte[288];
        random.nextBytes(solution);
        Offer offer = new Offer(PRICE, Instant.now(), key.bytes());
        yield framed(new Enter(key, offer, new Work(Bytes.wrap(solution))));
      }
      case RECORDED_TLS -> hello;
      case HALF_TLS -> new byte[] {0x16, 3, 1, 2, 0, 1, 0, 1, (byte) 0xfc, 3, 3};
    };
  }

  private static byte[] recordedHello() {
    try {
      SSLEngine engine = SSLContext.getDefault().createSSLEngine();
      SSLParameters parameters = engine.getSSLParameters();
      parameters.setProtocols(new String[] {"TLSv1.3"});
      parameters.setCipherSuites(new String[] {"TLS_AES_128_GCM_SHA256"});
      parameters.setNamedGroups(new String[] {"x25519"});
      parameters.setSignatureSchemes(new String[] {"ed25519"});
      engine.setSSLParameters(parameters);
      engine.setUseClientMode(true);
      ByteBuffer out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
      engine.wrap(ByteBuffer.allocate(0), out);
      return Arrays.copyOf(out.array(), out.position());
    } catch (GeneralSecurityException | SSLException e) {
      throw new IllegalStateException("every JDK speaks TLS 1.3", e);
    }
  }

  private static byte[] framed(Frame frame) {
    byte[] bytes = FrameCodec.encode(frame);
    return ByteBuffer.allocate(4 + bytes.length).putInt(bytes.length).put(bytes).array();
  }

  private void once(byte[] bytes) {
    try (Socket socket = new Socket()) {
      socket.connect(target, TIMEOUT_MILLIS);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      OutputStream out = socket.getOutputStream();
      out.write(bytes);
      boolean answered =
          switch (kind) {
            case KNOCK, FORGED_OFFER -> socket.getInputStream().read() == 0;
            case RECORDED_TLS -> socket.getInputStream().read() == hello[0];
            case HALF_TLS -> true;
          };
      (answered ? done : failed).incrementAndGet();
    } catch (IOException e) {
      failed.incrementAndGet();
    } finally {
      room.release();
    }
  }

  long done() {
    return done.get();
  }

  long failed() {
    return failed.get();
  }

  /// Ends it, and waits until all of it has ended.
  void stop() throws InterruptedException {
    closed = true;
    pacer.join();
    room.acquire(AT_ONCE);
  }
}
