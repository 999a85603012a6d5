package dev.hearth.stack.faults;

import dev.hearth.engine.Engine;
import dev.hearth.engine.export.ExportEntry;
import dev.hearth.engine.memory.Memory;
import dev.hearth.engine.memory.MemoryFilter;
import dev.hearth.engine.memory.SearchRequest;
import dev.hearth.engine.memory.SearchResult;
import dev.hearth.engine.relationship.Imported;
import dev.hearth.engine.relationship.Message;
import dev.hearth.engine.turn.TurnRequest;
import dev.hearth.engine.turn.TurnResult;
import dev.hearth.spi.Clock;
import dev.hearth.spi.ColdStore;
import dev.hearth.spi.Deadline;
import dev.hearth.spi.HotStore;
import dev.hearth.spi.Partition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One engine with its own ways to the stores. */
final class Node implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    final Engine engine;
    final HotStore hot;
    final ColdStore cold;
    private final Clock clock;
    private final List<AutoCloseable> parts;
    private boolean closed;

    Node(Engine engine, Clock clock, HotStore hot, ColdStore cold, List<AutoCloseable> parts) {
        this.engine = engine;
        this.clock = clock;
        this.hot = hot;
        this.cold = cold;
        this.parts = parts;
    }

    /** The user's relationship, into which this was imported. */
    String imported(String user, List<Imported> history) {
        String relationship = engine.relationships().ensure("aria", user).id();
        engine.relationships().importMessages(relationship, history);
        return relationship;
    }

    TurnResult say(String relationship, String text, @Nullable String key) {
        return engine.turns().take(new TurnRequest(relationship, text, null, key), event -> {});
    }

    List<Message> messages(String relationship) {
        List<Message> read = new ArrayList<>();
        String cursor = null;
        do {
            var page = engine.relationships().messages(relationship, 100, cursor, true);
            read.addAll(page.data());
            cursor = page.nextCursor();
        } while (cursor != null);
        return read;
    }

    List<Memory> memories(String relationship) {
        List<Memory> read = new ArrayList<>();
        String cursor = null;
        do {
            var page = engine.memories().list(relationship, MemoryFilter.ALL, 100, cursor);
            read.addAll(page.data());
            cursor = page.nextCursor();
        } while (cursor != null);
        return read;
    }

    /** Waits for what is cold as long as it takes. */
    SearchResult search(String relationship, String query) {
        return engine.memories().search(relationship, new SearchRequest(query, 5, null, PATIENCE));
    }

    /** The text of a search's first hit, empty where it has none. */
    String first(String relationship, String query) {
        return search(relationship, query).hits().stream()
                .findFirst()
                .map(hit -> hit.memory().text())
                .orElse("");
    }

    Memory memory(String relationship, String text) {
        return memories(relationship).stream()
                .filter(memory -> memory.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new AssertionError("There is no memory \"" + text + "\"."));
    }

    /** The user's messages as the export tells them. */
    List<String> exported(String user) {
        List<String> texts = new ArrayList<>();
        engine.exports().export(user, entry -> {
            if (entry instanceof ExportEntry.OfMessage message) {
                texts.add(message.message().text());
            }
        });
        return texts;
    }

    static Partition partition(String relationship) {
        return new Partition(relationship.substring(4, 30));
    }

    List<String> objects(String relationship) {
        return cold.list(partition(relationship), "", Deadline.after(clock, PATIENCE));
    }

    static void close(List<AutoCloseable> parts) {
        for (AutoCloseable part : parts.reversed()) {
            try {
                part.close();
            } catch (Exception failed) {
                throw new IllegalStateException(failed);
            }
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            engine.close();
            close(parts);
        }
    }
}
