#include <tocsin/desk/desk.hpp>

#include <doctest/doctest.h>

#include <tocsin/desk/history.hpp>
#include <tocsin/incident/commands.hpp>
#include <tocsin/incident/events.hpp>

#include "failing_store.hpp"
#include "office.hpp"

using namespace tocsin;
using office::at;
using office::json;

namespace {

// A store that shows other bytes of one entry than it was given.
class damaged_store final : public store {
 public:
  enum class part { bytes, aside, hash };

  damaged_store() : under_(make_memory_store()) {}
  void damage(std::uint64_t sequence, part which, std::size_t place) {
    sequence_ = sequence, which_ = which, place_ = place;
  }

  store_contents load() override { return under_->load(); }
  void commit(const store_transaction& changes) override { under_->commit(changes); }
  bool load_entry(std::uint64_t sequence, stored_entry& result) const override {
    const bool found = under_->load_entry(sequence, result);
    spoil(result);
    return found;
  }
  void scan_entries(std::uint64_t from, std::uint64_t to, bool definitions_only,
                    const std::function<bool(const stored_entry&)>& visit) const override {
    under_->scan_entries(from, to, definitions_only, [&](const stored_entry& e) {
      stored_entry copy = e;
      spoil(copy);
      return visit(copy);
    });
  }
  incident_ptr load_closed(std::uint64_t id) const override { return under_->load_closed(id); }
  std::uint64_t find_closed_number(std::uint64_t number) const override { return under_->find_closed_number(number); }
  void scan_closed(const record_scan& scan, const std::function<bool(const incident_ptr&)>& visit) const override {
    under_->scan_closed(scan, visit);
  }
  std::optional<purged_record> find_purged(std::uint64_t id) const override { return under_->find_purged(id); }
  std::optional<purged_record> find_purged_number(std::uint64_t number) const override {
    return under_->find_purged_number(number);
  }
  remembered_key find_key(person_ref actor, std::string_view key) const override {
    return under_->find_key(actor, key);
  }
  std::uint64_t load_cursor(std::string_view consumer) const override { return under_->load_cursor(consumer); }
  void save_cursor(std::string_view consumer, std::uint64_t effect) override { under_->save_cursor(consumer, effect); }
  std::uint64_t count_consumers() const override { return under_->count_consumers(); }
  void check() const override { under_->check(); }

 private:
  void spoil(stored_entry& e) const {
    if (e.sequence != sequence_) return;
    if (which_ == part::bytes) e.bytes.at(place_ % e.bytes.size()) ^= 1;
    if (which_ == part::aside) e.aside.at(place_ % e.aside.size()) ^= 1;
    if (which_ == part::hash) e.hash.at(place_ % e.hash.size()) ^= 1;
  }

  std::unique_ptr<store> under_;
  std::uint64_t sequence_ = 0;
  part which_ = part::bytes;
  std::size_t place_ = 0;
};

bool contains(const std::vector<std::uint8_t>& bytes, std::string_view text) {
  return std::search(bytes.begin(), bytes.end(), text.begin(), text.end()) != bytes.end();
}

json two_step_workflow(std::string_view key) {
  return {{"key", key},
          {"states", {{{"name", "begun"}, {"kind", "new"}, {"initial", true}}, {{"name", "over"}, {"kind", "closed"}}}},
          {"transitions", {{{"verb", "close"}, {"from", {"begun"}}, {"to", "over"}}}}};
}

// An incident that silence closes on 28 November at ten.
desk with_resolved_incident(std::shared_ptr<store> where = make_memory_store()) {
  desk d = office::furnished(std::move(where));
  office::tell(d, office::log("2026-11-23T08:00:00Z", {{"caller", "carla"}}));
  office::tell(d, office::resolve("2026-11-23T10:00:00Z"));
  return d;
}

}  // namespace

// ---- D3

TEST_CASE("an atomic batch that is refused at its end leaves state, head, timers and words as they were (D3)") {
  desk d = with_resolved_incident();
  const std::string before = office::picture_of(d);
  const json batch = {
      office::note("2026-11-23T11:00:00Z"),
      office::command("publish", "2026-11-23T11:01:00Z", "host",
                      {{"people", {{{"key", "eve"}, {"name", "Eve"}}}}, {"workflows", {two_step_workflow("short")}}}),
      office::log("2026-11-23T11:02:00Z", {{"caller", "eve"}, {"workflow", "short"}}),
      office::command("close_incident", "2026-11-23T11:03:00Z", "eve", {{"incident", "INC0000002"}}),
      office::command("amend_incident", "2026-11-23T11:04:00Z", "ana",
                      {{"incident", "INC0000002"}, {"reason", "r"}, {"title", "t"}}),
      office::command("reopen_incident", "2026-11-23T11:05:00Z", "ana", {{"incident", "INC0000001"}, {"reason", "r"}}),
      office::resolve("2026-11-23T11:06:00Z"),
      office::log("2026-11-30T08:00:00Z"),  // silence closes the first one on the way
      office::command("begin_work", "2026-11-30T08:00:00Z", "ana", {{"incident", "INC0000001"}})};
  CHECK(office::refusal_of([&] { office::tell(d, batch, {.atomic = true}); }) == "workflow.transition_not_allowed");
  CHECK(office::picture_of(d) == before);
  CHECK(office::person(d, "eve").index == 0);
  CHECK(d.next_due() == at("2026-11-28T10:00:00Z"));
  d.verify();

  office::tell(d, json(batch.begin(), batch.end() - 1), {.atomic = true});
  CHECK(d.state().counters.last_number == 3);
  CHECK(d.find({1})->state_kind == state_kind::closed);
  d.verify();
}

TEST_CASE("a refused command of a batch that is not atomic leaves no trace among the others (D3)") {
  desk with = office::furnished();
  desk without = office::furnished();
  const json good = office::log("2026-11-23T08:00:00Z");
  const json bad =
      office::command("publish", "2026-11-23T08:00:00Z", "host",
                      {{"people", {{{"key", "eve"}}}}, {"teams", {{{"key", "x"}, {"members", {"nobody"}}}}}});
  office::tell(with, {good, bad, office::note("2026-11-23T08:01:00Z", "INC0000009"), good});
  office::tell(without, {good, good});
  CHECK(office::picture_of(with) == office::picture_of(without));
  CHECK(office::journal_of(with) == office::journal_of(without));
}

TEST_CASE("a dry run changes nothing, whatever it does (D3)") {
  desk d = with_resolved_incident();
  const std::string before = office::picture_of(d);
  const json all = {
      office::log("2026-11-23T11:00:00Z", {{"idempotency_key", "dry"}}),
      office::command("publish", "2026-11-23T11:01:00Z", "host", {{"workflows", {two_step_workflow("incident")}}}),
      office::command("close_incident", "2026-11-23T11:02:00Z", "ana", {{"incident", "INC0000001"}}),
      office::command("erase_personal", "2026-11-23T11:03:00Z", "host", {{"person", "carla"}, {"reason", "r"}}),
      office::log("2026-12-01T08:00:00Z")};
  for (const json& c : all) {
    office::tell(d, c, {.dry_run = true});
    CHECK(office::picture_of(d) == before);
  }
  office::tell(d, all, {.dry_run = true});
  CHECK(office::picture_of(d) == before);
  CHECK_FALSE(office::tell(d, office::log("2026-11-23T11:00:00Z", {{"idempotency_key", "dry"}})).contains("repeated"));
  d.verify();
}

TEST_CASE("what is taken back does not let timers pile up") {
  desk d = with_resolved_incident();
  for (int i = 0; i < 1000; ++i) office::tell(d, office::note("2026-11-23T11:00:00Z"), {.dry_run = true});
  CHECK(d.state().timers.size() <= 100);
  CHECK(office::pending_timers(d).size() == 1);
  CHECK(d.advance(at("2026-11-28T10:00:00Z")).fired == 1);
}

TEST_CASE("a command may expect the version that a command before it in the batch made (D3)") {
  desk d = office::furnished();
  json next_note = office::note("2026-11-23T08:01:00Z");
  next_note["expected_version"] = 1;
  json third = next_note;
  const json done = office::tell(d, {office::log("2026-11-23T08:00:00Z"), next_note, third});
  CHECK(done[1]["record"]["version"] == 2);
  CHECK(done[2]["error"]["reason"] == "record.version");
}

TEST_CASE("a C++ batch names the command that was refused, and leaves nothing behind (D3)") {
  desk d = office::furnished();
  const std::string before = office::picture_of(d);
  const person_ref ana = office::person(d, "ana");
  std::vector<request> batch;
  batch.push_back(office::request_of(at("2026-11-23T08:00:00Z"), ana,
                                     office::made<log_incident>([](auto& c) { c.title = "One"; })));
  batch.push_back(office::request_of(at("2026-11-23T08:00:00Z"), ana,
                                     office::made<resume_incident>([](auto& c) { c.incident = {1}; })));
  try {
    d.execute_all(batch);
    FAIL("accepted");
  } catch (const error& e) {
    CHECK(e.reason() == "workflow.transition_not_allowed");
    CHECK(json::parse(e.detail())["index"] == 1);
  }
  CHECK(office::picture_of(d) == before);
}

TEST_CASE("C++ structs are held against the same rules as documents") {
  desk d = office::furnished();
  const person_ref ana = office::person(d, "ana");
  const instant now = at("2026-11-23T08:00:00Z");
  const std::string before = office::picture_of(d);
  const auto refusal = [&](command c, person_ref who) {
    return office::refusal_of([&] { d.execute(office::request_of(now, who, c)); });
  };
  CHECK(refusal(log_incident{}, ana) == "document.missing_field");
  CHECK(refusal(office::made<log_incident>([](auto& c) { c.title = "a\nb"; }), ana) == "document.control_character");
  CHECK(refusal(office::made<log_incident>([](auto& c) { c.title = "\xff"; }), ana) == "document.invalid_utf8");
  CHECK(refusal(office::made<log_incident>([](auto& c) { c.title = std::string(201, 'x'); }), ana) ==
        "document.too_long");
  CHECK(refusal(office::made<log_incident>([](auto& c) {
                  c.title = "x";
                  c.impact = static_cast<impact>(7);
                }),
                ana) == "document.unknown_choice");
  CHECK(refusal(office::made<log_incident>([](auto& c) {
                  c.title = "x";
                  c.occurred_at = {INT64_MAX};
                }),
                ana) == "document.instant_out_of_range");
  CHECK(refusal(office::made<log_incident>([](auto& c) { c.title = "x"; }), {}) == "command.actor");
  CHECK(refusal(office::made<log_incident>([](auto& c) { c.title = "x"; }), {4711}) == "command.actor");
  CHECK(refusal(command{}, ana) == "command.missing");
  CHECK(refusal(office::made<add_note>([](auto& c) {
                  c.incident = {99};
                  c.text = "x";
                }),
                ana) == "record.unknown");
  CHECK(office::picture_of(d) == before);
}

TEST_CASE("a word that the desk has never given out is refused wherever a command names one") {
  desk d = office::furnished();
  const person_ref ana = office::person(d, "ana");
  const instant now = at("2026-11-23T08:00:00Z");
  const auto refusal = [&](command c) {
    return office::refusal_of([&] { d.execute(office::request_of(now, ana, c)); });
  };
  CHECK(refusal(office::made<log_incident>([](auto& c) {
          c.title = "x";
          c.caller = {99};
        })) != "");
  CHECK(refusal(office::made<log_incident>([](auto& c) {
          c.title = "x";
          c.category = {99};
        })) != "");
  CHECK(refusal(office::made<log_incident>([](auto& c) {
          c.title = "x";
          c.team = {99};
        })) != "");
  CHECK(refusal(office::made<log_incident>([](auto& c) {
          c.title = "x";
          c.assignee = {99};
        })) != "");
  CHECK(refusal(office::made<log_incident>([](auto& c) {
          c.title = "x";
          c.workflow = {99};
        })) != "");
  CHECK(d.state().counters.sequence == 2);
}

// ---- the store

TEST_CASE("a command whose commit fails leaves nothing behind, and the next one works") {
  const auto where = std::make_shared<office::failing_store>();
  desk d = with_resolved_incident(where);
  desk twin = with_resolved_incident();
  const std::string before = office::picture_of(d);
  const std::vector<json> commands = {
      office::log("2026-11-23T11:00:00Z", {{"caller", "dora"}, {"idempotency_key", "k"}}),
      office::command("close_incident", "2026-11-23T11:01:00Z", "ana", {{"incident", "INC0000001"}}),
      office::command("amend_incident", "2026-11-23T11:02:00Z", "ana",
                      {{"incident", "INC0000001"}, {"reason", "r"}, {"title", "Other"}}),
      office::command("publish", "2026-11-23T11:03:00Z", "host",
                      {{"people", {{{"key", "eve"}}}}, {"workflows", {two_step_workflow("short")}}}),
      office::command("erase_personal", "2026-11-23T11:04:00Z", "host", {{"record", "INC0000001"}, {"reason", "r"}})};
  for (const json& c : commands) {
    const std::string now = office::picture_of(d);
    where->fail_commit(1);
    CHECK(office::refusal_of([&] { office::tell(d, c); }) == "test.disk");
    CHECK(office::picture_of(d) == now);
    const json done = office::tell(d, c);
    CHECK_FALSE(done.contains("repeated"));
    CHECK(done == office::tell(twin, c));
  }
  CHECK(office::journal_of(d) == office::journal_of(twin));
  d.verify();
}

TEST_CASE("an advance whose commit fails fires nothing, and fires all of it the next time (D6)") {
  const auto where = std::make_shared<office::failing_store>();
  desk d = with_resolved_incident(where);
  const std::string before = office::picture_of(d);
  where->fail_commit(1);
  CHECK(office::refusal_of([&] { d.advance(at("2026-11-29T00:00:00Z")); }) == "test.disk");
  CHECK(office::picture_of(d) == before);
  CHECK(d.next_due() == at("2026-11-28T10:00:00Z"));
  CHECK(d.advance(at("2026-11-29T00:00:00Z")).fired == 1);
  d.verify();
}

TEST_CASE("a call that is interrupted changes nothing, and the next one works") {
  desk d = with_resolved_incident();
  const std::string before = office::picture_of(d);
  d.interrupt();
  CHECK(office::refusal_of([&] { office::tell(d, office::note("2026-11-23T11:00:00Z")); }) == "desk.interrupted");
  CHECK(office::picture_of(d) == before);
  d.interrupt();
  CHECK(office::refusal_of([&] { d.advance(at("2026-11-29T00:00:00Z")); }) == "desk.interrupted");
  CHECK(office::picture_of(d) == before);
  CHECK(d.advance(at("2026-11-29T00:00:00Z")).fired == 1);
}

// ---- forks

TEST_CASE("what happens on a fork does not happen on its parent, nor the other way round (M4)") {
  desk parent = with_resolved_incident();
  const std::string before = office::picture_of(parent);
  desk fork = parent.fork();
  CHECK(office::picture_of(fork) == before);

  office::tell(fork, office::log("2026-11-23T11:00:00Z", {{"idempotency_key", "k"}}));
  office::tell(fork, office::command("publish", "2026-11-23T11:01:00Z", "host",
                                     {{"people", {{{"key", "eve"}, {"name", "Eve"}}}}}));
  CHECK(fork.advance(at("2026-11-29T00:00:00Z")).fired == 1);
  CHECK(fork.find({1})->state_kind == state_kind::closed);
  CHECK(office::picture_of(parent) == before);
  CHECK(parent.find({2}) == nullptr);
  CHECK(office::person(parent, "eve").index == 0);
  fork.verify();

  const std::string forked = office::picture_of(fork);
  office::tell(parent, office::command("refuse_resolution", "2026-11-24T08:00:00Z", "carla",
                                       {{"incident", "INC0000001"}, {"reason", "r"}}));
  CHECK_FALSE(
      office::tell(parent, office::log("2026-11-24T09:00:00Z", {{"idempotency_key", "k"}})).contains("repeated"));
  CHECK(office::picture_of(fork) == forked);
  fork.verify();
  parent.verify();
}

TEST_CASE("a fork reads closed records as they were at the fork, even when the parent amends them later (M4)") {
  desk parent = with_resolved_incident();
  office::tell(parent, office::log("2026-11-23T10:30:00Z", {{"title", "Second"}}));
  office::tell(parent, office::command("close_incident", "2026-11-23T11:00:00Z", "ana", {{"incident", "INC0000001"}}));
  const desk fork = parent.fork();
  const std::string forked = office::picture_of(fork);
  office::tell(parent, office::command("amend_incident", "2026-11-23T12:00:00Z", "ana",
                                       {{"incident", "INC0000001"}, {"reason", "r"}, {"title", "Other"}}));
  office::tell(parent, office::command("cancel_incident", "2026-11-23T13:00:00Z", "ana",
                                       {{"incident", "INC0000002"}, {"reason", "r"}}));
  office::tell(parent, office::log("2026-11-23T14:00:00Z", {{"title", "Third"}}));
  CHECK(parent.find({1})->text->title == "Other");
  CHECK(fork.find({1})->text->title == "Mail is down");
  CHECK(fork.find({2})->state_kind == state_kind::fresh);
  CHECK(fork.find({3}) == nullptr);
  CHECK(office::picture_of(fork) == forked);
  fork.verify();
}

TEST_CASE("a fork goes on when its parent is gone, can be forked again, and has no effects to take (M4)") {
  std::optional<desk> parent(with_resolved_incident());
  desk fork = parent->fork();
  parent.reset();
  desk other = fork.fork();
  office::tell(fork, office::log("2026-11-23T11:00:00Z", {{"caller", "carla"}}));
  CHECK(fork.state().counters.last_number == 2);
  CHECK(other.state().counters.last_number == 1);
  CHECK(fork.take_effects("pager", 100).empty());
  office::tell(other, office::note("2026-11-23T11:00:00Z"));
  fork.verify();
  other.verify();
}

// ---- D7, D10

TEST_CASE("personal values enter bytes and hash as commitments only (D10)") {
  desk d = office::furnished();
  office::tell(d, office::log("2026-11-23T08:00:00Z", {{"description", "My account is carla@home"},
                                                       {"contact", "0471 00 00 00"},
                                                       {"location", "Ghent"}}));
  office::tell(d, office::log("2026-11-23T08:01:00Z", {{"description", "My account is carla@home"},
                                                       {"contact", "0471 00 00 00"},
                                                       {"location", "Ghent"}}));
  const auto journal = office::journal_of(d);
  for (std::size_t i = 0; i < journal.bytes.size(); ++i) {
    for (const char* secret : {"carla@home", "0471 00 00 00", "Carla Caller", "ana@example.org", "+32 2 555 01 02"})
      CHECK_FALSE(contains(journal.bytes[i], secret));
  }
  CHECK_FALSE(contains(journal.bytes[2], "Ghent"));
  CHECK(contains(journal.asides[2], "carla@home"));
  CHECK(contains(journal.asides[1], "Carla Caller"));

  // The same words a minute later look like others: salts differ.
  const entry first = d.read_entry(3);
  CHECK(first.asked.get<log_incident>().description == "My account is carla@home");
  desk other = desk::open(make_memory_store(), {}, {'o', 't', 'h', 'e', 'r'});
  office::tell(other, office::furniture());
  CHECK(office::journal_of(other).hashes[1] != journal.hashes[1]);
}

TEST_CASE("erasing takes the values away; bytes, hashes and the proof stay (D10)") {
  desk d = with_resolved_incident();
  office::tell(d, office::log("2026-11-23T11:00:00Z", {{"caller", "dora"}, {"description", "Dora's"}}));
  office::tell(d, office::command("add_reply", "2026-11-23T11:01:00Z", "dora",
                                  {{"incident", "INC0000002"}, {"text", "secret"}}));
  office::tell(d, office::note("2026-11-23T11:02:00Z", "INC0000001"));
  const auto before = office::journal_of(d);
  office::tell(d, office::command("erase_personal", "2026-11-23T12:00:00Z", "host",
                                  {{"record", "INC0000002"}, {"reason", "r"}}));
  const auto after = office::journal_of(d);
  CHECK(std::equal(before.bytes.begin(), before.bytes.end(), after.bytes.begin()));
  CHECK(std::equal(before.hashes.begin(), before.hashes.end(), after.hashes.begin()));
  CHECK_FALSE(contains(after.asides[4], "Dora's"));
  CHECK_FALSE(contains(after.asides[5], "secret"));
  CHECK(d.read_entry(6).asked.get<add_reply>().text == "");
  CHECK(after.asides[6] == before.asides[6]);  // of the other incident
  CHECK(d.verify().entries == 8);

  office::tell(
      d, office::command("erase_personal", "2026-11-23T13:00:00Z", "host", {{"person", "carla"}, {"reason", "r"}}));
  CHECK_FALSE(contains(office::journal_of(d).asides[1], "Carla Caller"));
  CHECK(contains(office::journal_of(d).asides[1], "Ana Agent"));
  CHECK(d.state().definitions.of<tocsin::person>().current(office::person(d, "carla").index)->name == "");
  CHECK(office::journal_of(d).hashes[1] == before.hashes[1]);
  d.verify();
}

TEST_CASE("what was entered after an erasure of a record is kept until the next (D10)") {
  desk d = with_resolved_incident();
  office::tell(d, office::command("erase_personal", "2026-11-23T12:00:00Z", "host",
                                  {{"record", "INC0000001"}, {"reason", "r"}}));
  office::tell(d, office::command("add_reply", "2026-11-23T12:01:00Z", "carla",
                                  {{"incident", "INC0000001"}, {"text", "once more"}}));
  CHECK(d.read_entry(6).asked.get<add_reply>().text == "once more");
  d.verify();
  office::tell(d, office::command("erase_personal", "2026-11-23T12:02:00Z", "host",
                                  {{"record", "INC0000001"}, {"reason", "r"}}));
  CHECK(d.read_entry(6).asked.get<add_reply>().text == "");
  d.verify();
}

TEST_CASE("a closed record is erased, too, and stays closed (D10)") {
  desk d = with_resolved_incident();
  office::tell(d, office::command("close_incident", "2026-11-23T11:00:00Z", "ana", {{"incident", "INC0000001"}}));
  office::tell(d, office::command("erase_personal", "2026-11-23T12:00:00Z", "host",
                                  {{"record", "INC0000001"}, {"reason", "r"}}));
  CHECK(d.find({1})->state_kind == state_kind::closed);
  CHECK_FALSE(d.find({1})->caller);
  CHECK(d.state().live.size() == 0);
  CHECK(d.state().counters.closed_count == 1);
  d.verify();
}

TEST_CASE("verify finds the first damaged entry, wherever the damage is (D7)") {
  const auto where = std::make_shared<damaged_store>();
  desk d = with_resolved_incident(where);
  const std::uint64_t end = d.state().counters.sequence;
  d.verify();
  for (std::uint64_t sequence = 1; sequence <= end; ++sequence) {
    stored_entry intact;
    REQUIRE(where->load_entry(sequence, intact));
    for (const auto part : {damaged_store::part::bytes, damaged_store::part::aside, damaged_store::part::hash}) {
      if (part == damaged_store::part::aside && intact.aside.empty()) continue;
      for (const std::size_t place :
           {std::size_t{0}, std::size_t{1}, std::size_t{17}, intact.bytes.size() / 2, intact.bytes.size() - 1}) {
        CAPTURE(sequence);
        CAPTURE(static_cast<int>(part));
        CAPTURE(place);
        where->damage(sequence, part, place);
        try {
          d.verify();
          // A value beside an entry that is damaged into an erased one, and that no record shows, is not to be told from it.
          CHECK(part == damaged_store::part::aside);
        } catch (const error& e) {
          CHECK(e.code() == status::corrupt);
          const std::string message = e.what();
          CAPTURE(message);
          // A value that is damaged into an erased one shows in the record that lacks it.
          const bool names_entry = message.find("entry " + std::to_string(sequence)) != std::string::npos;
          CHECK(
              (names_entry || (part == damaged_store::part::aside && message.find("INC0000001") != std::string::npos)));
        }
        where->damage(0, part, 0);
      }
    }
  }
  d.verify();
}

// ---- L5, D6

TEST_CASE("a retried timer and a reopened incident never close twice (D6, L5)") {
  desk d = with_resolved_incident();
  office::tell(d, office::command("reopen_incident", "2026-11-25T08:00:00Z", "ana",
                                  {{"incident", "INC0000001"}, {"reason", "r"}}));
  CHECK(d.next_due() == never);
  office::tell(d, office::resolve("2026-11-26T08:00:00Z"));
  CHECK(d.next_due() == at("2026-12-01T08:00:00Z"));
  CHECK(d.advance(at("2026-11-28T10:00:00Z")).fired == 0);  // when the first silence would have been over
  CHECK(d.advance(at("2026-12-01T08:00:00Z")).fired == 1);
  CHECK(d.advance(at("2026-12-02T08:00:00Z")).fired == 0);
  CHECK(d.find({1})->reopen_count == 1);
}

TEST_CASE("an effect says when it was scheduled and when it was recorded (D8)") {
  desk d = with_resolved_incident();
  d.advance(at("2026-11-30T12:00:00Z"));
  const std::vector<effect> effects = d.take_effects("pager", 100);
  REQUIRE(effects.size() == 3);
  CHECK(effects[2].body.get<requester_notice>().cause == notice_cause::closed);
  CHECK(effects[2].scheduled_at == at("2026-11-28T10:00:00Z"));
  CHECK(effects[2].recorded_at == at("2026-11-30T12:00:00Z"));
  CHECK(effects[0].id < effects[1].id);
  d.acknowledge_effects("pager", effects[1].id);
  CHECK(d.take_effects("pager", 100).size() == 1);
  CHECK(office::refusal_of([&] { d.acknowledge_effects("pager", effects[0].id); }) == "outbox.cursor");
  CHECK(office::refusal_of([&] { d.acknowledge_effects("pager", effects[2].id + 10'000); }) == "outbox.cursor");
  CHECK(office::refusal_of([&] { d.take_effects("", 1); }) == "outbox.consumer");
}
