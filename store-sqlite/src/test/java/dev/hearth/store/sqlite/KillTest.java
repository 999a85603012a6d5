package dev.hearth.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.spi.Clock;
import dev.hearth.spi.StoreException;
import dev.hearth.spi.WarmStore;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real process, killed at random moments: what it said was written is there, whole and in order. */
final class KillTest {

    @TempDir
    Path folder;

    @Test
    void whatWasAcknowledgedSurvivesAKill() throws Exception {
        rounds(4);
    }

    @Test
    @Tag("long")
    void whatWasAcknowledgedSurvivesAHundredKills() throws Exception {
        rounds(100);
    }

    @Test
    void aFolderInUseNamesItselfAndItsHolderAndIsFreeAfterAKill() throws Exception {
        Process writer = start();
        try (BufferedReader said = writer.inputReader(StandardCharsets.US_ASCII)) {
            assertThat(said.readLine()).isEqualTo("ready");
            assertThatThrownBy(() -> SqliteWarmStore.open(folder, Clock.system()))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining(folder.toString())
                    .hasMessageContaining("process " + writer.pid())
                    .hasMessageContaining("Stop that server");
        } finally {
            kill(writer);
        }
        SqliteWarmStore.open(folder, Clock.system()).close();
    }

    private void rounds(int rounds) throws Exception {
        long seed = new Random().nextLong();
        System.out.println("KillTest: seed " + seed);
        Random random = new Random(seed);
        int[] acknowledged = new int[CrashWriter.PARTITIONS.size()];
        for (int round = 0; round < rounds; round++) {
            Process writer = start();
            try (BufferedReader said = writer.inputReader(StandardCharsets.US_ASCII)) {
                assertThat(said.readLine()).isEqualTo("ready");
                for (int lines = random.nextInt(200); lines > 0; lines--) {
                    acknowledge(acknowledged, said.readLine());
                }
                // By its handle, because the process's own method closes the stream we still read.
                assertThat(writer.toHandle().destroyForcibly()).isTrue();
                // What it said and we had not yet read counts too.
                for (String line = said.readLine(); line != null; line = said.readLine()) {
                    acknowledge(acknowledged, line);
                }
            } finally {
                kill(writer);
            }
            try (WarmStore store = SqliteWarmStore.open(folder, Clock.system())) {
                for (int i = 0; i < acknowledged.length; i++) {
                    int length = Warm.length(store, CrashWriter.PARTITIONS.get(i));
                    assertThat(length)
                            .as("seed %d, round %d, partition %d", seed, round, i)
                            .isBetween(acknowledged[i], acknowledged[i] + 1);
                    acknowledged[i] = length;
                }
            }
        }
    }

    /** A line cut by the kill is no acknowledgement. */
    private static void acknowledge(int[] acknowledged, String line) {
        List<String> words = List.of(line.split(" ", -1));
        if (words.size() == 2 && !words.get(1).isEmpty()) {
            int which = Integer.parseInt(words.get(0));
            acknowledged[which] = Math.max(acknowledged[which], Integer.parseInt(words.get(1)));
        }
    }

    private Process start() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                                .replace('\n', File.pathSeparatorChar),
                        CrashWriter.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static void kill(Process process) throws InterruptedException {
        process.destroyForcibly();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }
}
