package dev.hearth.engine.recall;

/**
 * The best few of many scored places, of equals the higher place: a heap with the worst on top. Costs one comparison
 * for most places.
 */
final class Best {

    private final int[] places;
    private final double[] scores;
    private int size;

    /** Keeps at most {@code limit}, at least 1. */
    Best(int limit) {
        places = new int[limit];
        scores = new double[limit];
    }

    /** What is scored below this is not kept. */
    double least() {
        return size < places.length ? Double.NEGATIVE_INFINITY : scores[0];
    }

    void offer(int place, double score) {
        if (size < places.length) {
            int at = size++;
            while (at > 0 && worse(place, score, (at - 1) / 2)) {
                move((at - 1) / 2, at);
                at = (at - 1) / 2;
            }
            put(at, place, score);
        } else if (!worse(place, score, 0)) {
            sink(place, score);
        }
    }

    /** Takes the worst out; the heap must not be empty. */
    int takeWorst() {
        int worst = places[0];
        size--;
        sink(places[size], scores[size]);
        return worst;
    }

    int size() {
        return size;
    }

    private void sink(int place, double score) {
        int at = 0;
        for (int child = 1; child < size; child = 2 * at + 1) {
            if (child + 1 < size && worse(places[child + 1], scores[child + 1], child)) {
                child++;
            }
            if (worse(place, score, child)) {
                break;
            }
            move(child, at);
            at = child;
        }
        put(at, place, score);
    }

    private boolean worse(int place, double score, int than) {
        return score < scores[than] || (score == scores[than] && place < places[than]);
    }

    private void move(int from, int to) {
        put(to, places[from], scores[from]);
    }

    private void put(int at, int place, double score) {
        places[at] = place;
        scores[at] = score;
    }
}
