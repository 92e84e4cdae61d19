package io.pychain.node.metrics;

import io.pychain.core.failure.State;
import io.pychain.core.link.Fault;
import io.pychain.core.protocol.NodeView;
import io.pychain.core.protocol.NodeView.MemberView;
import io.pychain.node.Expiry;
import io.pychain.node.Node;
import io.pychain.node.Node.LinkTraffic;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/// The node's metrics in the text format of Prometheus (version 0.0.4): one family after the other,
/// each with its help, type and samples.
public final class PrometheusText {
  /// Media type of the text.
  public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final StringBuilder text = new StringBuilder(8_192);

  private PrometheusText() {}

  /// All metrics at this moment.
  public static String of(Node node, NodeMetrics metrics) {
    NodeView view = node.view();
    PrometheusText page = new PrometheusText();
    page.info(node, view);
    page.batches(view.counts(), metrics);
    page.messages(view.counts());
    page.links(node, view, metrics);
    page.members(view);
    page.syncs(view.counts());
    page.surveys(view.counts());
    page.faults(view.faults());
    page.queues(view.queues(), metrics);
    page.expiries(node, Instant.now());
    metrics
        .admissionPrice()
        .ifPresent(price ->
            page.single(
                "pychain_admission_price",
                "gauge",
                "What joining by this boot node costs at least, in seconds of one core or so.",
                price));
    page.family(
        "pychain_refused_total", "counter", "What was turned away from outside, by reason.");
    metrics
        .refused()
        .forEach((reason, n) -> page.sample("pychain_refused_total", "reason", reason, n));
    page.histogram(
        "pychain_delivery_delay_seconds",
        "From the origin's seal, by its clock, until durable here.",
        metrics.deliveryDelay());
    page.histogram(
        "pychain_commit_seconds", "Time to make a group of writes durable.", metrics.commit());
    return page.text.toString();
  }

  private void info(Node node, NodeView view) {
    family("pychain_info", "gauge", "Who this node is; always 1.");
    text.append("pychain_info{version=\"")
        .append(escaped(view.self().contact().version()))
        .append("\",network=\"")
        .append(escaped(node.network().name()))
        .append("\",guid=\"")
        .append(view.self().guid())
        .append("\"} 1\n");
  }

  private void batches(NodeView.Counts counts, NodeMetrics metrics) {
    String name = "pychain_batches_received_total";
    family(name, "counter", "Batches of others that arrived, by what became of them.");
    sample(name, "result", "new", counts.batchesNew());
    sample(name, "result", "duplicate", counts.batchesDuplicate());
    sample(name, "result", "invalid", counts.batchesInvalid() + metrics.invalidBatches());
    single("pychain_pushes_sent_total", "counter", "Batches handed on.", counts.pushesSent());
    single(
        "pychain_handed_over_total",
        "counter",
        "Stretches given to another member because a link broke.",
        counts.handedOver());
  }

  private void messages(NodeView.Counts counts) {
    single(
        "pychain_limited_total",
        "counter",
        "Messages pushed here and not taken: their origin was over its limit.",
        counts.limited());
    String name = "pychain_messages_delivered_total";
    family(name, "counter", "Messages that got their offset here, by how they came.");
    sample(name, "via", "push", counts.deliveredPush());
    sample(name, "via", "sync", counts.deliveredSync());
    sample(name, "via", "local", counts.deliveredLocal());
    single(
        "pychain_messages_published_total",
        "counter",
        "Messages of this node.",
        counts.published());
  }

  private void links(Node node, NodeView view, NodeMetrics metrics) {
    LinkTraffic total = metrics.totalTraffic(node.traffic().values());
    String name = "pychain_link_bytes_total";
    family(name, "counter", "Bytes of frames on all links since the start.");
    sample(name, "direction", "sent", total.sentBytes());
    sample(name, "direction", "received", total.receivedBytes());
    single(
        "pychain_outbox_dropped_total",
        "counter",
        "Pushes that found an outbox full, and that sync repairs.",
        total.droppedFrames());
    single("pychain_outbox_bytes", "gauge", "Bytes that wait to be sent.", total.queuedBytes());
    single("pychain_links", "gauge", "Links that are up.", view.links().size());
    single("pychain_behind", "gauge", "Messages known and not yet held.", view.behind());
  }

  private void members(NodeView view) {
    String name = "pychain_members";
    family(name, "gauge", "Known members, by state.");
    for (State state : State.values()) {
      long count = view.members().stream().map(MemberView::state).filter(state::equals).count();
      sample(name, "state", state.name().toLowerCase(Locale.ROOT), count);
    }
    single(
        "pychain_forked_members",
        "gauge",
        "Members that are proven to have told two stories.",
        view.members().stream().filter(MemberView::forked).count());
    single(
        "pychain_publishing_held",
        "gauge",
        "1 while what is published waits for this node to know the end of its own log.",
        view.publishingHeld().isPresent() ? 1 : 0);
  }

  private void syncs(NodeView.Counts counts) {
    String name = "pychain_sync_rounds_total";
    family(name, "counter", "Full comparisons with a peer, by how they ended.");
    sample(name, "result", "completed", counts.syncsCompleted());
    sample(name, "result", "failed", counts.syncsFailed());
  }

  private void surveys(NodeView.Counts counts) {
    String name = "pychain_surveys_total";
    family(name, "counter", "Questions about coverage, own and of others, by what became of them.");
    sample(name, "result", "taken", counts.surveysTaken());
    sample(name, "result", "refused", counts.surveysRefused());
  }

  private void faults(Map<Fault, Long> faults) {
    String name = "pychain_faults_total";
    family(name, "counter", "What members have provably done, by what; see security.md.");
    faults.forEach((fault, count) -> sample(name, "reason", fault.label(), count));
  }

  private void queues(NodeView.Queues queues, NodeMetrics metrics) {
    String name = "pychain_queue_bytes";
    family(name, "gauge", "Bytes that wait, by queue; each is bounded, see operating.md.");
    sample(name, "queue", "gaps", queues.gaps());
    sample(name, "queue", "publishing", queues.publishing());
    sample(name, "queue", "unpersisted", queues.unpersisted());
    metrics.queues().forEach((queue, bytes) -> sample(name, "queue", queue, bytes));
  }

  private void expiries(Node node, Instant now) {
    for (Expiry expiry : node.expiries()) {
      single(
          "pychain_" + expiry.paper() + "_expires_seconds",
          "gauge",
          "Until the " + expiry.paper() + " of this node ends; below 0 it has.",
          Duration.between(now, expiry.end()).toSeconds());
    }
  }

  private void histogram(String name, String help, Histogram histogram) {
    family(name, "histogram", help);
    long count = 0;
    for (int bucket = 0; bucket < Histogram.bounds(); bucket++) {
      count += histogram.count(bucket);
      sample(name + "_bucket", "le", Double.toString(Histogram.boundSeconds(bucket)), count);
    }
    count += histogram.count(Histogram.bounds());
    sample(name + "_bucket", "le", "+Inf", count);
    text.append(name).append("_sum ").append(histogram.sumSeconds()).append('\n');
    text.append(name).append("_count ").append(count).append('\n');
  }

  private void single(String name, String type, String help, long value) {
    family(name, type, help);
    text.append(name).append(' ').append(value).append('\n');
  }

  private void family(String name, String type, String help) {
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  private void sample(String name, String label, String word, long value) {
    text.append(name)
        .append('{')
        .append(label)
        .append("=\"")
        .append(escaped(word))
        .append("\"} ")
        .append(value)
        .append('\n');
  }

  private static String escaped(String label) {
    return label.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}
