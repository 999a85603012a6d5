package dev.hearth.client.data;

import java.time.Instant;

/**
 * A time that somebody named, as in "last Friday".
 *
 * @param until its end, exclusive
 * @param zone the zone in which it was meant: an IANA name
 * @param confidence 0 to 1: how sure it is that this time was meant
 */
public record TimeSpan(Instant from, Instant until, String zone, Granularity granularity, double confidence) {}
