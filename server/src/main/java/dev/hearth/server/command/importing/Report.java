package dev.hearth.server.command.importing;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What became of the entries. For one thread. */
public final class Report {

    private static final int PLACES = 5;

    private final Map<Reason, Long> left = new EnumMap<>(Reason.class);
    private final Map<Reason, List<Long>> places = new EnumMap<>(Reason.class);
    private long read;
    private long imported;
    private long known;

    void read() {
        read++;
    }

    void sent(long fresh, long duplicates) {
        imported += fresh;
        known += duplicates;
    }

    void left(long place, Reason reason) {
        left.merge(reason, 1L, Long::sum);
        List<Long> first = places.computeIfAbsent(reason, none -> new ArrayList<>());
        if (first.size() < PLACES) {
            first.add(place);
        }
    }

    long readSoFar() {
        return read;
    }

    /** Prints it; {@code unit} is what places count. */
    public void print(PrintWriter out, String unit) {
        long total = left.values().stream().mapToLong(Long::longValue).sum();
        out.println(line("read", read));
        out.println(line("imported", imported));
        out.println(line("already there", known));
        out.println(line("not taken", total));
        left.forEach((reason, count) ->
                out.println("    " + number(count) + " " + reason.words() + ": " + places(reason, count, unit)));
        out.flush();
    }

    private String places(Reason reason, long count, String unit) {
        List<Long> first = places.getOrDefault(reason, List.of());
        String name = first.size() == 1 ? unit : unit.equals("entry") ? "entries" : unit + "s";
        return name + " " + first.stream().map(String::valueOf).collect(Collectors.joining(", "))
                + (count > first.size() ? ", ..." : "");
    }

    private static String line(String name, long count) {
        return String.format(Locale.ROOT, "  %-14s %s", name, number(count));
    }

    private static String number(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
