package dev.hearth.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The files in {@code deploy/} can be read, fit together, and name what there is. */
final class DeployTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern WORD = Pattern.compile("[^\\s\",\\[\\]]+");
    private static final JsonMapper MAPPER = new JsonMapper();

    @TempDir
    Path folder;

    @Test
    void everyFlagExists() throws IOException {
        for (String file : List.of("hearth.service", "Dockerfile", "kubernetes/hearth.yaml")) {
            assertThat(flags(read("deploy/" + file)))
                    .as(file)
                    .isNotEmpty()
                    .allSatisfy(flag ->
                            assertThat(serve().findOption(flag)).as(flag).isNotNull());
        }
    }

    @Test
    void whatIsStartedIsTheServer() throws IOException {
        assertThat(read("deploy/hearth.service")).contains(" " + Main.class.getName() + " ");
        assertThat(read("deploy/Dockerfile")).contains("\"" + Main.class.getName() + "\"");
    }

    @Test
    void theProbesAskWhatIsServedWithoutAKey() throws IOException {
        JsonNode container = container();
        JsonNode paths = documents("docs/api/openapi.yaml").getFirst().path("paths");
        for (String probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
            String path = container.path(probe).path("httpGet").path("path").asString();
            assertThat(path).as(probe).isIn("/health", "/ready");
            assertThat(paths.has(path)).as(path).isTrue();
        }
    }

    @Test
    void theManifestsFitTogether() throws IOException {
        List<JsonNode> manifests = documents("deploy/kubernetes/hearth.yaml");
        assertThat(manifests.stream().map(DeployTest::kind))
                .containsExactlyInAnyOrder("ServiceAccount", "Deployment", "Service", "PodDisruptionBudget");
        JsonNode spec = manifest("Deployment").path("spec");
        JsonNode labels = spec.path("template").path("metadata").path("labels");
        assertThat(spec.path("replicas").asInt()).isEqualTo(2);
        assertThat(spec.path("selector").path("matchLabels")).isEqualTo(labels);
        assertThat(manifest("Service").path("spec").path("selector")).isEqualTo(labels);
        assertThat(manifest("PodDisruptionBudget").path("spec").path("selector").path("matchLabels"))
                .isEqualTo(labels);

        List<String> secrets = documents("deploy/kubernetes/secret.example.yaml").stream()
                .map(secret -> secret.path("metadata").path("name").asString())
                .toList();
        assertThat(container()
                        .path("envFrom")
                        .path(0)
                        .path("secretRef")
                        .path("name")
                        .asString())
                .isIn(secrets);
        assertThat(spec.findValuesAsString("secretName"))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(secrets).contains(name));
        List<String> volumes = new ArrayList<>();
        spec.path("template")
                .path("spec")
                .path("volumes")
                .forEach(volume -> volumes.add(volume.path("name").asString()));
        container()
                .path("volumeMounts")
                .forEach(
                        mount -> assertThat(volumes).contains(mount.path("name").asString()));
    }

    @Test
    void theSecretsAreWhatTheServerReads() throws IOException {
        String documented = read("docs/configuration.md");
        for (JsonNode secret : documents("deploy/kubernetes/secret.example.yaml")) {
            for (String name : new TreeSet<>(secret.path("stringData").propertyNames())) {
                if (name.endsWith(".yaml")) {
                    String text = secret.path("stringData").path(name).asString();
                    assertThat(new Load(LoadSettings.builder().build()).loadFromString(text))
                            .isNotNull();
                } else {
                    assertThat(documented).contains("`" + name + "`");
                }
            }
        }
    }

    @Test
    void systemdTakesTheUnit() throws Exception {
        Path analyze = Path.of("/usr/bin/systemd-analyze");
        assumeTrue(Files.isExecutable(analyze), "there is no systemd-analyze here");
        Path unit = folder.resolve("hearth.service");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Files.writeString(unit, read("deploy/hearth.service").replace("/usr/bin/java", java));

        Process process = new ProcessBuilder(analyze.toString(), "verify", "--man=no", unit.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        assertThat(said).isEmpty();
    }

    /** The flags that follow the command's name, in any of the three ways of writing a command. */
    private static List<String> flags(String text) {
        String joined = text.replace("\\\n", " ");
        return joined.lines()
                .filter(line -> !line.strip().startsWith("#"))
                .map(line ->
                        WORD.matcher(line).results().map(match -> match.group()).toList())
                .filter(words -> words.contains("serve"))
                .flatMap(words -> words.subList(words.indexOf("serve") + 1, words.size()).stream())
                .filter(word -> word.startsWith("--"))
                .toList();
    }

    private static CommandSpec serve() {
        return Objects.requireNonNull(Main.line().getSubcommands().get("serve")).getCommandSpec();
    }

    private static JsonNode container() throws IOException {
        return manifest("Deployment")
                .path("spec")
                .path("template")
                .path("spec")
                .path("containers")
                .path(0);
    }

    private static JsonNode manifest(String kind) throws IOException {
        return documents("deploy/kubernetes/hearth.yaml").stream()
                .filter(document -> kind(document).equals(kind))
                .findFirst()
                .orElseThrow();
    }

    private static String kind(JsonNode document) {
        return document.path("kind").asString();
    }

    private static List<JsonNode> documents(String file) throws IOException {
        List<JsonNode> documents = new ArrayList<>();
        for (Object document : new Load(LoadSettings.builder().build()).loadAllFromString(read(file))) {
            documents.add(MAPPER.valueToTree(document));
        }
        return documents;
    }

    private static String read(String file) throws IOException {
        return Files.readString(ROOT.resolve(file));
    }
}
