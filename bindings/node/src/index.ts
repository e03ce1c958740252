// Tocsin: a service desk as a library. See README.md.

export { open, command, Batch, Desk, Rows } from "./desk.js";
export type { CommandDocument, ExecuteOptions, Guard, GuardQuestion, OpenOptions } from "./desk.js";
export {
  Calendar, catalogue, conditionAnswer, escalationAnswer, impactAnswer, importHolidays, instantToLocal, intakeCommands, jsonLogic, libraryVersion,
  localToInstant, oncallAnswer, recurrenceAnswer, schema,
} from "./calendar.js";
export { TocsinError } from "./errors.js";
export { runTimers } from "./timers.js";
export { Duration, Instant } from "./time.js";
export type * from "./documents.js";
export type { Asked, Calling, Commands, Fields, Questions } from "./methods.js";
export type { ClockRow, EffectRow, IncidentRow, ShiftRow, Status, TimerRow } from "./raw.js";
