package dev.hearth.integrations.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The examples of docs/doors.md that need more than the server's class path: each is a file that a test runs. */
public final class DoorsDocument {

    private static final Path MODULE = Path.of("").toAbsolutePath();

    private DoorsDocument() {}

    /**
     * Fails where the document's example of a name is not the file, but for its package.
     *
     * @param file within the module's {@code src/test/java}
     */
    public static void assertHolds(String name, String file) throws IOException {
        String document = Files.readString(MODULE.resolve("../../docs/doors.md"));
        Matcher block = Pattern.compile("```java " + Pattern.quote(name) + "\\n(.*?)```", Pattern.DOTALL)
                .matcher(document);
        assertThat(block.find()).as("an example \"" + name + "\"").isTrue();
        String source = Files.readString(MODULE.resolve("src/test/java").resolve(file));
        assertThat(block.group(1)).isEqualTo(source.replaceFirst("package [^\\n]*\\n\\n", ""));
    }
}
