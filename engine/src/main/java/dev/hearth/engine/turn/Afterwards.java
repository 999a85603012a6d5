package dev.hearth.engine.turn;

import dev.hearth.engine.relationship.Resident;
import dev.hearth.engine.relationship.StoredMessage;
import dev.hearth.spi.Clock;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.Embedder;
import dev.hearth.spi.EmbedderException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The work after a turn, off its path: embedding what has no vector yet. Its queue is bounded; what does not fit is
 * found again when the relationship is next loaded, and until then by its words.
 */
public final class Afterwards implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Afterwards.class);
    private static final int QUEUE = 10_000;
    private static final int TOGETHER = 16;
    private static final Duration EMBEDDING = Duration.ofSeconds(60);

    private final @Nullable Embedder embedder;
    private final Clock clock;
    private final BlockingQueue<Task> queue = new ArrayBlockingQueue<>(QUEUE);
    private final @Nullable Thread worker;

    private record Task(Resident resident, StoredMessage message) {}

    public Afterwards(@Nullable Embedder embedder, Clock clock) {
        this.embedder = embedder;
        this.clock = clock;
        this.worker = embedder == null ? null : Thread.ofVirtual().name("afterwards").start(this::run);
    }

    /** Embeds the message in a moment. */
    public void embed(Resident resident, StoredMessage message) {
        if (worker != null && !queue.offer(new Task(resident, message))) {
            log.debug("The queue of work after turns is full; a message is embedded when next loaded.");
        }
    }

    private void run() {
        List<Task> tasks = new ArrayList<>();
        try {
            while (true) {
                tasks.clear();
                tasks.add(queue.take());
                queue.drainTo(tasks, TOGETHER - 1);
                embed(tasks.stream().filter(task -> !task.resident().stale()).toList());
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void embed(List<Task> tasks) {
        if (tasks.isEmpty() || embedder == null) {
            return;
        }
        try {
            List<List<float[]>> vectors = embedder.embed(
                    tasks.stream().map(task -> task.message().spoken()).toList(), Deadline.after(clock, EMBEDDING));
            for (int i = 0; i < tasks.size(); i++) {
                tasks.get(i).resident().attach(tasks.get(i).message().seq(), vectors.get(i));
            }
        } catch (EmbedderException failure) {
            log.warn("{} messages have no vector yet: {}", tasks.size(), failure.getMessage());
        }
    }

    @Override
    public void close() {
        if (worker != null) {
            worker.interrupt();
        }
    }
}
