// Business time, and what needs no desk.

import { decode, encode } from "./convert.js";
import type * as d from "./documents.js";
import { closed, failure } from "./errors.js";
import { type Handle, type Memory, native } from "./raw.js";
import * as raw from "./raw.js";
import { Duration, Instant, microseconds } from "./time.js";

function called<T>(work: () => T): T {
  try {
    return work();
  } catch (problem) {
    throw failure(problem);
  }
}

type Column = BigInt64Array;
const instants = (given: readonly Date[]): Column => BigInt64Array.from(given, (at) => microseconds(at));
const durations = (given: readonly Duration[]): Column => BigInt64Array.from(given, (span) => span.microseconds);
const counts = (given: readonly number[]): Column => BigInt64Array.from(given, (count) => BigInt(count));

function instant(us: bigint): Instant | undefined {
  return us === raw.NEVER || us === raw.UNSET ? undefined : Instant.fromMicroseconds(us);
}

/**
 * A business calendar: when a place is open, and arithmetic that counts only then. Made of a definition (schema
 * "business_calendar") and those that it combines; it never changes. What can never be answered is undefined.
 */
export class Calendar {
  #handle: Handle | undefined;

  constructor(definition: d.BusinessCalendar, others: readonly d.BusinessCalendar[] = []) {
    this.#handle = called(() => native.calendar_new(encode(definition), encode(others)));
  }

  close(): void {
    if (this.#handle) native.calendar_free(this.#handle);
    this.#handle = undefined;
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #open(): Handle {
    if (!this.#handle) throw closed("calendar");
    return this.#handle;
  }

  #each(function_: (calendar: Handle, ...columns: never[]) => void, ...columns: Column[]): Column {
    const count = columns[0]?.length ?? 0;
    if (columns.some((column) => column.length !== count)) throw new RangeError("lists of different lengths do not go together");
    const answers = new BigInt64Array(count);
    const call = function_ as unknown as (calendar: Handle, ...given: (Memory | number)[]) => void;
    called(() => call(this.#open(), ...columns, answers, count));
    return answers;
  }

  #one(function_: (calendar: Handle, ...columns: never[]) => void, ...columns: Column[]): Instant | undefined {
    return instant(this.#each(function_, ...columns)[0] ?? raw.NEVER);
  }

  /** Open time from one instant to another; negative if it goes back. */
  elapsed(from: Date, to: Date): Duration {
    return Duration.fromMicroseconds(this.#each(native.calendar_elapsed, instants([from]), instants([to]))[0] ?? 0n);
  }

  /** The same for many at once. */
  elapsedEach(from: readonly Date[], to: readonly Date[]): Duration[] {
    return Array.from(this.#each(native.calendar_elapsed, instants(from), instants(to)), (us) => Duration.fromMicroseconds(us));
  }

  /** The earliest instant with that much open time since `at`. */
  add(at: Date, span: Duration): Instant | undefined {
    return this.#one(native.calendar_add, instants([at]), durations([span]));
  }

  /** The same for many at once. */
  addEach(at: readonly Date[], span: readonly Duration[]): (Instant | undefined)[] {
    return Array.from(this.#each(native.calendar_add, instants(at), durations(span)), instant);
  }

  /** The latest instant with that much open time until `at`. */
  subtract(at: Date, span: Duration): Instant | undefined {
    return this.#one(native.calendar_subtract, instants([at]), durations([span]));
  }

  /** `at` itself if it is open, else the next opening. */
  nextOpen(at: Date): Instant | undefined {
    return this.#one(native.calendar_next_open, instants([at]));
  }

  /** The end of the current or next open run, after `at`. */
  nextClose(at: Date): Instant | undefined {
    return this.#one(native.calendar_next_close, instants([at]));
  }

  /** The latest instant up to `at` with open time just before it. */
  previousClose(at: Date): Instant | undefined {
    return this.#one(native.calendar_previous_close, instants([at]));
  }

  /** So many business days on (back, if negative), at the same local time or the next opening. */
  addBusinessDays(at: Date, days: number): Instant | undefined {
    return this.#one(native.calendar_add_business_days, instants([at]), counts([days]));
  }

  /** The last closing of the day that `addBusinessDays` counts to. */
  endOfBusinessDay(at: Date, days: number): Instant | undefined {
    return this.#one(native.calendar_end_of_business_day, instants([at]), counts([days]));
  }

  isOpen(at: Date): boolean {
    return this.ask({ operation: "is_open", at })["answer"] === true;
  }

  /** One question as a document, schema "calendar_question". */
  ask(question: d.CalendarQuestion): Record<string, unknown> {
    return called(() => decode(native.calendar_ask(this.#open(), encode(question)))) as Record<string, unknown>;
  }
}

/** When clocks in `zone` show `local` ("2026-03-29T02:30:00"), and how often: "unique", "skipped" or "repeated". */
export function localToInstant(zone: string, local: string): { instant: Instant; kind: "unique" | "skipped" | "repeated" } {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?$/.test(local)) {
    throw new TypeError(`${local} is not what a clock shows, as 2026-03-29T02:30:00 without a zone`);
  }
  const shown = microseconds(new Date(`${local}Z`));
  const [us, kind] = called(() => native.local_to_instant(zone, shown));
  return { instant: Instant.fromMicroseconds(us), kind: (["unique", "skipped", "repeated"] as const)[kind] ?? "unique" };
}

/** What clocks in `zone` show, as text without a zone. */
export function instantToLocal(zone: string, at: Date): string {
  const shown = called(() => native.instant_to_local(zone, microseconds(at)));
  return Instant.fromMicroseconds(shown).toJSON().slice(0, -1);
}

/** The holidays of an iCalendar feed, what was passed over, and warnings: for a person to review. */
export function importHolidays(icalendar: string | Uint8Array): d.ImportedHolidays {
  return called(() => decode(native.import_holidays(icalendar))) as d.ImportedHolidays;
}

type Lines = string | readonly object[];
const text = (lines: Lines): string => (typeof lines === "string" ? lines : lines.map(encode).join("\n"));
const answers = (given: Buffer): Record<string, unknown>[] =>
  given.toString("utf8").split("\n").filter(Boolean).map((line) => decode(Buffer.from(line)) as Record<string, unknown>);

/** Who is on call, without a desk: one answer for each line, in order. `book`: lines that define, taken for granted. */
export function oncallAnswer(lines: Lines, book: Lines = []): Record<string, unknown>[] {
  return called(() => answers(native.oncall_answer(text(book), text(lines))));
}

/** Who is paged when, without a desk; as oncallAnswer, whose lines are understood, too. */
export function escalationAnswer(lines: Lines, book: Lines = []): Record<string, unknown>[] {
  return called(() => answers(native.escalation_answer(text(book), text(lines))));
}

/** What an outage affects, without a desk: lines that define services and configuration items, and ask. */
export function impactAnswer(lines: Lines, book: Lines = []): Record<string, unknown>[] {
  return called(() => answers(native.impact_answer(text(book), text(lines))));
}

/** Which incidents make a problem, without a desk: one answer for each line, in order. `book` as above. */
export function recurrenceAnswer(lines: Lines, book: Lines = []): Record<string, unknown>[] {
  return called(() => answers(native.recurrence_answer(text(book), text(lines))));
}

/** Whether a condition holds, and why, without a desk: lines that declare fields, and ask. `book` as above. */
export function conditionAnswer(lines: Lines, book: Lines = []): Record<string, unknown>[] {
  return called(() => answers(native.condition_answer(text(book), text(lines))));
}

/** Commands for Desk.execute out of a document of a monitoring system: "alertmanager", or a mapping of your own. */
export function intakeCommands(mapping: string | object, document: string | object): { command: string; [field: string]: unknown }[] {
  const by = typeof mapping === "string" ? mapping : encode(mapping);
  const what = typeof document === "string" ? document : encode(document);
  const lines = called(() => native.intake_commands(by, what)).toString("utf8").split("\n").filter(Boolean);
  return lines.map((line) => JSON.parse(line) as { command: string });
}

/** What a rule makes of data, as jsonlogic.com has it, JavaScript's coercions included. */
export function jsonLogic(rule: unknown, data: unknown = null): unknown {
  return JSON.parse(called(() => native.json_logic_apply(JSON.stringify(rule), JSON.stringify(data))).toString("utf8"));
}

/** The JSON Schema (2020-12) of one kind of document, or of all for "all". */
export function schema(name: string): Record<string, unknown> {
  return JSON.parse(called(() => native.schema(name)).toString("utf8")) as Record<string, unknown>;
}

/** Every command, question, event and definition, with meaning and fields. */
export function catalogue(): Record<string, unknown> {
  return JSON.parse(native.catalogue().toString("utf8")) as Record<string, unknown>;
}

/** The version of the library that runs. */
export const libraryVersion = (): string => native.version();
