// The journal is the whole truth (D6, D7): what is read back, folded anew or executed anew is the same to the byte.
#include <doctest/doctest.h>

#include <tocsin/desk/fold.hpp>
#include <tocsin/desk/history.hpp>
#include <tocsin/store/sqlite_store.hpp>

#include "conformance/temporary_file.hpp"
#include "random_script.hpp"

using namespace tocsin;
using office::at;
using office::json;

namespace {

struct told {
  desk d;
  std::vector<office::step> steps;
};

// A desk to which random things were told, and what it was told.
told tell_random(std::uint64_t seed, int steps, std::shared_ptr<store> where = make_memory_store()) {
  told result{office::furnished(std::move(where)), {}};
  office::random_script script(seed, 200, true);
  for (int i = 0; i < steps; ++i) {
    result.steps.push_back(office::next_step(script, result.d));
    office::take(result.d, result.steps.back());
  }
  return result;
}

// Folds a journal, entry by entry, into records.
std::vector<incident> folded(const desk& d) {
  std::vector<incident> records(d.state().counters.last_id);
  for (std::uint64_t s = 1; s <= d.state().counters.sequence; ++s) {
    const entry e = d.read_entry(s);
    std::vector<std::uint64_t> touched;
    for (const event& happened : e.events) {
      if (!happened.record) continue;
      incident& record = records.at(happened.record.id - 1);
      record.id = happened.record.id;
      CHECK(happened.previous == record.last_entry);
      fold(record, happened.body, context_of(e), d.state().definitions);
      if (std::ranges::find(touched, record.id) == touched.end()) touched.push_back(record.id);
    }
    for (const std::uint64_t id : touched) fold_entry(records[id - 1], context_of(e));
  }
  return records;
}

// Executes a journal's commands again on a fresh desk (entry.hpp, D2): timers fire by themselves, and a command that was
// recorded later than it was stated finds the clock where it was.
desk executed_again(const desk& d) {
  desk again = office::open();
  const execute_options any_leap{.dry_run = false, .allow_leap = true};
  for (std::uint64_t s = 2; s <= d.state().counters.sequence; ++s) {
    entry e = d.read_entry(s);
    if (e.asked.index() == 0) {
      again.advance(e.stated_at, 1, true);
      continue;
    }
    if (e.recorded_at > e.stated_at && again.state().counters.clock < e.recorded_at)
      again.advance(e.recorded_at, 0, true);
    request r = office::request_of(e.stated_at, e.actor, std::move(e.asked));
    r.idempotency_key = e.idempotency_key;
    again.execute(std::move(r), any_leap);
  }
  return again;
}

}  // namespace

TEST_CASE("a journal folded anew gives the same records (R-C08, D6, D7)") {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    CAPTURE(seed);
    const desk d = tell_random(seed, 400).d;
    const std::vector<incident> records = folded(d);
    REQUIRE(records.size() > 20);
    for (const incident& folded_record : records) {
      const incident_ptr record = d.find({folded_record.id});
      REQUIRE(record);
      CHECK(office::picture_of(d, folded_record) == office::picture_of(d, *record));
    }
    d.verify();
  }
}

TEST_CASE("a journal's commands executed anew give the same bytes and hashes (D7)") {
  for (std::uint64_t seed = 11; seed <= 15; ++seed) {
    CAPTURE(seed);
    desk d = office::furnished();
    office::random_script script(seed, 200, false);
    for (int i = 0; i < 400; ++i) office::take(d, office::next_step(script, d));
    const desk again = executed_again(d);
    CHECK(again.state().counters.sequence == d.state().counters.sequence);
    CHECK(office::journal_of(again) == office::journal_of(d));
    CHECK(office::picture_of(again, false) == office::picture_of(d, false));
  }
}

TEST_CASE(
    "the same documents told to another desk with the same seed give the same bytes, with another seed other hashes "
    "(D7, D10)") {
  const told first = tell_random(21, 300);
  desk executed_again = office::furnished();
  for (const office::step& s : first.steps) office::take(executed_again, s);
  CHECK(office::picture_of(executed_again) == office::picture_of(first.d));
  CHECK(office::journal_of(executed_again) == office::journal_of(first.d));

  desk other = desk::open(make_memory_store(), {}, {'o', 't', 'h', 'e', 'r'});
  office::tell(other, office::furniture());
  for (const office::step& s : first.steps) office::take(other, s);
  CHECK(office::records_of(other) == office::records_of(first.d));
  CHECK(other.state().counters.hash != first.d.state().counters.hash);
}

TEST_CASE("a store in memory and one in a file hold the same bytes, and the file opens to the same desk (D6)") {
  const conformance::temporary_file place;
  const told in_memory = tell_random(31, 250);
  const auto open_file = [&] { return open_sqlite_store({.path = place.path(), .durability = durability::normal}); };
  std::string picture;
  std::vector<timer> timers;
  {
    desk on_disk = office::furnished(open_file());
    for (const office::step& s : in_memory.steps) office::take(on_disk, s);
    CHECK(office::picture_of(on_disk) == office::picture_of(in_memory.d));
    CHECK(office::journal_of(on_disk) == office::journal_of(in_memory.d));
    picture = office::picture_of(on_disk, false);
    on_disk.verify();
  }
  desk opened = office::open(open_file());
  CHECK(office::picture_of(opened, false) == picture);
  CHECK(opened.next_due() == in_memory.d.next_due());
  opened.verify();
}

// But for its clock: an advance that fires nothing moves it, and is no entry.
TEST_CASE("a desk opened again after every step goes on and can be proven (D6)") {
  const conformance::temporary_file place;
  const told in_memory = tell_random(41, 60);
  for (std::size_t i = 0; i <= in_memory.steps.size(); ++i) {
    desk d = office::open(open_sqlite_store({.path = place.path(), .durability = durability::normal}));
    if (i == 0) {
      office::tell(d, office::furniture());
      continue;
    }
    office::take(d, in_memory.steps[i - 1]);
    if (i % 10 == 0) d.verify();
  }
  const desk d = office::open(open_sqlite_store({.path = place.path(), .durability = durability::normal}));
  CHECK(d.state().counters.sequence >= in_memory.d.state().counters.sequence);
  d.verify();
}

TEST_CASE("one leap of advance equals many small ones, but for when they fired (D6, D8)") {
  const auto prepared = [] {
    desk d = office::furnished();
    office::dice dice(7);
    for (int i = 1; i <= 40; ++i) office::tell(d, office::log("2026-11-23T08:00:00Z", {{"caller", "carla"}}));
    for (int i = 1; i <= 40; ++i) {
      const std::string number = "INC00000" + std::string(i < 10 ? "0" : "") + std::to_string(41 - i);
      const instant when = at("2026-11-23T09:00:00Z") + (i / 3) * minute;  // several at one instant
      office::tell(d, office::resolve(office::text_of(when), number));
    }
    return d;
  };
  desk leap = prepared();
  desk steps = prepared();
  desk batches = prepared();
  const instant end = at("2026-11-29T00:00:00Z");
  CHECK(leap.advance(end).fired == 40);
  std::uint64_t fired = 0;
  for (instant now = at("2026-11-23T10:00:00Z"); now <= end; now = now + 7 * minute) fired += steps.advance(now).fired;
  CHECK(fired == 40);
  while (batches.advance(end, 3).more) {
  }
  CHECK(office::journal_of(steps) == office::journal_of(leap));
  CHECK(office::journal_of(batches) == office::journal_of(leap));
  CHECK(office::records_of(steps) == office::records_of(leap));
  const std::uint64_t last = leap.state().counters.sequence;
  CHECK(leap.read_stored_entry(last).fired_at == end);
  CHECK(steps.read_stored_entry(last).fired_at < end);
}

TEST_SUITE("full") {
  TEST_CASE("journals of very many random commands fold and execute to the same (D6, D7)") {
    for (std::uint64_t seed = 100; seed < 120; ++seed) {
      CAPTURE(seed);
      desk d = office::furnished();
      office::random_script script(seed, 400, false);
      for (int i = 0; i < 1500; ++i) office::take(d, office::next_step(script, d));
      CHECK(office::journal_of(executed_again(d)) == office::journal_of(d));
      std::size_t same = 0;
      for (const incident& record : folded(d))
        same += office::picture_of(d, record) == office::picture_of(d, *d.find({record.id}));
      CHECK(same == d.state().counters.last_id);
      d.verify();
    }
  }
}
