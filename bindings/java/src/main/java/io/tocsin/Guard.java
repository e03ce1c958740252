package io.tocsin;

/** Answers for the host_guards of workflows: see {@link Desk#setGuard}. */
@FunctionalInterface
public interface Guard {
    /** Yes or no; null where it does not know that one, which counts as a no. It must not use the desk. */
    Boolean answer(GuardQuestion question) throws Exception;
}
