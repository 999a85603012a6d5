package dev.hearth.stack;

import java.util.List;

/** One server of the stack: how it is started and known again. */
sealed interface Service permits Redis, DynamoDbLocal, S3Proxy {

    /** Names its files. */
    String name();

    /** What it is and where it comes from, in a few words; known once it has a command. */
    String title();

    /** Writes what it reads at its start, and answers the command that starts it on its port. */
    List<String> command();

    /** What its command line bears and no other process's does; among its first thousand characters. */
    String mark();

    /** Whether it answers. */
    boolean answers();
}
