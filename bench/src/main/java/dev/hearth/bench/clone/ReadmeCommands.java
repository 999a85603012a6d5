package dev.hearth.bench.clone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The commands of a README that lead to a first conversation, letter for letter.
 *
 * @param serve the line that builds and starts the server
 * @param talk the block of shell that talks to it
 */
record ReadmeCommands(String serve, String talk) {

    private static final String FENCE = "```";

    /** @throws IOException where they are not in it */
    static ReadmeCommands of(Path readme) throws IOException {
        // Every second part between fences is inside of one; its first line is the language.
        String[] parts = ("\n" + Files.readString(readme)).split("\n" + FENCE, -1);
        List<String> blocks = java.util.stream.IntStream.range(0, parts.length)
                .filter(i -> i % 2 == 1)
                .mapToObj(i -> parts[i].substring(parts[i].indexOf('\n') + 1))
                .toList();
        String serve = blocks.stream()
                .flatMap(block -> Arrays.stream(block.split("\n", -1)))
                .filter(line -> line.startsWith("./hearth serve"))
                .findFirst()
                .orElseThrow(() -> new IOException(readme + " does not say how to start the server."));
        String talk = blocks.stream()
                .filter(block -> block.contains("curl "))
                .findFirst()
                .orElseThrow(() -> new IOException(readme + " does not say how to talk to the server."));
        return new ReadmeCommands(serve, talk);
    }
}
