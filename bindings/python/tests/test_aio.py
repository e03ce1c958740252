from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import Any

import pytest

import tocsin
import tocsin.aio


class Hasty:
    """A clock on which each look is five minutes later."""

    def __init__(self, start: datetime) -> None:
        self.now = start

    def __call__(self) -> datetime:
        self.now += timedelta(minutes=5)
        return self.now


async def until(condition: Any) -> None:
    deadline = asyncio.get_running_loop().time() + 60  # seconds: machines may be busy
    while not condition():
        assert asyncio.get_running_loop().time() < deadline, "it did not come to pass"
        await asyncio.sleep(0.005)


def paged(desk: tocsin.Desk, now: datetime) -> None:
    desk.publish(at=now, people=[{"key": "ana"}, {"key": "ben"}], escalation_policies=[
        {"key": "p", "steps": [{"targets": [{"kind": "person", "key": "ana"}], "delay": timedelta(minutes=5)},
                               {"targets": [{"kind": "person", "key": "ben"}], "delay": timedelta(minutes=5)}]}])  # fmt: skip
    desk.log_incident(title="x", at=now)
    desk.start_escalation(incident=1, policy="p", at=now)


def test_timers_fire_and_effects_arrive_in_order(desk: tocsin.Desk, now: datetime) -> None:
    async def program() -> list[Any]:
        sent: list[Any] = []

        async def send(effect: Any) -> None:
            sent.append(effect)

        paged(desk, now)
        async with tocsin.aio.Runner(desk, effects={"pager": send}, clock=Hasty(now)):
            await until(lambda: {e.get("person") for e in sent} >= {"ana", "ben"})
        return sent

    sent = asyncio.run(program())
    ids = [effect["id"] for effect in sent]
    assert ids == sorted(set(ids)) and desk.take_effects("pager") == []


def test_a_handler_that_fails_gets_the_effect_again(desk: tocsin.Desk, now: datetime) -> None:
    async def program() -> tuple[list[int], list[str]]:
        tries: list[int] = []
        failures: list[str] = []

        async def send(effect: Any) -> None:
            tries.append(effect["id"])
            if len(tries) == 1:
                raise OSError("the network is gone")

        paged(desk, now)
        runner = tocsin.aio.Runner(
            desk, effects={"pager": send}, clock=lambda: now, retry=timedelta(milliseconds=5),
            failed=lambda consumer, effect, problem: failures.append(f"{consumer}: {problem}"),
        )  # fmt: skip
        async with runner:
            await until(lambda: len(tries) >= 2)
        return tries, failures

    tries, failures = asyncio.run(program())
    assert tries[0] == tries[1] and failures == ["pager: the network is gone"]


def test_a_command_of_another_thread_wakes_the_runner(desk: tocsin.Desk, now: datetime) -> None:
    async def program() -> None:
        sent: list[Any] = []

        async def send(effect: Any) -> None:
            sent.append(effect)

        async with tocsin.aio.Runner(desk, effects={"pager": send}, clock=lambda: now):
            await asyncio.sleep(0.02)
            assert sent == []
            await asyncio.to_thread(paged, desk, now)
            await until(lambda: sent)

    asyncio.run(program())


def test_what_ends_the_runner_is_raised(now: datetime) -> None:
    async def program() -> None:
        desk = tocsin.open()
        async with tocsin.aio.Runner(desk, clock=lambda: now) as runner:
            await asyncio.sleep(0.02)
            desk.close()
            runner.wake()
            await runner.wait()

    with pytest.raises(tocsin.Closed):
        asyncio.run(program())
