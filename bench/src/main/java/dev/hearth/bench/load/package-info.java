/** What a real server does under load, over HTTP from this process. */
@NullMarked
package dev.hearth.bench.load;

import org.jspecify.annotations.NullMarked;
