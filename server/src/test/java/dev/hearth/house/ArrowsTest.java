package dev.hearth.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Arrows point down: server to engine to kernel; adapters know {@code spi} only; rooms of the engine form no cycle. */
class ArrowsTest {

    private static final JavaClasses HEARTH = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.hearth");
    private static final List<String> JDK =
            List.of("java..", "javax.crypto..", "javax.net..", "org.jspecify..", "org.slf4j..");

    @Test
    void theSpiKnowsNothing() {
        onlyKnows("dev.hearth.spi..", "dev.hearth.spi..");
    }

    @Test
    void theKernelKnowsNothing() {
        onlyKnows("dev.hearth.kernel..", "dev.hearth.kernel..", "jdk.incubator.vector..");
    }

    @Test
    void theConsoleKnowsNothing() {
        onlyKnows("dev.hearth.console..", "dev.hearth.console..");
    }

    @Test
    void theEngineKnowsTheSpiTheKernelAndOneCodec() {
        onlyKnows(
                "dev.hearth.engine..",
                "dev.hearth.engine..",
                "dev.hearth.spi..",
                "dev.hearth.kernel..",
                "com.github.luben.zstd..");
    }

    @Test
    void adaptersKnowTheSpiOnly() {
        for (String adapter : List.of(
                "dev.hearth.store..",
                "dev.hearth.index..",
                "dev.hearth.embed..",
                "dev.hearth.llm..",
                "dev.hearth.courier..")) {
            noClasses()
                    .that()
                    .resideInAPackage(adapter)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("dev.hearth.engine..", "dev.hearth.kernel..", "dev.hearth.server..")
                    .check(HEARTH);
        }
    }

    @Test
    void onlyItsStoresKnowTheAwsSdk() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.hearth.store.dynamodb..", "dev.hearth.store.s3..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("software.amazon..")
                .check(HEARTH);
    }

    @Test
    void aStoreOnAServerKnowsItsOwnDriver() {
        onlyKnows("dev.hearth.store.s3..", "dev.hearth.store.s3..", "dev.hearth.spi..", "software.amazon.awssdk..");
        // The driver's threads end with a future of Netty's.
        onlyKnows(
                "dev.hearth.store.redis..",
                "dev.hearth.store.redis..",
                "dev.hearth.spi..",
                "io.lettuce..",
                "io.netty.util.concurrent..");
    }

    @Test
    void theVectorIndexKnowsJsonOnly() {
        onlyKnows("dev.hearth.index.pinecone..", "dev.hearth.index.pinecone..", "dev.hearth.spi..", "tools.jackson..");
    }

    @Test
    void guardsOfStoresKnowNoDriver() {
        onlyKnows("dev.hearth.store.guarded..", "dev.hearth.store.guarded..", "dev.hearth.spi..");
    }

    @Test
    void theClientKnowsNothingOfHearth() {
        onlyKnows(
                "dev.hearth.client..", "dev.hearth.client..", "tools.jackson..", "com.fasterxml.jackson.annotation..");
    }

    @Test
    void onlyTheCommandsSpeakToAServerAsItsClient() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.hearth.client..", "dev.hearth.server.command..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.hearth.client..")
                .check(HEARTH);
    }

    @Test
    void roomsOfTheEngineFormNoCycle() {
        slices().matching("dev.hearth.engine.(*)..").should().beFreeOfCycles().check(HEARTH);
        slices().matching("dev.hearth.server.(*)..").should().beFreeOfCycles().check(HEARTH);
    }

    @Test
    void noRoomOfTheEngineKnowsExtraction() {
        noClasses()
                .that()
                .resideInAPackage("dev.hearth.engine.*..")
                .and()
                .resideOutsideOfPackage("dev.hearth.engine.extraction..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.hearth.engine.extraction..")
                .check(HEARTH);
    }

    @Test
    void recallKnowsNoRoomButTimeExpressions() {
        onlyKnows(
                "dev.hearth.engine.recall..",
                "dev.hearth.engine.recall..",
                "dev.hearth.engine.when..",
                "dev.hearth.kernel..");
    }

    @Test
    void timeExpressionsKnowNothing() {
        onlyKnows("dev.hearth.engine.when..", "dev.hearth.engine.when..");
    }

    @Test
    void statementsKnowNoRoom() {
        onlyKnows("dev.hearth.engine.statement..", "dev.hearth.engine.statement..", "dev.hearth.kernel..");
    }

    @Test
    void thereIsEnoughToLookAt() {
        assertThat(HEARTH.size()).isGreaterThan(200);
    }

    private static void onlyKnows(String who, String... whom) {
        String[] allowed = java.util.stream.Stream.concat(JDK.stream(), List.of(whom).stream())
                .toArray(String[]::new);
        classes()
                .that()
                .resideInAPackage(who)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed)
                .check(HEARTH);
    }
}
