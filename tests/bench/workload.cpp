#include "workload.hpp"

#include <tocsin/desk/built_in_pack.hpp>
#include <tocsin/desk/commands.hpp>
#include <tocsin/desk/document.hpp>
#include <tocsin/incident/commands.hpp>
#include <tocsin/store/memory_store.hpp>

#include <algorithm>

namespace bench {
namespace {

using namespace tocsin;

std::string key_of(const char* kind, std::uint64_t n) { return kind + std::to_string(n); }

template <class Reference>
std::vector<Reference> numbers_of(const desk& d, word_kind kind, const char* prefix, std::uint64_t count) {
  std::vector<Reference> result;
  for (std::uint64_t n = 0; n < count; ++n) result.push_back({d.state().words.find(kind, key_of(prefix, n))});
  return result;
}

// Instants of the documents, all of 2026-09-21.
std::string text_of_instant(std::uint64_t place) {
  const std::uint64_t ms = place;
  char text[32];
  std::snprintf(text, sizeof text, "2026-09-21T%02d:%02d:%02d.%03dZ", int(ms / 3'600'000 % 24), int(ms / 60'000 % 60),
                int(ms / 1000 % 60), int(ms % 1000));
  return text;
}

}  // namespace

std::string title_of(std::uint64_t id) { return "VPN drops every few minutes at the site " + std::to_string(id); }

request publish_definitions() {
  publish pack;
  pack.pack = "bench";
  for (std::uint64_t n = 0; n < people; ++n) {
    pack.definitions.of<tocsin::person>().push_back(
        {.key = key_of("person", n), .name = "Person " + std::to_string(n), .mail = key_of("p", n) + "@example.org"});
  }
  for (std::uint64_t n = 0; n < teams; ++n)
    pack.definitions.of<tocsin::team>().push_back({.key = key_of("team", n), .name = "Team " + std::to_string(n)});
  for (std::uint64_t n = 0; n < services; ++n) {
    pack.definitions.of<tocsin::service>().push_back(
        {.key = key_of("service", n), .name = "Service " + std::to_string(n)});
  }
  for (std::uint64_t n = 0; n < categories; ++n) {
    pack.definitions.of<tocsin::category>().push_back(
        {.key = key_of("category", n), .name = "Category " + std::to_string(n)});
  }
  request asked;
  asked.at = first_instant;
  asked.actor = host_person;
  asked.asked = std::move(pack);
  return asked;
}

// ---- which incident

step lifecycles::next(stage what) {
  const auto place = static_cast<std::size_t>(what);
  step s{what, 0};
  if (what == stage::log) {
    s.id = ++last_id_;
  } else {
    std::vector<std::uint64_t>& pool = waiting_[place];
    std::swap(pool[random_() % pool.size()], pool.back());
    s.id = pool.back();
    pool.pop_back();
  }
  const stage after = what == stage::reopen ? stage::hold : static_cast<stage>(place + 1);
  waiting_[static_cast<std::size_t>(after)].push_back(s.id);
  return s;
}

std::vector<step> lifecycles::populate(std::uint64_t live) {
  std::vector<step> steps;
  for (std::uint64_t n = 0; n < live; ++n) steps.push_back(next(stage::log));
  for (std::size_t place = 1; place < stage_count - 1; ++place) {
    const std::uint64_t onward = live * (stage_count - 1 - place) / (stage_count - 1);
    for (std::uint64_t n = 0; n < onward; ++n) steps.push_back(next(static_cast<stage>(place)));
  }
  return steps;
}

std::vector<step> lifecycles::run(std::uint64_t count) {
  std::vector<step> steps;
  for (std::uint64_t n = 0; n < count; ++n) {
    for (std::size_t place = 0; place < stage_count; ++place) steps.push_back(next(static_cast<stage>(place)));
  }
  return steps;
}

std::vector<step> one_after_another(std::uint64_t first_id, std::uint64_t count) {
  std::vector<step> steps;
  for (std::uint64_t id = first_id; id < first_id + count; ++id) {
    for (std::size_t place = 0; place < stage_count; ++place) steps.push_back({static_cast<stage>(place), id});
  }
  return steps;
}

// ---- as structs

request_maker::request_maker(const desk& d)
    : people_(numbers_of<person_ref>(d, word_kind::person, "person", people)),
      teams_(numbers_of<team_ref>(d, word_kind::team, "team", teams)),
      services_(numbers_of<service_ref>(d, word_kind::service, "service", services)),
      categories_(numbers_of<category_ref>(d, word_kind::category, "category", categories)),
      awaiting_caller_{d.state().words.find(word_kind::hold_reason, "awaiting_caller")},
      fix_{d.state().words.find(word_kind::resolution_code, "fix")},
      floor_{d.state().words.find(word_kind::custom_field, "floor")} {}

request request_maker::make(const step& s) {
  request asked;
  asked.at = at_ = at_ + between_commands;
  asked.actor = pick(people_, s.id + 7);
  const record_ref incident{s.id};
  switch (s.what) {
    case stage::log: {
      log_incident c;
      c.title = title_of(s.id);
      c.description = description;
      c.caller = pick(people_, s.id);
      c.channel = channel::mail;
      c.category = pick(categories_, s.id);
      c.service = pick(services_, s.id);
      c.impact = impact::medium;
      c.urgency = urgency::high;
      c.team = pick(teams_, s.id);
      if (floor_) c.custom = {{floor_, custom_kind::integer, static_cast<std::int64_t>(s.id % 30), {}}};
      asked.asked = std::move(c);
      break;
    }
    case stage::take:
      asked.asked = begin_work{incident};
      break;
    case stage::hold:
      asked.asked = hold_incident{incident, awaiting_caller_, {}};
      break;
    case stage::resume:
      asked.asked = resume_incident{incident, {}};
      break;
    case stage::reply:
      asked.actor = pick(people_, s.id);
      asked.asked = add_reply{incident, std::string(reply)};
      break;
    case stage::resolve:
      asked.asked = resolve_incident{incident, fix_, std::string(notes), false};
      break;
    case stage::reopen:
      asked.asked = reopen_incident{incident, "It is back"};
      break;
  }
  return asked;
}

// ---- as documents

std::string document_of(const step& s, std::uint64_t place) {
  const std::string actor = key_of("person", s.what == stage::reply ? s.id % people : (s.id + 7) % people);
  const std::string head = "\",\"at\":\"" + text_of_instant(place) + "\",\"actor\":\"" + actor + "\"";
  std::string number = std::to_string(s.id);
  if (number.size() < 7) number.insert(0, 7 - number.size(), '0');
  const std::string incident = head + ",\"incident\":\"INC" + number + "\"";
  switch (s.what) {
    case stage::log:
      return "{\"command\":\"log_incident" + head + ",\"title\":\"" + title_of(s.id) + "\",\"description\":\"" +
             std::string(description) + "\",\"caller\":\"" + key_of("person", s.id % people) +
             "\",\"channel\":\"mail\",\"category\":\"" + key_of("category", s.id % categories) + "\",\"service\":\"" +
             key_of("service", s.id % services) + "\",\"impact\":\"medium\",\"urgency\":\"high\",\"team\":\"" +
             key_of("team", s.id % teams) + "\"}";
    case stage::take:
      return "{\"command\":\"begin_work" + incident + "}";
    case stage::hold:
      return "{\"command\":\"hold_incident" + incident + ",\"reason\":\"awaiting_caller\"}";
    case stage::resume:
      return "{\"command\":\"resume_incident" + incident + "}";
    case stage::reply:
      return "{\"command\":\"add_reply" + incident + ",\"text\":\"" + std::string(reply) + "\"}";
    case stage::resolve:
      return "{\"command\":\"resolve_incident" + incident + ",\"code\":\"fix\",\"notes\":\"" + std::string(notes) +
             "\"}";
    case stage::reopen:
      break;
  }
  return "{\"command\":\"reopen_incident" + incident + ",\"reason\":\"It is back\"}";
}

std::string definitions_document() {
  const auto list = [](const char* member, const char* prefix, std::uint64_t count) {
    std::string all = std::string(",\"") + member + "\":[";
    for (std::uint64_t n = 0; n < count; ++n) {
      all += (n == 0 ? "" : ",") + ("{\"key\":\"" + key_of(prefix, n)) + "\",\"name\":\"" + key_of(prefix, n) + "\"}";
    }
    return all + "]";
  };
  return R"({"command":"publish","pack":"bench","actor":"host","at":")" + text_of_instant(0) + '"' +
         list("people", "person", people) + list("teams", "team", teams) + list("services", "service", services) +
         list("categories", "category", categories) + "}";
}

// ---- a desk full of them

namespace {

// Who may do what, by a condition on a field of one's own.
void publish_permissions(desk& d) {
  execute_document(d, R"({"command":"publish","at":"2026-09-21T14:13:20Z","actor":"host",
    "custom_fields":[{"key":"floor","kind":"integer","least":0,"most":100}],
    "permission_policies":[{"key":"desk","grants":[
      {"relations":["caller"],"commands":["add_reply","reopen_incident"],"queries":["get"],
       "where":{">=":[{"var":"custom.floor"},0]}},
      {"teams":["team1"],"commands":["publish"],"where":{"==":[{"var":"priority"},"critical"]}},
      {"relations":["anyone"],"commands":["log_incident","begin_work","hold_incident","resume_incident",
       "resolve_incident","reopen_incident"]}]}]})",
                   {});
}

// What a grown desk has in force besides: classes, agreements on time, an escalation.
void publish_policies(desk& d) {
  for (const optional_pack& pack : optional_packs()) {
    std::string document(pack.document);
    document.insert(1, R"("command":"publish","at":"2026-09-21T14:13:20Z","actor":"host",)");
    execute_document(d, document, {});
  }
  execute_document(d, R"({"command":"publish","at":"2026-09-21T14:13:20Z","actor":"host",
    "escalation_policies":[{"key":"grave","triggers":[{"on":"logged","condition":{"==":[{"var":"priority"},"critical"]}}],
      "steps":[{"targets":[{"kind":"person","key":"person1"}],"delay":"PT5M"}]}]})",
                   {});
}

desk open_with_definitions(std::shared_ptr<store> where, in_force what) {
  if (!where) where = make_memory_store();
  desk d = desk::open(std::move(where), {.durability = commit_survives::normal}, std::vector<std::uint8_t>(32, 7));
  d.execute(publish_definitions());
  if (what != in_force::little) publish_permissions(d);
  if (what == in_force::policies) publish_policies(d);
  return d;
}

}  // namespace

population::population(std::uint64_t live, std::shared_ptr<store> where, in_force what)
    : desk(open_with_definitions(std::move(where), what)), maker(desk) {
  execute(life.populate(live), 1000);
}

void population::execute(const std::vector<step>& steps, std::size_t per_commit) {
  if (per_commit == 1) {
    for (const step& s : steps) desk.execute(maker.make(s));
    return;
  }
  for (std::size_t i = 0; i < steps.size();) {
    desk_transaction transaction(desk, {});
    for (const std::size_t end = std::min(i + per_commit, steps.size()); i < end; ++i)
      transaction.execute(maker.make(steps[i]));
    transaction.commit();
  }
}

}  // namespace bench
