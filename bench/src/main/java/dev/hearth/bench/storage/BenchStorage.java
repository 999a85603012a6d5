package dev.hearth.bench.storage;

import dev.hearth.bench.measure.Table;
import dev.hearth.bench.world.EmbeddedHearth;
import dev.hearth.bench.world.TemporaryFolder;
import dev.hearth.embed.onnx.OnnxEmbedder;
import dev.hearth.engine.partition.Batch;
import dev.hearth.engine.partition.Vault;
import dev.hearth.engine.relationship.ColdSegment;
import dev.hearth.engine.relationship.Imported;
import dev.hearth.engine.relationship.MessageBlock;
import dev.hearth.engine.relationship.RelationshipKey;
import dev.hearth.engine.relationship.StoredMessage;
import dev.hearth.engine.relationship.VectorBlock;
import dev.hearth.spi.Clock;
import dev.hearth.store.local.FileKeys;
import dev.hearth.store.sqlite.SqliteWarmStore;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hearth bench storage}. */
@Command(
        name = "storage",
        mixinStandardHelpOptions = true,
        description = "Measures the bytes a memory takes on disk, all of it counted, against rows of a database."
                + " Targets: 75 %% fewer in segments, 90 %% fewer put away with recall@10 within 0.01.")
public final class BenchStorage implements Callable<Integer> {

    private static final int IMPORT = 1_000;
    private static final int COLD_MESSAGES = 1_024;
    /** What a value's seal adds: format, key id, nonce, tag. */
    private static final int SEAL = 37;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder with turns.jsonl.gz and questions.jsonl.gz; without it, conversations are made up.")
    private @Nullable Path data;

    @Option(names = "--limit-conversations", paramLabel = "N", description = "Take the first N conversations only.")
    private int limit = Integer.MAX_VALUE;

    @Override
    public Integer call() {
        try (OnnxEmbedder model = OnnxEmbedder.open()) {
            measure(new RememberingEmbedder(model));
        }
        return 0;
    }

    private void measure(RememberingEmbedder embedder) {
        List<Conversation> conversations = data == null ? Conversation.madeUp() : Conversation.of(data, limit);
        List<Imported> all = conversations.stream()
                .flatMap(conversation -> conversation.messages().stream())
                .toList();
        NaiveRow.Bytes naive = NaiveRow.mean(all, embedder.dimension());
        List<String> relationships = new ArrayList<>();
        try (TemporaryFolder folder = TemporaryFolder.make();
                TemporaryFolder unfolded = TemporaryFolder.make()) {
            try (EmbeddedHearth hearth = new EmbeddedHearth(folder.path(), embedder)) {
                for (Conversation conversation : conversations) {
                    relationships.add(store(hearth, conversation));
                }
            }
            List<Stored> stored = read(folder, relationships, unfolded);
            check(conversations, stored);
            print(all.size(), naive, unfolded.bytes(), folder.bytes(), stored);
            if (data != null) {
                recall(conversations, stored, embedder);
            }
        }
    }

    private static String store(EmbeddedHearth hearth, Conversation conversation) {
        String relationship = hearth.relationship(conversation.user());
        List<Imported> messages = conversation.messages();
        for (int from = 0; from < messages.size(); from += IMPORT) {
            hearth.engine()
                    .relationships()
                    .importMessages(relationship, messages.subList(from, Math.min(messages.size(), from + IMPORT)));
        }
        int ignored = hearth.engine().folding().fold(relationship);
        return relationship;
    }

    /** Reads what was stored, and writes the same one by one, as turns do, into {@code unfolded}. */
    private static List<Stored> read(TemporaryFolder folder, List<String> relationships, TemporaryFolder unfolded) {
        List<Stored> stored = new ArrayList<>();
        try (FileKeys keys = FileKeys.open(folder.path());
                SqliteWarmStore warm = SqliteWarmStore.open(folder.path(), Clock.system());
                FileKeys otherKeys = FileKeys.open(unfolded.path());
                SqliteWarmStore other = SqliteWarmStore.open(unfolded.path(), Clock.system())) {
            Vault vault = new Vault(warm, keys, new SecureRandom());
            Vault single = new Vault(other, otherKeys, new SecureRandom());
            for (String relationship : relationships) {
                Stored read = Stored.read(vault, relationship);
                stored.add(read);
                RelationshipKey key = new RelationshipKey(read.partition(), 0);
                Map<Long, VectorBlock.Embedded> vectors = new HashMap<>();
                read.embedded().forEach(message -> vectors.put(message.seq(), message));
                for (StoredMessage message : read.messages()) {
                    Batch batch = new Batch()
                            .create(key.messages(message.seq()), new MessageBlock(List.of(message)).encode());
                    VectorBlock.Embedded vector = vectors.get(message.seq());
                    if (vector != null) {
                        batch.create(
                                key.vectors(message.seq()), new VectorBlock(read.embedder(), List.of(vector)).encode());
                    }
                    single.found(read.partition(), batch, Stored.soon());
                }
            }
        }
        return stored;
    }

    /** Every word must be there again, also from what is put away. */
    private static void check(List<Conversation> conversations, List<Stored> stored) {
        for (int i = 0; i < conversations.size(); i++) {
            List<String> said =
                    conversations.get(i).messages().stream().map(Imported::text).toList();
            List<StoredMessage> kept = stored.get(i).messages();
            for (ColdSegment segment : cold(stored.get(i))) {
                if (!ColdSegment.decode(segment.encode()).messages().equals(segment.messages())) {
                    throw new IllegalStateException("A cold segment does not read back as it was written.");
                }
            }
            if (!kept.stream().map(StoredMessage::text).toList().equals(said)) {
                throw new IllegalStateException("What was stored is not what was said.");
            }
        }
    }

    private static List<ColdSegment> cold(Stored stored) {
        List<ColdSegment> segments = new ArrayList<>();
        for (int from = 0; from < stored.messages().size(); from += COLD_MESSAGES) {
            List<StoredMessage> run =
                    stored.messages().subList(from, Math.min(stored.messages().size(), from + COLD_MESSAGES));
            segments.add(new ColdSegment(
                    run,
                    stored.embedder(),
                    stored.embedded().stream()
                            .filter(message -> message.seq() >= run.getFirst().seq()
                                    && message.seq() <= run.getLast().seq())
                            .toList()));
        }
        return segments;
    }

    private static double coldBytes(List<Stored> stored, int bits) {
        return stored.stream()
                .flatMap(each -> cold(each).stream())
                .mapToLong(segment -> SEAL + segment.encode(bits).length)
                .sum();
    }

    private static void print(int count, NaiveRow.Bytes naive, long unfolded, long folded, List<Stored> stored) {
        Table table = new Table("bytes a memory", "", "smaller than the row")
                .row("a database's row: table", Table.number(naive.heap(), 0))
                .row("  its entries in two b-trees and an index of words", Table.number(naive.indexes(), 0))
                .row("  the row", Table.number(naive.total(), 0), "0 %")
                .row("  with an HNSW index of its vectors", Table.number(naive.total() + naive.hnsw(), 0));
        row(table, "Hearth, one by one as turns store them", unfolded / (double) count, naive);
        row(table, "Hearth, in segments (warm)", folded / (double) count, naive);
        for (int bits = 4; bits >= 1; bits--) {
            row(table, "Hearth, put away (cold), " + bits + " bits", coldBytes(stored, bits) / count, naive);
        }
        table.print(System.out);
        long text = stored.stream()
                .flatMap(each -> each.messages().stream())
                .mapToLong(message -> message.text().getBytes(java.nio.charset.StandardCharsets.UTF_8).length)
                .sum();
        System.out.println(count + " memories of " + Table.number(text / (double) count, 0) + " bytes of text, "
                + stored.stream().mapToInt(Stored::single).sum()
                + " of them not in a segment; every word read back. All files are counted: keys, indexes, half-empty"
                + " pages, the companion's own. Deduplication and consolidation: none. Of cold segments the objects.");
    }

    private static void row(Table table, String what, double bytes, NaiveRow.Bytes naive) {
        table.row(what, Table.number(bytes, 0), Table.number(100 * (1 - bytes / naive.total()), 1) + " %");
    }

    private static void recall(List<Conversation> conversations, List<Stored> stored, RememberingEmbedder embedder) {
        Table table = new Table("recall@10", "by likeness alone", "whole ranking", "same ten");
        for (int bits : new int[] {32, 8, 4, 3, 2, 1}) {
            ArchivedRecall recall = new ArchivedRecall();
            for (int i = 0; i < conversations.size(); i++) {
                Stored each = stored.get(i);
                Map<Long, List<float[]>> exact = new HashMap<>();
                for (StoredMessage message : each.messages()) {
                    exact.put(
                            message.seq(),
                            embedder.embed(List.of(message.spoken()), Stored.soon())
                                    .getFirst());
                }
                Map<Long, List<float[]>> compared = switch (bits) {
                    case 32 -> exact;
                    case 8 -> ArchivedRecall.floats(each.embedded());
                    default -> ArchivedRecall.archived(each, bits);
                };
                recall.ask(each.messages(), conversations.get(i).questions(), exact, compared, embedder);
            }
            table.row(
                    bits == 32 ? "floats, compared exactly" : bits == 8 ? "8 bits, as in segments" : bits + " bits",
                    Table.number(recall.alone(), 4),
                    Table.number(recall.ranked(), 4),
                    Table.number(recall.same(), 3));
        }
        table.print(System.out);
    }
}
