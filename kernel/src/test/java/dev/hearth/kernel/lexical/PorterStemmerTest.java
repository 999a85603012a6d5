package dev.hearth.kernel.lexical;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples of Porter's paper, each carried through all steps, and words of chats. */
final class PorterStemmerTest {

    @ParameterizedTest
    @CsvSource({
        "caresses,caress",
        "ponies,poni",
        "ties,ti",
        "caress,caress",
        "cats,cat",
        "feed,feed",
        "agreed,agre",
        "plastered,plaster",
        "bled,bled",
        "motoring,motor",
        "sing,sing",
        "conflated,conflat",
        "troubled,troubl",
        "sized,size",
        "hopping,hop",
        "tanned,tan",
        "falling,fall",
        "hissing,hiss",
        "fizzed,fizz",
        "failing,fail",
        "filing,file",
        "happy,happi",
        "sky,sky",
        "relational,relat",
        "conditional,condit",
        "rational,ration",
        "valenci,valenc",
        "digitizer,digit",
        "radically,radic",
        "differently,differ",
        "vileli,vile",
        "analogously,analog",
        "vietnamization,vietnam",
        "predication,predic",
        "operator,oper",
        "feudalism,feudal",
        "decisiveness,decis",
        "hopefulness,hope",
        "callousness,callous",
        "formality,formal",
        "sensitivity,sensit",
        "sensibility,sensibl",
        "triplicate,triplic",
        "formative,form",
        "formalize,formal",
        "electricity,electr",
        "electrical,electr",
        "hopeful,hope",
        "goodness,good",
        "revival,reviv",
        "allowance,allow",
        "inference,infer",
        "airliner,airlin",
        "gyroscopic,gyroscop",
        "adjustable,adjust",
        "defensible,defens",
        "irritant,irrit",
        "replacement,replac",
        "adjustment,adjust",
        "dependent,depend",
        "adoption,adopt",
        "homologou,homolog",
        "communism,commun",
        "activate,activ",
        "angularity,angular",
        "homologous,homolog",
        "effective,effect",
        "bowdlerize,bowdler",
        "probate,probat",
        "rate,rate",
        "cease,ceas",
        "controlling,control",
        "rolling,roll",
        "generalizations,gener",
        "oscillators,oscil",
        "psychology,psycholog",
        "possibly,possibl",
        "is,is",
        "as,as",
        "i,i",
        "ion,ion",
        "s,s",
        "ing,ing",
        "yes,ye",
        "y,y"
    })
    void words(String word, String stem) {
        char[] buffer = new char[word.length() + 2];
        word.getChars(0, word.length(), buffer, 0);
        assertThat(new String(buffer, 0, new PorterStemmer().stem(buffer, word.length())))
                .isEqualTo(stem);
    }
}
