"""A desk in an asyncio program: fires timers when they are due, and hands effects to coroutines."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Mapping
from datetime import datetime, timedelta
from types import TracebackType
from typing import TYPE_CHECKING, Any, Callable, TypeVar

from ._desk import Desk
from ._tools import utc_now

if TYPE_CHECKING:
    from .documents import Effect

T = TypeVar("T")
Handler = Callable[["Effect"], Awaitable[Any]]
_LONGEST_SLEEP = timedelta(hours=1)  # a clock that is set, or a machine that slept, is noticed within this time


class Runner:
    """Drives a desk while it is entered.

    async with tocsin.aio.Runner(desk, effects={"mailer": send_mail}):
        ...

    At each instant that the desk asks for it advances the desk, and it gives the effects that are new to the handlers of
    their consumers: one at a time for each consumer, in order. An effect is acknowledged when its handler has returned;
    where the handler raises, the same effect is given again after `retry`. Commands given on this desk by any thread
    wake the runner. Calls of the library run on threads, so the event loop never waits for the disk.

    clock: the instant that it is. It has to run as fast as real time does; a test that moves it calls `wake`.
    failed: is told of (consumer, effect, exception) where a handler raised; without it, the loop's exception handler is.
    """

    def __init__(
        self,
        desk: Desk,
        *,
        effects: Mapping[str, Handler] | None = None,
        clock: Callable[[], datetime] = utc_now,
        retry: timedelta = timedelta(seconds=5),
        batch: int = 100,
        failed: Callable[[str, Effect, Exception], None] | None = None,
    ) -> None:
        self._desk = desk
        self._handlers = dict(effects or {})
        self._clock = clock
        self._retry = retry
        self._batch = batch
        self._failed = failed
        self._tasks: list[asyncio.Task[None]] = []
        self._changed: list[asyncio.Event] = []
        self._stop_listening: Callable[[], None] = lambda: None

    async def __aenter__(self) -> Runner:
        loop = asyncio.get_running_loop()
        jobs = [self._keep_time, *(self._worker(name, handler) for name, handler in self._handlers.items())]
        for job in jobs:
            changed = asyncio.Event()
            changed.set()
            self._changed.append(changed)
            self._tasks.append(loop.create_task(job(changed)))

        def wake() -> None:
            try:
                loop.call_soon_threadsafe(self.wake)
            except RuntimeError:  # the loop is closed: nobody is left to be woken
                pass

        self._stop_listening = self._desk.listen(wake)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stops; a handler that is at work is cancelled, and its effect comes again. No call is left running."""
        self._stop_listening()
        for task in self._tasks:
            task.cancel()
        ended = await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks, self._changed = [], []
        for result in ended:
            if isinstance(result, Exception) and kind is None:
                raise result

    async def wait(self) -> None:
        """Returns never, but raises what ended the runner: a desk that was closed, a disk that is full."""
        await asyncio.gather(*map(asyncio.shield, self._tasks))

    async def wait_for(self, awaitable: Awaitable[T], timeout: float | None = None) -> T:
        """The result of `awaitable`, or what ended the runner meanwhile; asyncio.TimeoutError after so many seconds."""
        ended = asyncio.ensure_future(self.wait())
        wanted = asyncio.ensure_future(awaitable)
        try:
            await asyncio.wait([wanted, ended], timeout=timeout, return_when=asyncio.FIRST_COMPLETED)
            if ended.done():
                ended.result()
            if not wanted.done():
                raise asyncio.TimeoutError
            return wanted.result()
        finally:
            ended.cancel()
            wanted.cancel()

    def wake(self) -> None:
        """Looks again at what is due, and at the outbox."""
        for changed in self._changed:
            changed.set()

    async def _keep_time(self, changed: asyncio.Event) -> None:
        while True:
            changed.clear()
            due = await _on_thread(self._desk.next_due)
            now = self._clock()
            if due is not None and due <= now:
                await _on_thread(self._desk.advance, now)
                continue
            sleep = _LONGEST_SLEEP if due is None else min(due - now, _LONGEST_SLEEP)
            await _event_within(changed, sleep)

    def _worker(self, consumer: str, handler: Handler) -> Callable[[asyncio.Event], Any]:
        async def work(changed: asyncio.Event) -> None:
            while True:
                changed.clear()
                taken = await _on_thread(self._desk.take_effects, consumer, max=self._batch)
                for effect in taken:
                    if not await self._handled(consumer, handler, effect):
                        await asyncio.sleep(self._retry.total_seconds())
                        break
                    await _on_thread(self._desk.acknowledge_effects, consumer, effect["id"])
                else:
                    if not taken:
                        await changed.wait()

        return work

    async def _handled(self, consumer: str, handler: Handler, effect: Effect) -> bool:
        try:
            await handler(effect)
        except Exception as problem:  # noqa: BLE001: whatever a handler raises, the effect comes again
            if self._failed:
                self._failed(consumer, effect, problem)
            else:
                context = {"message": f"the handler of {consumer!r} failed", "exception": problem, "effect": effect}
                asyncio.get_running_loop().call_exception_handler(context)
            return False
        return True


async def _on_thread(function: Callable[..., T], *arguments: Any, **keywords: Any) -> T:
    """The result of a call on a thread; where the task is cancelled meanwhile, the call ends before the task does."""
    call = asyncio.ensure_future(asyncio.to_thread(function, *arguments, **keywords))
    try:
        return await asyncio.shield(call)
    except asyncio.CancelledError:
        await asyncio.wait([call])
        raise


async def _event_within(event: asyncio.Event, span: timedelta) -> None:
    # Not asyncio.wait_for: before Python 3.12 it loses a cancellation that comes in the moment in which the event is set.
    waiting = asyncio.ensure_future(event.wait())
    try:
        await asyncio.wait([waiting], timeout=max(span.total_seconds(), 0.0))
    finally:
        waiting.cancel()
