package dev.hearth.kernel.lexical;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class AnalyzerTest {

    private final Analyzer analyzer = new Analyzer();

    @Test
    void englishIsLoweredStemmedAndRidOfCommonWords() {
        assertThat(analyzer.terms("The dogs were RUNNING to Caroline's house, in 2023!"))
                .containsExactly("dog", "were", "run", "carolin", "hous", "2023");
    }

    @Test
    void apostrophesStayInsideWordsOnly() {
        assertThat(analyzer.terms("don't 'quoted' the boys' rock 'n' roll '' 's it\u2019s Mel\u2019s"))
                .containsExactly("don't", "quot", "boi", "rock", "n", "roll", "s", "mel");
    }

    @Test
    void accentsAndCompatibilityFormsAreFolded() {
        assertThat(analyzer.terms("Café CAFE\u0301 ｆｕｌｌ Ünal Ørsted İzmir"))
                .containsExactly("cafe", "cafe", "full", "unal", "ørsted", "izmir");
    }

    @Test
    void chineseJapaneseAndKoreanBecomePairs() {
        assertThat(analyzer.terms("我喜欢猫 cats が好き 猫")).containsExactly("我喜", "喜欢", "欢猫", "cat", "が好", "好き", "猫");
        assertThat(analyzer.terms("고양이")).containsExactly("고양", "양이");
        assertThat(analyzer.terms("コーヒー")).containsExactly("コー", "ーヒ", "ヒー");
        assertThat(analyzer.terms("x猫y")).containsExactly("x", "猫", "y");
    }

    @Test
    void otherScriptsKeepTheirMarks() {
        assertThat(analyzer.terms("हिन्दी भाषा")).containsExactly("हिन्दी", "भाषा");
        assertThat(analyzer.terms("Привет, МИР")).containsExactly("привет", "мир");
    }

    @Test
    void nothingGivesNothing() {
        assertThat(analyzer.terms("")).isEmpty();
        assertThat(analyzer.terms(" \n — 🌍!? ' ''")).isEmpty();
    }

    @Test
    void longWordsAreCut() {
        assertThat(analyzer.terms("x".repeat(1000)).getFirst().length()).isLessThanOrEqualTo(64);
        assertThat(analyzer.terms("1".repeat(63) + "😀𝟘𝟘").getFirst()).hasSizeLessThanOrEqualTo(66);
    }

    @Test
    void anyTextAtAllIsTaken() {
        for (int seed = 0; seed < 3000; seed++) {
            Random random = new Random(seed);
            StringBuilder text = new StringBuilder();
            int length = random.nextInt(200);
            for (int i = 0; i < length; i++) {
                text.append((char) (random.nextBoolean() ? random.nextInt(0x10000) : ' ' + random.nextInt(95)));
            }
            String said = text.toString();
            assertThat(analyzer.terms(said)).as("seed %d", seed).isEqualTo(new Analyzer().terms(said));
            assertThat(analyzer.terms(said)).as("seed %d", seed).noneMatch(String::isEmpty);
        }
    }
}
