#!/usr/bin/env python3
"""Business time beside what others use for it: the same questions to `tocsin calendar`, to a walk with Python's zoneinfo,
and, with --npm, to moment-business-time and a walk with Day.js. Answers are compared; then come the rates, in one run.

    compare_calendars.py TOCSIN [--count 2000] [--npm]

TOCSIN is the program. --npm fetches the packages by npm into a folder of its own, which is removed at the end; without
it nothing is fetched. The JavaScript libraries know no zone but the machine's: they are asked in UTC, zoneinfo in Vienna.
A program that is asked by lines also reads and writes them: that is in its rate, and in that of no other.
"""
import argparse
import datetime
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import time
import zoneinfo

UTC = datetime.timezone.utc
WEEK = ["monday", "tuesday", "wednesday", "thursday", "friday"]
OPEN, CLOSE = 8, 17


def questions(count, seed=1):
    rolled = random.Random(seed)
    first = datetime.datetime(2016, 1, 1, tzinfo=UTC)
    for _ in range(count):
        at = first + datetime.timedelta(minutes=rolled.randrange(20 * 365 * 1440))
        yield at, rolled.randrange(1, 40 * 60)  # minutes of open time


def ask_tocsin(program, zone, asked):
    calendar = {"key": "office", "zone": zone,
                "weekly": [{"days": WEEK, "start": f"{OPEN:02}:00", "end": f"{CLOSE:02}:00"}]}
    lines = [json.dumps({"calendar": calendar})]
    for at, minutes in asked:
        lines.append(json.dumps({"calendar": "office", "operation": "add", "at": at.strftime("%Y-%m-%dT%H:%M:%SZ"),
                                 "duration_us": minutes * 60_000_000}))
    text = "\n".join(lines)
    began = time.perf_counter()
    done = subprocess.run([program, "calendar"], input=text, capture_output=True, text=True, check=True)
    seconds = time.perf_counter() - began
    return [json.loads(line)["us"] for line in done.stdout.splitlines()[1:]], seconds


def add_by_zoneinfo(zone, at, minutes):
    """Day by day, as one writes it by hand; local times are turned into instants by zoneinfo."""
    left = datetime.timedelta(minutes=minutes)
    date = at.astimezone(zone).date()
    while True:
        if date.weekday() < 5:
            opens = datetime.datetime(date.year, date.month, date.day, OPEN, tzinfo=zone).astimezone(UTC)
            closes = datetime.datetime(date.year, date.month, date.day, CLOSE, tzinfo=zone).astimezone(UTC)
            begin = max(at, opens)
            if begin < closes:
                if closes - begin >= left:
                    return begin + left
                left -= closes - begin
        date += datetime.timedelta(days=1)


def ask_zoneinfo(name, asked):
    zone = zoneinfo.ZoneInfo(name)
    began = time.perf_counter()
    answers = [add_by_zoneinfo(zone, at, minutes) for at, minutes in asked]
    seconds = time.perf_counter() - began
    return [int(a.timestamp()) * 1_000_000 for a in answers], seconds


JAVASCRIPT = r"""
const asked = JSON.parse(require('fs').readFileSync(0, 'utf8'));
const moment = require('moment-business-time');
const hours = ['08:00:00', '17:00:00'];
moment.updateLocale('en', {workinghours: {0: null, 1: hours, 2: hours, 3: hours, 4: hours, 5: hours, 6: null}});
const dayjs = require('dayjs');

function addByDayjs(at, minutes) {
  let day = dayjs(at), left = minutes;
  for (;;) {
    if (day.day() !== 0 && day.day() !== 6) {
      const opens = day.hour(8).minute(0).second(0), closes = day.hour(17).minute(0).second(0);
      const begin = day.isAfter(opens) ? day : opens;
      const there = closes.diff(begin, 'minute');
      if (there >= left && there > 0) return begin.add(left, 'minute').valueOf();
      if (there > 0) left -= there;
    }
    day = day.add(1, 'day').hour(0).minute(0).second(0);
  }
}

function timed(add) {
  const began = process.hrtime.bigint();
  const answers = asked.map(([at, minutes]) => add(at, minutes));
  return {seconds: Number(process.hrtime.bigint() - began) / 1e9, answers};
}
console.log(JSON.stringify({
  'moment-business-time': timed((at, minutes) => moment(at).addWorkingTime(minutes, 'minutes').valueOf()),
  'Day.js': timed(addByDayjs)}));
"""


def ask_javascript(asked):
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund", "dayjs", "moment", "moment-business-time"],
                       cwd=folder, check=True, stdout=subprocess.DEVNULL)
        pathlib.Path(folder, "ask.js").write_text(JAVASCRIPT, encoding="utf-8")
        given = json.dumps([[int(at.timestamp()) * 1000, minutes] for at, minutes in asked])
        done = subprocess.run(["node", "ask.js"], cwd=folder, input=given, capture_output=True, text=True, check=True,
                              env={**os.environ, "TZ": "UTC"})
    return json.loads(done.stdout)


def compare(name, answers, truth, seconds, beside):
    different = sum(1 for a, b in zip(answers, truth) if a != b)
    rate, other = len(answers) / seconds, len(truth) / beside
    print(f"{name:24} {rate:12,.0f}/s   tocsin {other:12,.0f}/s   ratio {other / rate:8.1f}   answers that differ: {different}")
    return different


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("tocsin", help="the program")
    options.add_argument("--count", type=int, default=2000, help="how many questions")
    options.add_argument("--npm", action="store_true", help="fetch the JavaScript libraries and ask them, too")
    given = options.parse_args()
    asked = list(questions(given.count))
    different = 0
    answers, seconds = ask_tocsin(given.tocsin, "Europe/Vienna", asked)
    others, beside = ask_zoneinfo("Europe/Vienna", asked)
    different += compare("zoneinfo, by hand", others, answers, beside, seconds)
    if given.npm:
        answers, seconds = ask_tocsin(given.tocsin, "Etc/UTC", asked)
        for name, told in ask_javascript(asked).items():
            compare(name, [ms * 1000 for ms in told["answers"]], answers, told["seconds"], seconds)
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
