package dev.hearth.bench.load;

import dev.hearth.bench.child.CoreShare;
import dev.hearth.bench.child.HearthClient;
import dev.hearth.bench.child.ServerProcess;
import dev.hearth.bench.measure.Samples;
import dev.hearth.bench.world.SmallTalk;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;

/**
 * Clients that take turns as fast as they are answered. Each has relationships of its own, so that no turn waits for
 * another of the same relationship.
 */
final class TurnLoad {

    private static final String COMPANION = "bench";
    private static final int TRACED_EVERY = 50;

    private final HearthClient client;
    private final List<String> relationships = new ArrayList<>();
    private final AtomicLong numbers = new AtomicLong();

    TurnLoad(HearthClient client, int relationships) {
        this.client = client;
        client.companion(COMPANION);
        for (int i = 0; i < relationships; i++) {
            this.relationships.add(client.ensure(COMPANION, "user " + i));
        }
    }

    /**
     * What came of a run.
     *
     * @param latency of answered turns in milliseconds, as the client sees them
     * @param steps of every {@value #TRACED_EVERY}th turn, in milliseconds
     * @param errors by their codes, {@code no_answer} where the connection broke
     * @param degraded turns that went without something, as the query's vector
     * @param serverCores processor time of the server, in cores
     * @param clientCores processor time of this process, in cores
     * @param otherCores processor time of everything else on the machine, the system included, in cores
     */
    record Result(
            Duration took,
            Samples latency,
            Map<String, Samples> steps,
            Map<String, AtomicLong> errors,
            long degraded,
            double serverCores,
            double clientCores,
            double otherCores) {

        double turnsPerSecond() {
            return latency.count() / (took.toNanos() / 1e9);
        }
    }

    /** Runs for some time; the server is measured while it does. */
    Result run(ServerProcess server, int clients, Duration time) {
        Samples latency = new Samples();
        Map<String, AtomicLong> errors = new ConcurrentHashMap<>();
        AtomicLong degraded = new AtomicLong();
        ConcurrentLinkedQueue<String> traced = new ConcurrentLinkedQueue<>();
        CoreShare cores = new CoreShare(server);
        long start = System.nanoTime();
        long end = start + time.toNanos();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (int each = 0; each < Math.min(clients, relationships.size()); each++) {
                int first = each;
                running.add(executor.submit(() -> {
                    int at = first;
                    while (System.nanoTime() < end) {
                        take(relationships.get(at), latency, errors, degraded, traced);
                        at = at + clients < relationships.size() ? at + clients : first;
                    }
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("A client of the load failed.", e.getCause());
        }
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        CoreShare.Used used = cores.used();
        return new Result(
                took, latency, steps(traced), errors, degraded.get(), used.server(), used.own(), used.other());
    }

    private void take(
            String relationship,
            Samples latency,
            Map<String, AtomicLong> errors,
            AtomicLong degraded,
            ConcurrentLinkedQueue<String> traced) {
        long number = numbers.getAndIncrement();
        long start = System.nanoTime();
        String code;
        try {
            HearthClient.Answer answer = client.turn(relationship, SmallTalk.line(number), "turn-" + number);
            code = answer.code();
            if (answer.ok()) {
                latency.add(Duration.ofNanos(System.nanoTime() - start));
                degraded.addAndGet(answer.body().path("degraded").isEmpty() ? 0 : 1);
                if (number % TRACED_EVERY == 0) {
                    traced.add(answer.body().path("turn_id").asString());
                }
            }
        } catch (UncheckedIOException e) {
            code = "no_answer";
        }
        if (!code.equals("ok")) {
            errors.computeIfAbsent(code, unseen -> new AtomicLong()).incrementAndGet();
        }
    }

    private Map<String, Samples> steps(Iterable<String> turns) {
        Map<String, Samples> steps = new LinkedHashMap<>();
        for (String turn : turns) {
            for (JsonNode step : client.trace(turn).body().path("steps")) {
                steps.computeIfAbsent(step.path("name").asString(), name -> new Samples())
                        .add(step.path("ms").asDouble());
            }
        }
        return steps;
    }
}
