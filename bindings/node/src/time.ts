// Instants and durations as documents have them, to the microsecond.

/** The instant that the library names, a Date that knows its microseconds and is written as it was read. */
export class Instant extends Date {
  /** Microseconds beyond the millisecond: 0 to 999. */
  readonly microsecond: number;

  constructor(millisecond: number, microsecond = 0) {
    super(millisecond);
    this.microsecond = microsecond;
  }

  /** Microseconds since 1970. */
  get microseconds(): bigint {
    return BigInt(this.getTime()) * 1000n + BigInt(this.microsecond);
  }

  override toJSON(): string {
    return instantText(this);
  }

  static fromMicroseconds(us: bigint): Instant {
    const micro = ((us % 1000n) + 1000n) % 1000n;
    return new Instant(Number((us - micro) / 1000n), Number(micro));
  }

  /** RFC 3339 in UTC as the library writes it; undefined if it is anything else. */
  static fromText(text: string): Instant | undefined {
    return CANONICAL.test(text) ? parsed(text) : undefined;
  }
}

const CANONICAL = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.(?:\d{3}|\d{6}))?Z$/;
const INSTANT = /^(\d{4}-\d\d-\d\d)(T(?:[01]\d|2[0-3]):\d\d:\d\d)(?:\.(\d{1,6}))?(Z|[+-]\d\d:\d\d)$/i;
const DURATION = /^(-?)P(?=[\dT])(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d{1,6}))?S)?)?$/;

/** RFC 3339 in UTC, as the library writes it. A Date that is none is refused. */
export function instantText(at: Date): string {
  if (Number.isNaN(at.getTime())) throw new TypeError("an invalid Date is no instant");
  const micro = at instanceof Instant ? at.microsecond : 0;
  const text = at.toISOString();
  if (micro !== 0) return `${text.slice(0, -1)}${String(micro).padStart(3, "0")}Z`;
  return text.endsWith(".000Z") ? `${text.slice(0, -5)}Z` : text;
}

/** RFC 3339 text with a zone; undefined if it is none, or a day that does not exist (which Date would move to the next). */
function parsed(text: string): Instant | undefined {
  const match = INSTANT.exec(text);
  if (!match) return undefined;
  const [, day, clock, digits = "", zone] = match;
  const midnight = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(midnight.getTime()) || midnight.toISOString().slice(0, 10) !== day) return undefined;
  const fraction = digits.padEnd(6, "0");
  const ms = Date.parse(`${day}${clock}.${fraction.slice(0, 3)}${zone}`);
  return Number.isNaN(ms) ? undefined : new Instant(ms, Number(fraction.slice(3)));
}

/** Microseconds since 1970 of a Date or of RFC 3339 text. */
export function microseconds(at: Date | string): bigint {
  const instant = typeof at === "string" ? parsed(at) : at;
  if (!(instant instanceof Date) || Number.isNaN(instant.getTime())) {
    throw new TypeError(`${String(at)} is no instant; allowed is a Date, or text with a zone as 2026-11-22T08:00:00Z`);
  }
  return instant instanceof Instant ? instant.microseconds : BigInt(instant.getTime()) * 1000n;
}

/** A length of time; days have 24 hours. */
export class Duration {
  private constructor(readonly microseconds: bigint) {}

  static of(parts: { weeks?: number; days?: number; hours?: number; minutes?: number; seconds?: number; milliseconds?: number }): Duration {
    const units = { weeks: 604_800_000, days: 86_400_000, hours: 3_600_000, minutes: 60_000, seconds: 1000, milliseconds: 1 };
    let us = 0n;
    for (const [name, count] of Object.entries(parts)) {
      const unit = units[name as keyof typeof units];
      if (unit === undefined) throw new TypeError(`${name} is no unit of a duration; there are ${Object.keys(units).join(", ")}`);
      us += BigInt(Math.round(Number(count) * unit * 1000));
    }
    return new Duration(us);
  }

  static fromMicroseconds(us: bigint): Duration {
    return new Duration(us);
  }

  /** ISO 8601 text of days and less; undefined if it is anything else. */
  static fromText(text: string): Duration | undefined {
    const match = DURATION.exec(text);
    if (!match) return undefined;
    const [, sign, days, hours, minutes, seconds, fraction] = match;
    const whole = ((BigInt(days ?? 0) * 24n + BigInt(hours ?? 0)) * 60n + BigInt(minutes ?? 0)) * 60n + BigInt(seconds ?? 0);
    const us = whole * 1_000_000n + BigInt((fraction ?? "").padEnd(6, "0"));
    return new Duration(sign ? -us : us);
  }

  get milliseconds(): number {
    return Number(this.microseconds) / 1000;
  }

  toString(): string {
    const us = this.microseconds < 0n ? -this.microseconds : this.microseconds;
    const days = us / 86_400_000_000n;
    const hours = (us / 3_600_000_000n) % 24n;
    const minutes = (us / 60_000_000n) % 60n;
    const seconds = (us / 1_000_000n) % 60n;
    const fraction = us % 1_000_000n === 0n ? "" : `.${String(us % 1_000_000n).padStart(6, "0").replace(/0+$/, "")}`;
    let clock = (hours ? `${hours}H` : "") + (minutes ? `${minutes}M` : "");
    if (seconds || fraction || (!days && !clock)) clock += `${seconds}${fraction}S`;
    return `${this.microseconds < 0n ? "-" : ""}P${days ? `${days}D` : ""}${clock ? `T${clock}` : ""}`;
  }

  toJSON(): string {
    return this.toString();
  }
}
