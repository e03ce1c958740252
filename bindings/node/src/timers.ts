// A desk in the event loop: fires its timers when they are due.

import type { Desk } from "./desk.js";

const LONGEST_SLEEP = 3_600_000; // ms: a clock that is set is noticed within an hour; and setTimeout knows no more than 2^31

/**
 * Advances the desk whenever it asks for it, until the signal comes or the desk is closed; commands given on this desk
 * wake it. Rejects with what the library fails with.
 */
export async function runTimers(desk: Desk, options: { signal?: AbortSignal; clock?: () => Date } = {}): Promise<void> {
  const { signal, clock = () => new Date() } = options;
  while (!signal?.aborted && !desk.closed) {
    const changed = wakened(desk, signal);
    const due = await desk.nextDue();
    const wait = due === undefined ? LONGEST_SLEEP : Math.ceil(Number(due.microseconds) / 1000) - clock().getTime();
    if (wait <= 0) {
      changed.stop();
      await desk.advance(clock());
    } else {
      await changed.within(Math.min(wait, LONGEST_SLEEP));
    }
  }
}

function wakened(desk: Desk, signal: AbortSignal | undefined): { within(ms: number): Promise<void>; stop(): void } {
  let wake: () => void = () => undefined;
  const woken = new Promise<void>((resolve) => (wake = resolve));
  const unlisten = desk.listen(wake);
  signal?.addEventListener("abort", wake);
  const stop = (): void => {
    unlisten();
    signal?.removeEventListener("abort", wake);
    wake();
  };
  return {
    stop,
    async within(ms) {
      const timer = setTimeout(wake, ms);
      await woken;
      clearTimeout(timer);
      stop();
    },
  };
}
