package dev.hearth.client;

import dev.hearth.client.data.Page;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A list that comes in pages. Iterating asks for the next page when it gets there, so it can throw in the middle; every
 * iterator begins anew.
 */
public final class Paged<T> implements Iterable<T> {

    /** Asks for one page. */
    @FunctionalInterface
    interface Source<T> {
        Page<T> page(@Nullable String cursor);
    }

    private final Source<T> source;

    Paged(Source<T> source) {
        this.source = source;
    }

    /** The first page. */
    public Page<T> first() {
        return source.page(null);
    }

    /** The page that a {@link Page#nextCursor} names. */
    public Page<T> page(String cursor) {
        return source.page(cursor);
    }

    public Stream<T> stream() {
        return StreamSupport.stream(spliterator(), false);
    }

    @Override
    public Iterator<T> iterator() {
        return new Walk<>(source);
    }

    private static final class Walk<T> implements Iterator<T> {

        private final Source<T> source;
        private Page<T> page;
        private int at;

        Walk(Source<T> source) {
            this.source = source;
            this.page = source.page(null);
        }

        @Override
        public boolean hasNext() {
            while (at == page.data().size()) {
                String cursor = page.nextCursor();
                if (cursor == null) {
                    return false;
                }
                page = source.page(cursor);
                at = 0;
            }
            return true;
        }

        @Override
        public T next() {
            if (!hasNext()) {
                throw new NoSuchElementException("The list is at its end.");
            }
            return page.data().get(at++);
        }
    }
}
