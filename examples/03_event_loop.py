"""A desk in an asyncio program: timers fire when they are due, pages go out as they come, an acknowledgement ends it.

Patience with Ana is a second here, so that it is soon over.
"""

import asyncio
from datetime import timedelta
from typing import Any

import tocsin
import tocsin.aio


async def main() -> None:
    acknowledged = asyncio.Event()
    with tocsin.open(clock=tocsin.utc_now) as desk:
        desk.publish(
            people=[{"key": "ana", "name": "Ana"}, {"key": "ben", "name": "Ben"}],
            escalation_policies=[
                {"key": "night", "steps": [
                    {"targets": [{"kind": "person", "key": "ana"}], "delay": timedelta(seconds=1)},
                    {"targets": [{"kind": "person", "key": "ben"}], "delay": timedelta(minutes=5)}]}
            ],
        )  # fmt: skip

        async def page(effect: dict[str, Any]) -> None:
            """What a host does with an effect: here a person answers it, Ben at once, Ana not at all."""
            print(f"{effect['scheduled_at']:%H:%M:%S} {effect['effect']} {effect.get('person', '')}")
            if effect["effect"] == "page" and effect["person"] == "ben":
                # Calls of the library may wait for the disk: on a thread, as the runner does it.
                await asyncio.to_thread(desk.acknowledge_page, incident=effect["record"], actor="ben")
                acknowledged.set()

        async with tocsin.aio.Runner(desk, effects={"pager": page}) as runner:
            number = desk.log_incident(title="Mail is down", severity="sev1")["record"]["number"]
            desk.start_escalation(incident=number, policy="night")  # wakes the runner
            await runner.wait_for(acknowledged.wait(), timeout=30)

        assert desk.get(incident=number)["acknowledged_by"] == "ben"


asyncio.run(main())
