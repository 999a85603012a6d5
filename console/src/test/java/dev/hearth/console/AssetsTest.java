package dev.hearth.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.console.Assets.Asset;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

final class AssetsTest {

    private static final int MOST_COMPRESSED_BYTES = 30 * 1024;
    private static final int MOST_LINES = 200;
    private static final Pattern LINK = Pattern.compile("(?:from |import |href=|src=)[\"'](?:/console/|\\./)([^\"']+)");

    private final Assets assets = Assets.load();

    private static String text(Asset asset) {
        return new String(asset.plain(), StandardCharsets.UTF_8);
    }

    @Test
    void theWholePageIsSmall() {
        int bytes = assets.all().stream().mapToInt(asset -> asset.gzip().length).sum();
        System.out.println("The page has " + bytes + " bytes compressed, in "
                + assets.all().size() + " files.");
        assertThat(bytes).isBetween(1_000, MOST_COMPRESSED_BYTES);
    }

    @Test
    void theListIsTheFolder() throws IOException {
        try (Stream<Path> folder = Files.list(Path.of("src/main/resources/dev/hearth/console"))) {
            assertThat(assets.all().stream().map(Asset::name))
                    .containsExactlyInAnyOrderElementsOf(
                            folder.map(file -> file.getFileName().toString()).toList());
        }
    }

    @Test
    void whatIsCompressedIsTheSame() throws IOException {
        for (Asset asset : assets.all()) {
            try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(asset.gzip()))) {
                assertThat(in.readAllBytes()).as(asset.name()).isEqualTo(asset.plain());
            }
        }
    }

    @Test
    void noNameLeadsOutside() {
        for (String name :
                List.of("", "..", "../console/main.js", "/etc/passwd", "Assets.class", "main.js/", "MAIN.JS")) {
            assertThat(assets.find(name)).as(name).isNull();
        }
        assertThat(assets.find("main.js")).isNotNull();
    }

    @Test
    void everyFileIsReachedAndEveryLinkLeadsToOne() {
        TreeSet<String> linked = new TreeSet<>(List.of(Assets.INDEX));
        for (Asset asset : assets.all()) {
            Matcher link = LINK.matcher(text(asset));
            while (link.find()) {
                linked.add(link.group(1));
            }
        }
        assertThat(linked)
                .containsExactlyElementsOf(
                        assets.all().stream().map(Asset::name).sorted().toList());
    }

    @Test
    void modulesAreSmallAndPutTextInAsText() {
        for (Asset asset : assets.all()) {
            if (asset.name().endsWith(".js")) {
                assertThat(text(asset).lines()).as(asset.name()).hasSizeLessThanOrEqualTo(MOST_LINES);
                assertThat(text(asset))
                        .as(asset.name())
                        .doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(");
            }
        }
    }

    @Test
    void nothingIsLoadedFromElsewhereAndNothingStandsInline() {
        String page = text(assets.index());
        assertThat(page).doesNotContain("<style", " style=", " onclick", "javascript:");
        assertThat(Pattern.compile("<script(?![^>]*src=)").matcher(page).find()).isFalse();
        String all = assets.all().stream().map(AssetsTest::text).collect(Collectors.joining("\n"));
        assertThat(all.replace("http://www.w3.org/2000/svg", "")).doesNotContain("http://", "https://", "//cdn");
    }

    @Test
    void aHashIsOfTheContent() {
        assertThat(assets.all()).allSatisfy(asset -> assertThat(asset.hash()).matches("[0-9a-f]{24}"));
        assertThat(assets.all().stream().map(Asset::hash)).doesNotHaveDuplicates();
    }
}
