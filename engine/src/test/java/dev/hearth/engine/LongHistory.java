package dev.hearth.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.engine.export.ExportEntry;
import dev.hearth.engine.memory.SearchRequest;
import dev.hearth.engine.memory.SearchResult;
import dev.hearth.engine.relationship.Imported;
import dev.hearth.engine.relationship.Message;
import dev.hearth.spi.Partition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A history of any length that is imported, and all that can be read of it again.
 *
 * @param text what is said, with a place for the message's number
 * @param queries what is searched for where everything is read
 */
record LongHistory(String text, List<String> queries) {

    static final Instant START = Instant.parse("2025-03-01T10:00:00Z");

    LongHistory {
        queries = List.copyOf(queries);
    }

    List<Imported> between(int from, int to) {
        List<Imported> messages = new ArrayList<>();
        for (int i = from; i < to; i++) {
            messages.add(new Imported(
                    "m-" + i,
                    i % 2 == 0 ? Message.Role.USER : Message.Role.COMPANION,
                    i % 2 == 0 ? "Melanie" : null,
                    null,
                    text.formatted(i),
                    START.plusSeconds(60L * i)));
        }
        return messages;
    }

    void importInto(House house, String relationship, int from, int to) {
        house.engine.relationships().importMessages(relationship, between(from, to));
    }

    /** All messages, by every way there is, and the best of what is searched for. */
    List<String> everything(House house, String relationship) {
        List<Message> messages = messages(house, relationship, 37, true);
        assertThat(messages(house, relationship, 200, false).reversed()).isEqualTo(messages);
        List<String> read = new ArrayList<>();
        messages.forEach(message -> read.add(message.toString()));
        for (String query : queries) {
            // The best alone: the order of the others depends on which vectors are there already.
            search(house, relationship, query).hits().stream()
                    .findFirst()
                    .ifPresent(hit -> read.add(hit.memory().toString()));
        }
        exported(house).forEach(message -> read.add(message.toString()));
        return read;
    }

    /** Where two lists of what can be read differ, in a line each. */
    static List<String> differences(List<String> before, List<String> now) {
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < Math.max(before.size(), now.size()); i++) {
            String one = i < before.size() ? before.get(i) : "nothing";
            String other = i < now.size() ? now.get(i) : "nothing";
            if (!one.equals(other) && differences.size() < 6) {
                differences.add(i + ": " + one + " -> " + other);
            }
        }
        return differences;
    }

    /** All messages, in pages of this size. */
    static List<Message> messages(House house, String relationship, int size, boolean upwards) {
        List<Message> messages = new ArrayList<>();
        String cursor = null;
        do {
            var page = house.engine.relationships().messages(relationship, size, cursor, upwards);
            messages.addAll(page.data());
            cursor = page.nextCursor();
        } while (cursor != null);
        return messages;
    }

    /** The messages in an export of anna's. */
    static List<Message> exported(House house) {
        List<Message> messages = new ArrayList<>();
        house.engine.exports().export("anna", entry -> {
            if (entry instanceof ExportEntry.OfMessage message) {
                messages.add(message.message());
            }
        });
        return messages;
    }

    static SearchResult search(House house, String relationship, String query) {
        return house.engine.memories().search(relationship, new SearchRequest(query, 10, null, null));
    }

    static Partition partition(String relationship) {
        return new Partition(relationship.substring(4, 30));
    }
}
