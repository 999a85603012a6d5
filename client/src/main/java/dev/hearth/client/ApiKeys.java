package dev.hearth.client;

import dev.hearth.client.data.ApiKey;
import dev.hearth.client.data.NewApiKey;

/** Keys of applications. Needs the operator's key. */
public final class ApiKeys {

    private static final String ROOT = "/v1/keys";

    private final Transport transport;

    ApiKeys(Transport transport) {
        this.transport = transport;
    }

    /** Makes a key. The answer alone holds it. */
    public ApiKey create(NewApiKey key) {
        return Json.read(transport.send(Call.of("POST", ROOT, key)).body(), ApiKey.class);
    }

    public Paged<ApiKey> list() {
        return new Paged<>(cursor -> Json.page(
                transport
                        .send(Call.of("GET", ROOT + Call.query("cursor", cursor)))
                        .body(),
                ApiKey.class));
    }

    public void delete(String id) {
        transport.send(Call.of("DELETE", ROOT + "/" + Call.segment(id)));
    }
}
