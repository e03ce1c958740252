"""A desk in memory, one incident: the program of the main README, in Python."""

from datetime import datetime, timezone

import tocsin

with tocsin.open() as desk:
    result = desk.log_incident(
        title="VPN is down", impact="high", urgency="high", at=datetime(2026, 11, 22, 8, 0, tzinfo=timezone.utc)
    )
    print(result["record"]["number"], result["events"][0]["priority"])
