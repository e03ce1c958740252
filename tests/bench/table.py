#!/usr/bin/env python3
"""Prints what a run of the bench program says: each figure, what was measured beside it, the ratio, and the goal.

    table.py RESULT.json      (written with --benchmark_out_format=json)

Medians over the repetitions. A goal that is missed is marked; nothing fails by it: timings are never tests.
"""
import json
import statistics
import sys

RATE, TIME, BYTES, BESIDE = "items_per_second", "cpu_time", "bytes_per_incident", "beside_per_second"
SIZE = "bytes"
CLOCK = "bytes_per_clock"

# subject, benchmark, its measure, what stands beside it, goal in words, goal (figure, ratio) as least; None: none
ROWS = [
    ("commands, 20 k live", "commands/live/20000", RATE, "commands/bare/20000", ">= 1 M/s", (1e6, None)),
    ("the same with permissions in force", "commands/permissions/20000", RATE, "commands/live/20000", "", (None, None)),
    ("the same with policies in force", "commands/policies/20000", RATE, "commands/live/20000", "", (None, None)),
    ("commands, memory warm", "commands/warm", RATE, "commands/hashes", "", (None, None)),
    ("entries hashed alone", "commands/hashes", RATE, None, "", (None, None)),
    ("commands, 1 M live", "full/commands/live/1000000", RATE, "full/commands/bare/1000000", ">= 0.5 M/s", (5e5, None)),
    ("documents, one a call", "documents/tocsin/1", RATE, "documents/nlohmann/1", ">= 250 k/s", (250e3, None)),
    ("documents, 100 a call", "documents/tocsin/100", RATE, "documents/nlohmann/100", ">= 250 k/s", (250e3, None)),
    ("durable, NORMAL, 7 a commit", "durable/normal", RATE, BESIDE, "ratio >= 0.5", (None, 0.5)),
    ("durable, FULL, 1 a commit", "durable/full", RATE, BESIDE, "ratio >= 0.7", (None, 0.7)),
    ("memory an incident, 20 k live", "memory/desk/20000", BYTES, None, "<= 2 KiB", (-2048, None)),
    ("  journal in memory, too", "memory/with_journal/20000", BYTES, None, "<= 2 KiB", (-2048, None)),
    ("memory an incident, 1 M live", "full/memory/desk/1000000", BYTES, None, "<= 2 KiB", (-2048, None)),
    ("  journal in memory, too", "full/memory/with_journal/1000000", BYTES, None, "<= 2 KiB", (-2048, None)),
    ("opening, 100 k closed, 10 k live", "opening/tocsin/100000/10000", TIME, "opening/tocsin/1000/10000",
     "<= 1.1 x that of 1 k closed", (None, -1.1)),
    ("  reading the live rows alone", "opening/rows/100000/10000", TIME, "opening/rows/1000/10000", "", (None, None)),
    ("opening, 1 M closed, 100 k live", "full/opening/tocsin/1000000/100000", TIME, "full/opening/tocsin/1000/100000",
     "<= 1.1 x that of 1 k closed, < 1 s", (-1000.0, -1.1)),
    ("  reading the live rows alone", "full/opening/rows/1000000/100000", TIME, "full/opening/rows/1000/100000", "",
     (None, None)),
    ("find 50 of 100 k closed", "history/find_few/tocsin/100000", TIME, "history/find_few/by_hand/100000", "<= 2 x SQL",
     (None, -2)),
    ("  critical ones among the last", "history/find_recent/tocsin/100000", TIME, "history/find_recent/by_hand/100000",
     "<= 2 x SQL", (None, -2)),
    ("  critical ones of a service", "history/find_covered/tocsin/100000", TIME, "history/find_covered/by_hand/100000",
     "<= 2 x SQL", (None, -2)),
    ("count by two fields, 100 k closed", "history/count/tocsin/100000", TIME, "history/count/by_hand/100000",
     "<= 1 x SQL", (None, -1)),
    ("summary, 100 k closed", "history/summary/tocsin/100000", TIME, "history/summary/by_hand/100000", "<= 1 x SQL",
     (None, -1)),
    ("find 50 of 1 M closed", "full/history/find_few/tocsin/1000000", TIME, "full/history/find_few/by_hand/1000000",
     "<= 2 x SQL", (None, -2)),
    ("  critical ones among the last", "full/history/find_recent/tocsin/1000000", TIME,
     "full/history/find_recent/by_hand/1000000", "<= 2 x SQL", (None, -2)),
    ("  critical ones of a service", "full/history/find_covered/tocsin/1000000", TIME,
     "full/history/find_covered/by_hand/1000000", "<= 2 x SQL", (None, -2)),
    ("count by two fields, 1 M closed", "full/history/count/tocsin/1000000", TIME,
     "full/history/count/by_hand/1000000", "<= 1 x SQL", (None, -1)),
    ("summary, 1 M closed", "full/history/summary/tocsin/1000000", TIME, "full/history/summary/by_hand/1000000",
     "<= 1 x SQL", (None, -1)),
    ("walk through 100 k closed", "history/walk/100000", RATE, None, "", (None, None)),
    ("closing, with the index of columns", "history/closing/1/1/real_time", RATE, "history/closing/1/0/real_time", "",
     (None, None)),
    ("  100 lifecycles a commit", "history/closing/100/1/real_time", RATE, "history/closing/100/0/real_time", "",
     (None, None)),
    ("replay: decode and fold", "replay/fold", RATE, "replay/rows", ">= 0.5 M/s", (5e5, None)),
    ("replay: verify", "replay/verify", RATE, "replay/rows", "", (None, None)),
    ("advance fires, 20 k due", "advance/fires/20000", RATE, "advance/heap/20000", ">= 1 M/s", (1e6, None)),
    ("advance fires, 1 M due", "full/advance/fires/1000000", RATE, "full/advance/heap/1000000", ">= 1 M/s", (1e6, None)),
    ("escalation steps, 20 k runs", "escalations/fire/20000", RATE, "escalations/heap/20000", "", (None, None)),
    ("  held and bundled", "escalations/storm/20000", RATE, "escalations/heap/20000", "", (None, None)),
    ("escalation steps, 100 k runs", "full/escalations/fire/100000", RATE, "escalations/heap/100000", "", (None, None)),
    ("overrides published, 10 k", "escalations/overrides/10000", RATE, "escalations/overrides/1000", "near linear", (None, 0.5)),
    ("lint of a policy of 1,000 nodes", "escalation/lint/1000_nodes", TIME, None, "", (None, None)),
    ("advance, nothing due, 1 M wait", "full/advance/idle/1000000", TIME, "advance/idle/20000", "as with 20 k", (None, -1.5)),
    ("memory a clock, 20 k incidents of three", "clocks/memory/20000", CLOCK, None, "<= 256 B", (-256, None)),
    ("memory a clock, 1 M incidents of three", "full/clocks/memory/1000000", CLOCK, None, "<= 256 B", (-256, None)),
    ("clocks fire, 20 k incidents", "clocks/fire/20000", RATE, None, "", (None, None)),
    ("clocks fire, 1 M incidents", "full/clocks/fire/1000000", RATE, None, "", (None, None)),
    ("advance, no clock due, 1 M", "full/clocks/idle/1000000", TIME, "clocks/idle/20000", "as with 20 k", (None, -1.5)),
    ("who is on call, ten layers, ten years", "oncall/who/ten_years", RATE, "oncall/written_out", "", (None, None)),
    ("  within the first week", "oncall/who/first_week", RATE, "oncall/written_out", "", (None, None)),
    ("shifts of a year, listed", "oncall/shifts_of_a_year", RATE, None, "", (None, None)),
    ("ten best of 100 k texts", "texts/best/tocsin", RATE, "texts/best/xapian", "ratio >= 5 to Xapian", (None, 5)),
    ("  against SQLite FTS5", "texts/best/tocsin", RATE, "texts/best/fts5", "ratio >= 100", (None, 100)),
    ("  against every text by the formula", "texts/best/tocsin", RATE, "texts/best/exhaustive", "", (None, None)),
    ("adding a text", "texts/add/tocsin", RATE, "texts/add/fts5", "ratio >= 10 to FTS5", (None, 10)),
    ("list of 1,000 of 1 k, typed", "list/typed/1000", RATE, "list/json_parsed/1000", "ratio >= 5", (None, 5)),
    ("list of 1,000 of 20 k, typed", "list/typed/20000", RATE, "list/json_parsed/20000", "ratio >= 5", (None, 5)),
    ("business time: add, hours", "calendar/add/hours", RATE, "calendar/add_by_search/hours", "ratio >= 3", (None, 3)),
    ("business time: add, 3 years", "calendar/add/years", RATE, "calendar/add_by_search/years", "ratio >= 3", (None, 3)),
    ("  against hours", "calendar/add/years", RATE, "calendar/add/hours", "ratio >= 0.8", (None, 0.8)),
    ("business time: elapsed, hours", "calendar/elapsed/hours", RATE, "calendar/elapsed_by_search/hours", "ratio >= 3", (None, 3)),
    ("business time: elapsed, 3 years", "calendar/elapsed/years", RATE, "calendar/elapsed_by_search/years", "ratio >= 3", (None, 3)),
    ("  against hours", "calendar/elapsed/years", RATE, "calendar/elapsed/hours", "ratio >= 0.8", (None, 0.8)),
    ("a calendar compiled, 300 years", "calendar/compile", TIME, None, "<= 2 ms for 20 years, so 30 ms", (-30.0, None)),
    ("  its memory", "calendar/compile", SIZE, None, "<= 0.5 MB for 20 years, so 7.5 MB", (-7.5e6, None)),
    ("impact of one failure among 100 k items", "graph/impact/ours/100000/1", RATE, "graph/impact/boost/100000/1",
     "ratio >= 1 to Boost", (None, 1)),
    ("  of 100 failures", "graph/impact/ours/100000/100", RATE, "graph/impact/boost/100000/100", "ratio >= 1 to Boost",
     (None, 1)),
    ("impact of one failure among 1 M items", "full/graph/impact/ours/1000000/1", RATE,
     "full/graph/impact/boost/1000000/1", "ratio >= 1 to Boost", (None, 1)),
    ("  of 1,000 failures", "full/graph/impact/ours/1000000/1000", RATE, "full/graph/impact/boost/1000000/1000",
     "ratio >= 1 to Boost", (None, 1)),
    ("  memory of graph and marks", "full/graph/impact/ours/1000000/1", SIZE, None, "<= 64 MB", (-64e6, None)),
    ("service graph compiled, 100 k items", "graph/compile/100000", RATE, None, "", (None, None)),
    ("100 k items imported in one publication", "graph/import/ours", TIME, "graph/import/parsed", "< 3 s",
     (-3000.0, None)),
    ("days counted and named", "boost/dates/ours", RATE, "boost/dates/boost", "", (None, None)),
    ("nth weekday of a month, by Boost", "boost/nth_weekday/boost", RATE, "boost/nth_weekday/by_hand", "", (None, None)),
    ("cycles of 1,000 vertices, by Boost", "boost/cycle/boost/1000", RATE, "boost/cycle/by_hand/1000", "", (None, None)),
    ("cycles of 100 k vertices, by Boost", "boost/cycle/boost/100000", RATE, "boost/cycle/by_hand/100000", "", (None, None)),
]


def medians(result):
    """Name without Google's suffixes -> measure -> median over repetitions."""
    runs = {}
    for run in result["benchmarks"]:
        if run.get("run_type") == "iteration" and "error_message" not in run:
            name = run["name"].split("/iterations:")[0].split("/manual_time")[0]
            runs.setdefault(name, []).append(run)
    return {
        name: {key: statistics.median(r[key] for r in all_runs) for key in (RATE, TIME, BYTES, BESIDE, SIZE) if key in all_runs[0]}
        | {"unit": all_runs[0]["time_unit"]}
        for name, all_runs in runs.items()
    }


def shown(value, measure, unit):
    if measure == RATE:
        scale, letter = (1e6, "M") if value >= 1e6 else (1e3, "k") if value >= 1e3 else (1, "")
        return f"{value / scale:.3g} {letter}/s"
    return f"{value:.0f} B" if measure in (BYTES, SIZE) else f"{value:.3g} {unit}"


def met(value, least):
    return least is None or (value >= least if least > 0 else value <= -least)


def table(found):
    lines = [("subject", "figure", "beside it", "", "ratio", "goal")]
    for subject, name, measure, beside, goal, (figure_least, ratio_least) in ROWS:
        if name not in found or measure not in found[name]:
            continue
        value, unit = found[name][measure], found[name]["unit"]
        other = found[name].get(BESIDE) if beside == BESIDE else found.get(beside, {}).get(measure)
        ratio = value / other if other else None
        good = met(value, figure_least) and (ratio is None or met(ratio, ratio_least))
        by = "by hand" if beside == BESIDE else (beside or "").removeprefix("full/").partition("/")[2]
        lines.append((subject, shown(value, measure, unit), shown(other, measure, unit) if other else "",
                      by if other else "", f"{ratio:.2g}" if ratio else "", goal if good else goal + "  MISSED"))
    return lines


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        lines = table(medians(json.load(file)))
    widths = [max(len(line[i]) for line in lines) for i in range(len(lines[0]))]
    for line in lines:
        print("  ".join(text.ljust(width) for text, width in zip(line, widths)).rstrip())


if __name__ == "__main__":
    main()
