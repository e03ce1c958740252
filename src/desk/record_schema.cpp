#include <tocsin/desk/record_schema.hpp>

#include <tocsin/base/json.hpp>
#include <tocsin/desk/command_type.hpp>
#include <tocsin/desk/record_clocks.hpp>
#include <tocsin/desk/vocabulary.hpp>
#include <tocsin/model/clock_record.hpp>
#include <tocsin/model/link.hpp>
#include <tocsin/model/satisfaction.hpp>
#include <tocsin/model/task.hpp>

#include <algorithm>
#include <string>

namespace tocsin::inline v1 {
namespace {

// The objects with tables of fields, in this order; then the parts of the record.
enum object : std::size_t { fixed, text, command, run, first_part };

// Those that conditions may ask, in the order of their numbers.
const std::vector<const part_type*>& condition_parts() {
  static const std::vector<const part_type*> all = [] {
    const auto types = part_types();
    std::vector<const part_type*> found(types.begin(), types.end());
    std::erase_if(found, [](const part_type* p) { return !p->is_for_conditions; });
    return found;
  }();
  return all;
}

// Something that follows from the record and the definitions.
struct fact {
  std::string_view path;
  const type_row* type;
  condition_value (*value)(const record_view&) noexcept;
  std::size_t (*count)(const record_view&) noexcept = nullptr;
  condition_value (*item)(const record_view&, std::size_t) noexcept = nullptr;
  condition_value (*timed)(const record_view&, instant now) noexcept = nullptr;  // instead of `value`
};

condition_value truth(bool value) noexcept {
  return {.kind = field_kind::boolean, .given = true, .number = value ? 1 : 0};
}

condition_value word(const record_view& v, word_kind kind, std::uint32_t number) noexcept {
  return {.kind = field_kind::word, .given = number != 0, .text = v.words.word(kind, number)};
}

std::uint32_t parent_of(const record_view& v, std::uint32_t category) noexcept {
  return v.known.category_tree ? v.known.category_tree->parent_of(category) : 0;
}

std::size_t category_depth(const record_view& v) noexcept {
  std::size_t depth = 0;
  for (std::uint32_t at = v.record.category.index; at != 0 && depth < limits::category_depth_max;
       at = parent_of(v, at)) {
    ++depth;
  }
  return depth;
}

condition_value category_above(const record_view& v, std::size_t levels) noexcept {
  std::uint32_t at = v.record.category.index;
  for (; levels != 0 && at != 0; --levels) at = parent_of(v, at);
  return word(v, word_kind::category, at);
}

condition_value number(std::size_t n) noexcept {
  return {.kind = field_kind::integer, .given = true, .number = static_cast<std::int64_t>(n)};
}

std::size_t open_tasks(const record_view& v, bool only_blocking) noexcept {
  return static_cast<std::size_t>(std::ranges::count_if(
      tasks_of(v.record), [&](const task& t) { return is_open(t.state) && (t.blocking || !only_blocking); }));
}

std::size_t links_of(const record_view& v, link_kind kind) noexcept { return count_links(links_of(v.record), kind); }

std::size_t problems_of(const record_view& v) noexcept {
  return static_cast<std::size_t>(std::ranges::count(links_of(v.record), outside_kind::problem, &record_link::outside));
}

// Answers about the resolution that it has now: those about earlier ones say nothing of it (R-C45).
bool is_current(const record_view& v, const satisfaction_answer& a) noexcept {
  return a.cycle == v.record.reopen_count + 1;
}

std::size_t count_answers(const record_view& v) noexcept {
  return static_cast<std::size_t>(
      std::ranges::count_if(satisfaction_of(v.record), [&](const satisfaction_answer& a) { return is_current(v, a); }));
}

// None where nobody whom it is about has answered.
template <class IsAbout>
condition_value lowest_score(const record_view& v, IsAbout is_about) noexcept {
  condition_value lowest{.kind = field_kind::integer};
  for (const satisfaction_answer& a : satisfaction_of(v.record)) {
    if (!is_current(v, a) || !is_about(v, a) || (lowest.given && lowest.number <= a.score)) continue;
    lowest.given = true;
    lowest.number = a.score;
  }
  return lowest;
}

// ---- those whom a record names

const person* caller_of(const record_view& v) noexcept { return v.known.of<person>().current(v.record.caller.index); }
const person* assignee_of(const record_view& v) noexcept {
  return v.known.of<person>().current(v.record.assignee.index);
}
const service* service_of(const record_view& v) noexcept {
  return v.known.of<service>().current(v.record.service.index);
}
const customer* customer_of(const record_view& v) noexcept {
  const person* caller = caller_of(v);
  return caller ? v.known.of<customer>().current(v.words.find(word_kind::customer, caller->customer)) : nullptr;
}

// What is named there by a key, where somebody is.
template <class T>
condition_value named_by(const record_view& v, const T* one, const std::string T::* key, word_kind kind) noexcept {
  return word(v, kind, one && !(one->*key).empty() ? v.words.find(kind, one->*key) : 0);
}

condition_value text_of(const std::string* text) noexcept {
  if (!text) return {.kind = field_kind::text};
  return {.kind = field_kind::text, .given = !text->empty(), .text = *text};
}

// Whose custom fields conditions may ask for, and the values.
struct subject {
  std::string_view prefix;
  custom_holder holder;
  const std::vector<custom_value>* (*values)(const record_view&) noexcept;
};

template <class T>
const std::vector<custom_value>* values_of(const T* one) noexcept {
  return one ? &one->custom_values : nullptr;
}

std::span<const subject> subjects() {
  static constexpr subject all[] = {
      {"", custom_holder::record,
       [](const record_view& v) noexcept {
         return v.record.part<incident_details>() ? &v.record.part<incident_details>()->custom : nullptr;
       }},
      {"caller.", custom_holder::person, [](const record_view& v) noexcept { return values_of(caller_of(v)); }},
      {"assignee.", custom_holder::person, [](const record_view& v) noexcept { return values_of(assignee_of(v)); }},
      {"team.", custom_holder::team,
       [](const record_view& v) noexcept { return values_of(v.known.of<team>().current(v.record.team.index)); }},
      {"service.", custom_holder::service, [](const record_view& v) noexcept { return values_of(service_of(v)); }},
      {"customer.", custom_holder::customer, [](const record_view& v) noexcept { return values_of(customer_of(v)); }},
  };
  return all;
}

// ---- clocks: of the SLA of a metric, the one that is due first; where all have ended, the last

struct clock_shown {
  const incident_clock* clock = nullptr;
  duration remaining;
};

duration remaining_of(const record_view& v, const incident_clock& clock, instant now) noexcept {
  const clock_state& state = clock.state;
  if (state.kind != target_kind::duration) return {state.target - now.us};
  const instant at = has_ended(state.state) || now < state.since ? state.since : now;
  const clock_terms terms = latest_terms(clock, v.known);
  return duration{state.target} - elapsed_at(state, terms, v.record.part<incident_clocks>()->clock_history, at);
}

template <clock_metric Metric>
clock_shown clock_shown_of(const record_view& v, instant now) noexcept {
  clock_shown shown;
  if (!is_acceptable(now)) return shown;
  for (const incident_clock& clock : v.record.part_or_empty<incident_clocks>().clocks) {
    const sla_agreement* agreement =
        v.known.of<sla_agreement>().at(clock.state.policy.index, clock.state.policy_version);
    if (!agreement || agreement->policy.kind != agreement::sla || agreement->policy.metric != Metric) continue;
    if (clock.state.state == clock_state_kind::unset || clock.state.state == clock_state_kind::cancelled) continue;
    const duration remaining = remaining_of(v, clock, now);
    const bool ended = has_ended(clock.state.state);
    const bool better = !shown.clock || (ended ? has_ended(shown.clock->state.state)
                                               : has_ended(shown.clock->state.state) || remaining < shown.remaining);
    if (better) shown = {&clock, remaining};
  }
  return shown;
}

template <clock_metric Metric>
condition_value sla_state(const record_view& v, instant now) noexcept {
  const clock_shown shown = clock_shown_of<Metric>(v, now);
  if (!shown.clock) return {.kind = field_kind::choice};
  const clock_state_kind state = shown.clock->state.state;
  return {.kind = field_kind::choice, .given = true, .text = choices(state)[static_cast<std::size_t>(state) - 1]};
}

template <clock_metric Metric>
condition_value sla_remaining(const record_view& v, instant now) noexcept {
  const clock_shown shown = clock_shown_of<Metric>(v, now);
  return {.kind = field_kind::duration, .given = shown.clock != nullptr, .number = shown.remaining.us};
}

template <clock_metric Metric>
condition_value sla_breached(const record_view& v, instant now) noexcept {
  const clock_shown shown = clock_shown_of<Metric>(v, now);
  const bool breached = shown.clock && (is_set(shown.clock->state.breached_at) || shown.remaining.us < 0);
  return {.kind = field_kind::boolean, .given = shown.clock != nullptr, .number = breached};
}

template <clock_metric Metric>
constexpr std::array<fact, 3> facts_of_sla(std::string_view state, std::string_view remaining,
                                           std::string_view breached) {
  return {{{.path = state, .type = &detail::type_of<clock_state_kind>, .value = nullptr, .timed = sla_state<Metric>},
           {.path = remaining, .type = &detail::type_of<duration>, .value = nullptr, .timed = sla_remaining<Metric>},
           {.path = breached, .type = &detail::type_of<bool>, .value = nullptr, .timed = sla_breached<Metric>}}};
}

constexpr auto response_sla =
    facts_of_sla<clock_metric::response>("sla.response.state", "sla.response.remaining", "sla.response.breached");
constexpr auto resolution_sla = facts_of_sla<clock_metric::resolution>(
    "sla.resolution.state", "sla.resolution.remaining", "sla.resolution.breached");
constexpr auto update_sla =
    facts_of_sla<clock_metric::update>("sla.update.state", "sla.update.remaining", "sla.update.breached");

std::span<const fact> facts() {
  static constexpr fact all[] = {
      {"actor", &detail::type_of<person_ref>,
       [](const record_view& v) noexcept { return word(v, word_kind::person, v.actor.index); }},
      {"actor_is_caller", &detail::type_of<bool>,
       [](const record_view& v) noexcept { return truth(v.actor && v.actor == v.record.caller); }},
      {"actor_is_assignee", &detail::type_of<bool>,
       [](const record_view& v) noexcept { return truth(v.actor && v.actor == v.record.assignee); }},
      {"customer", &detail::type_of<customer_ref>,
       [](const record_view& v) noexcept {
         const person* caller = caller_of(v);
         const std::uint32_t number = caller ? v.words.find(word_kind::customer, caller->customer) : 0;
         return word(v, word_kind::customer, number);
       }},
      {"base", &detail::type_of<record_base>,
       [](const record_view& v) noexcept -> condition_value {
         const auto base = static_cast<std::size_t>(v.known.base_of(v.record));
         return {.kind = field_kind::choice, .given = true, .text = choices(record_base{})[base - 1]};
       }},
      {"category_is_leaf", &detail::type_of<bool>,
       [](const record_view& v) noexcept { return truth(v.record.category && is_leaf(v.known, v.record.category)); }},
      {"category_path", &detail::type_of<std::vector<category_ref>>,
       [](const record_view&) noexcept -> condition_value { return {.kind = field_kind::list}; }, category_depth,
       category_above},
      {"open_task_count", &detail::type_of<std::int64_t>,
       [](const record_view& v) noexcept { return number(open_tasks(v, false)); }},
      {"open_blocking_task_count", &detail::type_of<std::int64_t>,
       [](const record_view& v) noexcept { return number(open_tasks(v, true)); }},
      {"problem_count", &detail::type_of<std::int64_t>,
       [](const record_view& v) noexcept { return number(problems_of(v)); }},
      {"child_count", &detail::type_of<std::int64_t>,
       [](const record_view& v) noexcept { return number(links_of(v, link_kind::parent_of)); }},
      {"duplicate_count", &detail::type_of<std::int64_t>,
       [](const record_view& v) noexcept { return number(links_of(v, link_kind::has_duplicate)); }},
      {"is_child", &detail::type_of<bool>,
       [](const record_view& v) noexcept { return truth(links_of(v, link_kind::child_of) != 0); }},
      {"is_duplicate", &detail::type_of<bool>,
       [](const record_view& v) noexcept { return truth(links_of(v, link_kind::duplicate_of) != 0); }},
      {"satisfaction_count", &detail::type_of<std::int64_t>,
       [](const record_view& v) noexcept { return number(count_answers(v)); }},
      {"satisfaction_score", &detail::type_of<std::int64_t>,
       [](const record_view& v) noexcept {
         return lowest_score(v, [](const record_view& view, const satisfaction_answer& a) {
           return a.person && a.person == view.record.caller;
         });
       }},
      {"satisfaction_lowest", &detail::type_of<std::int64_t>,
       [](const record_view& v) noexcept {
         return lowest_score(v, [](const record_view&, const satisfaction_answer&) { return true; });
       }},
      {"verified", &detail::type_of<bool>,
       [](const record_view& v) noexcept { return truth(is_set(details_of(v.record).verified_at)); }},
      {"resolved_at_first_contact", &detail::type_of<bool>,
       [](const record_view& v) noexcept { return truth(is_resolved_at_first_contact(v.record)); }},
      {"caller.manager", &detail::type_of<person_ref>,
       [](const record_view& v) noexcept { return named_by(v, caller_of(v), &person::manager, word_kind::person); }},
      {"caller.zone", &detail::type_of<std::string>,
       [](const record_view& v) noexcept {
         const person* caller = caller_of(v);
         return text_of(caller ? &caller->zone : nullptr);
       }},
      {"assignee.manager", &detail::type_of<person_ref>,
       [](const record_view& v) noexcept { return named_by(v, assignee_of(v), &person::manager, word_kind::person); }},
      {"service.owner", &detail::type_of<person_ref>,
       [](const record_view& v) noexcept { return named_by(v, service_of(v), &service::owner, word_kind::person); }},
      {"service.owner_team", &detail::type_of<team_ref>,
       [](const record_view& v) noexcept { return named_by(v, service_of(v), &service::owner_team, word_kind::team); }},
      response_sla[0],
      response_sla[1],
      response_sla[2],
      resolution_sla[0],
      resolution_sla[1],
      resolution_sla[2],
      update_sla[0],
      update_sla[1],
      update_sla[2],
  };
  return all;
}

std::span<const field_row> fields_of_command(verb v) {
  for (const command_type* type : command_types()) {
    if (type->name == command_of(v)) return type->fields();
  }
  return {};
}

const type_row& type_of_kind(custom_kind kind) {
  switch (kind) {
    case custom_kind::integer:
      return detail::type_of<std::int64_t>;
    case custom_kind::boolean:
      return detail::type_of<bool>;
    case custom_kind::instant:
      return detail::type_of<instant>;
    case custom_kind::duration:
      return detail::type_of<duration>;
    case custom_kind::person:
      return detail::type_of<person_ref>;
    default:
      return detail::type_of<std::string>;
  }
}

condition_value value_of(const custom_value& value, const lexicon& words) noexcept {
  switch (value.kind) {
    case custom_kind::integer:
      return {.kind = field_kind::integer, .given = true, .number = value.number};
    case custom_kind::boolean:
      return {.kind = field_kind::boolean, .given = true, .number = value.number};
    case custom_kind::instant:
      return {.kind = field_kind::instant, .given = true, .number = value.number};
    case custom_kind::duration:
      return {.kind = field_kind::duration, .given = true, .number = value.number};
    case custom_kind::person:
      return {.kind = field_kind::word,
              .given = true,
              .text = words.word(word_kind::person, static_cast<std::uint32_t>(value.number))};
    default:
      return {.kind = field_kind::text, .given = !value.text.empty(), .text = value.text};
  }
}

const record_view& view_of(const void* context) { return *static_cast<const record_view*>(context); }

const void* object_of(const record_view& v, std::size_t which) noexcept {
  switch (which) {
    case object::fixed:
      return &v.record;
    case object::text:
      return v.record.text.get();
    case object::command:
      return v.command;
    case object::run:
      return v.run;
    default:
      return v.record.parts.find(condition_parts()[which - object::first_part]->number);
  }
}

// The objects of a view, for as long as one list is looked at.
struct view_objects {
  std::array<const void*, object::first_part + limits::part_types_max> all;
  table_objects tables;

  view_objects(const condition_schema& schema, const record_view& v) noexcept : tables{schema, all, &v.words} {
    for (std::size_t i = 0; i < object::first_part + condition_parts().size(); ++i) all[i] = object_of(v, i);
  }
};

}  // namespace

record_schemas::record_schemas(const std::vector<const custom_field*>& fields, const zone_data& zones,
                               const record_schemas* before) {
  if (before) custom_ = before->custom_;
  for (std::uint32_t number = 1; number <= fields.size(); ++number) {
    for (std::size_t s = 0; s < subjects().size(); ++s) {
      const bool known =
          std::ranges::any_of(custom_, [&](const custom_path& c) { return c.field.index == number && c.subject == s; });
      if (!known && is_of(*fields[number - 1], subjects()[s].holder)) custom_.push_back({{number}, s});
    }
  }
  for (std::size_t v = 0; v < rows_.size(); ++v) {
    row& r = rows_[v];
    r.schema.zones = zones;
    r.schema.add(incident::fields(), {}, object::fixed);
    r.schema.add(incident_text::fields(), {}, object::text);
    for (std::size_t i = 0; i < condition_parts().size(); ++i) {
      r.schema.add(condition_parts()[i]->fields(), {}, object::first_part + i);
    }
    if (v == verb_count) r.schema.add(escalation_facts::fields(), "run.", object::run);
    if (v != 0 && v != verb_count)
      r.schema.add(fields_of_command(static_cast<tocsin::verb>(v)), "command.", object::command);
    r.type = static_cast<std::size_t>(std::ranges::find(r.schema.paths, "type", &condition_path::path) -
                                      r.schema.paths.begin());
    r.facts_begin = r.schema.paths.size();
    for (const fact& f : facts()) r.schema.add(f.path, *f.type).timed = f.timed != nullptr;
    r.custom_begin = r.schema.paths.size();
    for (const custom_path& c : custom_) {
      const custom_field& field = *fields[c.field.index - 1];
      const std::string path = std::string(subjects()[c.subject].prefix) + "custom." + field.key;
      r.schema.add(path, type_of_kind(field.kind)).own_choices = field.kind == custom_kind::choice;
    }
  }
}

condition_data record_view::data() const noexcept {
  return {.context = this,
          .value = [](const void* c, std::size_t path, instant now) noexcept { return view_of(c).value(path, now); },
          .count = [](const void* c, std::size_t path) noexcept { return view_of(c).count(path); },
          .item = [](const void* c, std::size_t path, std::size_t i) noexcept { return view_of(c).item(path, i); },
          .object = [](const void* c, std::size_t path, std::size_t i) noexcept { return view_of(c).object(path, i); },
          .words = &words,
          .calendar = [](const void* c, std::string_view key) noexcept -> const business_calendar* {
            const record_view& v = view_of(c);
            return v.known.of<business_calendar>().current(v.words.find(word_kind::business_calendar, key));
          },
          .before = before};
}

condition_value record_view::value(std::size_t path, instant now) const noexcept {
  const record_schemas::row& r = schemas.rows_[run ? verb_count : static_cast<std::size_t>(verb)];
  if (path == r.type && !record.type) return {.kind = field_kind::word, .given = true, .text = incident_type};
  if (path < r.facts_begin) {
    const condition_path& at = r.schema.paths[path];
    return value_at(at, object_of(*this, at.object), &words);
  }
  if (path < r.custom_begin) {
    const fact& asked = facts()[path - r.facts_begin];
    return asked.timed ? asked.timed(*this, now) : asked.value(*this);
  }
  const record_schemas::custom_path& asked = schemas.custom_[path - r.custom_begin];
  if (const std::vector<custom_value>* values = subjects()[asked.subject].values(*this)) {
    for (const custom_value& value : *values) {
      if (value.field == asked.field) return value_of(value, words);
    }
  }
  return {.kind = r.schema.paths[path].type->kind};
}

std::size_t record_view::count(std::size_t path) const noexcept {
  const record_schemas::row& r = schemas.rows_[run ? verb_count : static_cast<std::size_t>(verb)];
  if (path < r.facts_begin) return count_at(view_objects(r.schema, *this).tables, path);
  return facts()[path - r.facts_begin].count(*this);
}

condition_value record_view::item(std::size_t path, std::size_t index) const noexcept {
  const record_schemas::row& r = schemas.rows_[run ? verb_count : static_cast<std::size_t>(verb)];
  if (path < r.facts_begin) return item_at(view_objects(r.schema, *this).tables, path, index);
  return facts()[path - r.facts_begin].item(*this, index);
}

const void* record_view::object(std::size_t path, std::size_t index) const noexcept {
  const record_schemas::row& r = schemas.rows_[run ? verb_count : static_cast<std::size_t>(verb)];
  return object_at(view_objects(r.schema, *this).tables, path, index);
}

bool record_view::has(std::size_t path) const noexcept {
  const type_row& type = *schemas.of(verb).paths[path].type;
  return type.kind == field_kind::list ? count(path) != 0 : value(path).given;
}

bool is_leaf(const definition_table& known, category_ref category) {
  return !known.category_tree || !known.category_tree->has_children(category.index);
}

}  // namespace tocsin::inline v1
