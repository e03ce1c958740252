#include <doctest/doctest.h>

#include <tocsin/base/error.hpp>
#include <tocsin/desk/document.hpp>
#include <tocsin/store/memory_store.hpp>
#include <tocsin/store/sqlite_store.hpp>

#include "conformance/temporary_file.hpp"
#include "office.hpp"
#include "random_script.hpp"

using namespace tocsin;
using office::at;
using office::json;

namespace {

json purge_before(instant before, instant now, const json& more = json::object()) {
  return office::command("purge_records", office::text_of(now), "host", [&] {
    json fields = {{"ended_before", office::text_of(before)}};
    fields.update(more);
    return fields;
  }());
}

json close_as_new(std::string_view when, int incident) {
  return office::command("cancel_incident", when, "ana", {{"incident", incident}, {"reason", "It was nothing"}});
}

// Four that are over by 1 December, one that goes on; 1 and 2 are linked, 3 is linked to the one that goes on.
void fill(desk& d) {
  for (int i = 1; i <= 5; ++i) office::tell(d, office::log("2026-11-23T08:0" + std::to_string(i) + ":00Z"));
  const auto link = [&](int a, int b) {
    office::tell(d, office::command("link_records", "2026-11-23T09:00:00Z", "ana",
                                    {{"incident", a}, {"kind", "related"}, {"other", b}}));
  };
  link(1, 2);
  link(3, 5);
  for (int i = 1; i <= 4; ++i) office::tell(d, close_as_new("2026-11-23T10:0" + std::to_string(i) + ":00Z", i));
}

std::vector<bool> known(const desk& d) {
  std::vector<bool> all;
  for (std::uint64_t id = 1; id <= d.state().counters.last_id; ++id) all.push_back(d.find({id}) != nullptr);
  return all;
}

}  // namespace

TEST_CASE("what is over goes with all that it is linked to, or not at all, and the rest is still proven (D7)") {
  desk d = office::furnished();
  fill(d);
  const digest before = d.state().counters.hash;
  const json done = office::tell(d, purge_before(at("2026-11-24T00:00:00Z"), at("2026-12-01T00:00:00Z")));
  CHECK(known(d) == std::vector<bool>{false, false, true, false, true});
  CHECK(d.state().counters.hash != before);
  const desk::verification checked = d.verify();
  CHECK(checked.purged == 3);
  CHECK(checked.closed == 1);
  CHECK(done["events"][0]["records"] == json::array({{{"first", 1}, {"last", 2}}, {{"first", 4}, {"last", 4}}}));

  CHECK(office::refusal_of([&] {
          office::tell(d, office::command("add_note", "2026-12-01T00:01:00Z", "ana",
                                          {{"incident", "INC0000001"}, {"text", "?"}}));
        }) == "record.purged");
  CHECK(office::tell(d, office::log("2026-12-01T00:02:00Z"))["record"]["number"] == "INC0000006");
  CHECK(office::refusal_of([&] {
          office::tell(d, office::command("import_record", "2026-12-01T00:03:00Z", "host",
                                          {{"title", "Old"},
                                           {"number", "INC0000004"},
                                           {"history", {{{"at", "2026-10-01T08:00:00Z"}, {"state", "new"}}}}}));
        }) == "import.number_taken");
  CHECK(office::refusal_of([&] { entry_document(d, 3); }) == "journal.purged");
}

TEST_CASE("a purge takes the oldest first, up to its limit, and says when there is nothing to do") {
  desk d = office::furnished();
  fill(d);
  const instant now = at("2026-12-01T00:00:00Z");
  office::tell(d, purge_before(at("2026-11-23T10:04:00Z"), now));  // INC0000004 ended at that instant: it stays
  CHECK(known(d) == std::vector<bool>{false, false, true, true, true});
  const auto again = [&](instant before, const json& more) {
    return office::refusal_of([&] { office::tell(d, purge_before(before, now, more)); });
  };
  CHECK(again(at("2026-11-23T10:04:00Z"), json::object()) == "purge.nothing_to_do");
  CHECK(again(now + hour, json::object()) == "purge.in_the_future");
  CHECK(again(at("2026-11-24T00:00:00Z"), {{"limit", 1}}) == "");
  CHECK(known(d) == std::vector<bool>{false, false, true, false, true});
  d.verify();
}

TEST_CASE("a dry run purges nothing, and after a purge nothing may follow in a batch") {
  desk d = office::furnished();
  fill(d);
  const std::string before = office::picture_of(d);
  const json purge = purge_before(at("2026-11-24T00:00:00Z"), at("2026-12-01T00:00:00Z"));
  execute_document(d, purge.dump(), {.dry_run = true});
  CHECK(office::picture_of(d) == before);
  CHECK(office::refusal_of([&] {
          execute_document(d, json::array({purge, office::log("2026-12-01T00:00:00Z")}).dump(), {.atomic = true});
        }) == "desk.purge_in_batch");
  CHECK(office::picture_of(d) == before);
  d.verify();
}

TEST_CASE("an idempotency key whose entry was purged is not used again (D3)") {
  desk d = office::furnished();
  json log = office::log("2026-11-23T08:00:00Z");
  log["idempotency_key"] = "once";
  office::tell(d, log);
  office::tell(d, close_as_new("2026-11-23T08:01:00Z", 1));
  office::tell(d, purge_before(at("2026-11-23T09:00:00Z"), at("2026-11-23T10:00:00Z")));
  CHECK(office::refusal_of([&] { office::tell(d, log); }) == "journal.purged");
}

TEST_CASE("a standby that has the entries purges with its original; one that lacks them begins with a copy") {
  desk d = office::furnished();
  fill(d);
  desk standby = office::open();
  standby.apply_entries(d.read_entries(1, 1u << 20));
  office::tell(d, purge_before(at("2026-11-24T00:00:00Z"), at("2026-12-01T00:00:00Z")));
  office::tell(d, office::log("2026-12-01T00:02:00Z"));
  standby.apply_entries(d.read_entries(standby.state().counters.sequence + 1, 1u << 20));
  CHECK(office::picture_of(standby) == office::picture_of(d));
  CHECK(standby.verify().purged == 3);
  desk late = office::open();
  CHECK(office::refusal_of([&] { late.apply_entries(d.read_entries(1, 1u << 20)); }) == "entries.purged");
}

TEST_CASE("a fork may purge for itself alone") {
  desk d = office::furnished();
  fill(d);
  const std::string before = office::picture_of(d);
  desk fork = d.fork();
  office::tell(fork, purge_before(at("2026-11-24T00:00:00Z"), at("2026-12-01T00:00:00Z")));
  CHECK(known(fork) == std::vector<bool>{false, false, true, false, true});
  CHECK(fork.verify().purged == 3);
  CHECK(office::picture_of(d) == before);
  d.verify();
}

namespace {

// Shows entries without their bytes, or with another hash, as somebody might who wants the past to be otherwise.
class forged_store final : public store {
 public:
  std::uint64_t emptied = 0;
  std::uint64_t rehashed = 0;

  store_contents load() override { return under_->load(); }
  void commit(const store_transaction& changes) override { under_->commit(changes); }
  bool load_entry(std::uint64_t sequence, stored_entry& result) const override {
    const bool found = under_->load_entry(sequence, result);
    forge(result);
    return found;
  }
  void scan_entries(std::uint64_t from, std::uint64_t to, bool definitions_only,
                    const std::function<bool(const stored_entry&)>& visit) const override {
    under_->scan_entries(from, to, definitions_only, [&](stored_entry e) {
      forge(e);
      return visit(e);
    });
  }
  incident_ptr load_closed(std::uint64_t id) const override { return under_->load_closed(id); }
  std::uint64_t find_closed_number(std::uint64_t n) const override { return under_->find_closed_number(n); }
  void scan_closed(const record_scan& scan, const std::function<bool(const incident_ptr&)>& visit) const override {
    under_->scan_closed(scan, visit);
  }
  std::optional<purged_record> find_purged(std::uint64_t id) const override { return under_->find_purged(id); }
  std::optional<purged_record> find_purged_number(std::uint64_t n) const override {
    return under_->find_purged_number(n);
  }
  remembered_key find_key(person_ref actor, std::string_view key) const override {
    return under_->find_key(actor, key);
  }
  std::uint64_t load_cursor(std::string_view consumer) const override { return under_->load_cursor(consumer); }
  void save_cursor(std::string_view consumer, std::uint64_t effect) override { under_->save_cursor(consumer, effect); }
  std::uint64_t count_consumers() const override { return under_->count_consumers(); }
  void check() const override {}

 private:
  void forge(stored_entry& e) const {
    if (e.sequence == emptied) e.bytes.clear();
    if (e.sequence == rehashed) e.hash[7] ^= 1;
  }

  std::unique_ptr<store> under_ = make_memory_store();
};

std::string damage_of(const desk& d) {
  try {
    d.verify();
  } catch (const error& e) {
    return e.what();
  }
  return "";
}

}  // namespace

TEST_CASE("what nobody purged but is gone, and a past that was made to fit a gap, are found (D7)") {
  const auto where = std::make_shared<forged_store>();
  desk d = office::furnished(where);
  fill(d);
  office::tell(d, purge_before(at("2026-11-24T00:00:00Z"), at("2026-12-01T00:00:00Z")));
  REQUIRE(damage_of(d) == "");
  for (const std::uint64_t there : {2u, 7u, 9u, 14u}) {
    where->emptied = there;
    CHECK(damage_of(d) != "");
  }
  where->emptied = 0;
  for (const std::uint64_t gap : {3u, 4u, 6u}) {
    where->rehashed = gap;
    CHECK(damage_of(d) != "");
  }
}

namespace {

// Random work, with a purge now and then; answers how many records went.
std::uint64_t live_and_purge(std::uint64_t seed, int steps, desk& d, desk& other) {
  office::random_script script(seed, 40, true);
  office::dice dice(seed ^ 77);
  for (int i = 0; i < steps; ++i) {
    const auto& counters = d.state().counters;
    office::step s = script.next(counters.clock.us, d.next_due().us, static_cast<int>(counters.last_id));
    if (dice.chance(3)) {
      s.advance = false;
      s.at_us = counters.clock.us;
      s.command = purge_before(counters.clock - duration{dice.below(10) * day.us}, counters.clock);
    }
    std::string refused[2];
    desk* const both[] = {&d, &other};
    for (int k = 0; k < 2; ++k) {
      refused[k] = office::refusal_of([&] {
        if (s.advance) {
          both[k]->advance({s.at_us}, s.limit);
        } else {
          office::tell(*both[k], s.command);
        }
      });
    }
    CAPTURE(s.command.dump());
    REQUIRE(refused[0] == refused[1]);
    if (!s.advance && s.command["command"] == "purge_records" && refused[0].empty()) d.verify();
  }
  return d.verify().purged;
}

}  // namespace

TEST_CASE("random work with purges in between: what is left is proven, in memory and in a file, and after a restart") {
  std::uint64_t purged = 0;
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    CAPTURE(seed);
    const conformance::temporary_file file;
    std::string picture;
    desk in_memory = office::furnished();
    {
      desk in_file = office::furnished(open_sqlite_store({.path = file.path()}));
      purged += live_and_purge(seed, 400, in_memory, in_file);
      picture = office::picture_of(in_memory);
      CHECK(office::picture_of(in_file) == picture);
      CHECK(office::journal_of(in_file) == office::journal_of(in_memory));
    }
    desk again = office::open(open_sqlite_store({.path = file.path()}));
    CHECK(office::picture_of(again, false) == office::picture_of(in_memory, false));
    CHECK(again.verify().purged == in_memory.verify().purged);
  }
  CHECK(purged > 20);
}
