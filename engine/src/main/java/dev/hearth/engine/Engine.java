package dev.hearth.engine;

import dev.hearth.engine.access.AccessKeys;
import dev.hearth.engine.emotion.Feelings;
import dev.hearth.engine.event.EventLog;
import dev.hearth.engine.event.Events;
import dev.hearth.engine.event.News;
import dev.hearth.engine.export.Exports;
import dev.hearth.engine.extraction.Extraction;
import dev.hearth.engine.memory.Memories;
import dev.hearth.engine.memory.QueryCache;
import dev.hearth.engine.memory.Recollection;
import dev.hearth.engine.partition.Budgets;
import dev.hearth.engine.partition.Erasures;
import dev.hearth.engine.partition.OpaqueNames;
import dev.hearth.engine.partition.SoleWork;
import dev.hearth.engine.partition.Users;
import dev.hearth.engine.partition.Vault;
import dev.hearth.engine.persona.Companions;
import dev.hearth.engine.problem.Problem;
import dev.hearth.engine.relationship.Folding;
import dev.hearth.engine.relationship.Head;
import dev.hearth.engine.relationship.HotCopies;
import dev.hearth.engine.relationship.Presence;
import dev.hearth.engine.relationship.RelationshipKey;
import dev.hearth.engine.relationship.RelationshipRoom;
import dev.hearth.engine.relationship.Relationships;
import dev.hearth.engine.relationship.Residents;
import dev.hearth.engine.relationship.Sessions;
import dev.hearth.engine.relationship.Storages;
import dev.hearth.engine.relationship.Tiering;
import dev.hearth.engine.relationship.Witness;
import dev.hearth.engine.turn.Afterwards;
import dev.hearth.engine.turn.StoredTurns;
import dev.hearth.engine.turn.TurnRoom;
import dev.hearth.engine.turn.Turns;
import dev.hearth.engine.webhook.WebhookRoom;
import dev.hearth.engine.webhook.Webhooks;
import dev.hearth.spi.Courier;
import dev.hearth.spi.Embedder;
import org.jspecify.annotations.Nullable;

/**
 * The door of the engine. Safe for any number of threads; every call blocks, so make it on a virtual thread. Calls
 * throw {@link dev.hearth.engine.problem.Problem} for everything that is refused or fails.
 */
public final class Engine implements AutoCloseable {

    private final AccessKeys accessKeys;
    private final Companions companions;
    private final Users users;
    private final Relationships relationships;
    private final Memories memories;
    private final Turns turns;
    private final Exports exports;
    private final Events events;
    private final Feelings feelings = new Feelings();
    private final @Nullable WebhookRoom webhooks;
    private final Residents residents;
    private final News news;
    private final Afterwards afterwards;
    private final Folding folding;
    private final Tiering tiering;
    private final Storages storages;
    private final Presence presence;
    private final @Nullable QueryCache queryCache;
    private final HotCopies copies;
    private final Extraction extraction;

    private Engine(
            AccessKeys accessKeys,
            Companions companions,
            Users users,
            Relationships relationships,
            Memories memories,
            Turns turns,
            Exports exports,
            Events events,
            @Nullable WebhookRoom webhooks,
            Residents residents,
            News news,
            Afterwards afterwards,
            Folding folding,
            Tiering tiering,
            Storages storages,
            Presence presence,
            @Nullable QueryCache queryCache,
            HotCopies copies,
            Extraction extraction) {
        this.accessKeys = accessKeys;
        this.companions = companions;
        this.users = users;
        this.relationships = relationships;
        this.memories = memories;
        this.turns = turns;
        this.exports = exports;
        this.events = events;
        this.webhooks = webhooks;
        this.residents = residents;
        this.news = news;
        this.afterwards = afterwards;
        this.folding = folding;
        this.tiering = tiering;
        this.storages = storages;
        this.presence = presence;
        this.queryCache = queryCache;
        this.copies = copies;
        this.extraction = extraction;
    }

    /** Opens the engine on a world, which stays its caller's to close. Erasures are carried through before it answers. */
    public static Engine open(World world, Settings settings) {
        Budgets budgets = new Budgets(world.clock());
        Vault vault = new Vault(world.warm(), world.keys(), world.random());
        OpaqueNames names = new OpaqueNames(world.keys(), settings.project());
        Afterwards afterwards = new Afterwards(world.embedder(), world.clock());
        RelationshipRoom.Parts parts = new RelationshipRoom.Parts(
                vault,
                names,
                budgets,
                world.random(),
                world.embedder(),
                world.hot(),
                new SoleWork(world.extras().leases(), !vault.exclusive(), world.random(), budgets),
                world.cold(),
                world.extras().vectors(),
                world.extras().significance(),
                settings.tiers());
        HotCopies copies = RelationshipRoom.copies(parts);
        Residents residents = RelationshipRoom.residents(
                parts,
                copies,
                settings.residentBytes(),
                (resident, messages) -> messages.forEach(message -> afterwards.embed(resident, message)));
        News news = new News();
        EventLog log = new EventLog(vault, budgets);
        Erasures erasures = new Erasures(
                world.warm(),
                world.hot(),
                world.cold(),
                world.keys(),
                world.erasures(),
                world.extras().vectors(),
                vault,
                budgets,
                world.random(),
                partition -> {
                    news.tell(partition);
                    return residents.forget(partition);
                });
        erasures.replay();
        Companions companions = new Companions(vault, budgets);
        Users users = new Users(vault, names, erasures, budgets);
        Courier courier = world.extras().courier();
        WebhookRoom webhooks = courier == null ? null : WebhookRoom.open(vault, budgets, world.random(), log, courier);
        RelationshipRoom room = RelationshipRoom.open(
                parts,
                copies,
                residents,
                new Sessions(settings.sessionGap()),
                users,
                companions,
                witness(news, webhooks),
                StoredTurns::status);
        afterwards.whenEmbedded(room.nearDuplicates()::fold);
        Embedder embedder = world.embedder();
        QueryCache queryCache = embedder == null || settings.queryCache() == 0
                ? null
                : new QueryCache(embedder, settings.queryCache(), world.clock());
        Recollection recollection =
                new Recollection(queryCache == null ? embedder : queryCache, room.thaw(), world.clock());
        Memories memories = new Memories(
                room.addresses(),
                room.history(),
                recollection,
                room.forgetting(),
                room.importer(),
                users,
                afterwards::embed,
                settings.turn().recall(),
                world.clock());
        Turns turns = TurnRoom.open(
                parts, room, companions, users, recollection, afterwards, world.voices(), settings.turn());
        Extraction extraction = Extraction.open(
                world.extras().extractor(),
                settings.turn().reply(),
                settings.extraction(),
                parts,
                room,
                companions,
                users,
                afterwards::embed);
        Exports exports = new Exports(vault, names, users, room.relationships(), room.history(), memories, budgets);
        Events events = new Events(room.addresses(), log, news);
        AccessKeys accessKeys = new AccessKeys(vault, budgets, world.random());
        if (webhooks != null) {
            webhooks.start();
        }
        return new Engine(
                accessKeys,
                companions,
                users,
                room.relationships(),
                memories,
                turns,
                exports,
                events,
                webhooks,
                residents,
                news,
                afterwards,
                room.folding(),
                room.tiering(),
                room.storages(),
                room.presence(),
                queryCache,
                copies,
                extraction);
    }

    private static Witness witness(News news, @Nullable WebhookRoom webhooks) {
        Witness outbox = webhooks == null ? Witness.NOBODY : webhooks.witness();
        return new Witness() {
            @Override
            public void before(RelationshipKey key, Head present) {
                outbox.before(key, present);
            }

            @Override
            public void after(RelationshipKey key) {
                news.tell(key);
                outbox.after(key);
            }
        };
    }

    public AccessKeys accessKeys() {
        return accessKeys;
    }

    public Companions companions() {
        return companions;
    }

    public Users users() {
        return users;
    }

    public Relationships relationships() {
        return relationships;
    }

    public Memories memories() {
        return memories;
    }

    public Turns turns() {
        return turns;
    }

    public Exports exports() {
        return exports;
    }

    public Events events() {
        return events;
    }

    /** The operator's webhooks; a problem where the engine was opened without a courier. */
    public Webhooks webhooks() {
        if (webhooks == null) {
            throw Problem.notFound("There are no webhooks here: this engine was opened without a courier.");
        }
        return webhooks.webhooks();
    }

    /** The folding of what is no longer new into segments, which goes on by itself. */
    public Folding folding() {
        return folding;
    }

    /** The moving between the tiers, which goes on by itself. */
    public Tiering tiering() {
        return tiering;
    }

    /** What lies where. */
    public Storages storages() {
        return storages;
    }

    /** Where it is told that a user has appeared. */
    public Presence presence() {
        return presence;
    }

    /** How the cache of queries' vectors did; nothing where there is none. */
    public QueryCache.Use queryCache() {
        return queryCache == null ? QueryCache.Use.NONE : queryCache.use();
    }

    /** The extraction of facts from sessions that are over, which goes on by itself where a model is there for it. */
    public Extraction extraction() {
        return extraction;
    }

    public Feelings feelings() {
        return feelings;
    }

    /** How many relationships are held in memory, and the bytes they take, about. */
    public Held held() {
        return new Held(residents.count(), residents.bytes(), news.followed());
    }

    /** See {@link #held}; {@code followed} is how many relationships' events are waited for. */
    public record Held(int relationships, long bytes, int followed) {}

    /** Ends the work after turns, extraction, folding, and the delivery of webhooks. End running turns first; the {@link World} is closed by its owner afterwards. */
    @Override
    public void close() {
        if (webhooks != null) {
            webhooks.close();
        }
        presence.close();
        extraction.close();
        afterwards.close();
        if (queryCache != null) {
            queryCache.close();
        }
        tiering.close();
        folding.close();
        copies.close();
    }
}
