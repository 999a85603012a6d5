package dev.hearth.store.dynamodb;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** This store knows the spi and the AWS SDK, and nothing else of Hearth; no other client than the JDK's carries it. */
final class ArrowsTest {

    @Test
    void theStoreKnowsTheSpiAndTheSdk() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.hearth.store.dynamodb..",
                        "dev.hearth.spi..",
                        "software.amazon.awssdk..",
                        "com.github.benmanes.caffeine..",
                        "org.jspecify..",
                        "org.slf4j..",
                        "java..")
                .check(new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("dev.hearth.store.dynamodb"));
    }
}
