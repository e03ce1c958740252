package io.tocsin;

/** How to execute commands. */
public enum ExecuteOption {
    /** Each of many commands is accepted or refused for itself; a refusal stands as the error of its result. */
    APART,
    /** Answer what would happen, and change nothing. */
    DRY_RUN,
    /** An instant may lie further ahead than the option max_leap. */
    ALLOW_LEAP,
    /** The text is JSON Lines: one command a line. */
    LINES
}
