#include <tocsin/escalation/document.hpp>

#include <algorithm>

#include <tocsin/base/error.hpp>
#include <tocsin/base/json.hpp>
#include <tocsin/base/json_lines.hpp>
#include <tocsin/base/refusal.hpp>
#include <tocsin/escalation/draw.hpp>
#include <tocsin/escalation/lint.hpp>
#include <tocsin/time/rfc3339.hpp>

namespace tocsin::inline v1 {
namespace {

using q = escalation_question;

constexpr duration default_span = 7 * day;
constexpr duration default_window = 28 * day;

constexpr field_row policy_row =
    row<&q::policy>("policy", "Key of a policy", required, one_line, max_length(limits::key_length_max));

std::span<const field_row> simulate_fields() {
  static constexpr field_row rows[] = {
      policy_row,
      row<&q::opened_at>("opened_at", "When the incident opens, and the run begins", required),
      row<&q::until>("until", "The last instant that is looked at; seven days on where nothing is said"),
      row<&q::incident>("incident", "What the policy may ask about it"),
      row<&q::reactions>("reactions", "What people are assumed to do", max_length(limits::reactions_max)),
      row<&q::host_away>("host_away", "When the host does nothing", max_length(limits::host_absences_max)),
  };
  return rows;
}

std::span<const field_row> lint_fields() {
  static constexpr field_row rows[] = {
      policy_row,
      row<&q::from>("from", "Beginning of the window whose hours are looked at", required),
      row<&q::until>("until", "Its end; four weeks on where nothing is said"),
      row<&q::incident>("incident", "Whose service and assignee targets ask about"),
  };
  return rows;
}

std::span<const field_row> draw_fields() {
  static constexpr field_row rows[] = {policy_row, row<&q::form>("form", "As what; mermaid where nothing is said")};
  return rows;
}

constexpr tagged_type asked_types[] = {
    {"simulate", simulate_fields},
    {"lint", lint_fields},
    {"draw", draw_fields},
};

[[noreturn]] void refuse(const std::string& path, const refused_value& found, const allowed_values& allowed,
                         const char* reason = "escalation.refused", status code = status::invalid_argument) {
  throw unexpected(code, reason, path, found, allowed);
}

template <class Enum>
std::string_view name_of(Enum value) {
  return choices(value)[static_cast<std::size_t>(value) - 1];
}

void write_instant(json_writer& to, std::string_view name, instant t) {
  if (is_set(t) && t != never) to.member(name, to_rfc3339(t));
}

template <class T>
const T& known(const std::map<std::string, T>& all, const std::string& key, const char* what) {
  const auto found = all.find(key);
  if (found != all.end()) return found->second;
  std::vector<std::string> keys;
  for (const auto& [name, one] : all) keys.push_back(name);
  const std::string nearest = nearest_of(key, keys);
  throw error(status::not_found, std::string("escalation.unknown_") + what,
              std::string("there is no ") + what + ' ' + quoted(key) + did_you_mean(nearest),
              refusal_detail({}, refused_value::text(key), keys, nearest));
}

}  // namespace

std::span<const tagged_type> escalation_question_types() { return asked_types; }

std::span<const field_row> reaction_document::fields() {
  using self = reaction_document;
  static constexpr field_row rows[] = {
      row<&self::action>("action", "What somebody does", required),
      row<&self::at>("at", "When; or"),
      row<&self::after>("after", "How long after the opening", range{0, limits::escalation_delay_max_us}),
      row<&self::by>("by", "Key of the person", one_line, max_length(limits::key_length_max)),
      row<&self::step>("step", "Number of the step whose page is answered", range{0, 1'000'000}),
      row<&self::version>("version", "Version of the page that is answered", range{0, 4'000'000'000}),
      row<&self::until>("until", "Of a snooze: its end; or"),
      row<&self::length>("for", "Of a snooze: how long", range{0, limits::escalation_delay_max_us}),
  };
  return rows;
}

// What the lines said, as a run asks for it.
class escalation_session::source final : public lint_source {
 public:
  source(escalation_session& session, const simulated_incident& incident) : session_(session), incident_(incident) {}

  // An error for a key that is not defined, before any step fires.
  void demand_known(const escalation_graph& graph) {
    for (const escalation_node& node : graph.policy().nodes) {
      for (const escalation_target& target : node.targets) demand_known(target);
    }
  }

  on_call who(const escalation_target& target, instant at) const override {
    switch (target.kind) {
      case escalation_target_kind::person:
        return {{person(target.key)}, {}};
      case escalation_target_kind::team:
        return {people(known(session_.teams_, target.key, "team").members), {}};
      case escalation_target_kind::schedule:
        return session_.duty_.schedule_roster(target.key).who(at);
      case escalation_target_kind::role:
        return {people(known(session_.roles_, target.key, "role").people), {}};
      case escalation_target_kind::service_owner:
        return {owner(target.key.empty() ? incident_.service : target.key), {}};
      default:
        return {manager(target.key.empty() ? incident_.assignee : target.key), {}};
    }
  }

  person_ref manager_of(person_ref one, instant) const override {
    const std::vector<person_ref> found = manager(session_.duty_.key_of(one));
    return found.empty() ? person_ref{} : found.front();
  }

  person_ref assignee(instant) const override { return person(incident_.assignee); }

  bool holds(const condition& c, const escalation_facts& facts, instant at) const override {
    const void* const objects[] = {&incident_, &facts};
    const table_objects tables{simulation_schema(), objects};
    return tocsin::holds(c, data_of(tables), at);
  }

  // Where no contacts are defined, everybody is taken to have one.
  bool has_usable_contact(person_ref person, tocsin::urgency u) const override {
    if (!session_.duty_.has_contacts()) return true;
    const contact_profile* profile = session_.duty_.contact_of(session_.duty_.key_of(person));
    return profile && is_reachable(*profile, u);
  }

  duration longest_rule(person_ref person, tocsin::urgency u) const override {
    duration longest;
    const contact_profile* profile = session_.duty_.contact_of(session_.duty_.key_of(person));
    if (!profile) return longest;
    for (const contact_rule& rule : profile->rules) {
      if (rule.urgency == urgency::unset || rule.urgency == u) longest = std::max(longest, rule.after);
    }
    return longest;
  }

  instant next_change(const escalation_target& target, instant after) const override {
    if (target.kind != escalation_target_kind::schedule) return never;
    return session_.duty_.schedule_roster(target.key).next_change(after);
  }

 private:
  void demand_known(const escalation_target& target) {
    if (target.kind == escalation_target_kind::team) known(session_.teams_, target.key, "team");
    if (target.kind == escalation_target_kind::role) known(session_.roles_, target.key, "role");
    if (target.kind == escalation_target_kind::schedule) session_.duty_.schedule_roster(target.key);
    if (target.kind == escalation_target_kind::service_owner && !target.key.empty()) {
      known(session_.services_, target.key, "service");
    }
  }

  person_ref person(const std::string& key) const { return session_.duty_.person_of(key); }

  // By key, nobody twice.
  std::vector<person_ref> people(std::vector<std::string> keys) const {
    std::ranges::sort(keys);
    const auto twice = std::ranges::unique(keys);
    keys.erase(twice.begin(), twice.end());
    std::vector<person_ref> result;
    for (const std::string& key : keys) result.push_back(person(key));
    return result;
  }

  std::vector<person_ref> owner(const std::string& key) const {
    const auto found = session_.services_.find(key);
    if (found == session_.services_.end() || found->second.owner.empty()) return {};
    return {person(found->second.owner)};
  }

  std::vector<person_ref> manager(const std::string& of) const {
    const auto found = session_.managers_.find(of);
    if (found == session_.managers_.end() || found->second.empty()) return {};
    return {person(found->second)};
  }

  escalation_session& session_;
  const simulated_incident& incident_;
};

std::string escalation_session::ask(std::string_view line) {
  static const tagged_form form{"a question", "operation", {}, asked_types};
  escalation_question asked;
  const std::size_t type = read_line(line, form, [&](std::size_t) { return &asked; });
  return (this->*operations()[type])(asked);
}

std::span<const escalation_session::operation> escalation_session::operations() {
  static constexpr operation all[] = {&escalation_session::simulate, &escalation_session::lint_policy,
                                      &escalation_session::draw_policy};
  static_assert(std::size(all) == std::size(asked_types));
  return all;
}

namespace {

instant sum(instant at, duration d, const std::string& path) {
  if (d.us > instant_max.us - at.us) refuse(path, "an instant after 2199", "one before");
  return at + d;
}

simulated_reaction reaction_of(const reaction_document& r, const std::string& path, instant opened_at,
                               oncall_session& people) {
  if (is_set(r.at) && r.after.us != 0) refuse(path + "/after", "both it and \"at\"", "one of the two");
  simulated_reaction result;
  result.at = is_set(r.at) ? r.at : sum(opened_at, r.after, path + "/after");
  result.action.kind = r.action;
  result.action.by = people.person_of(r.by);
  result.action.step = static_cast<std::uint32_t>(r.step);
  result.action.version = static_cast<std::uint32_t>(r.version);
  const bool ends = is_set(r.until) || r.length.us != 0;
  if (is_set(r.until) && r.length.us != 0) refuse(path + "/for", "both it and \"until\"", "one of the two");
  if (ends != (r.action == run_action_kind::snooze)) {
    refuse(path + "/until", ends ? "an end" : "neither it nor \"for\"", "an end for a snooze, and for nothing else");
  }
  if (ends) result.action.until = is_set(r.until) ? r.until : sum(result.at, r.length, path + "/for");
  return result;
}

}  // namespace

std::string escalation_session::simulate(const escalation_question& question) {
  escalation_question asked = question;
  if (!is_set(asked.until)) asked.until = std::min(asked.opened_at + default_span, instant_max);
  if (asked.until < asked.opened_at) refuse("/until", "an instant before the opening", "one that is not");
  if (!is_set(asked.incident.opened_at)) asked.incident.opened_at = asked.opened_at;
  for (std::size_t i = 0; i < asked.host_away.size(); ++i) {
    if (asked.host_away[i].until > asked.host_away[i].from) continue;
    refuse("/host_away/" + std::to_string(i) + "/until", "an end that is not after its beginning", "one that is");
  }
  std::vector<simulated_reaction> reactions;
  for (const reaction_document& r : asked.reactions) {
    reactions.push_back(reaction_of(r, "/reactions/" + std::to_string(reactions.size()), asked.opened_at, duty_));
  }
  const std::vector<dated_graph> versions = versions_of(asked.policy);
  source duty(*this, asked.incident);
  for (const dated_graph& version : versions) duty.demand_known(*version.graph);
  const simulation_result result = tocsin::simulate({.versions = versions,
                                                     .opened_at = asked.opened_at,
                                                     .until = asked.until,
                                                     .reactions = reactions,
                                                     .host_away = asked.host_away},
                                                    duty);
  json_writer to;
  to.begin_object();
  to.member("policy", asked.policy);
  to.member("policy_version", static_cast<std::int64_t>(result.run.policy_version));
  to.key("events");
  to.begin_array();
  for (std::size_t i = 0; i < result.events.size(); ++i) {
    write_event(to, result.events[i], result, i, asked, versions);
  }
  to.end_array();
  to.member("state", name_of(result.run.state));
  if (result.run.exhausted) to.member_boolean("exhausted", true);
  write_instant(to, "next_due", result.run.due);
  if (result.more) to.member_boolean("more", true);
  to.end_object();
  return to.take();
}

// The version in force at the beginning of the window.
std::string escalation_session::lint_policy(const escalation_question& question) {
  escalation_question asked = question;
  if (!is_set(asked.until)) asked.until = std::min(asked.from + default_window, instant_max);
  const std::vector<dated_graph> versions = versions_of(asked.policy);
  const escalation_graph* graph = versions.front().graph;
  for (const dated_graph& version : versions) {
    if (version.from <= asked.from) graph = version.graph;
  }
  source duty(*this, asked.incident);
  duty.demand_known(*graph);
  const lint_verdict verdict = lint(*graph, duty, asked.from, asked.until);
  json_writer to;
  to.begin_object();
  to.member("policy", asked.policy);
  to.member("policy_version", static_cast<std::int64_t>(graph->version()));
  write_members(to, verdict, {});
  to.end_object();
  return to.take();
}

namespace {

std::string drawn(const escalation_graph& graph, drawing_form form) {
  switch (form) {
    case drawing_form::dot:
      return draw_dot(graph);
    case drawing_form::svg:
      return draw_svg(graph);
    default:
      return draw_mermaid(graph);
  }
}

}  // namespace

std::string escalation_session::draw_policy(const escalation_question& asked) {
  const escalation_graph& graph = *versions_of(asked.policy).back().graph;
  json_writer to;
  to.begin_object();
  to.member("policy", asked.policy);
  to.member("policy_version", static_cast<std::int64_t>(graph.version()));
  to.member("drawing", drawn(graph, asked.form));
  to.end_object();
  return to.take();
}

void escalation_session::write_people(json_writer& to, std::string_view name,
                                      const std::vector<person_ref>& people) const {
  if (people.empty()) return;
  std::vector<std::string> keys;
  for (const person_ref one : people) keys.push_back(duty_.key_of(one));
  std::ranges::sort(keys);
  to.key(name);
  to.begin_array();
  for (const std::string& key : keys) to.text(key);
  to.end_array();
}

void escalation_session::write_event(json_writer& to, const simulated_event& event, const simulation_result& all,
                                     std::size_t place, const escalation_question& asked,
                                     const std::vector<dated_graph>& versions) {
  const run_output& said = event.output;
  to.begin_object();
  write_instant(to, "at", said.scheduled_at);
  if (said.recorded_at != said.scheduled_at) write_instant(to, "recorded_at", said.recorded_at);
  if (event.refusal) {
    to.member("event", "refused");
    to.member("action", name_of(event.action.kind));
    if (event.action.by) to.member("by", duty_.key_of(event.action.by));
    to.member("reason", event.refusal->reason());
    to.member("message", event.refusal->what());
    to.end_object();
    return;
  }
  to.member("event", name_of(said.kind));
  if (said.step != 0) to.member("step", static_cast<std::int64_t>(said.step));
  if (said.node != no_node) {
    const auto graph =
        std::ranges::find(versions, said.policy_version, [](const dated_graph& one) { return one.graph->version(); });
    const escalation_node& node = graph->graph->declared(said.node);
    to.member("node", node.key);
    if (!node.team.empty()) to.member("team", node.team);
    if (node.level != 0) to.member("level", node.level);
    if (!node.automation.empty()) to.member("automation", node.automation);
  }
  if (said.step != 0 || said.kind == run_output_kind::repeated) to.member("pass", said.pass);
  if (said.version != 0) to.member("version", static_cast<std::int64_t>(said.version));
  write_people(to, "people", said.people);
  write_people(to, "shadows", said.shadows);
  if (said.urgency != urgency::unset) to.member("urgency", name_of(said.urgency));
  if (said.by) to.member("by", duty_.key_of(said.by));
  if (said.kind == run_output_kind::skipped) to.member("steps", said.count);
  if (said.kind == run_output_kind::acknowledged_in_part) to.member("needed", said.count);
  write_instant(to, "until", said.until);
  if (!said.why.empty()) to.member("reason", said.why);
  if (said.superseded) to.member_boolean("superseded", true);
  if (said.kind == run_output_kind::notified && !said.superseded) write_attempts(to, all, place, asked);
  to.end_object();
}

namespace {

// Does this event end the personal rules of that person? (E5) A snooze does, too.
bool silences(const run_output& said, person_ref person) {
  switch (said.kind) {
    case run_output_kind::acknowledged:
    case run_output_kind::handed_over:
    case run_output_kind::snoozed:
    case run_output_kind::ended:
      return true;
    case run_output_kind::acknowledged_in_part:
      return said.by == person;
    default:
      return false;
  }
}

}  // namespace

// What the personal rules of those notified try, from when the page reached them until somebody silences them.
void escalation_session::write_attempts(json_writer& to, const simulation_result& all, std::size_t place,
                                        const escalation_question& asked) {
  const run_output& page = all.events[place].output;
  const severity gravity = gravity_of(asked.incident.severity, asked.incident.priority);
  std::vector<person_ref> people = page.people;
  people.insert(people.end(), page.shadows.begin(), page.shadows.end());
  bool any = false;
  for (const person_ref person : people) {
    const contact_profile* profile = duty_.contact_of(duty_.key_of(person));
    if (!profile) continue;
    instant silent = never;
    for (std::size_t i = place + 1; i < all.events.size() && silent == never; ++i) {
      if (!all.events[i].refusal && silences(all.events[i].output, person)) silent = all.events[i].output.recorded_at;
    }
    for (const contact_attempt& attempt : attempts(*profile, page.urgency, gravity, page.recorded_at, *zones_)) {
      if (attempt.at >= silent && attempt.at != page.recorded_at) continue;
      if (attempt.at > asked.until) continue;
      if (!any) to.key("attempts"), to.begin_array();
      any = true;
      to.begin_object();
      write_instant(to, "at", attempt.at);
      to.member("person", duty_.key_of(person));
      to.member("method", profile->methods[attempt.method].key);
      to.member("kind", name_of(profile->methods[attempt.method].kind));
      if (attempt.put_off) to.member_boolean("put_off", true);
      to.end_object();
    }
  }
  if (any) to.end_array();
}

}  // namespace tocsin::inline v1
