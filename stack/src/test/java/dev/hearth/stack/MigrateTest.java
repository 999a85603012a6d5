package dev.hearth.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a data folder to DynamoDB and S3 and back to another folder, by the commands that an operator runs. */
final class MigrateTest {

    private static final Path JARS = Path.of("..", "store-dynamodb", "local", "target", "lib");
    private static final List<String> USERS = List.of("anna", "ben", "cleo", "dora");

    @TempDir
    Path folder;

    @AfterEach
    void leavesNothingRunning() {
        if (StackFolder.at(folder).exists()) {
            stack().down();
        }
    }

    @Test
    void thereAndBackEverybodyIsRememberedAndTheErasedStayErased() throws Exception {
        assumeTrue(Files.isDirectory(JARS), "DynamoDB local has not been gathered: run the whole build, ./hearth test");
        assumeTrue(
                Files.isDirectory(ServerProcess.JARS),
                "The server has not been packaged: run the whole build, ./hearth test");
        stack().up(true);
        Path here = configuration("here");
        Path shared = shared();
        Path back = configuration("back");

        List<String> told;
        try (ServerProcess server = ServerProcess.serve(folder, here)) {
            server.ok("PUT", "/v1/companions/aria", "{\"name\":\"Aria\",\"personality\":{\"core_traits\":[\"warm\"]}}");
            for (String user : USERS) {
                server.ok("PUT", "/v1/companions/aria/users/" + user, "");
                server.say(user, "My cat is called Miso, said " + user + ".");
                server.say(user, "I work as a baker in Lyon.");
            }
            server.ok("DELETE", "/v1/users/dora", "");
            told = told(server);
        }

        Ended without = migrate(here, shared);
        assertThat(without.code()).isEqualTo(1);
        assertThat(without.output()).contains("The target has no operator's key yet");
        copyOperatorKey("here", "server");
        copyOperatorKey("here", "back");

        Ended there = migrate(here, shared);
        assertThat(there.output()).contains("The target is the same as the source");
        assertThat(there.code()).isZero();
        Ended again = migrate(here, shared);
        assertThat(again.output()).contains("Written 0, removed 0, partitions dropped 0.");
        assertThat(again.code()).isZero();

        try (ServerProcess server = ServerProcess.serve(folder, shared)) {
            assertThat(told(server)).isEqualTo(told);
            assertThat(server.status("GET", "/v1/relationships/aria:dora/messages", ""))
                    .isEqualTo(404);
            server.say("anna", "I moved to Porto in May.");
            server.ok("DELETE", "/v1/users/ben", "");
            told = told(server);
        }
        Ended late = migrate(here, shared);
        assertThat(late.code()).isEqualTo(1);
        assertThat(late.output()).contains("it has been served", "Nothing was written");

        Ended home = migrate(shared, back);
        assertThat(home.output()).contains("The target is the same as the source");
        assertThat(home.code()).isZero();
        try (ServerProcess server = ServerProcess.serve(folder, back)) {
            assertThat(told(server)).isEqualTo(told);
            for (String gone : List.of("ben", "dora")) {
                assertThat(server.status("GET", "/v1/relationships/aria:" + gone + "/messages", ""))
                        .isEqualTo(404);
            }
            server.say("cleo", "Here again.");
        }
    }

    /** Everybody's history, and what is found for one question. */
    private static List<String> told(ServerProcess server) {
        return USERS.stream()
                .filter(user -> server.status("GET", "/v1/relationships/aria:" + user, "") == 200)
                .flatMap(user -> List.of(
                        server.ok("GET", "/v1/relationships/aria:" + user + "/messages", ""),
                        server.found(user, "What is my cat called?"))
                        .stream())
                .toList();
    }

    private Ended migrate(Path from, Path to) throws IOException, InterruptedException {
        return ServerProcess.run(folder, "migrate", "--from", from.toString(), "--to", to.toString());
    }

    /** Of the embedded stores in a folder of that name; without the embedder, which is not what this is about. */
    private Path configuration(String name) throws IOException {
        return Files.writeString(
                folder.resolve(name + ".yaml"), "data: " + folder.resolve(name) + "\nembedder: none\n");
    }

    private Path shared() throws IOException {
        return Files.writeString(
                folder.resolve("shared.yaml"), Files.readString(folder.resolve("stack.yaml")) + "embedder: none\n");
    }

    private void copyOperatorKey(String from, String to) throws IOException {
        Path target = folder.resolve(to).resolve("keys").resolve("operator.key");
        Files.createDirectories(target.getParent());
        Files.copy(
                folder.resolve(from).resolve("keys").resolve("operator.key"),
                target,
                StandardCopyOption.COPY_ATTRIBUTES);
    }

    private Stack stack() {
        return new Stack(StackFolder.at(folder), JARS, new PrintWriter(new StringWriter()));
    }

    /** A command that ended. */
    record Ended(int code, String output) {}
}
