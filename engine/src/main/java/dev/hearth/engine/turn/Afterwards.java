package dev.hearth.engine.turn;

import dev.hearth.engine.relationship.Resident;
import dev.hearth.engine.relationship.StoredMessage;
import dev.hearth.spi.Clock;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.Embedder;
import java.lang.ref.WeakReference;
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
    private static final int ATTEMPTS = 3;
    private static final Duration EMBEDDING = Duration.ofSeconds(60);

    private final @Nullable Embedder embedder;
    private final Clock clock;
    private final BlockingQueue<Task> queue = new ArrayBlockingQueue<>(QUEUE);
    private final @Nullable Thread worker;
    private volatile Embedded onEmbedded = (resident, seq, vector) -> {};
    private volatile boolean closed;

    /** What is done with a memory once it has its vector. */
    public interface Embedded {
        void take(Resident resident, long seq, float[] vector);
    }

    /** The relationship is held weakly: one that was let go of is found unembedded when it is loaded again. */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    private record Task(
            WeakReference<Resident> resident, long seq, String spoken, int attempt, float @Nullable [] vector) {}

    public Afterwards(@Nullable Embedder embedder, Clock clock) {
        this.embedder = embedder;
        this.clock = clock;
        this.worker =
                embedder == null ? null : Thread.ofVirtual().name("afterwards").start(this::run);
    }

    /** Embeds the message in a moment, if it is a memory. */
    public void embed(Resident resident, StoredMessage message) {
        if (worker != null && resident.index().live(message.seq())) {
            offer(new Task(new WeakReference<>(resident), message.seq(), message.spoken(), 1, null));
        }
    }

    /** Has more done with each memory that was embedded; at most one listener. */
    public void whenEmbedded(Embedded listener) {
        onEmbedded = listener;
    }

    /** Does in a moment what is done with a memory that has its vector already. */
    void embedded(Resident resident, StoredMessage message, List<float[]> windows) {
        if (worker != null && resident.index().live(message.seq())) {
            offer(new Task(new WeakReference<>(resident), message.seq(), "", 1, windows.getFirst()));
        }
    }

    private void offer(Task task) {
        if (!queue.offer(task)) {
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
                tasks.removeIf(task -> live(task) == null);
                List<Task> embedded =
                        tasks.stream().filter(task -> task.vector() != null).toList();
                tasks.removeAll(embedded);
                if (!tasks.isEmpty()) {
                    embed(tasks);
                }
                embedded.forEach(task -> told(task, java.util.Objects.requireNonNull(task.vector())));
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void told(Task task, float[] vector) {
        Resident resident = live(task);
        if (resident == null) {
            return;
        }
        try {
            onEmbedded.take(resident, task.seq(), vector);
        } catch (RuntimeException failure) {
            // The worker goes on; the memory is there, only not compared.
            log.warn("A memory could not be compared with the others: {}", failure.toString());
        }
    }

    private static @Nullable Resident live(Task task) {
        Resident resident = task.resident().get();
        return resident == null || resident.stale() ? null : resident;
    }

    private void embed(List<Task> tasks) {
        try {
            List<List<float[]>> vectors = java.util.Objects.requireNonNull(embedder)
                    .embed(tasks.stream().map(Task::spoken).toList(), Deadline.after(clock, EMBEDDING));
            for (int i = 0; i < tasks.size(); i++) {
                Resident resident = live(tasks.get(i));
                if (resident != null) {
                    resident.attach(tasks.get(i).seq(), vectors.get(i));
                    told(tasks.get(i), vectors.get(i).getFirst());
                }
            }
        } catch (RuntimeException failure) {
            if (closed) {
                return;
            }
            // The worker goes on whatever one batch does; the messages are found by their words meanwhile.
            log.warn("{} messages have no vector yet: {}", tasks.size(), failure.toString());
            for (Task task : tasks) {
                if (task.attempt() < ATTEMPTS) {
                    offer(new Task(task.resident(), task.seq(), task.spoken(), task.attempt() + 1, null));
                }
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        if (worker != null) {
            worker.interrupt();
        }
    }
}
