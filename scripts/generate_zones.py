#!/usr/bin/env python3
"""Packs the machine's time zone files into src/time/zone_table.inc, the table that Tocsin carries (T2).

    scripts/generate_zones.py                 writes the table anew
    scripts/generate_zones.py --check         fails if the committed table is stale; says so when it cannot know
    scripts/generate_zones.py --pack FILE     writes the bare bytes, which zone_data::parse takes from a host

The packed format, number 1. Integers are LEB128: unsigned, or signed in zigzag order. A text is its size and its bytes.

    pack        "TZPK" 1 version:text  strings  types  zones  names
    strings     count, then text ...                       abbreviations and footers, each once
    types       count, then (offset:signed seconds  dst:0|1  abbreviation:string) ...
    zones       count, then zone ...                       distinct rules, each once
    zone        size in bytes, then footer:string  initial:type  transitions
                the initial type holds before the first transition
    transitions count, then (step  [seconds]  [type]) ...   rising; after the last one the footer applies
    step        2 * hours + alternates: the wait since the transition before, for the first one since 1899-12-30.
                0 hours: the wait follows in seconds. Alternates: the type is the one before the present one (that of
                winter after that of summer), at the beginning the initial type; else the type follows
    names       count, then (name:text  zone  canonical:name) ...   in the order of their bytes
"""

import argparse
import bisect
import datetime
import pathlib
import re
import struct
import sys
from typing import NamedTuple

ROOT = pathlib.Path(__file__).resolve().parent.parent
TABLE = ROOT / "src" / "time" / "zone_table.inc"
COMMAND = "scripts/generate_zones.py"
DAY_S = 86_400
HOUR_S = 3_600


def seconds_at(year, month=1, day=1):
    return (datetime.date(year, month, day) - datetime.date(1970, 1, 1)).days * DAY_S


FIRST_S = seconds_at(1900) - 2 * DAY_S  # a little earlier than any instant accepted, for local times at the edge
END_S = seconds_at(2201)
FOOTER_YEARS = range(1899, 2201)


class LocalType(NamedTuple):
    offset_s: int
    dst: bool
    abbreviation: str


class Zone(NamedTuple):
    """What a TZif file says about the instants accepted: transitions are (seconds, LocalType)."""

    initial: LocalType
    transitions: tuple
    footer: str


# --- TZif (RFC 9636) ---


def read_tzif(data):
    def header(at):
        magic, version, *counts = struct.unpack_from(">4sc15x6I", data, at)
        if magic != b"TZif":
            raise ValueError("not a TZif file")
        return version, counts

    def block_size(counts, time_size):
        isut, isstd, leap, time, types, chars = counts
        return time * (time_size + 1) + types * 6 + chars + leap * (time_size + 4) + isstd + isut

    version, counts = header(0)
    if version < b"2":
        raise ValueError("no 64-bit data")
    at = 44 + block_size(counts, 4)
    _, counts = header(at)
    _, _, leap, time_count, type_count, char_count = counts
    if leap:
        raise ValueError("counts leap seconds")
    footer = data[at + 44 + block_size(counts, 8) :].decode("ascii").strip("\n")
    at += 44
    times = struct.unpack_from(f">{time_count}q", data, at)
    at += 8 * time_count
    indices = data[at : at + time_count]
    at += time_count
    rows = [struct.unpack_from(">iBB", data, at + 6 * i) for i in range(type_count)]
    at += 6 * type_count
    chars = data[at : at + char_count]
    types = [LocalType(offset, bool(dst), chars[i : chars.index(b"\0", i)].decode("ascii")) for offset, dst, i in rows]
    return types[0], [(t, types[i]) for t, i in zip(times, indices)], footer


# --- POSIX TZ footers ---

NAME = r"(<[A-Za-z0-9+-]+>|[A-Za-z]+)"
OFFSET = r"([+-]?\d+(?::\d+(?::\d+)?)?)"
FOOTER = re.compile(rf"{NAME}{OFFSET}(?:{NAME}{OFFSET}?,([^,/]+)(?:/{OFFSET})?,([^,/]+)(?:/{OFFSET})?)?")


def clock_seconds(text):
    size = sum(int(part) * unit for part, unit in zip(text.lstrip("+-").split(":"), (3600, 60, 1)))
    return -size if text.startswith("-") else size


def rule_day_s(rule, year):
    """Midnight of the rule's day in that year, as if the wall clock were UTC."""
    if rule.startswith("M"):
        month, week, weekday = map(int, rule[1:].split("."))
        first = datetime.date(year, month, 1)
        day = first + datetime.timedelta((weekday - first.isoweekday()) % 7 + 7 * (week - 1))
        if day.month != month:
            day -= datetime.timedelta(7)
        return seconds_at(year, day.month, day.day)
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    if rule.startswith("J"):
        number = int(rule[1:])
        return seconds_at(year) + (number - 1 + (leap and number >= 60)) * DAY_S
    return seconds_at(year) + int(rule) * DAY_S


def footer_transitions(footer):
    match = FOOTER.fullmatch(footer)
    if not match:
        raise ValueError(f"footer {footer!r} is not understood")
    std_name, std, dst_name, dst, start, start_time, end, end_time = match.groups()
    if dst_name is None:
        return []
    std_s = -clock_seconds(std)
    dst_s = -clock_seconds(dst) if dst else std_s + 3600
    summer = LocalType(dst_s, True, dst_name.strip("<>"))
    winter = LocalType(std_s, False, std_name.strip("<>"))
    moves = []
    for year in FOOTER_YEARS:
        moves.append((rule_day_s(start, year) + clock_seconds(start_time or "2") - std_s, summer))
        moves.append((rule_day_s(end, year) + clock_seconds(end_time or "2") - dst_s, winter))
    return sorted(moves)


# --- What is kept of a zone ---


def without_repeats(initial, transitions):
    kept, current = [], initial
    for at, local_type in transitions:
        if local_type != current:
            kept.append((at, local_type))
            current = local_type
    return kept


def continued(transitions, footer_moves):
    """The transitions, and what the footer says after the last of them."""
    after = bisect.bisect_right([at for at, _ in footer_moves], transitions[-1][0]) if transitions else 0
    return transitions + footer_moves[after:]


def reduced(initial, transitions, footer):
    """Only the years accepted, and none of the transitions that the footer gives anyway."""
    footer_moves = footer_transitions(footer)
    full = without_repeats(initial, continued(transitions, footer_moves))
    before = [local_type for at, local_type in full if at < FIRST_S]
    initial = before[-1] if before else initial
    full = [(at, local_type) for at, local_type in full if FIRST_S <= at < END_S]
    footer_moves = [(at, local_type) for at, local_type in footer_moves if FIRST_S <= at < END_S]
    for count in range(len(full) + 1):
        explicit = full[:count]
        if without_repeats(initial, continued(explicit, footer_moves)) == full:
            return Zone(initial, tuple(explicit), footer)
    raise ValueError("a zone that its own footer contradicts")


# --- The pack ---


def unsigned(value):
    out = bytearray()
    while True:
        low, value = value & 0x7F, value >> 7
        out.append(low | (0x80 if value else 0))
        if not value:
            return bytes(out)


def signed(value):
    return unsigned(value << 1 if value >= 0 else (-value << 1) - 1)


def text(value):
    return unsigned(len(value)) + value.encode("ascii")


def counted(items):
    return unsigned(len(items)) + b"".join(items)


def packed_transition(wait_s, type_index, alternates):
    hours = wait_s // HOUR_S if wait_s % HOUR_S == 0 else 0
    step = unsigned(2 * hours + alternates)
    return step + (b"" if hours else unsigned(wait_s)) + (b"" if alternates else unsigned(type_index))


def local_types(zone):
    return [zone.initial, *(local_type for _, local_type in zone.transitions)]


def packed_zone(zone, strings, types):
    moves, at_s, present, before = [], FIRST_S, zone.initial, zone.initial
    for next_s, following in zone.transitions:
        moves.append(packed_transition(next_s - at_s, types[following], following == before))
        at_s, present, before = next_s, following, present
    data = unsigned(strings[zone.footer]) + unsigned(types[zone.initial]) + counted(moves)
    return unsigned(len(data)) + data


def numbered(values):
    return {value: i for i, value in enumerate(values)}


def packed(version, zones, canonical):
    """`zones` maps canonical names to what is kept of them, `canonical` every name to its canonical one."""
    distinct = numbered(dict.fromkeys(zones[name] for name in sorted(zones)))
    types = numbered(sorted({local_type for zone in distinct for local_type in local_types(zone)}))
    strings = numbered(sorted({zone.footer for zone in distinct} | {t.abbreviation for t in types}))
    names = numbered(sorted(canonical))
    return (
        b"TZPK\x01"
        + text(version)
        + counted([text(value) for value in strings])
        + counted([signed(t.offset_s) + bytes([t.dst]) + unsigned(strings[t.abbreviation]) for t in types])
        + counted([packed_zone(zone, strings, types) for zone in distinct])
        + counted([text(n) + unsigned(distinct[zones[canonical[n]]]) + unsigned(names[canonical[n]]) for n in names])
    )


# --- The machine's zone data, and the files written ---


def read_source(folder):
    """The release with how it was made ("2025b backzone"), the zones' names, and the links from their aliases."""
    lines = (folder / "tzdata.zi").read_text(encoding="ascii").splitlines()
    release = re.fullmatch(r"# version (\S+)", lines[0]).group(1)
    if re.match(r"# .*\bbackzone\b", lines[1]):
        release += " backzone"
    names = [line.split()[1] for line in lines if line.startswith("Z ")]
    links = {line.split()[2]: line.split()[1] for line in lines if line.startswith("L ")}
    return release, names, links


def canonical_names(names, links):
    canonical = {name: name for name in names}
    for alias in links:
        target = alias
        while target in links:
            target = links[target]
        if target not in canonical:
            raise ValueError(f"link {alias} leads to {target}, which is no zone")
        canonical[alias] = target
    return canonical


def build(folder):
    release, names, links = read_source(folder)
    zones = {name: reduced(*read_tzif((folder / name).read_bytes())) for name in names}
    return release, packed(release.split()[0], zones, canonical_names(names, links))


def rendered(release, data):
    lines, line = [], ""
    for byte in data:
        item = f"{byte},"
        if len(line) + len(item) > 120:
            lines.append(line)
            line = ""
        line += item
    return "\n".join(
        [
            f"// Generated by {COMMAND} from tzdata {release} (public domain). Do not edit.",
            f"// {len(data)} bytes in the packed format that the script describes; included by zone_data.cpp.",
            "// clang-format off",
            *lines,
            line,
            "// clang-format on",
            "",
        ]
    )


def check(release, data):
    committed = TABLE.read_text(encoding="ascii")
    committed_release = re.search(r"from tzdata (.+) \(", committed).group(1)
    shown = TABLE.relative_to(ROOT)
    if committed_release != release:
        print(f"skipped: {shown} is of tzdata {committed_release}, this machine has {release}")
        return 0
    if committed != rendered(release, data):
        print(f"stale: {shown} differs from what {COMMAND} writes from tzdata {release}", file=sys.stderr)
        return 1
    print(f"up to date: {shown}, tzdata {release}")
    return 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--source", type=pathlib.Path, default=pathlib.Path("/usr/share/zoneinfo"))
    action = parser.add_mutually_exclusive_group()
    action.add_argument("--check", action="store_true")
    action.add_argument("--pack", type=pathlib.Path, metavar="FILE")
    options = parser.parse_args()
    release, data = build(options.source)
    if options.check:
        return check(release, data)
    if options.pack:
        options.pack.write_bytes(data)
    else:
        TABLE.write_text(rendered(release, data), encoding="ascii")
    return 0


if __name__ == "__main__":
    sys.exit(main())
