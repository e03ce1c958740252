// Questions over history leave out what cannot count: their answers are those of a walk through every closed record.
#include <doctest/doctest.h>

#include <tocsin/desk/document.hpp>
#include <tocsin/store/sqlite_store.hpp>

#include <string>
#include <vector>

#include "../store/sample.hpp"
#include "office.hpp"
#include "random_script.hpp"

using namespace tocsin;
using office::json;

namespace {

// Shows every closed record, whatever is asked for, while it walks.
class walking_store final : public store {
 public:
  explicit walking_store(std::shared_ptr<store> under) : under_(std::move(under)) {}

  void walk(bool all) { walks_ = all; }
  std::size_t shown() const { return shown_; }

  store_contents load() override { return under_->load(); }
  void commit(const store_transaction& changes) override { under_->commit(changes); }
  bool load_entry(std::uint64_t sequence, stored_entry& result) const override {
    return under_->load_entry(sequence, result);
  }
  void scan_entries(std::uint64_t from, std::uint64_t to, bool definitions_only,
                    const std::function<bool(const stored_entry&)>& visit) const override {
    under_->scan_entries(from, to, definitions_only, visit);
  }
  incident_ptr load_closed(std::uint64_t id) const override { return under_->load_closed(id); }
  std::uint64_t find_closed_number(std::uint64_t number) const override { return under_->find_closed_number(number); }
  void scan_closed(const record_scan& scan, const std::function<bool(const incident_ptr&)>& visit) const override {
    under_->scan_closed(walks_ ? record_scan{} : scan, [&](const incident_ptr& record) {
      ++shown_;
      return visit(record);
    });
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
  void check() const override { under_->check(); }

 private:
  std::shared_ptr<store> under_;
  bool walks_ = false;
  mutable std::size_t shown_ = 0;
};

// The answer as text, or the reason of the refusal.
std::string answer(const desk& d, const json& question) {
  std::string text;
  const std::string refused = office::refusal_of([&] { text = answer_document(d, question.dump()); });
  return refused.empty() ? text : refused;
}

// ---- records

json definitions() {
  return office::command(
      "publish", "2026-11-23T07:01:00Z", "host",
      {{"custom_fields",
        {{{"key", "site"}, {"kind", "choice"}, {"choices", {"bern", "wien"}}},
         {{"key", "floor"}, {"kind", "integer"}},
         {{"key", "vip"}, {"kind", "boolean"}, {"of", {"person"}}}}},
       {"services", {{{"key", "mail"}, {"owner", "ben"}}, {{"key", "web"}}}},
       {"customers", {{{"key", "acme"}}}},
       {"people", {{{"key", "carla"}, {"name", "Carla Caller"}, {"customer", "acme"}, {"custom", {{"vip", true}}}}}},
       {"record_types",
        {{{"key", "outage"}, {"base", "incident"}, {"number_prefix", "OUT"}, {"workflow", "incident"}}}}});
}

std::string when(int minute) { return office::text_of(office::at("2026-11-23T08:00:00Z") + minute * tocsin::minute); }

// One record from its start to its end, with much of what records can have left out.
void live_one(desk& d, office::dice& dice, int& minute) {
  json fields = {{"title", "x"}};
  const auto maybe = [&](const char* member, std::initializer_list<const char*> of) {
    if (dice.chance(60)) fields[member] = dice.any(of);
  };
  maybe("caller", {"carla", "dora", "ana"});
  maybe("team", {"desk", "net"});
  maybe("assignee", {"ana", "ben"});
  maybe("category", {"hardware", "disk"});
  maybe("service", {"mail", "web"});
  maybe("impact", {"high", "medium", "low"});
  maybe("urgency", {"high", "medium", "low"});
  maybe("severity", {"sev1", "sev3"});
  maybe("channel", {"mail", "phone"});
  if (dice.chance(30)) fields["external_key"] = dice.any({"A", "B"});
  if (dice.chance(30)) fields["occurred_at"] = when(minute - 30);
  if (dice.chance(10)) fields["retrospective"] = true;
  if (dice.chance(15)) fields["type"] = "outage";
  if (dice.chance(40)) fields["custom"]["site"] = dice.any({"bern", "wien"});
  if (dice.chance(40)) fields["custom"]["floor"] = dice.below(3);
  const json logged = office::tell(d, office::command("log_incident", when(minute++), "host", fields));
  const json about = {{"incident", logged["record"]["number"]}};
  const auto tell = [&](const char* name, json more) {
    more.update(about);
    office::tell(d, office::command(name, when(minute++), "host", more));
  };
  if (dice.chance(20)) tell("add_note", {{"text", "n"}});
  if (dice.chance(20)) {
    tell("restrict_incident", {{"people", {dice.any({"ana", "dora"})}}, {"reason", "For few eyes"}});
  }
  if (dice.chance(10)) return;
  if (dice.chance(15)) return tell("cancel_incident", {{"reason", "Mistake"}});
  if (dice.chance(40)) {
    tell("resolve_incident", {{"code", "fix"}, {"notes", "r"}});
    tell("reopen_incident", {{"reason", "again"}});
  }
  tell("resolve_incident", {{"code", dice.any({"fix", "workaround"})}, {"notes", "r"}});
  if (dice.chance(90)) tell("close_incident", json::object());
}

void amend_some(desk& d, office::dice& dice, int count, int& minute) {
  for (int i = 0; i < count; ++i) {
    const auto id = 1 + dice.below(static_cast<std::int64_t>(d.state().counters.last_id));
    json fields = {{"incident", id}, {"reason", "As it was"}};
    fields[dice.chance(50) ? "service" : "occurred_at"] = when(minute - 50);
    if (fields.contains("service")) fields["service"] = dice.any({"mail", "web"});
    fields["category"] = dice.any({"hardware", "disk"});
    office::refusal_of([&] { office::tell(d, office::command("amend_incident", when(minute++), "host", fields)); });
    office::refusal_of([&] {
      office::tell(d, office::command("add_note", when(minute++), "host", {{"incident", id}, {"text", "n"}}));
    });
  }
}

// ---- questions

class questioner {
 public:
  questioner(office::dice& dice, int minutes) : dice_(dice), minutes_(minutes) {}

  json next() {
    json q;
    switch (dice_.below(4)) {
      case 0:
        q = {{"query", "summary"}};
        if (dice_.chance(60)) q["by"] = {some_group()};
        break;
      case 1:
        q = {{"query", "count"}, {"by", {some_group(), "team"}}};
        if (dice_.chance(30)) q["category_level"] = dice_.below(3);
        break;
      default:
        q = {{"query", "find"}, {"limit", 1 + dice_.below(7)}};
        if (dice_.chance(60)) {
          q["order"] = dice_.any({"id", "number", "opened_at", "updated_at", "resolved_at", "closed_at", "priority"});
        }
        if (dice_.chance(50)) q["descending"] = true;
    }
    if (q["query"] != "summary" && dice_.chance(30)) q["types"] = {dice_.any({"all", "outage", "incident"})};
    if (dice_.chance(60)) q["where"] = where();
    if (dice_.chance(75)) q["condition"] = condition(3);
    if (dice_.chance(40)) q["actor"] = dice_.any({"ana", "ben", "carla", "dora"});
    return q;
  }

 private:
  std::string some_group() {
    return dice_.any({"priority", "service", "category", "customer", "month", "custom.site", "type", "reopen_count",
                      "assignee", "state", "retrospective"});
  }

  std::string some_instant() { return when(static_cast<int>(dice_.below(minutes_))); }

  json where() {
    json w = json::object();
    const auto maybe = [&](const char* member, std::initializer_list<const char*> of) {
      if (dice_.chance(15)) w[member] = dice_.any(of);
    };
    maybe("caller", {"carla", "dora", "ana"});
    maybe("team", {"desk", "net"});
    maybe("assignee", {"ana", "ben"});
    maybe("category", {"hardware", "disk"});
    maybe("service", {"mail", "web"});
    maybe("priority", {"critical", "high", "moderate", "low"});
    maybe("state_kind", {"closed", "cancelled", "resolved"});
    maybe("channel", {"mail", "phone"});
    maybe("external_key", {"A", "B"});
    maybe("type", {"outage", "incident"});
    if (dice_.chance(30)) w["ended"] = dice_.chance(80);
    if (dice_.chance(15)) w["reopen_count"] = {{"least", dice_.below(2)}};
    if (dice_.chance(10)) w["retrospective"] = dice_.chance(50);
    for (const char* at : {"closed_at", "opened_at", "occurred_at", "cancelled_at", "resolved_at"}) {
      if (dice_.chance(12)) w[at] = {{dice_.any({"from", "before"}), some_instant()}};
    }
    return w;
  }

  struct asked {
    json path;
    std::vector<json> values;
    bool has_order;
  };

  asked some_path() {
    switch (dice_.below(14)) {
      case 0:
        return {"priority", {"critical", "high", "moderate", "low", "planning"}, false};
      case 1:
        return {"team", {"desk", "net"}, false};
      case 2:
        return {"assignee", {"ana", "ben", "dora"}, false};
      case 3:
        return {"category", {"hardware", "disk"}, false};
      case 4:
        return {"service", {"mail", "web"}, false};
      case 5:
        return {"caller", {"carla", "dora", "ana"}, false};
      case 6:
        return {"custom.site", {"bern", "wien"}, false};
      case 7:
        return {"custom.floor", {0, 1, 2}, true};
      case 8:
        return {"reopen_count", {0, 1, 2}, true};
      case 9:
        return {"type", {"outage", "incident"}, false};
      case 10:
        return {"state", {"closed", "cancelled", "resolved"}, false};
      case 11:
        return {"note_count", {0, 1, 2}, true};
      case 12:
        return {"title", {"x", "y"}, false};
      default:
        return {dice_.any({"closed_at", "opened_at", "occurred_at", "cancelled_at", "updated_at"}),
                {some_instant(), some_instant(), some_instant()},
                true};
    }
  }

  const json& any(const std::vector<json>& of) {
    return of[static_cast<std::size_t>(dice_.below(static_cast<std::int64_t>(of.size())))];
  }

  json comparison() {
    const asked a = some_path();
    json var = {{"var", a.path}};
    if (dice_.chance(10)) var = {{"var", {a.path, any(a.values)}}};
    switch (dice_.below(a.has_order ? 5 : 3)) {
      case 0:
        return dice_.chance(50) ? json{{"==", {var, any(a.values)}}} : json{{"==", {any(a.values), var}}};
      case 1:
        return {{"!=", {var, any(a.values)}}};
      case 2:
        return {{"in", {var, json::array({any(a.values), any(a.values)})}}};
      case 3:
        return {{dice_.any({"<", "<="}), {any(a.values), var, any(a.values)}}};
      default:
        return dice_.chance(50) ? json{{dice_.any({"<", ">="}), {var, any(a.values)}}}
                                : json{{dice_.any({"<=", ">"}), {any(a.values), var}}};
    }
  }

  json truth() {
    switch (dice_.below(5)) {
      case 0:
        return {{"var", dice_.any({"retrospective", "permanent", "priority_overridden", "caller.custom.vip"})}};
      case 1:
        return {{"missing", {some_path().path}}};
      case 2:
        return {{"var", some_path().path}};
      case 3:
        return {{"==", {{{"lower", {{"var", "title"}}}}, "x"}}};
      default:
        return {{">", {{{"age", {{"var", "opened_at"}}}}, "PT2H"}}};
    }
  }

  json condition(int depth) {
    if (depth == 0 || dice_.chance(25)) return dice_.chance(80) ? comparison() : truth();
    switch (dice_.below(5)) {
      case 0:
        return {{dice_.any({"!", "!!"}), {condition(depth - 1)}}};
      case 1:
        return {{"if", {condition(depth - 1), condition(depth - 1), condition(depth - 1)}}};
      default: {
        json operands = json::array();
        for (std::int64_t n = 1 + dice_.below(3); n > 0; --n) operands.push_back(condition(depth - 1));
        return {{dice_.any({"and", "or"}), operands}};
      }
    }
  }

  office::dice& dice_;
  int minutes_;
};

constexpr int records = 120;
constexpr int questions = 600;

struct exchange {
  json question;
  std::string walked;
};

// Every page of what is found, one after the other.
std::vector<json> with_pages(const desk& d, const json& question) {
  std::vector<json> all = {question};
  while (question["query"] == "find" && all.size() < 4) {
    const json found = json::parse(answer(d, all.back()), nullptr, false);
    if (!found.is_object() || !found.contains("cursor")) break;
    json next = question;
    next["cursor"] = found["cursor"];
    all.push_back(std::move(next));
  }
  return all;
}

std::vector<exchange> walk(const desk& d, walking_store& where, office::dice& dice, int minutes) {
  questioner ask(dice, minutes);
  std::vector<exchange> all;
  where.walk(true);
  for (int i = 0; i < questions; ++i) {
    for (json& question : with_pages(d, ask.next())) {
      std::string walked = answer(d, question);
      all.push_back({std::move(question), std::move(walked)});
    }
  }
  where.walk(false);
  return all;
}

void check_same(const desk& d, const std::vector<exchange>& all) {
  for (const exchange& one : all) {
    CAPTURE(one.question.dump());
    CHECK(answer(d, one.question) == one.walked);
  }
}

// How many were answered, and how many with something.
void check_worth(const std::vector<exchange>& all) {
  std::size_t answered = 0;
  for (const exchange& one : all) answered += one.walked.starts_with("{");
  CHECK(answered > all.size() * 8 / 10);
}

desk populated(const std::shared_ptr<store>& where, office::dice& dice, int& minute) {
  desk d = office::furnished(where);
  office::tell(d, definitions());
  for (int i = 0; i < records; ++i) live_one(d, dice, minute);
  amend_some(d, dice, 10, minute);
  return d;
}

void hold_against_the_walk(std::shared_ptr<store> under, std::uint64_t seed) {
  CAPTURE(seed);
  office::dice dice(seed);
  int minute = 60;
  const auto where = std::make_shared<walking_store>(std::move(under));
  desk d = populated(where, dice, minute);
  const std::vector<exchange> all = walk(d, *where, dice, minute);
  check_worth(all);
  check_same(d, all);

  // A fork that goes its own way, while its parent goes on.
  desk fork = d.fork();
  int in_fork = minute;
  for (int i = 0; i < 5; ++i) live_one(fork, dice, in_fork);
  amend_some(fork, dice, 10, in_fork);
  const std::vector<exchange> of_fork = walk(fork, *where, dice, in_fork);
  check_same(fork, of_fork);
  int in_parent = minute;
  for (int i = 0; i < 5; ++i) live_one(d, dice, in_parent);
  amend_some(d, dice, 60, in_parent);
  check_same(fork, of_fork);

  // Where a policy says who sees what.
  office::tell(
      d, office::command("publish", when(in_parent), "host",
                         {{"permission_policies",
                           {{{"key", "desk"},
                             {"grants",
                              {{{"queries", {"find", "get"}}, {"relations", {"caller"}}, {"audience", "requester"}},
                               {{"queries", {"*"}},
                                {"people", {"ana", "ben"}},
                                {"where", {{"==", {{{"var", "team"}}, "net"}}}}}}}}}}}));
  check_same(d, walk(d, *where, dice, in_parent));
}

}  // namespace

TEST_CASE("what a question over history leaves out changes no answer: in memory, and on a fork") {
  for (std::uint64_t seed = 1; seed <= 2; ++seed) hold_against_the_walk(make_memory_store(), seed);
}

TEST_CASE("what a question over history leaves out changes no answer: in a file, and on a fork") {
  for (std::uint64_t seed = 3; seed <= 4; ++seed) {
    const sample::folder here;
    hold_against_the_walk(open_sqlite_store({.path = here.file(), .durability = durability::normal}), seed);
  }
}

TEST_CASE("a condition of a question leaves out what cannot meet it") {
  const sample::folder here;
  for (const bool in_file : {false, true}) {
    office::dice dice(7);
    int minute = 60;
    const auto where = std::make_shared<walking_store>(
        in_file ? std::shared_ptr<store>(open_sqlite_store({.path = here.file()})) : make_memory_store());
    const desk d = populated(where, dice, minute);
    const auto shown_for = [&](const json& condition) {
      const std::size_t before = where->shown();
      answer(d, {{"query", "count"}, {"by", {"team"}}, {"types", {"all"}}, {"condition", condition}});
      return where->shown() - before;
    };
    const std::size_t all = shown_for({{"==", {{{"var", "title"}}, "x"}}});
    CHECK(all == d.state().counters.closed_count);
    const json by_team = {{"==", {{{"var", "team"}}, "net"}}};
    const std::size_t of_team = shown_for(by_team);
    CHECK(of_team > 0);
    CHECK(of_team < all);
    const json both = {{"and", {by_team, {{"==", {{{"var", "assignee"}}, "ben"}}}}}};
    CHECK(shown_for(both) < of_team);
    CHECK(shown_for({{"and", {by_team, {{"==", {{{"var", "team"}}, "desk"}}}}}}) == 0);
    const json either = {{"or", {by_team, {{"==", {{{"var", "team"}}, "desk"}}}}}};
    CHECK(shown_for(either) > of_team);
    CHECK(shown_for(either) < all);
  }
}
