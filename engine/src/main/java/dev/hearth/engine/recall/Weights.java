package dev.hearth.engine.recall;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * What each feature counts for, read from a file of lines {@code name weight}; what stands behind a {@code #} is for
 * people. The files in this package say what they were made from and by which command.
 */
final class Weights {

    /** With likeness of meaning, and by words alone. */
    static final Weights FUSION = of("weights.txt");

    static final Weights WORDS = of("weights-words.txt");

    private final float[] weights = new float[Feature.COUNT];

    private Weights(Map<Feature, Float> named) {
        named.forEach((feature, weight) -> weights[feature.index()] = weight);
    }

    private static Weights of(String name) {
        InputStream in = Weights.class.getResourceAsStream(name);
        if (in == null) {
            throw new IllegalStateException("The weights of recall are missing from the class path: " + name);
        }
        Map<Feature, Float> named = new EnumMap<>(Feature.class);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String told = line.replaceFirst("#.*", "").strip();
                if (!told.isEmpty()) {
                    String[] words = told.split("\\s+", 2);
                    named.put(Feature.valueOf(words[0].toUpperCase(Locale.ROOT)), Float.valueOf(words[1].strip()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The weights of recall do not read: " + name, e);
        }
        return new Weights(named);
    }

    float of(Feature feature) {
        return weights[feature.index()];
    }

    /** By {@link Feature#index}; not to be changed. */
    float[] values() {
        return weights;
    }
}
