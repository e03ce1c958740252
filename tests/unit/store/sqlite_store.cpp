// What a SQLite store keeps and gives back.
#include <tocsin/store/sqlite_store.hpp>

#include "sample.hpp"

#include <algorithm>
#include <fstream>
#include <map>
#include <random>

#include <tocsin/store/memory_store.hpp>

using namespace sample;

namespace {

std::unique_ptr<store> open(const std::string& path) {
  return open_sqlite_store({.path = path, .durability = durability::normal});
}

store_transaction erasing(std::uint64_t sequence) {
  store_transaction result;
  result.erasures = {{sequence, {0}}};
  return result;
}

std::vector<stored_entry> entries_of(const store& s, std::uint64_t from, std::uint64_t to, bool definitions_only) {
  std::vector<stored_entry> found;
  s.scan_entries(from, to, definitions_only, [&](const stored_entry& e) {
    found.push_back(e);
    return true;
  });
  return found;
}

std::vector<incident_ptr> closed_of(const store& s, const record_scan& scan) {
  std::vector<incident_ptr> found;
  s.scan_closed(scan, [&](const incident_ptr& record) {
    found.push_back(record);
    return true;
  });
  return found;
}

bool same_records(const std::vector<incident_ptr>& a, const std::vector<incident_ptr>& b) {
  return std::ranges::equal(a, b, [](const incident_ptr& x, const incident_ptr& y) { return same(*x, *y); });
}

bool same_entries(const std::vector<stored_entry>& a, const std::vector<stored_entry>& b) {
  return std::ranges::equal(a, b, [](const stored_entry& x, const stored_entry& y) { return same(x, y); });
}

// Random transactions, as a desk would make them, with what must be there afterwards.
class random_desk {
 public:
  explicit random_desk(unsigned seed) : random_(seed) {}

  store_transaction next() {
    store_transaction t = transaction(sequence_ + 1, sequence_ + 1 + below(4));
    for (entry_change& e : t.entries) {
      e.actor.index = static_cast<std::uint32_t>(1 + below(3));
      if (below(3) == 0) e.idempotency_key = "key " + std::to_string(below(2) == 0 ? last_key_ : ++last_key_);
    }
    const std::uint64_t before = sequence_;
    sequence_ += t.entries.size();
    if (before > 0 && below(5) == 0) t.erasures.push_back({1 + below(before), {0, 0}});
    for (std::uint64_t n = below(4); n > 0; --n) change_one(t);
    for (std::uint64_t n = below(3); n > 0; --n) log_one(t);
    std::ranges::sort(t.records, {}, [](const record_change& r) { return r.record->id; });
    t.keys_since = {start_us + static_cast<std::int64_t>(sequence_) - 400};
    t.keys_max = 60;
    return t;
  }

  std::uint64_t below(std::uint64_t limit) { return random_() % limit; }
  std::uint64_t sequence() const { return sequence_; }
  const std::map<std::uint64_t, incident_ptr>& records() const { return records_; }

 private:
  void change_one(store_transaction& t) {
    if (records_.empty()) return;
    auto at = records_.begin();
    std::advance(at, static_cast<std::ptrdiff_t>(below(records_.size())));
    const incident& before = *at->second;
    if (std::ranges::any_of(t.records, [&](const record_change& r) { return r.record->id == before.id; })) return;
    const bool closes = is_final(before.state_kind) || below(3) == 0;
    const state_kind end = below(4) ? state_kind::closed : state_kind::cancelled;
    auto after = made(before.id, closes ? end : state_kind::on_hold);
    const bool text_changed = below(3) == 0;
    if (!text_changed) after->text = before.text;
    store(t, after, false, text_changed);
  }

  void log_one(store_transaction& t) {
    store(t, made(++last_id_, below(20) ? state_kind::fresh : state_kind::closed), true, true);
  }

  std::shared_ptr<incident> made(std::uint64_t id, state_kind kind) {
    auto result = record(id, kind, 1 + below(9));
    result->last_entry = sequence_;
    result->opened_at = {start_us + static_cast<std::int64_t>(below(50))};
    result->caller.index = static_cast<std::uint32_t>(below(10));
    if (kind == state_kind::cancelled) result->closed_at = no_instant;
    return result;
  }

  void store(store_transaction& t, const incident_ptr& after, bool is_new, bool text_changed) {
    t.records.push_back({after, is_new, text_changed});
    records_[after->id] = after;
  }

  std::mt19937_64 random_;
  std::uint64_t sequence_ = 0;
  std::uint64_t last_id_ = 0;
  std::uint64_t last_key_ = 0;
  std::map<std::uint64_t, incident_ptr> records_;
};

void check_contents(store& s, const random_desk& expected) {
  std::vector<incident_ptr> live;
  for (const auto& [id, record] : expected.records()) {
    if (!is_final(record->state_kind)) live.push_back(record);
  }
  const store_contents found = s.load();
  const entry_change last = entry_at(expected.sequence());
  CHECK(found.sequence == expected.sequence());
  CHECK(found.hash == last.stored.hash);
  CHECK(found.clock == last.recorded_at);
  CHECK(found.last_id == (expected.records().empty() ? 0 : expected.records().rbegin()->first));
  CHECK(found.last_number == (found.last_id == 0 ? 0 : found.last_id + 1'000));
  CHECK(found.closed_count == expected.records().size() - live.size());
  CHECK(same_records(found.live, live));
}

record_test random_test(random_desk& desk) {
  const auto fields = incident::fields();
  record_test test{.field = &fields[desk.below(fields.size())], .values = {}};
  const bool is_instant = test.field->type->kind == field_kind::instant;
  const auto some = [&] {
    return (is_instant ? start_us : 0) + static_cast<std::int64_t>(desk.below(is_instant ? 1'000 : 9));
  };
  switch (desk.below(4)) {
    case 0:
      test.least = some();
      break;
    case 1:
      test.most = some();
      break;
    case 2:
      test.least = test.most = some();
      break;
    default:
      test.values = {some(), test.field->type->absent, some() + 500};
      std::ranges::sort(test.values);
      test.values.erase(std::unique(test.values.begin(), test.values.end()), test.values.end());
  }
  return test;
}

// A scan with tests shows what meets them, no more and no less, and of it at least the fields that are asked for.
void check_tested_scans(const store& found, const store& expected, random_desk& desk) {
  for (int round = 0; round < 60; ++round) {
    record_scan scan{.index = static_cast<record_index>(desk.below(4))};
    for (std::uint64_t n = desk.below(3); n > 0; --n) scan.tests.push_back(random_test(desk));
    if (desk.below(3) == 0) scan.or_touched_after = desk.below(desk.sequence() + 1);
    std::vector<incident_ptr> all = closed_of(expected, {scan.index});
    std::erase_if(all, [&](const incident_ptr& r) {
      return r->last_entry <= scan.or_touched_after && !meets_all(scan.tests, *r);
    });
    CHECK(same_records(closed_of(expected, scan), all));
    CHECK(same_records(closed_of(found, scan), all));
    const auto fields = incident::fields();
    scan.only.emplace();
    for (std::uint64_t n = desk.below(5); n > 0; --n) scan.only->push_back(&fields[desk.below(fields.size())]);
    const std::vector<incident_ptr> outlined = closed_of(found, scan);
    REQUIRE(outlined.size() == all.size());
    for (std::size_t i = 0; i < all.size(); ++i) {
      CHECK(outlined[i]->id == all[i]->id);
      CHECK(outlined[i]->number == all[i]->number);
      CHECK(outlined[i]->last_entry == all[i]->last_entry);
      for (const field_row* field : *scan.only) CHECK(field->read(outlined[i].get()) == field->read(all[i].get()));
    }
  }
}

void check_same_answers(const store& found, const store& expected, random_desk& desk) {
  CHECK(same_entries(entries_of(found, 0, UINT64_MAX, false), entries_of(expected, 0, UINT64_MAX, false)));
  CHECK(same_entries(entries_of(found, 0, UINT64_MAX, true), entries_of(expected, 0, UINT64_MAX, true)));
  check_tested_scans(found, expected, desk);
  for (const auto index : {record_index::id, record_index::opened_at, record_index::closed_at, record_index::caller}) {
    CHECK(same_records(closed_of(found, {index}), closed_of(expected, {index})));
    const bool is_time = index == record_index::opened_at || index == record_index::closed_at;
    const std::int64_t least = (is_time ? start_us : 0) + static_cast<std::int64_t>(desk.below(20));
    const record_scan part{index, least, least + static_cast<std::int64_t>(desk.below(300))};
    CHECK(same_records(closed_of(found, part), closed_of(expected, part)));
  }
  for (const auto& [id, record] : desk.records()) {
    if (!is_final(record->state_kind)) continue;
    REQUIRE(found.load_closed(id));
    CHECK(same(*found.load_closed(id), *expected.load_closed(id)));
    CHECK(found.find_closed_number(record->number) == id);
  }
  for (int i = 0; i < 200; ++i) {
    const std::string key = "key " + std::to_string(i);
    for (const person_ref actor : {system_person, host_person, person_ref{3}}) {
      CHECK(found.find_key(actor, key).sequence == expected.find_key(actor, key).sequence);
      CHECK(found.find_key(actor, key).recorded_at == expected.find_key(actor, key).recorded_at);
    }
  }
}

}  // namespace

TEST_CASE("a record comes back with every field, while it is live and when it is closed") {
  const folder here;
  const auto live = record(1, state_kind::in_progress, 1);
  const auto closed = record(2, state_kind::closed, 2);
  store_transaction t = transaction(1, 2);
  add_new(t, live);
  add_new(t, closed);
  open(here.file())->commit(t);

  const auto again = open(here.file());
  const store_contents contents = again->load();
  REQUIRE(contents.live.size() == 1);
  CHECK(same(*contents.live[0], *live));
  REQUIRE(again->load_closed(2));
  CHECK(same(*again->load_closed(2), *closed));
  CHECK(again->load_closed(3) == nullptr);
}

TEST_CASE("a record comes back with the least, the most and the empty") {
  const folder here;
  auto extreme = record(1, state_kind::closed);
  extreme->held_time = {std::numeric_limits<std::int64_t>::min()};
  extreme->occurred_at = instant_min;
  extreme->auto_close_at = never;
  extreme->version = UINT32_MAX;
  extreme->follows.id = INT64_MAX;
  auto text = std::make_shared<incident_text>();
  text->title = std::string("zero \0 inside", 13);
  text->description = std::string(128'000, 'x');
  extreme->text = text;
  auto empty = std::make_shared<incident>();
  empty->id = 2;
  empty->number = 2;
  empty->state_kind = state_kind::closed;
  empty->text = std::make_shared<incident_text>();

  const auto desk = open(here.file());
  store_transaction t = transaction(1, 1);
  t.records = {{extreme, true, true}, {empty, true, true}};
  desk->commit(t);
  CHECK(same(*desk->load_closed(1), *extreme));
  CHECK(same(*desk->load_closed(2), *empty));
  desk->check();
}

TEST_CASE("a number beyond 2^63 is refused, and the next commit works") {
  const folder here;
  const auto desk = open(here.file());
  auto beyond = record(1, state_kind::fresh);
  beyond->number = UINT64_MAX;
  store_transaction t = transaction(1, 1);
  t.records = {{beyond, true, true}};
  check_refused(status::invalid_argument, "store.range", [&] { desk->commit(t); });
  CHECK(desk->load().sequence == 0);
  desk->commit(transaction(1, 1));
  CHECK(desk->load().sequence == 1);
}

TEST_CASE("a new desk is empty") {
  const folder here;
  const store_contents contents = open(here.file())->load();
  CHECK(contents.sequence == 0);
  CHECK(contents.hash == digest{});
  CHECK(contents.clock == no_instant);
  CHECK(contents.last_id == 0);
  CHECK(contents.live.empty());
}

TEST_CASE("random transactions are kept as the memory store keeps them, across reopenings") {
  for (unsigned seed = 1; seed <= 3; ++seed) {
    const folder here;
    random_desk expected(seed);
    const auto beside = make_memory_store();
    auto desk = open(here.file());
    for (int round = 0; round < 120; ++round) {
      const store_transaction t = expected.next();
      desk->commit(t);
      beside->commit(t);
      if (round % 40 == 39) {
        desk.reset();
        desk = open(here.file());
        desk->check();
        check_contents(*desk, expected);
        check_same_answers(*desk, *beside, expected);
      }
    }
  }
}

TEST_CASE("a scan ends when its visitor has enough, and a visitor may ask the store") {
  const folder here;
  const auto desk = open(here.file());
  store_transaction t = transaction(1, 9);
  for (std::uint64_t id = 1; id <= 9; ++id) add_new(t, record(id, state_kind::closed, id));
  desk->commit(t);
  int seen = 0;
  desk->scan_closed({}, [&](const incident_ptr& record) {
    CHECK(desk->load_closed(record->id));
    desk->scan_entries(1, 2, false, [&](const stored_entry&) { return ++seen < 100; });
    return record->id < 3;
  });
  CHECK(seen == 6);
}

TEST_CASE("cursors are kept apart by consumer and move back as well as on") {
  const folder here;
  open(here.file())->save_cursor("mail", 7);
  const auto desk = open(here.file());
  CHECK(desk->load_cursor("mail") == 7);
  CHECK(desk->load_cursor("pager") == 0);
  desk->save_cursor("mail", 3);
  CHECK(desk->load_cursor("mail") == 3);
}

TEST_CASE("a key that is used again belongs to its latest entry; old ones are forgotten (D3)") {
  const folder here;
  const auto desk = open(here.file());
  store_transaction t = transaction(1, 4);
  t.entries[0].idempotency_key = t.entries[2].idempotency_key = "again";
  t.entries[1].idempotency_key = "once";
  t.entries[3].idempotency_key = "last";
  desk->commit(t);
  CHECK(desk->find_key(host_person, "again").sequence == 3);
  CHECK(desk->find_key(host_person, "once").sequence == 2);

  store_transaction fewer = transaction(5, 5);
  fewer.keys_max = 2;
  desk->commit(fewer);
  CHECK(desk->find_key(host_person, "once").sequence == 0);
  CHECK(desk->find_key(host_person, "again").sequence == 3);

  store_transaction later = transaction(6, 6);
  later.keys_since = {start_us + 4};
  desk->commit(later);
  CHECK(desk->find_key(host_person, "again").sequence == 0);
  CHECK(desk->find_key(host_person, "last").sequence == 4);
}

TEST_CASE("a key belongs to its actor, and says when its entry was recorded (D3)") {
  const folder here;
  for (const bool in_file : {true, false}) {
    const auto desk = in_file ? open(here.file()) : make_memory_store();
    store_transaction t = transaction(1, 2);
    t.entries[0].idempotency_key = t.entries[1].idempotency_key = "k";
    t.entries[1].actor = {7};
    desk->commit(t);
    CHECK(desk->find_key(host_person, "k").sequence == 1);
    CHECK(desk->find_key(host_person, "k").recorded_at == t.entries[0].recorded_at);
    CHECK(desk->find_key({7}, "k").sequence == 2);
    CHECK(desk->find_key({8}, "k").sequence == 0);
  }
}

TEST_CASE("an entry that does not continue the journal is refused") {
  const folder here;
  const auto desk = open(here.file());
  desk->commit(transaction(1, 3));
  check_refused(status::failed_precondition, "store.sequence", [&] { desk->commit(transaction(5, 5)); });
  check_refused(status::failed_precondition, "store.sequence", [&] { desk->commit(transaction(3, 3)); });
  desk->commit(transaction(4, 4));
  CHECK(desk->load().sequence == 4);
}

TEST_CASE("a transaction that contradicts what is stored leaves nothing behind") {
  const folder here;
  const auto desk = open(here.file());
  store_transaction t = transaction(1, 1);
  add_new(t, record(1, state_kind::fresh));
  desk->commit(t);

  store_transaction twice = transaction(2, 2);
  twice.entries[0].idempotency_key = "k";
  add_new(twice, record(2, state_kind::fresh));
  add_new(twice, record(1, state_kind::fresh));
  check_refused(status::conflict, "store.constraint", [&] { desk->commit(twice); });
  store_transaction unknown = transaction(2, 2);
  unknown.records.push_back({record(9, state_kind::fresh), false, false});
  check_refused(status::not_found, "store.no_record", [&] { desk->commit(unknown); });
  check_refused(status::not_found, "store.no_entry", [&] { desk->commit(erasing(5)); });

  CHECK(desk->load().sequence == 1);
  CHECK(desk->load().live.size() == 1);
  CHECK(desk->find_key(host_person, "k").sequence == 0);
  desk->commit(transaction(2, 2));
  desk->check();
}

TEST_CASE("what is erased leaves no trace in the file or beside it (D10)") {
  const folder here;
  const auto desk = open(here.file());
  const std::string secret = "+49 30 000 111 222";
  store_transaction t = transaction(1, 1);
  t.entries[0].stored.aside.assign(secret.begin(), secret.end());
  desk->commit(t);
  desk->commit(erasing(1));
  for (const char* name : {"desk", "desk-wal"}) {
    std::ifstream in(here.file(name), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    CHECK(bytes.find(secret) == std::string::npos);
  }
}
