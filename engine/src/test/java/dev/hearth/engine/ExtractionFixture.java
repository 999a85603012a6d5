package dev.hearth.engine;

import dev.hearth.engine.event.Event;
import dev.hearth.engine.memory.Memory;
import dev.hearth.engine.memory.MemoryFilter;
import dev.hearth.spi.WarmStore;
import dev.hearth.testkit.ScriptedModel;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/** A model that extracts, houses that ask it, and what can be read in them. */
final class ExtractionFixture {

    /** So long after its last message a session is over. */
    static final Duration OVER = Duration.ofMinutes(31);

    /** An answer of the model, for a first message that has these words. */
    static final String REX = "1 | \"a dog called Rex\" | The user has a dog called Rex.";

    private static final MemoryFilter FACTS = new MemoryFilter("semantic", null, null);

    final ScriptedModel extractor = new ScriptedModel().otherwise(request -> ScriptedModel.say("NONE"));

    House house() {
        return house(store -> store);
    }

    House house(UnaryOperator<WarmStore> around) {
        return new House(
                new ScriptedModel().otherwise(request -> ScriptedModel.say("I met Hector in Paris.")),
                around,
                null,
                extractor);
    }

    /** Says something, lets the session end and extracts with this answer. */
    int extract(House house, String relationship, String said, String answer) {
        house.say(relationship, said);
        house.clock.advance(OVER);
        extractor.then(ScriptedModel.say(answer));
        return house.engine.extraction().extract(relationship);
    }

    /** The newest first. */
    static List<Memory> facts(House house, String relationship) {
        return house.engine.memories().list(relationship, FACTS, 200, null).data();
    }

    static List<String> texts(House house, String relationship) {
        return facts(house, relationship).stream().map(Memory::text).toList();
    }

    /** The memory of these very words. */
    static Memory said(House house, String relationship, String text) {
        return house.engine.memories().list(relationship, MemoryFilter.ALL, 200, null).data().stream()
                .filter(memory -> memory.text().equals(text))
                .findFirst()
                .orElseThrow();
    }

    static List<Event> events(House house, String relationship) {
        return house.engine.events().read(relationship, 0, 100).events();
    }
}
