package dev.hearth.server.command.migrating;

import dev.hearth.spi.Partition;
import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A few partitions at once, since most of the time goes by waiting for a store on the network. */
final class Workers {

    private final int count;

    Workers(int count) {
        this.count = count;
    }

    /** Does {@code work} with each of them. Where one fails no other is begun, and none runs when this throws. */
    void each(Collection<Partition> partitions, Consumer<Partition> work) {
        Queue<Partition> open = new ConcurrentLinkedQueue<>(partitions);
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < Math.min(count, partitions.size()); i++) {
                threads.execute(() -> {
                    try {
                        for (Partition next = open.poll(); next != null; next = open.poll()) {
                            work.accept(next);
                        }
                    } catch (RuntimeException | Error failed) {
                        open.clear();
                        failure.compareAndSet(null, failed);
                    }
                });
            }
        }
        switch (failure.get()) {
            case RuntimeException failed -> throw failed;
            case Error failed -> throw failed;
            case null, default -> {}
        }
    }
}
