package dev.hearth.engine.persona;

import dev.hearth.kernel.codec.RecordReader;
import dev.hearth.kernel.codec.RecordWriter;
import java.util.ArrayList;
import java.util.List;

/** A companion as bytes, format 1. */
final class CompanionCodec {

    private static final int FORMAT = 1;

    private CompanionCodec() {}

    static byte[] encode(Companion companion) {
        Personality personality = companion.personality();
        RecordWriter out = new RecordWriter(FORMAT).text(companion.id()).text(companion.name());
        phrases(out, personality.coreTraits());
        out.text(personality.backstory());
        phrases(out, personality.style());
        phrases(out, personality.exampleLines());
        return out.text(personality.document())
                .instant(companion.createdAt())
                .instant(companion.updatedAt())
                .toBytes();
    }

    static Companion decode(byte[] bytes) {
        RecordReader in = new RecordReader(bytes).supporting(FORMAT);
        String id = in.text();
        String name = in.text();
        Personality personality = new Personality(phrases(in), in.text(), phrases(in), phrases(in), in.text());
        return new Companion(id, name, personality, in.instant(), in.instant());
    }

    private static void phrases(RecordWriter out, List<String> phrases) {
        out.number(phrases.size());
        phrases.forEach(out::text);
    }

    private static List<String> phrases(RecordReader in) {
        int count = in.count(1);
        List<String> phrases = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            phrases.add(in.text());
        }
        return phrases;
    }
}
