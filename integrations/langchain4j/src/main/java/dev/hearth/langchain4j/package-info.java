/** LangChain4j's chat memory and content retriever, kept by Hearth. Knows LangChain4j's core and Hearth's client. */
@NullMarked
package dev.hearth.langchain4j;

import org.jspecify.annotations.NullMarked;
