"""What a Python program relies on, besides what the conformance cases hold."""

from __future__ import annotations

import inspect
import logging
import pathlib
import pickle
import random
import subprocess
import sys
import threading
import time
from datetime import date, datetime, timedelta, timezone
from datetime import time as time_of_day
from typing import Any, Callable

import pytest

import tocsin
from tocsin import _errors, _raw
from tocsin._convert import duration_text, instant_text, parse_duration, parse_instant

# ---------------------------------------------------------------- opening and closing


def test_a_desk_in_a_file_is_there_again(tmp_path: pathlib.Path, now: datetime) -> None:
    with tocsin.open(tmp_path / "support.desk") as desk:
        desk.log_incident(title="VPN is down", at=now)
        head = desk.head()
    with tocsin.open(str(tmp_path / "support.desk"), must_exist=True, read_only=True) as desk:
        assert desk.head() == head
        with pytest.raises(tocsin.Error):
            desk.log_incident(title="No writing here", at=now)


def test_a_file_that_must_exist_is_not_made(tmp_path: pathlib.Path) -> None:
    with pytest.raises(tocsin.Error) as caught:
        tocsin.open(tmp_path / "none.desk", must_exist=True)
    assert caught.value.reason.startswith("store.")
    assert not (tmp_path / "none.desk").exists()


def test_another_process_has_the_file(tmp_path: pathlib.Path, now: datetime) -> None:
    path = tmp_path / "support.desk"
    with tocsin.open(path) as desk:
        desk.log_incident(title="VPN is down", at=now)
        program = f"import tocsin\ntry:\n tocsin.open({str(path)!r})\nexcept tocsin.Busy as e:\n print(e.reason)"
        said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "store.in_use"


def test_closing_twice_is_once(now: datetime) -> None:
    desk = tocsin.open()
    desk.close()
    desk.close()
    assert desk.closed and "closed" in repr(desk)


USES: list[Callable[[tocsin.Desk], Any]] = [
    lambda d: d.log_incident(title="x", at="2026-11-23T08:00:00Z"),
    lambda d: d.find(),
    lambda d: d.execute([]),
    lambda d: d.advance("2026-11-23T08:00:00Z"),
    lambda d: d.next_due(),
    lambda d: d.interrupt(),
    lambda d: d.incidents(),
    lambda d: d.head(),
    lambda d: d.entry(1),
    lambda d: d.verify(),
    lambda d: d.memory(),
    lambda d: d.fork(),
    lambda d: d.read_entries(),
    lambda d: d.apply_entries(b""),
    lambda d: d.backup("x"),
    lambda d: d.take_effects("x"),
    lambda d: next(d.effects("x")),
    lambda d: d.acknowledge_effects("x", 1),
    lambda d: d.note_presence(incident=1, actor="host", activity="viewing", at="2026-11-23T08:00:00Z"),
    lambda d: d.__enter__(),
]


@pytest.mark.parametrize("use", USES)
def test_a_closed_desk_says_so(use: Callable[[tocsin.Desk], Any]) -> None:
    desk = tocsin.open()
    desk.close()
    with pytest.raises(tocsin.Closed, match="the desk is closed"):
        use(desk)
    assert issubclass(tocsin.Closed, ValueError) and issubclass(tocsin.Closed, tocsin.Error)


def test_a_desk_that_is_forgotten_is_closed_with_a_warning() -> None:
    desk = tocsin.open()
    with pytest.warns(ResourceWarning, match="unclosed"):
        del desk


def test_options_and_the_seed_are_handed_over(now: datetime) -> None:
    with tocsin.open(options={"number_prefix": "TKT", "max_leap": timedelta(days=1)}, salt_seed=b"0123456789abcdef") as desk:
        assert desk.log_incident(title="x", at=now)["record"]["number"].startswith("TKT")
        with pytest.raises(tocsin.Error):
            desk.log_incident(title="x", at=now + timedelta(days=2))
        assert desk.execute(tocsin.command.log_incident(title="x", at=now + timedelta(days=2)), allow_leap=True)
    with pytest.raises(tocsin.InvalidArgument, match="salt_seed"):
        tocsin.open(salt_seed=b"short")
    with pytest.raises(tocsin.InvalidArgument):
        tocsin.open(options={"no_such": 1})


# ---------------------------------------------------------------- instants and durations


def test_an_instant_without_a_zone_is_refused_wherever_it_stands(desk: tocsin.Desk, now: datetime) -> None:
    naive = datetime(2026, 11, 23, 8, 0)
    uses: list[Callable[[], Any]] = [
        lambda: desk.log_incident(title="x", at=naive),
        lambda: desk.log_incident(title="x", at=now, occurred_at=naive),
        lambda: desk.execute({"command": "log_incident", "actor": "host", "title": "x"}, at=naive),
        lambda: desk.execute([{"command": "log_incident", "actor": "host", "title": "x", "at": naive}]),
        lambda: desk.find(where={"opened_at": {"from": naive}}),
        lambda: desk.advance(naive),
        lambda: desk.note_presence(incident=1, actor="host", activity="viewing", at=naive),
        lambda: tocsin.instant_to_local("Europe/Berlin", naive),
    ]
    for use in uses:
        with pytest.raises(ValueError, match="no time zone"):
            use()
    assert desk.head().sequence == 0


def test_any_zone_comes_back_as_utc(desk: tocsin.Desk) -> None:
    there = datetime(2026, 11, 23, 9, 0, 0, 250_000, tzinfo=timezone(timedelta(hours=1)))
    logged = desk.log_incident(title="x", at=there)
    assert logged["recorded_at"] == there and logged["recorded_at"].utcoffset() == timedelta(0)
    assert desk.get(incident=1)["opened_at"] == there


def test_instants_and_durations_go_to_text_and_back() -> None:
    draw = random.Random(7)
    for _ in range(2000):
        at = datetime(1900, 1, 2, tzinfo=timezone.utc) + timedelta(
            days=draw.randrange(109_000), seconds=draw.randrange(86_400), microseconds=draw.choice([0, 1000, 250_000, 7])
        )
        assert parse_instant(instant_text(at)) == at
        span = draw.choice([1, -1]) * timedelta(
            days=draw.choice([0, 0, 3, 700]), seconds=draw.randrange(90_000), microseconds=draw.choice([0, 500_000, 1])
        )
        assert parse_duration(duration_text(span)) == span
    assert duration_text(timedelta(0)) == "PT0S" and duration_text(timedelta(days=-1, hours=-2)) == "-P1DT2H"
    for wrong in ("P", "PT", "P1", "P1Y", "1D", "P1DT", "", "PT1H2H"):
        with pytest.raises(ValueError):
            parse_duration(wrong)


def test_the_library_writes_durations_as_the_binding_does() -> None:
    calendar = tocsin.Calendar({"key": "all", "union": ["24x7"]})
    start = datetime(2026, 11, 23, tzinfo=timezone.utc)
    for span in (timedelta(0), timedelta(microseconds=1), timedelta(days=3, seconds=61.5), -timedelta(hours=25, minutes=1)):
        answer = calendar.ask({"operation": "elapsed", "from": start, "to": start + span})["answer"]
        assert answer == duration_text(span) and parse_duration(answer) == span


def test_definitions_are_published_from_dicts_of_python_values(desk: tocsin.Desk, now: datetime) -> None:
    desk.publish(
        at=now,
        business_calendars=[
            {"key": "office", "zone": "Europe/Berlin", "holidays": [{"date": date(2026, 12, 24), "name": "Eve"}],
             "weekly": [{"days": ("monday", "tuesday"), "start": time_of_day(9), "end": time_of_day(17, 30)}]}
        ],
        sla_policies=[
            {"key": "answer", "name": "Answer", "kind": "sla", "metric": "response", "calendar": "office",
             "targets": [{"duration": timedelta(hours=4)}]}
        ],
    )  # fmt: skip
    [policy] = [d for d in desk.definitions(kind="sla_policy")["definitions"] if d["key"] == "answer"]
    assert policy["targets"][0]["duration"] == timedelta(hours=4)
    desk.log_incident(title="x", at=now)
    [clock] = desk.clocks(incident=1)["clocks"]
    assert clock["target"] == timedelta(hours=4) and clock["deadline"] == now + timedelta(hours=4)


def test_text_of_custom_fields_stays_text(desk: tocsin.Desk, now: datetime) -> None:
    desk.publish(at=now, custom_fields=[{"key": "due_at", "name": "Due", "kind": "text"}])
    desk.log_incident(title="2026-11-23T08:00:00Z", custom={"due_at": "2026-11-23T08:00:00Z"}, at=now)
    found = desk.get(incident=1)
    assert found["custom"] == {"due_at": "2026-11-23T08:00:00Z"} and found["title"] == "2026-11-23T08:00:00Z"


# ---------------------------------------------------------------- commands and questions


def test_every_command_and_question_is_a_method() -> None:
    catalogue = tocsin.catalogue()
    for entry in catalogue["commands"] + catalogue["queries"]:
        method = getattr(tocsin.Desk, entry["name"])
        parameters = inspect.signature(method).parameters
        for field in entry["fields"]:
            name = field["name"] if field["name"] in parameters else field["name"] + "_"
            assert parameters[name].kind is inspect.Parameter.KEYWORD_ONLY
        assert method.__doc__.startswith(entry["meaning"])


def test_a_keyword_that_does_not_exist_is_a_type_error(desk: tocsin.Desk, now: datetime) -> None:
    with pytest.raises(TypeError, match="'titel'.*title"):
        desk.log_incident(titel="x", at=now)  # type: ignore[call-arg]
    with pytest.raises(TypeError, match=r"add_note\(\) needs text"):
        desk.add_note(incident=1, at=now)  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        desk.add_note("INC0000001", "x")  # type: ignore[call-arg]
    assert desk.head().sequence == 0


def test_a_document_cannot_hold_everything(desk: tocsin.Desk, now: datetime) -> None:
    with pytest.raises(TypeError, match="cannot hold a bytes"):
        desk.log_incident(title=b"x", at=now)  # type: ignore[arg-type]
    with pytest.raises(ValueError):
        desk.log_incident(title="x", custom={"ratio": float("nan")}, at=now)
    with pytest.raises(ValueError):
        desk.log_incident(title="\ud800", at=now)


def test_text_is_text_whatever_is_in_it(desk: tocsin.Desk, now: datetime) -> None:
    title, description = "Größe \U0001f600", 'one\nline\ttwo "quoted" \u2028'
    desk.log_incident(title=title, description=description, at=now)
    found = desk.get(incident=1)
    assert (found["title"], found["description"]) == (title, description)


def test_the_clock_is_asked_only_where_no_instant_is_given(now: datetime) -> None:
    with tocsin.open(clock=lambda: now) as desk:
        assert desk.log_incident(title="x")["recorded_at"] == now
        assert desk.log_incident(title="x", at=now + timedelta(seconds=5))["recorded_at"] == now + timedelta(seconds=5)
        assert desk.advance() == (0, False)
    with tocsin.open() as desk, pytest.raises(tocsin.InvalidArgument) as caught:
        desk.log_incident(title="x")
    assert caught.value.detail["path"] == "/at"


def test_a_batch_is_accepted_as_a_whole_or_not_at_all(desk: tocsin.Desk, now: datetime) -> None:
    with pytest.raises(tocsin.NotFound) as caught:
        with desk.batch(at=now) as batch:
            batch.log_incident(title="One")
            batch.add_note(incident="INC0000099", text="Two")
    assert caught.value.detail["index"] == 1 and desk.find()["records"] == []
    with pytest.raises(KeyError):
        with desk.batch(at=now) as batch:
            batch.log_incident(title="One")
            raise KeyError
    assert desk.find()["records"] == []
    with desk.batch(at=now) as batch:
        place = batch.log_incident(title="One")
        batch.log_incident(title="Two")
    assert batch.results[place]["record"]["number"] == "INC0000001" and len(batch.results) == 2


def test_without_atomic_each_command_stands_for_itself(desk: tocsin.Desk, now: datetime) -> None:
    commands = [tocsin.command.log_incident(title="One"), {"command": "no_such"}, tocsin.command.log_incident(title="Two")]
    results = desk.execute(commands, at=now, atomic=False)
    assert [("error" in r) for r in results] == [False, True, False]
    assert len(desk.find()["records"]) == 2


def test_a_dry_run_changes_nothing(desk: tocsin.Desk, now: datetime) -> None:
    head = desk.head()
    assert desk.execute(tocsin.command.log_incident(title="One", at=now), dry_run=True)["record"]
    assert desk.head() == head


def test_what_is_no_document_is_said_to_be_none(desk: tocsin.Desk, now: datetime) -> None:
    with pytest.raises(TypeError, match="execute_json"):
        desk.execute('{"command":"log_incident"}')  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="not a date"):
        desk.advance(date(2026, 11, 23))  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="NUL"):
        tocsin.open("support\0.desk")
    assert desk.execute([]) == []


def test_integers_of_numpy_are_integers(desk: tocsin.Desk, now: datetime) -> None:
    numpy = pytest.importorskip("numpy")
    desk.log_incident(title="x", at=now)
    incident = numpy.asarray(desk.incidents().column("id"))[0]
    desk.add_note(incident=incident, text="Found in an array", at=now)
    assert desk.get(incident=incident)["id"] == 1


def test_a_desk_that_is_open_when_the_program_ends_does_no_harm(tmp_path: pathlib.Path) -> None:
    program = f"import tocsin; desk = tocsin.open({str(tmp_path / 'a.desk')!r}); import sys; sys.modules['keep'] = desk"
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert said.returncode == 0 and said.stderr == ""


# ---------------------------------------------------------------- errors


def test_there_is_an_exception_for_each_status() -> None:
    for value, kind in _errors.BY_STATUS.items():
        assert issubclass(kind, tocsin.Error) and getattr(tocsin, kind.__name__) is kind
        assert kind.__module__ == "tocsin" and value != 0
    assert _errors.BY_STATUS[_raw.NOT_FOUND] is tocsin.NotFound and len(_errors.BY_STATUS) >= 14


def test_an_error_says_what_and_where_and_may_be_sent_on(desk: tocsin.Desk, now: datetime) -> None:
    with pytest.raises(tocsin.InvalidArgument) as caught:
        desk.log_incident(title="x", impact="huge", at=now)  # type: ignore[arg-type]
    error = caught.value
    assert error.status == "invalid_argument" and error.detail["path"] == "/impact" and "medium" in str(error)
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is type(error) and again.detail == error.detail and str(again) == str(error)


# ---------------------------------------------------------------- lists


def test_rows_are_what_find_finds(desk: tocsin.Desk, now: datetime) -> None:
    with desk.batch(at=now) as batch:
        for i in range(250):
            batch.log_incident(title=f"{i}", impact="high" if i % 2 else "low", urgency="high")
    desk.begin_work(incident=1, at=now + timedelta(hours=1))
    rows = desk.incidents(order="id")
    found = list(desk.find_all(order="id", limit=100))
    assert len(rows) == len(found) == 250 and rows.cursor == ""
    for row, record in zip(rows, found):
        assert (row.id, row.opened_at, row.updated_at) == (record["id"], record["opened_at"], record["updated_at"])
        assert (row.state_kind, row.priority) == (record["state_kind"], record["priority"])
        assert row.resolved_at is None
    assert list(rows.column("id")) == [row.id for row in rows] == [r["id"] for r in found]
    assert [values[0] for values in rows.numbers()] == list(range(1, 251))
    assert rows[-1].id == 250 and [row.id for row in rows[2:4]] == [3, 4]
    with pytest.raises(IndexError):
        rows[250]
    with pytest.raises(KeyError, match="opened_at_us"):
        rows.column("opened")


def test_clocks_timers_shifts_and_effects_come_as_rows(desk: tocsin.Desk, now: datetime) -> None:
    desk.publish(
        people=[{"key": "zoe"}],
        schedules=[{"key": "night", "zone": "UTC", "layers": [{"people": ["zoe"]}]}],
        sla_policies=[
            {
                "key": "fast",
                "kind": "sla",
                "metric": "resolution",
                "targets": [{"duration": timedelta(hours=4)}],
                "calendar": "24x7",
            }
        ],
        at=now,
    )
    desk.log_incident(title="VPN is down", caller="zoe", at=now)
    clock = desk.clock_rows()[0]
    assert clock.deadline == now + timedelta(hours=4) and clock.clock_metric == "resolution"
    assert desk.key("sla_policy", clock.policy) == "fast"
    assert [row.timer_kind for row in desk.timer_rows(limit=1)] == ["sla"]
    shift = desk.shift_rows(schedule="night", from_=now, until=now + timedelta(hours=1))[0]
    assert desk.key("person", shift.person) == "zoe" and shift.ends_at == now + timedelta(hours=1)
    effects = desk.effect_rows("mailer")
    assert effects[0].effect_kind == "requester_notice" and desk.key("person", effects[0].caller) == "zoe"


def test_a_workflow_asks_the_host(desk: tocsin.Desk, now: datetime) -> None:
    desk.publish(
        workflows=[
            {
                "key": "credit",
                "name": "Credit",
                "states": [
                    {"name": "begun", "kind": "new", "initial": True},
                    {"name": "done", "kind": "resolved"},
                    {"name": "over", "kind": "closed"},
                ],
                "transitions": [
                    {"verb": "resolve", "from": ["begun"], "to": "done", "host_guards": [{"name": "credit", "says": "there is no credit"}]},
                    {"verb": "close", "from": ["done"], "to": "over"},
                ],
                "resolution_codes": ["settled"],
            }
        ],
        at=now,
    )
    number = desk.log_incident(title="A bill", workflow="credit", at=now)["record"]["number"]

    def resolve(on: tocsin.Desk) -> None:
        on.resolve_incident(incident=number, code="settled", notes="Paid", at=now)

    for answer in (lambda _: False, lambda _: None, None):
        desk.set_guard(answer)
        with pytest.raises(tocsin.FailedPrecondition) as refusal:
            resolve(desk)
        assert refusal.value.reason == "workflow.host_guard"

    def fails(_: dict[str, Any]) -> bool:
        raise ZeroDivisionError

    desk.set_guard(fails)
    with pytest.raises(ZeroDivisionError):
        resolve(desk)
    with desk.fork() as fork:
        fork.set_guard_answers({"credit": True})
        resolve(fork)
    asked: list[dict[str, Any]] = []

    def agrees(question: dict[str, Any]) -> bool:
        asked.append(question)
        return True

    desk.set_guard(agrees)
    resolve(desk)
    assert [(one["guard"], one["incident"]) for one in asked] == [("credit", number)]


def test_what_a_desk_says_goes_to_a_logger(desk: tocsin.Desk, now: datetime, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    desk.set_log(logging.getLogger("a.host"))
    assert [(one.name, one.levelno) for one in caplog.records] == [("a.host", logging.INFO)]
    number = desk.log_incident(title="x", at=now)["record"]["number"]
    desk.hold_incident(incident=number, reason="awaiting_vendor", follow_up_at=now + timedelta(hours=1), at=now)
    said: list[tuple[int, str, str]] = []
    desk.set_log(lambda *message: said.append(message))
    desk.advance(now + timedelta(hours=2))
    assert [(level, category) for level, category, _ in said] == [(logging.WARNING, "time")]
    assert "PT1H late" in said[0][2]
    desk.set_log(None)
    desk.advance(now + timedelta(days=20))
    assert len(said) == 1


def test_a_long_call_says_how_far_it_is_and_can_be_stopped(desk: tocsin.Desk, now: datetime) -> None:
    reports: list[tuple[str, int, int]] = []
    desk.set_progress(lambda *report: reports.append(report))
    with desk.batch(at=now) as batch:
        for i in range(1_100):
            batch.log_incident(title=f"{i}")
    assert reports == [("execute", 1_024, 0)]
    desk.verify()
    assert reports[-1] == ("verify", 1_024, 1_101)
    desk.set_progress(lambda *_: False)
    with pytest.raises(tocsin.Cancelled) as stopped:
        desk.verify()
    assert stopped.value.reason == "desk.stopped"

    def fails(*_: Any) -> bool:
        raise ZeroDivisionError

    desk.set_progress(fails)
    with pytest.raises(ZeroDivisionError):
        desk.verify()
    desk.set_progress(None)
    desk.verify()


def test_rows_come_page_by_page(desk: tocsin.Desk, now: datetime) -> None:
    with desk.batch(at=now) as batch:
        for i in range(25):
            batch.log_incident(title=f"{i}")
    ids: list[int] = []
    cursor = None
    while cursor != "":
        page = desk.incidents(order="id", limit=10, cursor=cursor)
        ids += page.column("id")
        cursor = page.cursor
    assert ids == list(range(1, 26))
    assert len(desk.incidents(limit=0)) == 0 and len(desk.incidents(where={"open": False})) == 0
    with pytest.raises(tocsin.InvalidArgument):
        desk.incidents(where={"no_such": True})


def test_columns_are_views_that_numpy_reads(desk: tocsin.Desk, now: datetime) -> None:
    numpy = pytest.importorskip("numpy")
    desk.log_incident(title="x", at=now)
    rows = desk.incidents()
    opened = numpy.asarray(rows.column("opened_at_us")).view("datetime64[us]")
    assert opened[0] == numpy.datetime64(now.replace(tzinfo=None), "us")
    assert {name: column.tolist() for name, column in rows.to_columns().items()}["version"] == [1]


# ---------------------------------------------------------------- effects


def with_effects(desk: tocsin.Desk, now: datetime, count: int = 3) -> None:
    desk.publish(at=now, people=[{"key": "ana"}, {"key": "ben"}])
    for i in range(count):
        desk.log_incident(title=f"{i}", caller="ben", at=now)
        desk.assign_incident(incident=i + 1, assignee="ana", at=now)


def test_an_effect_is_acknowledged_when_the_next_is_asked_for(desk: tocsin.Desk, now: datetime) -> None:
    with_effects(desk, now)
    everything = [effect["id"] for effect in desk.take_effects("observer")]
    assert len(everything) >= 3
    with pytest.raises(RuntimeError):
        for effect in desk.effects("mailer"):
            if effect["id"] == everything[1]:
                raise RuntimeError("the mail server is gone")
    assert [effect["id"] for effect in desk.take_effects("mailer")] == everything[1:]
    for effect in desk.effects("mailer"):
        break
    assert [effect["id"] for effect in desk.effects("mailer", max=1)] == everything[1:]
    assert list(desk.effects("mailer")) == []
    assert [effect["id"] for effect in desk.take_effects("observer")] == everything


def test_effects_have_instants(desk: tocsin.Desk, now: datetime) -> None:
    with_effects(desk, now, 1)
    assert all(effect["scheduled_at"] == now for effect in desk.effects("mailer"))


# ---------------------------------------------------------------- threads


def test_any_thread_may_use_a_desk(desk: tocsin.Desk, now: datetime) -> None:
    def log() -> None:
        for _ in range(50):
            desk.log_incident(title="x", at=now)
            desk.count()

    threads = [threading.Thread(target=log) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(desk.incidents().column("id")) == list(range(1, 401))
    desk.verify()


def test_the_interpreter_is_free_while_a_call_runs_and_the_call_can_be_interrupted(desk: tocsin.Desk, now: datetime) -> None:
    with desk.batch(at=now) as batch:
        for _ in range(2000):
            batch.log_incident(title="x" * 200, description="y" * 2000)
    outcome: list[BaseException | None] = []
    many = [tocsin.command.log_incident(title="x", description="y" * 2000, at=now) for _ in range(20_000)]

    def work() -> None:
        try:
            desk.execute(many, atomic=False)
            outcome.append(None)
        except tocsin.Error as error:
            outcome.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    turns = 0
    while desk._lock.acquire(blocking=False):  # until the call has begun
        desk._lock.release()
        time.sleep(0)
    while turns < 1000 and thread.is_alive():
        turns += 1  # this thread goes on
    desk.interrupt()
    thread.join()
    assert turns == 1000
    assert isinstance(outcome[0], tocsin.Cancelled)
    desk.verify()


def test_closing_waits_for_the_call_that_runs(now: datetime) -> None:
    desk = tocsin.open()
    many = [tocsin.command.log_incident(title="x", at=now) for _ in range(3000)]
    done: list[int] = []
    thread = threading.Thread(target=lambda: done.append(len(desk.execute(many))))
    with desk._lock:
        thread.start()
    while not done and thread.is_alive() and desk._lock.acquire(blocking=False):
        desk._lock.release()
    desk.close()
    thread.join()
    assert done == [3000]


# ---------------------------------------------------------------- forks, the journal


def test_a_fork_goes_its_own_way(desk: tocsin.Desk, now: datetime) -> None:
    desk.log_incident(title="x", at=now)
    with desk.fork() as fork:
        fork.log_incident(title="What if", at=now)
        assert len(fork.incidents()) == 2 and len(desk.incidents()) == 1


def test_a_standby_follows_and_then_leads(desk: tocsin.Desk, now: datetime, tmp_path: pathlib.Path) -> None:
    for i in range(30):
        desk.log_incident(title=f"{i}", at=now)
    with tocsin.open(tmp_path / "standby.desk") as standby:
        assert standby.follow(desk) == desk.head().sequence
        assert standby.head() == desk.head() and standby.follow(desk) == 0
        assert standby.apply_entries(desk.read_entries(1)) == 0
        standby.log_incident(title="The leader is gone", at=now)
        desk.log_incident(title="It is not", at=now)
        with pytest.raises(tocsin.Conflict):
            standby.apply_entries(desk.read_entries(desk.head().sequence))
        standby.backup(tmp_path / "backup.desk")
        head = standby.head()
    with tocsin.open(tmp_path / "backup.desk") as backup:
        assert backup.head() == head and backup.verify()["entries"] == head.sequence
        assert backup.entry(head.sequence)["recorded_at"] == now


def test_presence_is_a_hint(desk: tocsin.Desk, now: datetime) -> None:
    desk.publish(at=now, people=[{"key": "ana"}])
    desk.log_incident(title="x", at=now)
    desk.note_presence(incident=1, actor="ana", activity="editing", at=now, until=now + timedelta(minutes=30))
    [there] = desk.presence(incident=1)["people"]
    assert there["person"] == "ana" and there["since"] == now


def test_json_text_goes_through_as_it_is(desk: tocsin.Desk) -> None:
    line = '{"command":"log_incident","at":"2026-11-23T08:00:00Z","actor":"host","title":"x"}'
    assert desk.execute_json(line + "\n" + line, lines=True).startswith("[{")
    assert '"records":[' in desk.query_json(b'{"query":"find"}')
    assert '"command"' in desk.entry_json(2)


def test_listeners_are_told(desk: tocsin.Desk, now: datetime) -> None:
    told: list[int] = []
    stop = desk.listen(lambda: told.append(1))
    desk.log_incident(title="x", at=now)
    desk.find()
    stop()
    stop()
    desk.log_incident(title="x", at=now)
    assert told == [1]
