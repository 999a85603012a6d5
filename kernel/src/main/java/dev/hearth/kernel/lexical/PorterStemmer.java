package dev.hearth.kernel.lexical;

/**
 * Cuts English words to stems, so that "paints", "painted" and "painting" meet at "paint". Written from M. F. Porter,
 * "An algorithm for suffix stripping", Program 14(3), 1980, with the two departures that its author later made in his
 * own program ("bli" for "abli", and "logi" to "log").
 *
 * <p>One word at a time, in place; holds its buffer, so one thread at a time.
 */
final class PorterStemmer {

    /** Suffixes and what takes their place, a longer one before any that it ends in. */
    private static final String[] STEP_2 = {
        "ational", "ate", "tional", "tion", "enci", "ence", "anci", "ance", "izer", "ize", "bli", "ble", "alli", "al",
        "entli", "ent", "eli", "e", "ousli", "ous", "ization", "ize", "ation", "ate", "ator", "ate", "alism", "al",
        "iveness", "ive", "fulness", "ful", "ousness", "ous", "aliti", "al", "iviti", "ive", "biliti", "ble", "logi",
        "log"
    };

    private static final String[] STEP_3 = {
        "icate", "ic", "ative", "", "alize", "al", "iciti", "ic", "ical", "ic", "ful", "", "ness", ""
    };

    private static final String[] STEP_4 = {
        "al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "ion", "ou", "ism", "ate",
        "iti", "ous", "ive", "ize"
    };

    private char[] word = new char[0];

    /** The last letter of the word. */
    private int end;

    /** The last letter before the suffix that was asked for last; -1 where the suffix is the whole word. */
    private int stem;

    /**
     * Stems the first {@code length} letters of {@code buffer} in place.
     *
     * @param buffer lower-case letters a to z; others count as consonants
     * @return the length of the stem, at most {@code length} (a stem never outgrows its word)
     */
    int stem(char[] buffer, int length) {
        if (length < 3) {
            return length;
        }
        word = buffer;
        end = length - 1;
        plurals();
        pastAndProgressive();
        finalY();
        longSuffixes();
        middleSuffixes();
        bareSuffixes();
        finalE();
        return end + 1;
    }

    /** Step 1a. */
    private void plurals() {
        if (word[end] != 's') {
            return;
        }
        if (ends("sses")) {
            end -= 2;
        } else if (ends("ies")) {
            to("i");
        } else if (word[end - 1] != 's') {
            end--;
        }
    }

    /** Step 1b. */
    private void pastAndProgressive() {
        if (ends("eed")) {
            if (measure() > 0) {
                end--;
            }
        } else if ((ends("ed") || ends("ing")) && hasVowel()) {
            end = stem;
            if (ends("at")) {
                to("ate");
            } else if (ends("bl")) {
                to("ble");
            } else if (ends("iz")) {
                to("ize");
            } else if (doubleConsonant(end)) {
                if (word[end] != 'l' && word[end] != 's' && word[end] != 'z') {
                    end--;
                }
            } else {
                stem = end;
                if (measure() == 1 && consonantVowelConsonant(end)) {
                    end++;
                    word[end] = 'e';
                }
            }
        }
    }

    /** Step 1c. */
    private void finalY() {
        if (ends("y") && hasVowel()) {
            word[end] = 'i';
        }
    }

    /** Step 2. */
    private void longSuffixes() {
        replaceFirst(STEP_2);
    }

    /** Step 3. */
    private void middleSuffixes() {
        replaceFirst(STEP_3);
    }

    /** Step 4. */
    private void bareSuffixes() {
        for (String suffix : STEP_4) {
            if (ends(suffix)) {
                boolean cut = !suffix.equals("ion") || (stem >= 0 && (word[stem] == 's' || word[stem] == 't'));
                if (cut && measure() > 1) {
                    end = stem;
                }
                return;
            }
        }
    }

    /** Step 5. */
    private void finalE() {
        if (ends("e")) {
            int measure = measure();
            if (measure > 1 || (measure == 1 && !consonantVowelConsonant(stem))) {
                end = stem;
            }
        }
        if (word[end] == 'l' && doubleConsonant(end)) {
            stem = end;
            if (measure() > 1) {
                end--;
            }
        }
    }

    /** Takes the first suffix that fits, and replaces it where what stands before has a measure above 0. */
    private void replaceFirst(String[] suffixesAndReplacements) {
        for (int i = 0; i < suffixesAndReplacements.length; i += 2) {
            if (ends(suffixesAndReplacements[i])) {
                if (measure() > 0) {
                    to(suffixesAndReplacements[i + 1]);
                }
                return;
            }
        }
    }

    private boolean ends(String suffix) {
        int start = end + 1 - suffix.length();
        if (start < 0) {
            return false;
        }
        for (int i = 0; i < suffix.length(); i++) {
            if (word[start + i] != suffix.charAt(i)) {
                return false;
            }
        }
        stem = start - 1;
        return true;
    }

    private void to(String replacement) {
        for (int i = 0; i < replacement.length(); i++) {
            word[stem + 1 + i] = replacement.charAt(i);
        }
        end = stem + replacement.length();
    }

    /** How often a vowel is followed by a consonant within the stem: Porter's m. */
    private int measure() {
        int changes = 0;
        boolean afterVowel = false;
        for (int i = 0; i <= stem; i++) {
            boolean consonant = consonant(i);
            if (consonant && afterVowel) {
                changes++;
            }
            afterVowel = !consonant;
        }
        return changes;
    }

    private boolean hasVowel() {
        for (int i = 0; i <= stem; i++) {
            if (!consonant(i)) {
                return true;
            }
        }
        return false;
    }

    private boolean consonant(int i) {
        return switch (word[i]) {
            case 'a', 'e', 'i', 'o', 'u' -> false;
            case 'y' -> i == 0 || !consonant(i - 1);
            default -> true;
        };
    }

    private boolean doubleConsonant(int last) {
        return last >= 1 && word[last] == word[last - 1] && consonant(last);
    }

    /** Whether the letters up to {@code last} end as in "hop", where a final e was cut or may not be: Porter's *o. */
    private boolean consonantVowelConsonant(int last) {
        return last >= 2
                && consonant(last)
                && !consonant(last - 1)
                && consonant(last - 2)
                && word[last] != 'w'
                && word[last] != 'x'
                && word[last] != 'y';
    }
}
