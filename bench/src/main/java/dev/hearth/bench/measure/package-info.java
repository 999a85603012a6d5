/** What measurements share: samples and their percentiles, bootstrap intervals, tables, progress. Knows nothing of Hearth. */
@NullMarked
package dev.hearth.bench.measure;

import org.jspecify.annotations.NullMarked;
