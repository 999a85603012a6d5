package dev.hearth.bench.tiers;

import dev.hearth.HearthConfig;
import dev.hearth.Stores;
import dev.hearth.bench.world.EmbeddedHearth;
import dev.hearth.bench.world.TemporaryFolder;
import dev.hearth.engine.Settings;
import dev.hearth.engine.memory.SearchRequest;
import dev.hearth.engine.memory.SearchResult;
import dev.hearth.engine.memory.StatedSignificance;
import dev.hearth.engine.relationship.Imported;
import dev.hearth.engine.relationship.Message;
import dev.hearth.engine.relationship.Storage;
import dev.hearth.engine.relationship.Tiers;
import dev.hearth.spi.Embedder;
import dev.hearth.spi.Significance;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Asks the questions of joined conversations with everything warm, with everything old, and in one go. */
final class TieredRun {

    private static final int BATCH = 200;
    private static final int LIMIT = 50;
    private static final Duration OLD = Duration.ofDays(100);
    /** So long that quality does not depend on the machine. */
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final ShiftedClock clock = new ShiftedClock();
    private final Significance significance = new StatedSignificance();
    private final List<WatchedColdStore> cold = new ArrayList<>();

    private TieredRun() {}

    /**
     * What came of a set.
     *
     * @param objects how many cold objects there are
     * @param kept how many messages stayed warm
     * @param evidenceWarm the share of the evidence that did
     * @param smallTalk the share of messages of no matter that read the cold store
     * @param unseenTalk the same of others, by which nothing was chosen
     */
    record Report(
            String name,
            int relationships,
            long messages,
            long objects,
            long kept,
            double evidenceWarm,
            long bytesBefore,
            long bytesAfter,
            double smallTalk,
            double unseenTalk,
            List<Outcome> outcomes) {

        Report {
            outcomes = List.copyOf(outcomes);
        }
    }

    /** What one question was answered with, and the objects that were read for it. */
    private record Answered(Outcome.Found found, List<String> objects, List<String> told) {}

    static Report of(String name, List<Joined> joined, Supplier<Embedder> embedder) {
        return new TieredRun().run(name, joined, embedder);
    }

    private Report run(String name, List<Joined> joined, Supplier<Embedder> embedder) {
        List<List<Answered>> warm = new ArrayList<>();
        List<List<Answered>> running = new ArrayList<>();
        List<List<Answered>> tiers = new ArrayList<>();
        List<Storage> before = new ArrayList<>();
        List<Storage> after = new ArrayList<>();
        int fetching = 0;
        int unseen = 0;
        List<TreeSet<Long>> objects = new ArrayList<>();
        try (TemporaryFolder folder = TemporaryFolder.make()) {
            try (EmbeddedHearth hearth = open(folder.path(), Settings.defaults().residentBytes(), embedder.get())) {
                for (Joined each : joined) {
                    String relationship = hearth.relationship(each.name());
                    take(hearth, relationship, each.messages());
                    warm.add(ask(hearth, relationship, each.questions()));
                    before.add(hearth.engine().storages().of(relationship));
                }
                clock.ahead(OLD);
                for (Joined each : joined) {
                    String relationship = hearth.relationship(each.name());
                    int ignored = hearth.engine().tiering().tidy(relationship);
                    after.add(hearth.engine().storages().of(relationship));
                    objects.add(new TreeSet<>(cold.getLast().firsts()));
                    running.add(ask(hearth, relationship, each.questions()));
                }
            }
            // Room for none: whatever nobody uses is let go of at once.
            try (EmbeddedHearth hearth = open(folder.path(), 1, embedder.get())) {
                for (Joined each : joined) {
                    String relationship = hearth.relationship(each.name());
                    tiers.add(ask(hearth, relationship, each.questions()));
                    Instant end = each.messages().getLast().time();
                    fetching += fetching(hearth, relationship, Pleasantries.CHOSEN, end);
                    unseen += fetching(hearth, relationship, Pleasantries.UNSEEN, end);
                }
            }
        }
        List<Outcome> outcomes = new ArrayList<>();
        long evidence = 0;
        long evidenceWarm = 0;
        for (int r = 0; r < joined.size(); r++) {
            Map<String, Long> away = away(joined.get(r), objects.get(r));
            for (int q = 0; q < joined.get(r).questions().size(); q++) {
                Joined.Asked asked = joined.get(r).questions().get(q);
                evidence += asked.evidence().size();
                evidenceWarm += asked.evidence().stream()
                        .filter(id -> !away.containsKey(id))
                        .count();
                outcomes.add(outcome(
                        asked,
                        away,
                        warm.get(r).get(q),
                        tiers.get(r).get(q),
                        running.get(r).get(q)));
            }
        }
        return new Report(
                name,
                joined.size(),
                before.stream().mapToLong(storage -> storage.warm().messages()).sum(),
                after.stream().mapToLong(storage -> storage.cold().records()).sum(),
                after.stream().mapToLong(storage -> storage.warm().messages()).sum(),
                (double) evidenceWarm / evidence,
                before.stream().mapToLong(storage -> storage.warm().bytes()).sum(),
                after.stream().mapToLong(storage -> storage.warm().bytes()).sum(),
                (double) fetching / joined.size() / Pleasantries.CHOSEN.size(),
                (double) unseen / joined.size() / Pleasantries.UNSEEN.size(),
                outcomes);
    }

    private EmbeddedHearth open(Path folder, long residentBytes, Embedder embedder) {
        Settings defaults = Settings.defaults();
        Settings settings = new Settings(defaults.project(), defaults.sessionGap(), defaults.turn(), residentBytes);
        Stores watched = (config, given, keeper) -> {
            Stores.Opened opened = Stores.EMBEDDED.open(config, given, keeper);
            cold.add(new WatchedColdStore(opened.cold()));
            return new Stores.Opened(
                    opened.warm(),
                    new NoHotStore(),
                    opened.leases(),
                    cold.getLast(),
                    opened.keys(),
                    opened.erasures(),
                    null);
        };
        return new EmbeddedHearth(HearthConfig.in(folder).withSettings(settings).withStores(watched), embedder, clock);
    }

    private static void take(EmbeddedHearth hearth, String relationship, List<Imported> messages) {
        for (int from = 0; from < messages.size(); from += BATCH) {
            hearth.engine()
                    .relationships()
                    .importMessages(relationship, messages.subList(from, Math.min(messages.size(), from + BATCH)));
        }
        int ignored = hearth.engine().folding().fold(relationship);
    }

    private List<Answered> ask(EmbeddedHearth hearth, String relationship, List<Joined.Asked> questions) {
        List<Answered> answered = new ArrayList<>();
        WatchedColdStore.Reads ignored = cold.getLast().take();
        for (Joined.Asked asked : questions) {
            SearchResult result = search(hearth, relationship, asked.text(), asked.at());
            if (!result.degraded().isEmpty()) {
                throw new IllegalStateException("A search was degraded: " + result.degraded());
            }
            Set<String> found = new LinkedHashSet<>();
            result.hits().forEach(hit -> found.addAll(hit.memory().sourceExternalIds()));
            List<String> turns = List.copyOf(found);
            WatchedColdStore.Reads reads = cold.getLast().take();
            answered.add(new Answered(
                    new Outcome.Found(share(turns, asked.evidence(), 5), share(turns, asked.evidence(), 10)),
                    reads.ranked(),
                    reads.told()));
        }
        return answered;
    }

    private int fetching(EmbeddedHearth hearth, String relationship, List<String> messages, Instant at) {
        int fetching = 0;
        for (String message : messages) {
            SearchResult ignored = search(hearth, relationship, message, at);
            fetching += cold.getLast().take().ranked().isEmpty() ? 0 : 1;
        }
        return fetching;
    }

    private static SearchResult search(EmbeddedHearth hearth, String relationship, String text, Instant at) {
        return hearth.engine().memories().search(relationship, new SearchRequest(text, LIMIT, at, DEADLINE));
    }

    private static double share(List<String> turns, Set<String> evidence, int k) {
        long found = turns.stream().limit(k).filter(evidence::contains).count();
        return (double) found / evidence.size();
    }

    /** The messages that are not warm, and the first seq of the object that has each. */
    private Map<String, Long> away(Joined joined, NavigableSet<Long> objects) {
        Map<String, Long> away = new HashMap<>();
        for (int i = 0; i < joined.messages().size(); i++) {
            Imported message = joined.messages().get(i);
            Long object = objects.floor(i + 1L);
            double matters = significance.of(
                    new Significance.Said(message.text(), message.role() == Message.Role.USER, false, message.time()));
            if (object != null && matters < Tiers.DEFAULT.significance()) {
                away.put(Objects.requireNonNull(message.externalId()), object);
            }
        }
        return away;
    }

    private static Outcome outcome(
            Joined.Asked asked, Map<String, Long> away, Answered warm, Answered tiers, Answered running) {
        Set<Long> wanted = new HashSet<>();
        for (String id : asked.evidence()) {
            Long object = away.get(id);
            if (object != null) {
                wanted.add(object);
            }
        }
        Set<Long> read = new HashSet<>();
        tiers.objects().forEach(object -> read.add(WatchedColdStore.first(object)));
        return new Outcome(
                asked.fold(),
                warm.found(),
                tiers.found(),
                running.found(),
                tiers.objects().size(),
                running.objects().size(),
                tiers.told().size(),
                wanted.size(),
                (int) wanted.stream().filter(read::contains).count());
    }
}
