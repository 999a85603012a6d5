package dev.hearth.engine.relationship;

import dev.hearth.engine.partition.Budgets;
import dev.hearth.engine.partition.OpaqueNames;
import dev.hearth.engine.partition.SoleWork;
import dev.hearth.engine.partition.Users;
import dev.hearth.engine.partition.Vault;
import dev.hearth.engine.persona.Companions;
import dev.hearth.spi.ColdStore;
import dev.hearth.spi.Embedder;
import dev.hearth.spi.HotStore;
import dev.hearth.spi.Significance;
import dev.hearth.spi.VectorIndex;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What the room offers to the others, wired. */
public record RelationshipRoom(
        Residents residents,
        Addresses addresses,
        Journal journal,
        History history,
        Forgetting forgetting,
        Deriving deriving,
        Importer importer,
        Sessions sessions,
        NearDuplicates nearDuplicates,
        Relationships relationships,
        Folding folding,
        Thaw thaw,
        Tiering tiering,
        Storages storages,
        Presence presence) {

    /** What is shared by everything in the room. */
    public record Parts(
            Vault vault,
            OpaqueNames names,
            Budgets budgets,
            RandomGenerator random,
            @Nullable Embedder embedder,
            HotStore hot,
            SoleWork soleWork,
            ColdStore cold,
            @Nullable VectorIndex vectors,
            Significance significance,
            Tiers tiers) {}

    /** Copies of relationships in the hot store; begun with the room. */
    public static HotCopies copies(Parts parts) {
        return new HotCopies(
                parts.vault(), parts.hot(), parts.budgets(), parts.tiers().hot());
    }

    /** The residents come first: an erasure must be able to let go of them before anything is served. */
    public static Residents residents(
            Parts parts, HotCopies copies, long maxBytes, BiConsumer<Resident, List<StoredMessage>> onUnembedded) {
        Embedder embedder = parts.embedder();
        Loader loader = new Loader(
                parts.vault(),
                parts.budgets(),
                embedder == null ? 0 : embedder.dimension(),
                embedder == null ? "" : embedder.id(),
                copies);
        return new Residents(loader, maxBytes, onUnembedded);
    }

    /**
     * Wires the room.
     *
     * @param turnStatus how the turn in a turn record's bytes ended
     */
    public static RelationshipRoom open(
            Parts parts,
            HotCopies copies,
            Residents residents,
            Sessions sessions,
            Users users,
            Companions companions,
            Witness witness,
            Function<byte[], Message.Status> turnStatus) {
        Embedder embedder = parts.embedder();
        String embedderId = embedder == null ? "" : embedder.id();
        ColdVectors coldVectors = new ColdVectors(parts.vectors(), parts.budgets());
        Archive archive = new Archive(
                parts.vault(),
                parts.hot(),
                parts.cold(),
                coldVectors,
                parts.budgets(),
                parts.random(),
                parts.tiers().hot());
        Blocks blocks = new Blocks(parts.vault(), archive);
        Thaw thaw = new Thaw(blocks, coldVectors, embedderId);
        Staying staying = new Staying(parts.tiers(), parts.significance());
        Demotion demotion = new Demotion(parts.vault(), archive, blocks, thaw, staying, parts.budgets(), embedderId);
        Addresses addresses = new Addresses(parts.vault(), parts.names(), residents, parts.budgets());
        History history = new History(parts.vault(), blocks, parts.budgets());
        Journal journal =
                new Journal(parts.vault(), parts.budgets(), embedderId, parts.random(), witness, history, copies);
        Forgetting forgetting = new Forgetting(
                parts.vault(),
                history,
                archive,
                copies,
                thaw,
                demotion,
                journal,
                sessions,
                users,
                parts.budgets(),
                parts.random());
        Deriving deriving =
                new Deriving(parts.vault(), history, journal, sessions, users, parts.budgets(), parts.random());
        Importer importer = new Importer(
                addresses, journal, history, parts.names(), embedder, sessions, users, parts.budgets(), parts.random());
        Relationships relationships = new Relationships(
                parts.vault(),
                parts.names(),
                users,
                companions,
                addresses,
                residents,
                history,
                archive,
                copies,
                new MessageViews(parts.vault(), history, parts.budgets(), turnStatus),
                importer,
                witness,
                parts.budgets(),
                parts.random());
        Folding folding = new Folding(
                residents, addresses, new Fold(parts.vault(), parts.budgets(), embedderId), journal, parts.budgets());
        folding.start();
        Tidying tidying = new Tidying(folding, demotion, archive, journal, parts.vault(), parts.budgets());
        Tiering tiering = new Tiering(
                residents, addresses, tidying, parts.vault(), users, staying, parts.soleWork(), parts.budgets());
        tiering.start();
        copies.start();
        return new RelationshipRoom(
                residents,
                addresses,
                journal,
                history,
                forgetting,
                deriving,
                importer,
                sessions,
                new NearDuplicates(journal, history, parts.budgets()),
                relationships,
                folding,
                thaw,
                tiering,
                new Storages(addresses, parts.vault(), archive, copies, parts.budgets()),
                new Presence(addresses, companions, users));
    }
}
