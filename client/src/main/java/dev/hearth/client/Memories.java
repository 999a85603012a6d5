package dev.hearth.client;

import dev.hearth.client.data.ForgetScope;
import dev.hearth.client.data.Memory;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Memories by their ids. {@link RelationshipClient#memories} lists them. */
public final class Memories {

    private final Transport transport;

    Memories(Transport transport) {
        this.transport = transport;
    }

    public Memory get(String id) {
        return answered(Call.of("GET", path(id)));
    }

    /** Answers the corrected memory, which has a new id; the old one is forgotten. */
    public Memory correct(String id, String text) {
        return correct(id, text, null);
    }

    /** The same, refused where the stored state is not the one of the entity tag. */
    public Memory correct(String id, String text, @Nullable String etag) {
        return answered(Call.of("PATCH", path(id), Map.of("text", text)).ifMatch(etag));
    }

    /** Has a memory recalled before what is about as good, or as the others again. */
    public Memory pin(String id, boolean pinned) {
        return answered(Call.of("PATCH", path(id), Map.of("pinned", pinned)).repeatable(true));
    }

    /** Forgets it, all messages that said it. The words are gone from recall, history and store when this returns. */
    public void delete(String id) {
        delete(id, ForgetScope.MEMORY);
    }

    public void delete(String id, ForgetScope scope) {
        String wanted = scope == ForgetScope.MEMORY ? null : scope.name().toLowerCase(Locale.ROOT);
        transport.send(Call.of("DELETE", path(id) + Call.query("scope", wanted)));
    }

    private Memory answered(Call call) {
        Transport.Answer answer = transport.send(call);
        return Json.read(answer.body(), Memory.class).withEtag(answer.etag());
    }

    private static String path(String id) {
        return "/v1/memories/" + Call.segment(id);
    }
}
