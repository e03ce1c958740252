// What a call fails with.

import { STATUS, type Status } from "./raw.js";

/** Why the library refused, or could not: decide by `status` and `code`; `message` is for a person. */
export class TocsinError extends Error {
  override readonly name = "TocsinError";

  constructor(
    /** What to do about it: "not_found", "conflict". */
    readonly status: Status | "unknown",
    /** What it was, in a stable dotted word: "workflow.transition_not_allowed". */
    readonly code: string,
    message: string,
    /** Where and what: the path in the document, ids, what was allowed. */
    readonly detail: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }
}

/** An error of the addon as a TocsinError; anything else as it is. */
export function failure(problem: unknown): unknown {
  if (!(problem instanceof Error) || !("reason" in problem) || !("status" in problem)) return problem;
  const { status, reason, detail } = problem as unknown as { status: number; reason: string; detail: string };
  return new TocsinError(STATUS[status] ?? "unknown", reason, problem.message, JSON.parse(detail || "{}") as Record<string, unknown>);
}

export function closed(what: string): TocsinError {
  return new TocsinError("failed_precondition", "binding.closed", `the ${what} is closed`);
}
