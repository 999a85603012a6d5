package dev.hearth.engine.scope;

import dev.hearth.spi.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Pieces of work that end together: what still runs when the scope closes is interrupted. For one thread to fork and
 * close.
 */
public final class Scope implements AutoCloseable {

    private final Clock clock;
    private final List<Fork<?>> forks = new ArrayList<>();

    public Scope(Clock clock) {
        this.clock = clock;
    }

    /** Starts work that ends with the scope. */
    public <T> Fork<T> fork(String name, Callable<T> work) {
        Fork<T> fork = Fork.start(name, clock, work);
        forks.add(fork);
        return fork;
    }

    /** Starts work that may outlive the scope and has a bound of its own. */
    public static <T> Fork<T> outliving(String name, Clock clock, Callable<T> work) {
        return Fork.start(name, clock, work);
    }

    @Override
    public void close() {
        forks.forEach(Fork::cancel);
    }
}
