package dev.hearth.bench.crash;

import dev.hearth.bench.child.HearthClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A message as the server lists it; {@code turn} is empty for one that was imported. */
record Heard(String id, long seq, boolean byUser, String text, String turn) {

    /** The relationship could not be read whole. */
    static final class Unreadable extends RuntimeException {
        Unreadable(String message) {
            super(message);
        }
    }

    /** All messages of a relationship in order; its memories are searched once too. */
    static List<Heard> all(HearthClient client, String relationship) {
        List<Heard> all = new ArrayList<>();
        String cursor = null;
        do {
            JsonNode page = read(client, relationship, cursor);
            for (JsonNode message : page.path("data")) {
                all.add(new Heard(
                        message.path("id").asString(),
                        message.path("seq").asLong(),
                        message.path("role").asString().equals("user"),
                        message.path("text").asString(),
                        message.path("turn_id").isNull()
                                ? ""
                                : message.path("turn_id").asString("")));
            }
            cursor = page.path("next_cursor").isNull()
                    ? null
                    : page.path("next_cursor").asString();
        } while (cursor != null);
        HearthClient.Answer found = answered(() -> client.search(relationship, "What do you remember?"));
        if (!found.ok()) {
            throw new Unreadable("search answered " + found.code());
        }
        return all;
    }

    private static JsonNode read(HearthClient client, String relationship, @Nullable String cursor) {
        HearthClient.Answer page = answered(() -> client.messages(relationship, cursor));
        if (!page.ok()) {
            throw new Unreadable("messages answered " + page.code());
        }
        return page.body();
    }

    private interface Call {
        HearthClient.Answer run();
    }

    private static HearthClient.Answer answered(Call call) {
        try {
            return call.run();
        } catch (UncheckedIOException e) {
            IOException cause = e.getCause();
            throw new Unreadable("no answer: " + cause);
        }
    }
}
