package dev.hearth.spi;

import javax.crypto.SecretKey;

/**
 * The AES-256 key of one partition.
 *
 * @param id a random number that tells this key from an earlier or later one of the same partition; not secret
 * @param secret the key itself; never printed
 */
public record PartitionKey(long id, SecretKey secret) {

    @Override
    public String toString() {
        return "PartitionKey[" + Long.toHexString(id) + "]";
    }
}
