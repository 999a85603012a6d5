package dev.hearth.bench.generate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The sentences that sets are made of, read from the files beside this class. */
final class Sentences {

    private static final List<String> KINDS = List.of("say", "new", "ask", "oth", "oask", "val");

    private Sentences() {}

    /** All slots. */
    static List<Slot> slots() {
        List<Slot> slots = new ArrayList<>();
        List<String> attributes = new ArrayList<>();
        Map<String, List<String>> forms = new HashMap<>();
        String name = "";
        for (String line : lines("slots.txt")) {
            String kind = line.substring(0, line.indexOf(' '));
            String rest = line.substring(kind.length() + 1);
            if (kind.equals("slot") || (kind.equals("attributes") && attributes.isEmpty())) {
                if (!name.isEmpty()) {
                    slots.add(slot(name, forms, values(forms)));
                }
                forms = new HashMap<>();
                name = rest;
            }
            if (kind.equals("attributes")) {
                attributes.add(rest);
                name = "";
            } else if (KINDS.contains(kind)) {
                forms.computeIfAbsent(kind, any -> new ArrayList<>()).add(rest);
            }
        }
        for (String attribute : attributes) {
            int equals = attribute.indexOf('=');
            String named = attribute.substring(0, equals);
            Map<String, List<String>> filled = new HashMap<>();
            forms.forEach((kind, templates) -> filled.put(
                    kind,
                    templates.stream()
                            .map(template -> template.replace("{x}", named))
                            .toList()));
            slots.add(slot(named, filled, split(attribute.substring(equals + 1))));
        }
        return slots;
    }

    private static List<String> values(Map<String, List<String>> forms) {
        return split(String.join("|", forms.getOrDefault("val", List.of())));
    }

    private static Slot slot(String name, Map<String, List<String>> forms, List<String> values) {
        return new Slot(
                name,
                forms.getOrDefault("say", List.of()),
                forms.getOrDefault("new", List.of()),
                forms.getOrDefault("ask", List.of()),
                forms.getOrDefault("oth", List.of()),
                forms.getOrDefault("oask", List.of()),
                values);
    }

    /** Small talk of one kind: {@code user}, {@code companion} or {@code thing}. */
    static List<String> talk(String kind) {
        List<String> found = lines("talk.txt").stream()
                .filter(line -> line.startsWith(kind + " "))
                .map(line -> line.substring(kind.length() + 1))
                .toList();
        return kind.equals("thing") ? split(found.getFirst()) : found;
    }

    private static List<String> split(String text) {
        return List.of(text.split("\\|", -1));
    }

    private static List<String> lines(String file) {
        try (InputStream in = Objects.requireNonNull(Sentences.class.getResourceAsStream(file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Not readable: " + file, e);
        }
    }
}
