package io.pychain.core.sync;

import static io.pychain.core.Deadlines.earlier;

import io.pychain.core.message.Batch;
import io.pychain.core.message.Frame;
import io.pychain.core.message.Frame.Range;
import io.pychain.core.ring.Guid;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// Fetches that are out: a few for each peer, so that the next answer is on its way while one is
/// being taken, and how long each is waited for.
///
/// An answer that has begun buys time with what it brings. A peer that lets it drip cannot hold up
/// what it was asked for much longer than one that is silent.
final class Questions {
  /// Fetches out to one peer at a time; a node answers as many at once.
  static final int PER_PEER_MAX = 2;

  /// Bytes a second that an answer must bring, once it has begun.
  static final long RATE_MIN = 64 << 10;

  /// Most timeouts that one answer may take, in however many parts it comes.
  static final int TIMEOUTS_MAX = 5;

  /// A fetch that is out.
  static final class Question {
    private final Guid peer;
    private final long id;
    private final List<Range> ranges;
    private final Instant asked;
    private Instant deadline;
    private boolean begun;

    private Question(Guid peer, long id, List<Range> ranges, Instant asked, Instant deadline) {
      this.peer = peer;
      this.id = id;
      this.ranges = List.copyOf(ranges);
      this.asked = asked;
      this.deadline = deadline;
    }

    Guid peer() {
      return peer;
    }

    List<Range> ranges() {
      return ranges;
    }
  }

  private final Duration timeout;
  private final AnswerTime answerTime;
  private final TreeMap<Long, Question> open = new TreeMap<>();
  private final TreeMap<Guid, Integer> count = new TreeMap<>();
  private final TreeMap<Guid, Integer> silences = new TreeMap<>();
  private long lastId;

  Questions(Duration timeout) {
    this.timeout = timeout;
    this.answerTime = new AnswerTime(timeout);
  }

  /// How many more this peer may be asked.
  int room(Guid peer) {
    return PER_PEER_MAX - count.getOrDefault(peer, 0);
  }

  /// How many questions in a row a peer has not answered in time.
  int silences(Guid peer) {
    return silences.getOrDefault(peer, 0);
  }

  /// Asks.
  void ask(Instant now, Guid peer, List<Range> ranges, Post post) {
    long id = ++lastId;
    open.put(id, new Question(peer, id, ranges, now, now.plus(answerTime.patience())));
    count.merge(peer, 1, Integer::sum);
    post.send(peer, new Frame.Fetch(id, ranges));
  }

  /// A part of an answer has come.
  ///
  /// @return the question, if it is one that was asked
  Optional<Question> answered(Instant now, Guid peer, Frame.Batches part) {
    Question question = open.get(part.id());
    if (question == null || !question.peer.equals(peer)) {
      return Optional.empty();
    }
    if (!question.begun) {
      question.begun = true;
      answerTime.answered(Duration.between(question.asked, now));
      silences.remove(peer);
    }
    long bytes = part.batches().stream().mapToLong(batch -> batch.length()).sum();
    Instant bought = question.deadline.plusMillis(bytes * 1_000 / RATE_MIN);
    Instant latest = question.asked.plus(timeout.multipliedBy(TIMEOUTS_MAX));
    question.deadline = earlier(bought, earlier(now.plus(timeout), latest));
    return Optional.of(question);
  }

  /// Whether this peer has been asked for a batch, or for some of its messages, by a question that
  /// it has yet to answer.
  boolean isAsked(Guid peer, long id, Batch batch) {
    Question question = open.get(id);
    return question != null
        && question.peer.equals(peer)
        && question.ranges.stream().anyMatch(range -> touches(range, batch));
  }

  private static boolean touches(Range range, Batch batch) {
    return range.log().equals(batch.log())
        && range.from() <= batch.lastSeq()
        && batch.firstSeq() <= range.until();
  }

  /// A question is waited for no more.
  void close(Question question) {
    if (open.remove(question.id) != null) {
      count.computeIfPresent(question.peer, (_, n) -> n == 1 ? null : n - 1);
    }
  }

  /// Closes the questions whose time is up.
  List<Question> expire(Instant now) {
    List<Question> late = new ArrayList<>();
    open.values()
        .forEach(question -> {
          if (!question.deadline.isAfter(now)) {
            late.add(question);
          }
        });
    for (Question question : late) {
      close(question);
      silences.merge(question.peer, 1, Integer::sum);
      if (!question.begun) {
        answerTime.missed();
      }
    }
    return late;
  }

  /// Closes the questions to a peer that is gone.
  List<Question> peerDown(Guid peer) {
    List<Question> lost = open.values().stream().filter(q -> q.peer.equals(peer)).toList();
    lost.forEach(this::close);
    silences.remove(peer);
    return lost;
  }

  /// When the first of them is late.
  Instant deadline() {
    Instant next = Instant.MAX;
    for (Question question : open.values()) {
      next = earlier(next, question.deadline);
    }
    return next;
  }
}
