package dev.hearth.engine.event;

import dev.hearth.engine.relationship.RelationshipKey;
import dev.hearth.spi.Partition;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Wakes who waits for news of a relationship, within this process. Holds something only of relationships that somebody
 * follows at the moment. Safe for many threads.
 */
public final class News {

    private final ConcurrentHashMap<RelationshipKey, Topic> topics = new ConcurrentHashMap<>();

    /** One relationship's waiting room. */
    static final class Topic {
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition told = lock.newCondition();
        private long count;
        /** Changed within the map's compute only. */
        private int followers;

        /** How much was told so far; what is told after this was asked ends {@link #await} with this count at once. */
        long count() {
            lock.lock();
            try {
                return count;
            } finally {
                lock.unlock();
            }
        }

        void tell() {
            lock.lock();
            try {
                count++;
                told.signalAll();
            } finally {
                lock.unlock();
            }
        }

        /** Waits until more than {@code seen} was told, for at most so many nanoseconds; answers how many are left. */
        long await(long seen, long nanos) throws InterruptedException {
            long left = nanos;
            lock.lockInterruptibly();
            try {
                while (count == seen && left > 0) {
                    left = told.awaitNanos(left);
                }
                return left;
            } finally {
                lock.unlock();
            }
        }
    }

    Topic join(RelationshipKey key) {
        return topics.compute(key, (k, present) -> {
            Topic topic = present == null ? new Topic() : present;
            topic.followers++;
            return topic;
        });
    }

    void leave(RelationshipKey key) {
        topics.computeIfPresent(key, (k, topic) -> --topic.followers == 0 ? null : topic);
    }

    /** Something happened in the relationship. Never waits. */
    public void tell(RelationshipKey key) {
        Topic topic = topics.get(key);
        if (topic != null) {
            topic.tell();
        }
    }

    /** Something happened to everything of a user. */
    public void tell(Partition partition) {
        topics.forEach((key, topic) -> {
            if (key.partition().equals(partition)) {
                topic.tell();
            }
        });
    }

    /** How many relationships are followed. */
    public int followed() {
        return topics.size();
    }
}
