package dev.hearth.client;

import dev.hearth.client.data.Companion;
import dev.hearth.client.data.CompanionInput;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Companions. */
public final class Companions {

    private static final String ROOT = "/v1/companions";

    private final Transport transport;

    Companions(Transport transport) {
        this.transport = transport;
    }

    /** By id, ascending. */
    public Paged<Companion> list() {
        return new Paged<>(cursor -> Json.page(
                transport
                        .send(Call.of("GET", ROOT + Call.query("cursor", cursor)))
                        .body(),
                Companion.class));
    }

    public Companion get(String slug) {
        return answered(Call.of("GET", path(slug)));
    }

    /** Makes the companion or replaces what it is. */
    public Companion put(String slug, CompanionInput companion) {
        return put(slug, companion, null);
    }

    /** The same, refused where the stored state is not the one of the entity tag. */
    public Companion put(String slug, CompanionInput companion, @Nullable String etag) {
        return answered(Call.of("PUT", path(slug), companion).ifMatch(etag));
    }

    /** Makes the companion or replaces what it is, from a document of YAML: its name and its personality. */
    public Companion putYaml(String slug, String yaml) {
        return answered(new Call("PUT", path(slug), yaml, Map.of("Content-Type", "application/yaml"), true, false));
    }

    /** Takes the companion away. Its relationships stay readable and take no turn. */
    public void delete(String slug) {
        delete(slug, null);
    }

    /** The same, refused where the stored state is not the one of the entity tag. */
    public void delete(String slug, @Nullable String etag) {
        transport.send(Call.of("DELETE", path(slug)).ifMatch(etag));
    }

    private Companion answered(Call call) {
        Transport.Answer answer = transport.send(call);
        return Json.read(answer.body(), Companion.class).withEtag(answer.etag());
    }

    private static String path(String slug) {
        return ROOT + "/" + Call.segment(slug);
    }
}
