package dev.hearth.engine.recall;

/** Who said a candidate, and of what form it is. Reads {@link Feature#DENSE}. */
final class FormFeatures {

    private static final float LONGEST = 4;

    private final IndexedMessages messages;
    private final Cues cues;

    FormFeatures(IndexedMessages messages, Cues cues) {
        this.messages = messages;
        this.cues = cues;
    }

    void fill(float[] features, int place) {
        short traits = messages.traits(place);
        boolean user = Traits.byUser(traits);
        speaker(features, place, user);
        int terms = messages.length(place);
        float length = Math.min(1, (float) Math.log1p(terms) / LONGEST);
        Feature.LENGTH.set(features, length);
        Feature.LENGTH_SQUARED.set(features, length * length);
        Feature.LENGTH_USER.set(features, user ? length : 0);
        Feature.LENGTH_TO_YOU.set(features, !user && cues.you() ? length : 0);
        Feature.SHORT.set(features, terms < 5 ? 1 : 0);
        Feature.ASKS.set(features, Traits.asks(traits) ? 1 : 0);
        boolean ends = Traits.endsAsking(traits);
        Feature.ENDS_ASKING.set(features, ends ? 1 : 0);
        Feature.ENDS_ASKING_DENSE.set(features, ends ? Feature.DENSE.of(features) : 0);
        Feature.COUNTED.set(features, cues.count() && Traits.number(traits) ? 1 : 0);
        Feature.NAMES.set(features, Traits.names(traits));
        Feature.WHO_NAMES.set(features, cues.name() ? Traits.names(traits) : 0);
    }

    private void speaker(float[] features, int place, boolean user) {
        if (cues.speaker() >= 0) {
            Feature.SPEAKER.set(features, messages.speaker(place) == cues.speaker() ? 1 : -1);
        }
        Feature.USER.set(features, user ? 1 : 0);
        Feature.USER_TO_YOU.set(features, user && cues.you() ? 1 : 0);
        Feature.COMPANION_TO_YOU.set(features, !user && cues.you() ? 1 : 0);
    }
}
