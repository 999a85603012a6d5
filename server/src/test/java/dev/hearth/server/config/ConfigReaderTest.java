package dev.hearth.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConfigReaderTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private Path file(String yaml) throws IOException {
        return Files.writeString(folder.resolve("hearth.yaml"), yaml);
    }

    @Test
    void nothingSetIsTheOfflineVoiceOnThisMachine() {
        Config config = ConfigReader.read(null, Map.of(), Map.of());
        assertThat(config.host()).isEqualTo("127.0.0.1");
        assertThat(config.port()).isEqualTo(8080);
        assertThat(config.model()).isEqualTo(ModelConfig.OFFLINE);
        assertThat(config.fallback()).isNull();
        assertThat(config.extraction()).isNull();
        assertThat(config.embedder()).isEqualTo(Config.Embedding.ONNX);
    }

    @Test
    void flagsOverrideTheEnvironmentWhichOverridesTheFile() throws IOException {
        Path file = file("""
                port: 1
                host: 10.0.0.1
                model:
                  url: http://a/v1
                  name: file
                  key: k
                  price:
                    input: 0.15
                session_gap: 5m
                resident_memory: 256MB
                fallback_model:
                  kind: offline
                extraction_model:
                  url: http://b/v1
                  name: small
                  price:
                    output: 2
                """);
        Config config = ConfigReader.read(file, Map.of("HEARTH_MODEL", "env"), Map.of(ConfigKey.PORT, "2"));
        assertThat(config.port()).isEqualTo(2);
        assertThat(config.host()).isEqualTo("10.0.0.1");
        assertThat(config.model().name()).isEqualTo("env");
        assertThat(config.model().kind()).isEqualTo(ModelConfig.Kind.OPENAI);
        assertThat(config.model().price().input()).isEqualTo(0.15);
        assertThat(config.sessionGap()).isEqualTo(Duration.ofMinutes(5));
        assertThat(config.residentBytes()).isEqualTo(256L << 20);
        assertThat(config.fallback()).isEqualTo(ModelConfig.OFFLINE);
        ModelConfig extraction = Objects.requireNonNull(config.extraction());
        assertThat(extraction.name()).isEqualTo("small");
        assertThat(extraction.price()).isEqualTo(new ModelConfig.Price(0, 0, 2));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "host: a;;prot: 1|:2: unknown key \"prot\"",
                "model:;;  url: http://a;;  nmae: b|:3: unknown key \"model.nmae\"",
                "port: many|:1: port is \"many\"; expected a whole number",
                "port: 70000|from 0 to 65535",
                "port: [1]|:1: port: expected a single value",
                "model: x|:1: model.: expected",
                "- a|:1: the file",
                "port: 1;;port: 2|:2: port: the key stands twice",
                "port: {|not valid YAML",
                "session_gap: 30|a duration, as in",
                "embedder: gpu|one of onnx, none",
                "resident_memory: lots|as in 256MB",
                "model:;;  name: x|no endpoint",
                "model:;;  url: http://a|which model",
                "model:;;  url: ftp://a;;  name: x|an http or https address",
                "model:;;  url: http://u:secret@a;;  name: x|an http or https address",
                "project: A B|1 to 64 characters",
                "extraction_model:;;  kind: offline|expected openai or anthropic",
                "extraction_model:;;  name: x|no endpoint; set extraction_model.url"
            })
    void whatCannotBeUsedIsToldByNameAndLine(String yaml, String told) throws IOException {
        Path file = file(yaml.replace(";;", "\n"));
        assertThatThrownBy(() -> ConfigReader.read(file, Map.of(), Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(told);
    }

    @Test
    void secretsAreNotShown() throws IOException {
        Path file = file("api_key: top secret\n");
        assertThatThrownBy(() -> ConfigReader.read(file, Map.of(), Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("api_key")
                .hasMessageNotContaining("top secret");
        Config config = ConfigReader.read(
                null,
                Map.of("HEARTH_MODEL_URL", "http://a", "HEARTH_MODEL", "m", "HEARTH_MODEL_KEY", "sk-x"),
                Map.of());
        assertThat(config.toString()).doesNotContain("sk-x");
    }

    @Test
    void aMissingFileIsTold() {
        assertThatThrownBy(() -> ConfigReader.read(folder.resolve("none.yaml"), Map.of(), Map.of()))
                .hasMessageContaining("does not exist");
    }

    @Test
    void storesAreChosenTierByTier() throws IOException {
        Config config = read("""
                warm:
                  kind: dynamodb
                  endpoint: http://127.0.0.1:8000
                  region: local
                  table: hearth
                  keys_table: hearth-keys
                  access_key_id: id
                  secret_access_key: s3cret
                hot:
                  kind: redis
                  url: redis://:s3cret@127.0.0.1:6379
                """);
        assertThat(config.stores().warm())
                .isEqualTo(new StoresConfig.Warm.Dynamo(
                        URI.create("http://127.0.0.1:8000"),
                        "local",
                        "hearth",
                        "hearth-keys",
                        new StoresConfig.Credentials("id", "s3cret")));
        assertThat(config.stores().hot()).isInstanceOf(StoresConfig.Hot.Redis.class);
        assertThat(config.stores().cold()).isEqualTo(new StoresConfig.Cold.Files());
        assertThat(config.toString()).doesNotContain("s3cret");
    }

    @Test
    void aStoreThatCannotBeIsTold() {
        assertThatThrownBy(() -> read("warm:\n  kind: dynamodb\n  table: t\n"))
                .hasMessageContaining("warm.keys_table is missing");
        assertThatThrownBy(() -> read("warm:\n  kind: dynamodb\n  region: r\n  table: t\n  keys_table: t\n"))
                .hasMessageContaining("same table");
        assertThatThrownBy(() -> read("cold:\n  bucket: b\n"))
                .hasMessageContaining("cold.bucket")
                .hasMessageContaining("cold.kind is files");
        assertThatThrownBy(() -> read("hot:\n  kind: redis\n  url: \"redis://:s3c ret@h\"\n"))
                .hasMessageContaining("hot.url")
                .hasMessageNotContaining("s3c");
        assertThatThrownBy(() -> read("cold:\n  kind: s3\n  region: r\n  bucket: b\n  access_key_id: x\n"))
                .hasMessageContaining("belong together");
    }

    @Test
    void vectorsAreScannedHereOrLieInPinecone() throws IOException {
        assertThat(read("port: 1\n").stores().vectors()).isEqualTo(new StoresConfig.Vectors.Exact());
        Config config = read("""
                vectors:
                  kind: pinecone
                  host: memories-ab12.svc.eu-1.pinecone.io
                  api_key: pcsk_s3cret
                """);
        assertThat(config.stores().vectors())
                .isEqualTo(new StoresConfig.Vectors.Pinecone("memories-ab12.svc.eu-1.pinecone.io", "pcsk_s3cret"));
        assertThat(config.toString()).doesNotContain("s3cret");
        assertThatThrownBy(() -> read("vectors:\n  kind: pinecone\n  host: h\n"))
                .hasMessageContaining("vectors.api_key is missing")
                .hasMessageContaining("HEARTH_PINECONE_API_KEY");
        assertThatThrownBy(() -> read("vectors:\n  kind: pinecone\n  api_key: k\n"))
                .hasMessageContaining("vectors.host is missing");
        assertThatThrownBy(() -> read("vectors:\n  host: h\n")).hasMessageContaining("vectors.kind is exact");
    }

    @Test
    void pineconesKeyInTheEnvironmentBindsNobodyToIt() throws IOException {
        Map<String, String> environment = Map.of("HEARTH_PINECONE_API_KEY", "pcsk_s3cret");
        assertThat(ConfigReader.read(null, environment, Map.of()).stores()).isEqualTo(StoresConfig.EMBEDDED);
        Path file = file("vectors:\n  kind: pinecone\n  host: h\n");
        assertThat(ConfigReader.read(file, environment, Map.of()).stores().vectors())
                .isEqualTo(new StoresConfig.Vectors.Pinecone("h", "pcsk_s3cret"));
    }

    private Config read(String yaml) throws IOException {
        Path file = folder.resolve("stores.yaml");
        Files.writeString(file, yaml);
        return ConfigReader.read(file, Map.of(), Map.of());
    }

    @Test
    void everyKeyIsDocumentedAndNoOther() throws IOException {
        Path document =
                Path.of("").toAbsolutePath().resolve("../docs/configuration.md").normalize();
        Matcher rows = Pattern.compile("(?m)^\\| `([a-z_.]+)` \\|").matcher(Files.readString(document));
        Set<String> documented = new TreeSet<>();
        while (rows.find()) {
            documented.add(rows.group(1));
        }
        assertThat(documented)
                .isEqualTo(Arrays.stream(ConfigKey.values())
                        .map(ConfigKey::path)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }
}
