// Runs a conformance case (tests/conformance/README.md) against a desk. TextDesk hands JSON text through, as the C interface
// does; NativeDesk speaks as a program does, by methods, Dates and Durations, and what it answers is written as text again.
import { readFileSync, readdirSync } from "node:fs";

import { COMMANDS, DURATIONS, encode, INSTANTS, QUERIES, tocsin } from "./package.mjs";

const { Duration, Instant, TocsinError } = tocsin;
const FOLDER = new URL("../../../tests/conformance/", import.meta.url);
const SALT_SEED = Buffer.from("tocsin conformance seed");
const METHOD_OF = Object.fromEntries([...Object.entries(COMMANDS), ...Object.entries(QUERIES)].map(([method, name]) => [name, method]));

export class Mismatch extends Error {}

export const readJson = (path) => JSON.parse(readFileSync(new URL(path, FOLDER), "utf8"));

export function cases() {
  return ["cases", "peers"]
    .flatMap((part) => readdirSync(new URL(part, FOLDER)).map((name) => `${part}/${name}`))
    .filter((name) => name.endsWith(".json"))
    .sort();
}

// ---- matching

const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

// Where the answer is not what is expected; undefined where it is.
export function difference(expected, found, path = "") {
  const say = () => `${path || "the answer"}: expected ${JSON.stringify(expected)}, found ${JSON.stringify(found)}`;
  if (Array.isArray(expected)) {
    if (!Array.isArray(found) || found.length !== expected.length) return say();
    return firstOf(expected.map((one, i) => () => difference(one, found[i], `${path}/${i}`)));
  }
  if (!isObject(expected)) return expected === found ? undefined : say();
  if ("$any" in expected) return undefined;
  if ("$contains" in expected) return typeof found === "string" && found.includes(expected.$contains) ? undefined : say();
  if (!isObject(found)) return say();
  return firstOf(
    Object.entries(expected).map(([name, value]) => () => {
      const below = `${path}/${name}`;
      const there = Object.hasOwn(found, name);
      if (isObject(value) && "$absent" in value) return there ? `${below}: expected nothing, found ${JSON.stringify(found[name])}` : undefined;
      if (!there) return `${below}: expected ${JSON.stringify(value)}, found nothing in ${JSON.stringify(found)}`;
      return difference(value, found[name], below);
    }),
  );
}

function firstOf(checks) {
  for (const check of checks) {
    const wrong = check();
    if (wrong) return wrong;
  }
  return undefined;
}

function demand(expected, found, what) {
  const wrong = difference(expected, found);
  if (wrong) throw new Mismatch(`${what}: ${wrong}`);
}

// ---- steps

function textOf(part) {
  if (typeof part === "string") return part;
  return Array.isArray(part) ? part.map(textOf).join("") : part.$repeat.repeat(part.times);
}

function expanded(part) {
  if (Array.isArray(part)) return part.map(expanded);
  if (!isObject(part)) return part;
  if ("$repeat" in part) return textOf(part);
  return Object.fromEntries(Object.entries(part).map(([name, value]) => [name, expanded(value)]));
}

const microseconds = (instant) => (typeof instant === "number" ? BigInt(instant) : Instant.fromText(instant).microseconds);

export class TextDesk {
  constructor(options, path) {
    this.options = options;
    this.path = path;
  }
  async open() {
    this.desk = await tocsin.open(this.path, { options: this.options, saltSeed: SALT_SEED });
    return this;
  }
  async reopen() {
    if (!this.path) return false;
    await this.desk.close();
    await this.open();
    return true;
  }
  execute(step, document) {
    const { atomic = false, dry_run: dryRun = false, allow_leap: allowLeap = false, lines = false } = step;
    const at = step.at_us === undefined ? {} : { at: Instant.fromMicroseconds(BigInt(step.at_us)) };
    return this.desk.executeJson(document, { atomic, dryRun, allowLeap, lines, ...at });
  }
  executeParsed(step, commands) {
    return this.execute(step, JSON.stringify(commands));
  }
  query(question) {
    return this.desk.queryJson(JSON.stringify(question));
  }
  async entry(sequence) {
    return asText(await this.desk.entry(sequence));
  }
  async effects(consumer, max) {
    return asText(await this.desk.takeEffects(consumer, max));
  }
}

export class NativeDesk extends TextDesk {
  async executeParsed(step, commands) {
    if (step.at_us !== undefined) return super.executeParsed(step, commands);
    if (!Array.isArray(commands) && isObject(commands) && step.dry_run === undefined && step.allow_leap === undefined && METHOD_OF[commands.command]) {
      const { command, ...fields } = native(commands);
      return asText(await this.desk[METHOD_OF[command]]("actor" in fields ? fields : { actor: undefined, ...fields }));
    }
    if (typeof commands !== "object" || commands === null) return super.executeParsed(step, commands);
    const { atomic = false, dry_run: dryRun = false, allow_leap: allowLeap = false } = step;
    return asText(await this.desk.execute(native(commands), { atomic, dryRun, allowLeap }));
  }
  async query(question) {
    const method = METHOD_OF[question.query];
    if (!method) return super.query(question);
    const { query: _, ...fields } = native(question);
    return asText(await this.desk[method](fields));
  }
}

// A document as a program would give it.
function native(part, name = "") {
  if (Array.isArray(part)) return part.map((one) => native(one, name));
  if (isObject(part)) return Object.fromEntries(Object.entries(part).map(([n, value]) => [n, n === "custom" ? value : native(value, n)]));
  if (typeof part !== "string") return part;
  return (INSTANTS.has(name) && Instant.fromText(part)) || (DURATIONS.has(name) && Duration.fromText(part)) || part;
}

// Members that hold documents of other forms: tests in packs, conditions and what they saw, what a refusal quotes.
const FOREIGN = new Set(["custom", "steps", "condition", "when", "where", "detail", "value", "operands"]);

function asText(answer) {
  demandNative(answer);
  return encode(answer);
}

// Nothing that looks like an instant or a duration is left as text.
function demandNative(part, name = "") {
  if (Array.isArray(part)) return part.forEach((one) => demandNative(one, name));
  if (part instanceof Date || part instanceof Duration) return undefined;
  if (isObject(part)) return Object.entries(part).forEach(([n, value]) => FOREIGN.has(n) || demandNative(value, n));
  if (typeof part === "string" && (Instant.fromText(part) || Duration.fromText(part))) throw new Mismatch(`${name} is left as text: ${part}`);
  return undefined;
}

async function answerTo(desk, step) {
  if ("execute" in step) return desk.executeParsed(step, step.execute);
  if ("execute_text" in step) return desk.execute(step, textOf(step.execute_text));
  if ("execute_hex" in step) return desk.execute(step, Buffer.from(step.execute_hex, "hex"));
  if ("query" in step) return desk.query(step.query);
  if ("entry" in step) return desk.entry(step.entry);
  if ("effects" in step) {
    const answer = await desk.effects(step.effects, step.max ?? 100);
    if (step.acknowledge) await desk.desk.acknowledgeEffects(step.effects, JSON.parse(answer).at(-1).id);
    return answer;
  }
  if ("advance" in step) {
    const { limit = 0, allow_leap: allowLeap = false } = step;
    return JSON.stringify(await desk.desk.advance(Instant.fromMicroseconds(microseconds(step.advance)), { limit, allowLeap }));
  }
  throw new Mismatch("the step does nothing that is known");
}

function checkRefusal(expected, found) {
  demand(expected.status, found.status, `the status (${found.code}: ${found.message})`);
  demand(expected.reason, found.code, `the reason (${found.message})`);
  for (const member of ["path", "index"]) if (member in expected) demand(expected[member], found.detail[member], `the ${member}`);
  if (!("unmet" in expected)) return;
  demand(expected.unmet.map((part) => ({ $contains: part })), found.detail.unmet ?? [], "the unmet conditions");
}

async function take(desk, step) {
  if ("next_due" in step) {
    const due = await desk.desk.nextDue();
    return demand(step.next_due === null ? null : String(microseconds(step.next_due)), due ? String(due.microseconds) : null, "next_due");
  }
  const head = async () => {
    const { sequence, hash } = await desk.desk.head();
    return { sequence, hash: hash.toString("hex") };
  };
  const before = await head();
  if ("head" in step) return demand(step.head.sequence, before.sequence, "the head");
  if ("reopen" in step) {
    if (await desk.reopen()) demand(before, await head(), "the head after reopening");
    return undefined;
  }
  let answer;
  try {
    answer = await answerTo(desk, step);
  } catch (refusal) {
    if (!(refusal instanceof TocsinError)) throw refusal;
    if (!step.refused) throw new Mismatch(`it is refused: ${refusal.code}: ${refusal.message} ${JSON.stringify(refusal.detail)}`);
    checkRefusal(step.refused, refusal);
    const fired = step.refused.fired ?? 0;
    const after = await head();
    demand(before.sequence + fired, after.sequence, "the head after the refusal");
    if (fired === 0) demand(before.hash, after.hash, "the head's hash after the refusal");
    return undefined;
  }
  if (step.refused) throw new Mismatch(`it is accepted, and answers ${answer}`);
  if (step.dry_run) demand(before, await head(), "the head after the dry run");
  if ("expect" in step) demand(step.expect, JSON.parse(answer), "it");
  return undefined;
}

// Runs one file to its end, and answers the head that it came to.
export async function runCase(file, desk) {
  if (file.given) for (const command of readJson(`given/${file.given}.json`)) await desk.executeParsed({}, command);
  for (const [i, step] of file.steps.entries()) {
    try {
      await take(desk, expanded(step));
    } catch (problem) {
      problem.message = `step ${i} ${JSON.stringify(step).slice(0, 160)}\n  ${problem.message}`;
      throw problem;
    }
  }
  await desk.desk.verify();
  const head = await desk.desk.head();
  if (await desk.reopen()) demand(head.hash.toString("hex"), (await desk.desk.head()).hash.toString("hex"), "the head, opened again");
  return head;
}
