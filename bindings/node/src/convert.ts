// Documents in and out.

import { DURATIONS, INSTANTS } from "./documents.js";
import { Duration, Instant, instantText } from "./time.js";

function plain(this: unknown, name: string, value: unknown): unknown {
  // JSON.stringify has called toJSON already: what was a Date is looked up again, to refuse one that is none.
  const original = (this as Record<string, unknown>)[name];
  return original instanceof Date ? instantText(original) : value;
}

/** JSON of a document that may hold Dates and Durations. */
export function encode(document: unknown): string {
  return JSON.stringify(document, plain);
}

function native(this: unknown, name: string, value: unknown): unknown {
  if (typeof value === "string") return converted(name, value);
  if (Array.isArray(value) && (INSTANTS.has(name) || DURATIONS.has(name))) {
    return value.map((one: unknown) => (typeof one === "string" ? converted(name, one) : one));
  }
  // Fields of the host's own, which may have any name and any text.
  return name === "custom" && typeof value === "object" && value !== null ? JSON.parse(JSON.stringify(value)) : value;
}

function converted(name: string, value: string): unknown {
  return (
    (INSTANTS.has(name) ? Instant.fromText(value) : undefined) ?? (DURATIONS.has(name) ? Duration.fromText(value) : undefined) ?? value
  );
}

/** A document of the library, its instants and durations as Instant and Duration. */
export function decode(document: Uint8Array): any {
  return JSON.parse(Buffer.from(document.buffer, document.byteOffset, document.byteLength).toString("utf8"), native);
}
