/** Spring AI's chat memory, kept by Hearth. Knows Spring AI's model module and Hearth's client. */
@NullMarked
package dev.hearth.spring.ai;

import org.jspecify.annotations.NullMarked;
