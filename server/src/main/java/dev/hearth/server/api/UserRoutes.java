package dev.hearth.server.api;

import dev.hearth.engine.Engine;
import dev.hearth.engine.partition.User;
import dev.hearth.engine.partition.UserProfile;
import dev.hearth.server.http.Exchange;
import dev.hearth.server.http.Fields;
import dev.hearth.server.http.Method;
import dev.hearth.server.http.Route;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** End users. */
final class UserRoutes {

    private static final Set<String> FIELDS =
            Set.of("display_name", "time_zone", "locale", "age_band", "jurisdiction", "plan", "outreach");
    private static final List<String> PLANS = List.of("free", "plus", "premium");

    private final Supplier<Engine> engine;

    UserRoutes(Supplier<Engine> engine) {
        this.engine = engine;
    }

    List<Route> routes() {
        return List.of(
                Route.keyed(Method.PUT, "/v1/users/{external_id}", this::put),
                Route.keyed(Method.PATCH, "/v1/users/{external_id}", this::patch),
                Route.keyed(Method.GET, "/v1/users/{external_id}", this::get),
                Route.keyed(Method.DELETE, "/v1/users/{external_id}", this::erase));
    }

    private void put(Exchange exchange) throws IOException {
        String externalId = Names.externalId(exchange);
        UserProfile profile = profile(exchange.fields(FIELDS), UserProfile.EMPTY);
        Etags.check(exchange, () -> stored(externalId));
        answer(exchange, engine.get().users().put(externalId, profile));
    }

    /** Merge patch (RFC 7396): what is named is replaced, what is null is taken away, the rest stays. */
    private void patch(Exchange exchange) throws IOException {
        String externalId = Names.externalId(exchange);
        Fields fields = exchange.fields(FIELDS);
        profile(fields, UserProfile.EMPTY);
        Etags.check(exchange, () -> stored(externalId));
        answer(exchange, engine.get().users().patch(externalId, before -> profile(fields, before)));
    }

    private void get(Exchange exchange) {
        answer(exchange, engine.get().users().get(Names.externalId(exchange)));
    }

    private void erase(Exchange exchange) {
        String externalId = Names.externalId(exchange);
        exchange.json(Answers.receipt(engine.get().users().erase(externalId)));
    }

    private static void answer(Exchange exchange, User user) {
        Etags.answer(exchange, Answers.user(user));
    }

    private ObjectNode stored(String externalId) {
        return Answers.user(engine.get().users().get(externalId));
    }

    private static UserProfile profile(Fields fields, UserProfile before) {
        return new UserProfile(
                line(fields, "display_name", 200, before.displayName()),
                line(fields, "time_zone", 64, before.timeZone()),
                line(fields, "locale", 35, before.locale()),
                line(fields, "age_band", 32, before.ageBand()),
                line(fields, "jurisdiction", 32, before.jurisdiction()),
                fields.has("plan") ? fields.optionalOneOf("plan", PLANS) : before.plan(),
                fields.has("outreach") ? fields.optionalBoolean("outreach") : before.outreach());
    }

    private static @Nullable String line(Fields fields, String name, int max, @Nullable String before) {
        return fields.has(name) ? fields.optionalLine(name, max) : before;
    }
}
