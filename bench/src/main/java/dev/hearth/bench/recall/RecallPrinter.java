package dev.hearth.bench.recall;

import dev.hearth.bench.measure.Bootstrap;
import dev.hearth.bench.measure.Samples;
import dev.hearth.bench.measure.Table;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Prints a report as a table or as one JSON document. */
final class RecallPrinter {

    private static final JsonMapper JSON = JsonMapper.shared();

    private RecallPrinter() {}

    static void table(RecallReport report, PrintStream out) {
        List<Metric> metrics = report.metrics();
        List<String> heads = new ArrayList<>(List.of("category", "questions"));
        metrics.forEach(metric -> heads.add(metric.title()));
        Table table = new Table(heads.toArray(String[]::new));
        for (RecallReport.Group group : report.categories()) {
            rows(table, group, metrics);
        }
        rows(table, report.overall(), metrics);
        row(
                table,
                "  95% over conversations",
                "",
                metrics,
                metric -> interval(report.overall().byConversation(metric)));
        table.print(out);
        RecallReport.Counts counts = report.counts();
        RecallReport.Costs costs = report.costs();
        out.printf(
                "%nR@k: share of a question's evidence turns among the first k; all@k: all of them; s.: of sessions."
                        + " Intervals: 95%%, bootstrap over questions.%n"
                        + "%d conversations, %d turns imported (%d blank ones left out, %d cut to size), %d questions,"
                        + " %d more without evidence left out; embedder %s%n",
                counts.conversations(),
                counts.turns(),
                counts.blank(),
                counts.cut(),
                report.answers().size(),
                counts.abstentions(),
                report.embedder());
        UpdateOrder order = UpdateOrder.of(report.answers());
        if (order.questions() > 0) {
            out.printf(
                    "updates: newest evidence above older in %.3f of %d (95%% %s)%n",
                    order.share(), order.questions(), interval(order.interval()));
        }
        Confidence confidence = report.confidence();
        if (!confidence.unanswerable().isEmpty()) {
            out.printf(
                    "confidence: AUROC %.3f, %d questions with an answer and %d without%n",
                    confidence.area(),
                    confidence.answerable().size(),
                    confidence.unanswerable().size());
        }
        out.printf(
                "ingest %.0f messages/s; %.0f bytes a memory on disk; %d searches degraded%n",
                costs.ingested(), costs.bytesPerMemory(), counts.degraded());
        out.println("search, without embedding:  " + percentiles(costs.search()));
        out.println("embedding of the question:  " + percentiles(costs.embedding()));
    }

    private static void rows(Table table, RecallReport.Group group, List<Metric> metrics) {
        row(
                table,
                group.name(),
                String.valueOf(group.answers().size()),
                metrics,
                metric -> Table.number(group.mean(metric), 3));
        row(table, "", "", metrics, metric -> interval(group.byQuestion(metric)));
    }

    private static void row(
            Table table, String name, String count, List<Metric> metrics, Function<Metric, String> cell) {
        List<String> cells = new ArrayList<>(List.of(name, count));
        metrics.forEach(metric -> cells.add(cell.apply(metric)));
        table.row(cells.toArray(String[]::new));
    }

    private static String interval(Bootstrap.Interval interval) {
        return Table.number(interval.low(), 2) + "-" + Table.number(interval.high(), 2);
    }

    private static String percentiles(Samples samples) {
        return "p50 " + Table.number(samples.median(), 2) + " ms, p95 " + Table.number(samples.percentile(95), 2)
                + " ms, p99 " + Table.number(samples.percentile(99), 2) + " ms";
    }

    static void json(RecallReport report, PrintStream out) {
        ObjectNode body = JSON.createObjectNode();
        body.put("embedder", report.embedder());
        body.put("conversations", report.counts().conversations());
        body.put("turns", report.counts().turns());
        body.put("turns_blank", report.counts().blank());
        body.put("turns_cut", report.counts().cut());
        body.put("questions", report.answers().size());
        body.put("questions_without_evidence", report.counts().abstentions());
        body.put("searches_degraded", report.counts().degraded());
        body.put("ingest_messages_per_second", report.costs().ingested());
        body.put("bytes_per_memory", report.costs().bytesPerMemory());
        body.set("search_ms", percentilesJson(report.costs().search()));
        body.set("embedding_ms", percentilesJson(report.costs().embedding()));
        if (!report.confidence().unanswerable().isEmpty()) {
            body.put("abstention_auroc", report.confidence().area());
        }
        UpdateOrder order = UpdateOrder.of(report.answers());
        ObjectNode updates = body.putObject("newer_above_older");
        updates.put("questions", order.questions());
        updates.put("mean", order.share());
        updates.set("interval", intervalJson(order.interval()));
        ObjectNode overall = group(report.overall(), report.metrics());
        for (Metric metric : report.metrics()) {
            ((ObjectNode) overall.required(metric.name().toLowerCase(Locale.ROOT)))
                    .set(
                            "interval_over_conversations",
                            intervalJson(report.overall().byConversation(metric)));
        }
        body.set("overall", overall);
        ObjectNode categories = body.putObject("categories");
        report.categories().forEach(group -> categories.set(group.name(), group(group, report.metrics())));
        out.println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(body));
    }

    private static ObjectNode group(RecallReport.Group group, List<Metric> metrics) {
        ObjectNode shape = JSON.createObjectNode();
        shape.put("questions", group.answers().size());
        for (Metric metric : metrics) {
            ObjectNode value = shape.putObject(metric.name().toLowerCase(Locale.ROOT));
            value.put("mean", group.mean(metric));
            value.set("interval", intervalJson(group.byQuestion(metric)));
        }
        return shape;
    }

    private static ArrayNode intervalJson(Bootstrap.Interval interval) {
        return JSON.createArrayNode().add(interval.low()).add(interval.high());
    }

    private static ObjectNode percentilesJson(Samples samples) {
        ObjectNode shape = JSON.createObjectNode();
        shape.put("p50", samples.median());
        shape.put("p95", samples.percentile(95));
        shape.put("p99", samples.percentile(99));
        return shape;
    }
}
