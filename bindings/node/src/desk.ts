// A desk: its queue of calls, and what JavaScript makes of them.

import { endianness } from "node:os";

import { decode, encode } from "./convert.js";
import type * as d from "./documents.js";
import { closed, failure, TocsinError } from "./errors.js";
import { COMMANDS, QUERIES, type Asked, type Calling, type Commands, type Questions } from "./methods.js";
import * as raw from "./raw.js";
import {
  type ClockRow, type Column, type EffectRow, type Handle, type IncidentRow, native, type ShiftRow, type TimerRow,
} from "./raw.js";
import { Instant, microseconds } from "./time.js";

// What the addon has beside the table: see native/addon.c.
const addon = native as typeof native & {
  desk_set_guard(desk: Handle, guard: ((question: Uint8Array) => number) | null): void;
  end_guards(): void;
};
let guarded = false; // whether what ends guards is told that the program ends

const PAGE = 10_000; // rows: as many as one question may ask for

export interface OpenOptions {
  /** Schema "desk_options", as { max_leap: Duration.of({ days: 30 }) }. */
  options?: d.DeskOptions;
  /** 16 to 64 secret bytes for the commitments to personal fields. */
  saltSeed?: Uint8Array;
  /** Questions only; any number of processes at once. */
  readOnly?: boolean;
  /** Fails instead of making a file. */
  mustExist?: boolean;
  /** Takes the file from a process that is gone or is to lose it; without it, it is busy. */
  takeOver?: boolean;
  /** Gives the instant of commands without `at`, as () => new Date(). There is none by itself. */
  clock?: () => Date;
}

export interface ExecuteOptions extends Calling {
  /** For commands without an `at` of their own. */
  at?: d.InstantGiven;
  /** Many are accepted as a whole or not at all: true where nothing is said. */
  atomic?: boolean;
  /** Answer what would happen; change nothing. */
  dryRun?: boolean;
  /** `at` may lie further ahead than the option max_leap. */
  allowLeap?: boolean;
}

/** A command as a document: { command: "log_incident", ... }. */
export type CommandDocument = { command: string; [field: string]: unknown };

/** Opens a desk file, which is made if it is not there; without a path (or with ":memory:"), a desk in memory. */
export async function open(path?: string | null, options: OpenOptions = {}): Promise<Desk> {
  if (path?.includes("\0")) throw new TypeError("a path has no NUL in it");
  const flags =
    (options.readOnly ? raw.OPEN_READ_ONLY : 0) |
    (options.mustExist ? raw.OPEN_MUST_EXIST : 0) |
    (options.takeOver ? raw.OPEN_TAKE_OVER : 0);
  const config = options.options === undefined ? null : encode(options.options);
  const place = path === undefined || path === ":memory:" ? null : path;
  try {
    return new Desk(await native.desk_open_async(place, flags, config, options.saltSeed ?? null), options.clock);
  } catch (problem) {
    throw failure(problem);
  }
}

/** What a workflow asks the host. */
export interface GuardQuestion {
  /** Its name: "credit". */
  guard: string;
  /** The number of the record that is to be moved. */
  incident: string;
  /** Who moves it. */
  actor: string;
  /** The instant of the command. */
  at: Instant;
}

/** Answers for the `host_guards` of workflows; undefined where it does not know that one, which counts as a no. */
export type Guard = (question: GuardQuestion) => boolean | undefined;

// The methods of commands and questions are attached below; their types come from here.
export interface Desk extends Commands<Promise<d.Result>>, Questions {}

/**
 * One service desk; `open` makes it. Every command and every question is a method: desk.logIncident({ title, at }),
 * desk.find({ where: { open: true } }). Calls run one after the other, off the event loop's thread.
 */
export class Desk {
  #handle: Handle | undefined;
  #tail: Promise<unknown> = Promise.resolve();
  #listeners = new Set<() => void>();
  readonly #clock: (() => Date) | undefined;
  readonly #guard: { failure?: { thrown: unknown } } = {}; // what a guard threw during the call that runs

  /** @internal */
  constructor(handle: Handle, clock?: () => Date) {
    this.#handle = handle;
    this.#clock = clock;
  }

  // ---------------------------------------------------------- its life

  get closed(): boolean {
    return this.#handle === undefined;
  }

  /** Waits for the calls that were made, and closes; a second time it does nothing. */
  async close(): Promise<void> {
    await this.#tail.catch(() => undefined);
    const handle = this.#handle;
    this.#handle = undefined;
    if (handle) native.desk_close(handle);
    this.#tell();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  /** Closes at once; only where no call is under way. */
  [Symbol.dispose](): void {
    const handle = this.#handle;
    if (!handle) return;
    native.desk_close(handle);
    this.#handle = undefined;
    this.#tell();
  }

  #open(): Handle {
    if (this.#handle === undefined) throw closed("desk");
    return this.#handle;
  }

  /** Runs `work` when the calls before it have ended. */
  #call<T>(work: (handle: Handle) => Promise<T> | T, options: Calling = {}): Promise<T> {
    const { signal } = options;
    const run = async (): Promise<T> => {
      signal?.throwIfAborted();
      const handle = this.#open();
      const interrupt = (): void => native.desk_interrupt(handle);
      signal?.addEventListener("abort", interrupt);
      try {
        return await work(handle);
      } catch (problem) {
        const error = failure(problem);
        if (error instanceof TocsinError && error.code === "guard.aborted" && this.#guard.failure) {
          error.cause = this.#guard.failure.thrown;
          throw error;
        }
        if (signal?.aborted && error instanceof TocsinError && error.status === "cancelled") throw signal.reason;
        throw error;
      } finally {
        delete this.#guard.failure;
        signal?.removeEventListener("abort", interrupt);
      }
    };
    const result = this.#tail.then(run, run);
    this.#tail = result.catch(() => undefined);
    return result;
  }

  /** A copy for "what if", and for questions meanwhile: it never writes, and may outlive this desk. */
  async fork(): Promise<Desk> {
    return new Desk(await this.#call((h) => native.desk_fork_async(h)), this.#clock);
  }

  /** The call that runs, or else the next, stops with status "cancelled". */
  interrupt(): void {
    native.desk_interrupt(this.#open());
  }

  // ---------------------------------------------------------- commands and time

  #at(at: d.InstantGiven | undefined): bigint {
    if (at !== undefined) return microseconds(at);
    return this.#clock ? microseconds(this.#clock()) : raw.NEVER;
  }

  /** Executes a command and answers its result, or many and answers a list of results. */
  execute(command: CommandDocument, options?: ExecuteOptions): Promise<d.Result>;
  execute(commands: readonly CommandDocument[], options?: ExecuteOptions): Promise<d.Result[]>;
  async execute(commands: CommandDocument | readonly CommandDocument[], options: ExecuteOptions = {}): Promise<unknown> {
    const many = Array.isArray(commands);
    return decode(await this.#execute(encode(commands), options, many && (options.atomic ?? true), false));
  }

  /** The same with JSON text in and out; lines: JSON Lines, one command a line. */
  async executeJson(commands: string | Uint8Array, options: ExecuteOptions & { lines?: boolean } = {}): Promise<string> {
    const answer = await this.#execute(commands, options, options.atomic ?? false, options.lines ?? false);
    return answer.toString("utf8");
  }

  async #execute(commands: string | Uint8Array, options: ExecuteOptions, atomic: boolean, lines: boolean): Promise<Buffer> {
    const flags =
      (atomic ? raw.EXECUTE_ATOMIC : 0) |
      (options.dryRun ? raw.EXECUTE_DRY_RUN : 0) |
      (options.allowLeap ? raw.EXECUTE_ALLOW_LEAP : 0) |
      (lines ? raw.EXECUTE_LINES : 0);
    const at = this.#at(options.at);
    try {
      return await this.#call((h) => native.desk_execute_async(h, at, commands, flags), options);
    } finally {
      this.#tell();
    }
  }

  /** Collects commands, to be executed as a whole: batch.logIncident(...); await batch.commit(). */
  batch(options: { at?: d.InstantGiven; actor?: string } = {}): Batch {
    return new Batch(this, options);
  }

  /** Fires what is due up to and including `now`, in order, at most `limit` entries (0: all). */
  async advance(
    now?: d.InstantGiven,
    options: Calling & { limit?: number; allowLeap?: boolean } = {},
  ): Promise<{ fired: number; more: boolean }> {
    const at = this.#at(now);
    const flags = options.allowLeap ? raw.ADVANCE_ALLOW_LEAP : 0;
    try {
      const [fired, more] = await this.#call((h) => native.desk_advance_async(h, at, BigInt(options.limit ?? 0), flags), options);
      return { fired: Number(fired), more: more !== 0 };
    } finally {
      this.#tell();
    }
  }

  /** When `advance` has something to do next; undefined: nothing is waiting. */
  async nextDue(): Promise<Instant | undefined> {
    const due = await this.#call((h) => native.desk_next_due(h));
    return due === raw.NEVER ? undefined : Instant.fromMicroseconds(due);
  }

  /** Says who has a record in front of them; a hint for screens, in memory alone. */
  async notePresence(presence: d.PresenceNote): Promise<void> {
    await this.#call((h) => native.desk_note_presence_async(h, encode(presence)));
  }

  /**
   * Who answers for the `host_guards` of workflows from now on; null: nobody. It is called on this thread, during the
   * command that needs the answer, and answers at once, not by a promise. What it throws ends the command, which has
   * changed nothing, and is the `cause` of its error, which has the code "guard.aborted". A fork has nobody.
   */
  async setGuard(guard: Guard | null): Promise<void> {
    if (guard !== null && typeof guard !== "function") throw new TypeError("a guard is a function, or null");
    const state = this.#guard; // not this: a desk that is forgotten can be collected
    const asked = (question: Uint8Array): number => {
      try {
        const answer: unknown = guard?.(decode(question) as GuardQuestion);
        if (answer === undefined || answer === null) return raw.CALLBACK_PASS;
        if (typeof answer !== "boolean") throw new TypeError("a guard answers with true, false or undefined");
        return answer ? 1 : 0;
      } catch (thrown) {
        state.failure = { thrown };
        return raw.CALLBACK_ABORT;
      }
    };
    if (!guarded) process.once("exit", () => addon.end_guards());
    guarded = true;
    await this.#call((h) => addon.desk_set_guard(h, guard && asked));
  }

  /** What the host says of the `host_guards` of workflows, by name, instead of what it said before. */
  async setGuardAnswers(answers: Readonly<Record<string, boolean>>): Promise<void> {
    await this.#call((h) => native.desk_set_guard_answers_async(h, encode(answers)));
  }

  // ---------------------------------------------------------- questions

  /** Answers a question, { query: "find", ... }; the methods do the same. */
  async query(question: { query: string; [field: string]: unknown }, options: Calling = {}): Promise<any> {
    const text = encode(question);
    return decode(await this.#call((h) => native.desk_query_async(h, text), options));
  }

  /** The same with JSON text in and out. */
  async queryJson(question: string | Uint8Array, options: Calling = {}): Promise<string> {
    return (await this.#call((h) => native.desk_query_async(h, question), options)).toString("utf8");
  }

  /** Every record that `find` would give page by page. */
  async *findAll(question: Asked<d.Find> = {}): AsyncGenerator<d.IncidentRecord> {
    let cursor: string | undefined;
    do {
      const page = await this.find(cursor === undefined ? question : { ...question, cursor });
      yield* page.records;
      cursor = page.cursor;
    } while (cursor);
  }

  /** The list that `find` would give, as typed rows: all of it, or `limit` rows and the cursor for the rest. */
  async incidents(question: Omit<Asked<d.Find>, "fields"> = {}): Promise<Rows<IncidentRow>> {
    const pages: Uint8Array[] = [];
    let cursor = question.cursor ?? "";
    let left = question.limit ?? Infinity;
    while (left > 0) {
      const capacity = Math.min(left, PAGE);
      const asked = encode({ ...question, query: "find", limit: capacity, cursor: cursor === "" ? undefined : cursor });
      const rows = new Uint8Array(capacity * raw.INCIDENT_ROW_SIZE);
      const [count, next] = await this.#call((h) => native.desk_incidents_async(h, asked, rows, raw.INCIDENT_ROW_SIZE, capacity));
      pages.push(rows.subarray(0, count * raw.INCIDENT_ROW_SIZE));
      left -= count;
      cursor = next.toString("utf8");
      if (cursor === "") break;
    }
    return new Rows<IncidentRow>(raw.INCIDENT_ROW, raw.INCIDENT_ROW_SIZE, pages, cursor);
  }

  /** What the question `timers` lists, as typed rows: what waits, in the order in which it fires. */
  async timerRows(question: Asked<d.Timers> = {}): Promise<Rows<TimerRow>> {
    const asked = encode({ ...question, query: "timers" });
    const fill = (h: Handle, rows: Uint8Array, room: number) => native.desk_timers_async(h, asked, rows, raw.TIMER_ROW_SIZE, room);
    return new Rows<TimerRow>(raw.TIMER_ROW, raw.TIMER_ROW_SIZE, [await this.#filled(raw.TIMER_ROW_SIZE, fill)], "");
  }

  /** What the question `breaches_ahead` lists, as typed rows: clocks that run, by deadline. */
  async clockRows(question: Asked<d.BreachesAhead> = {}): Promise<Rows<ClockRow>> {
    const asked = encode({ ...question, query: "breaches_ahead" });
    const fill = (h: Handle, rows: Uint8Array, room: number) => native.desk_clocks_async(h, asked, rows, raw.CLOCK_ROW_SIZE, room);
    return new Rows<ClockRow>(raw.CLOCK_ROW, raw.CLOCK_ROW_SIZE, [await this.#filled(raw.CLOCK_ROW_SIZE, fill)], "");
  }

  /** What the question `shifts` lists, as typed rows. */
  async shiftRows(question: Asked<d.Shifts>): Promise<Rows<ShiftRow>> {
    const asked = encode({ ...question, query: "shifts" });
    const fill = (h: Handle, rows: Uint8Array, room: number) => native.desk_shifts_async(h, asked, rows, raw.SHIFT_ROW_SIZE, room);
    return new Rows<ShiftRow>(raw.SHIFT_ROW, raw.SHIFT_ROW_SIZE, [await this.#filled(raw.SHIFT_ROW_SIZE, fill)], "");
  }

  /** As many rows as there are; asked again where there were more than expected. */
  async #filled(size: number, fill: (h: Handle, rows: Uint8Array, room: number) => Promise<[number, number]>): Promise<Uint8Array> {
    for (let room = 256; ; ) {
      const rows = new Uint8Array(room * size);
      const [count, total] = await this.#call((h) => fill(h, rows, room));
      if (total <= room) return rows.subarray(0, count * size);
      room = total;
    }
  }

  /** The key that a number in a row stands for: `desk.key("person", row.person)`. */
  async key(kind: string, number: number): Promise<string> {
    return (await this.#call((h) => native.desk_key_async(h, kind, number))).toString("utf8");
  }

  // ---------------------------------------------------------- effects

  /** What `takeEffects` gives, but the headers alone: what waits, since when, of what kind. */
  async effectRows(consumer: string, max = 100): Promise<Rows<EffectRow>> {
    const rows = new Uint8Array(max * raw.EFFECT_ROW_SIZE);
    const count = await this.#call((h) => native.desk_take_effect_rows_async(h, consumer, rows, raw.EFFECT_ROW_SIZE, max));
    return new Rows<EffectRow>(raw.EFFECT_ROW, raw.EFFECT_ROW_SIZE, [rows.subarray(0, count * raw.EFFECT_ROW_SIZE)], "");
  }

  /**
   * What `consumer` has not acknowledged, oldest first; asking for the next one acknowledges the one before:
   * for await (const effect of desk.effects("mailer")) await send(effect). Where the body throws, or leaves the loop, the
   * effect in hand comes again. The loop ends when nothing is left; with `follow` it waits for more until the signal.
   */
  async *effects(
    consumer: string,
    options: { max?: number; follow?: boolean; signal?: AbortSignal } = {},
  ): AsyncGenerator<d.Effect, void, undefined> {
    const { signal } = options;
    while (!signal?.aborted) {
      const changed = options.follow ? this.#changed(signal) : undefined;
      const taken = await this.takeEffects(consumer, options.max);
      for (const effect of taken) {
        if (signal?.aborted) return;
        yield effect;
        await this.acknowledgeEffects(consumer, effect.id);
      }
      if (taken.length === 0) {
        if (!changed) return;
        await changed;
      }
    }
  }

  /** At most `max` effects that `consumer` has not acknowledged; they are given again until it has. */
  async takeEffects(consumer: string, max = 100): Promise<d.Effect[]> {
    return decode(await this.#call((h) => native.desk_take_effects_async(h, consumer, max))) as d.Effect[];
  }

  /** Everything up to and including this effect has been handled. */
  async acknowledgeEffects(consumer: string, effectId: number): Promise<void> {
    await this.#call((h) => native.desk_acknowledge_effects_async(h, consumer, BigInt(effectId)));
  }

  // ---------------------------------------------------------- the journal

  /** The last entry: its sequence and its chain hash, to anchor outside. */
  async head(): Promise<{ sequence: number; hash: Buffer }> {
    const hash = Buffer.alloc(raw.HASH_SIZE);
    const sequence = await this.#call((h) => native.desk_head_async(h, hash));
    return { sequence: Number(sequence), hash };
  }

  /** One entry of the journal: its command, its events, its hash. */
  async entry(sequence: number): Promise<Record<string, unknown>> {
    return decode(await this.#call((h) => native.desk_entry_async(h, BigInt(sequence)))) as Record<string, unknown>;
  }

  /** How much memory the desk takes, by what for: `{ records: { count, bytes }, ..., bytes }`. */
  async memory(): Promise<Record<string, unknown>> {
    return decode(await this.#call((h) => native.desk_memory_async(h))) as Record<string, unknown>;
  }

  /** Reads the whole journal and every record again; status "corrupt" names the first that is damaged. */
  async verify(options: Calling = {}): Promise<Record<string, unknown>> {
    return decode(await this.#call((h) => native.desk_verify_async(h), options)) as Record<string, unknown>;
  }

  /** Entries from that one on as bytes, for applyEntries of a standby; none at the end of the journal. */
  async readEntries(fromSequence = 1, bytesMax = 1 << 20): Promise<Buffer> {
    return this.#call((h) => native.desk_read_entries_async(h, BigInt(fromSequence), bytesMax));
  }

  /** Takes up entries that continue this journal; answers how many were new. What does not follow is a conflict. */
  async applyEntries(entries: Uint8Array): Promise<number> {
    try {
      return Number(await this.#call((h) => native.desk_apply_entries_async(h, entries)));
    } finally {
      this.#tell();
    }
  }

  /** Takes up everything that `leader` has beyond this desk; answers how many entries were new. */
  async follow(leader: Desk): Promise<number> {
    let taken = 0;
    for (;;) {
      const { sequence } = await this.head();
      if (sequence >= (await leader.head()).sequence) return taken;
      taken += await this.applyEntries(await leader.readEntries(sequence + 1));
    }
  }

  /** A copy of a desk in a file as it is now, in a new file, while the desk goes on. */
  async backup(path: string): Promise<void> {
    if (path.includes("\0")) throw new TypeError("a path has no NUL in it");
    await this.#call((h) => native.desk_backup_async(h, path));
  }

  // ---------------------------------------------------------- who wants to know

  /** Calls `changed` after each call that may have changed the desk; answers what ends that. */
  listen(changed: () => void): () => void {
    this.#listeners.add(changed);
    return () => void this.#listeners.delete(changed);
  }

  #tell(): void {
    for (const changed of [...this.#listeners]) changed();
  }

  /** Resolves when the desk may have changed, or the signal comes. */
  #changed(signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        stop();
        signal?.removeEventListener("abort", done);
        resolve();
      };
      const stop = this.listen(done);
      signal?.addEventListener("abort", done);
    });
  }
}

/** Commands that are executed together: see Desk.batch. A method answers the place of its command in the results. */
export interface Batch extends Commands<number> {}
export class Batch {
  /** What has been collected. */
  readonly commands: CommandDocument[] = [];
  readonly #desk: Desk;
  readonly #options: { at?: d.InstantGiven; actor?: string };

  /** @internal */
  constructor(desk: Desk, options: { at?: d.InstantGiven; actor?: string }) {
    this.#desk = desk;
    this.#options = options;
  }

  /** @internal */
  add(document: CommandDocument): number {
    return this.commands.push({ actor: this.#options.actor ?? "host", ...document }) - 1;
  }

  /** Executes what was collected, all or nothing. */
  async commit(options: ExecuteOptions = {}): Promise<d.Result[]> {
    const commands = this.commands.splice(0);
    return this.#desk.execute(commands, { ...(this.#options.at === undefined ? {} : { at: this.#options.at }), ...options });
  }
}

/** Commands as documents, for Desk.execute: command.logIncident({ title }) executes nothing. */
export const command = {} as Commands<CommandDocument>;

type Method = (this: unknown, fields?: object, options?: Calling) => unknown;

function attach(to: object, names: Readonly<Record<string, string>>, make: (name: string) => Method): void {
  for (const [method, name] of Object.entries(names)) Object.defineProperty(to, method, { value: make(name), writable: true });
}

attach(Desk.prototype, COMMANDS, (name) =>
  function (this: unknown, fields, options) {
    return (this as Desk).execute({ command: name, actor: "host", ...fields }, options);
  });
attach(Desk.prototype, QUERIES, (name) =>
  function (this: unknown, fields, options) {
    return (this as Desk).query({ query: name, ...fields }, options);
  });
attach(Batch.prototype, COMMANDS, (name) =>
  function (this: unknown, fields) {
    return (this as Batch).add({ command: name, ...fields });
  });
attach(command, COMMANDS, (name) => (fields) => ({ command: name, actor: "host", ...fields }));

/** Typed rows: by row, and by column. */
export class Rows<R extends object> implements Iterable<R> {
  readonly length: number;
  /** What to give as `cursor` for the rows that follow; empty at the end. */
  readonly cursor: string;
  readonly #columns: readonly (Column & { read: Read })[];
  readonly #stride: number;
  readonly #words: Int32Array;

  /** @internal */
  constructor(columns: readonly Column[], size: number, pages: readonly Uint8Array[], cursor: string) {
    this.#columns = columns.map((column) => ({ ...column, read: reader(column.type) }));
    this.#stride = size / 4;
    this.length = pages.reduce((sum, page) => sum + page.length, 0) / size;
    const data = new Uint8Array(this.length * size);
    pages.reduce((place, page) => (data.set(page, place), place + page.length), 0);
    this.#words = new Int32Array(data.buffer);
    this.cursor = cursor;
  }

  /** The names that `column` takes. */
  get columns(): string[] {
    return this.#columns.map((column) => column.name);
  }

  /** One member of all rows as numbers; instants are microseconds since 1970, and NaN where not set. */
  column(name: string): Float64Array {
    const column = this.#columns.find((one) => one.name === name);
    if (!column) throw new RangeError(`${name} is no column; there are ${this.columns.join(", ")}`);
    const numbers = new Float64Array(this.length);
    const words = this.#words;
    for (let i = 0, place = column.offset / 4; i < numbers.length; ++i, place += this.#stride) numbers[i] = column.read(words, place);
    return numbers;
  }

  at(index: number): R | undefined {
    const place = index < 0 ? this.length + index : index;
    return place >= 0 && place < this.length ? this.#row(place) : undefined;
  }

  *[Symbol.iterator](): Iterator<R> {
    for (let i = 0; i < this.length; ++i) yield this.#row(i);
  }

  #row(place: number): R {
    const row: Record<string, unknown> = {};
    for (const column of this.#columns) {
      const number = column.read(this.#words, place * this.#stride + column.offset / 4);
      if (column.name.endsWith("_us")) {
        row[column.name.slice(0, -3)] = Number.isNaN(number) ? undefined : Instant.fromMicroseconds(BigInt(number));
      } else {
        row[column.name] = column.words ? column.words[number] : number;
      }
    }
    return row as R;
  }
}

// How a member is read from the words of 32 bits that the library wrote, in the machine's own order.
type Read = (words: Int32Array, place: number) => number;
const [LOW, HIGH] = endianness() === "LE" ? [0, 1] : [1, 0];
const word = (words: Int32Array, place: number): number => words[place] ?? 0;

const READERS: Readonly<Record<string, Read>> = {
  int32_t: word,
  uint32_t: (words, place) => word(words, place) >>> 0,
  uint64_t: (words, place) => (word(words, place + LOW) >>> 0) + (word(words, place + HIGH) >>> 0) * 2 ** 32,
  int64_t: (words, place) => {
    const high = word(words, place + HIGH);
    // Never, and not set: no instant is as far away.
    if (high === -(2 ** 31) || high === 2 ** 31 - 1) return NaN;
    return (word(words, place + LOW) >>> 0) + high * 2 ** 32;
  },
};

function reader(type: string): Read {
  const found = READERS[type];
  if (!found) throw new TypeError(`a row has a member of type ${type}, which is not known here`);
  return found;
}
