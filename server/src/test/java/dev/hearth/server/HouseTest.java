package dev.hearth.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The arrows between the server's rooms. */
final class HouseTest {

    private static final String ROOT = "dev.hearth.server";
    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    @Test
    void onlyTheHttpRoomKnowsTheWebServer() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".http", ROOT + ".command")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.javalin..", "org.eclipse.jetty..", "jakarta.servlet..")
                .check(classes);
    }

    @Test
    void onlyTheMcpRoomKnowsTheProtocolsSdk() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".mcp")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.modelcontextprotocol..", "reactor..")
                .check(classes);
    }

    @Test
    void theHttpRoomKnowsNoEndpoint() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".http")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        ROOT,
                        ROOT + ".api",
                        ROOT + ".config",
                        ROOT + ".command",
                        ROOT + ".auth",
                        ROOT + ".metrics",
                        ROOT + ".mcp",
                        "dev.hearth.engine.turn..",
                        "dev.hearth.engine.persona..",
                        "dev.hearth.spi..")
                .check(classes);
    }

    @Test
    void theAdaptersAreTheLibrarysAffairButForStoresThatAreChosen() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".stores")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.hearth.store..")
                .check(classes);
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.hearth.embed..", "dev.hearth.llm..", "dev.hearth.courier..")
                .check(classes);
    }

    @Test
    void configurationAndKeysKnowNobody() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + ".config", ROOT + ".auth", ROOT + ".metrics")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.hearth.engine..", ROOT + ".api", ROOT + ".http", ROOT + ".command")
                .check(classes);
    }
}
