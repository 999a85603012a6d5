package dev.hearth.client;

import dev.hearth.client.data.Memory;
import java.util.Map;

/** Memories by their ids. */
public final class Memories {

    private final Transport transport;

    Memories(Transport transport) {
        this.transport = transport;
    }

    public Memory get(String id) {
        return Json.read(transport.send(Call.of("GET", path(id))).body(), Memory.class);
    }

    /** Answers the corrected memory, which has a new id; the old one is forgotten. */
    public Memory correct(String id, String text) {
        return Json.read(
                transport.send(Call.of("PATCH", path(id), Map.of("text", text))).body(), Memory.class);
    }

    /** Forgets it. The words are gone from recall, history and store when this returns. */
    public void delete(String id) {
        transport.send(Call.of("DELETE", path(id)));
    }

    private static String path(String id) {
        return "/v1/memories/" + Call.segment(id);
    }
}
