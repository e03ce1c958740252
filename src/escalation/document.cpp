#include <tocsin/escalation/document.hpp>

#include <algorithm>
#include <utility>

#include <tocsin/base/error.hpp>
#include <tocsin/base/findings.hpp>
#include <tocsin/base/json.hpp>
#include <tocsin/base/json_lines.hpp>

namespace tocsin::inline v1 {
namespace {

constexpr max_length key_length{limits::key_length_max};

enum defined : std::size_t { is_policy, is_team, is_service, is_role, is_manager, is_calendar };

constexpr tagged_type defined_types[] = {
    {"escalation_policy", escalation_policy::fields},
    {"team", team::fields},
    {"service", service::fields},
    {"role", role_holders::fields},
    {"manager", reporting_line::fields},
    {"business_calendar", business_calendar_definition::fields},
};

// A policy's, beside its own members.
struct policy_envelope {
  instant in_force_from = no_instant;

  static std::span<const field_row> fields() {
    static constexpr field_row rows[] = {
        row<&policy_envelope::in_force_from>("in_force_from", "Of a policy: this version is in force from then on"),
    };
    return rows;
  }
};

}  // namespace

// All of them; one is filled in.
struct escalation_session::definition {
  policy_envelope envelope;
  escalation_policy policy;
  tocsin::team team;
  tocsin::service service;
  role_holders role;
  reporting_line line;
  business_calendar_definition calendar;
  std::size_t type = 0;

  void* body(std::size_t of_type) {
    type = of_type;
    void* const bodies[] = {&policy, &team, &service, &role, &line, &calendar};
    return bodies[of_type];
  }
};

std::span<const tagged_type> escalation_definition_types() { return defined_types; }
std::span<const field_row> escalation_policy_beside() { return policy_envelope::fields(); }

std::span<const field_row> role_holders::fields() {
  static constexpr field_row rows[] = {
      row<&role_holders::key>("key", "Key of the role", required, one_line, key_length),
      row<&role_holders::people>("people", "Keys of those who have it", max_length(limits::escalation_targets_max)),
  };
  return rows;
}

std::span<const field_row> reporting_line::fields() {
  static constexpr field_row rows[] = {
      row<&reporting_line::person>("person", "Key of the person", required, one_line, key_length),
      row<&reporting_line::manager>("manager", "Key of the manager; none: there is none", one_line, key_length),
  };
  return rows;
}

std::string escalation_session::answer(std::string_view line) {
  return answer_line(line, [this](std::string_view one) { return execute(one); });
}

std::string escalation_session::execute(std::string_view line) {
  const line_kind kind = kind_of_line(line);
  if (!kind.defines) return ask(line);
  const bool own = std::ranges::find(defined_types, kind.name, &tagged_type::name) != std::end(defined_types);
  if (!own) return duty_.execute(line);
  return define(line);
}

std::string escalation_session::define(std::string_view line) {
  static const tagged_form form{"a definition", "define", policy_envelope::fields(), defined_types};
  definition one;
  read_tagged(line, form, &one.envelope, [&](std::size_t type) { return one.body(type); }, {});
  check_fields(one.envelope);
  check_fields(defined_types[one.type].fields(), one.body(one.type), {}, nullptr, defined_types[one.type].name);
  if (is_set(one.envelope.in_force_from) && one.type != is_policy) {
    refuse_findings("escalation.refused", {"/in_force_from: only a policy has versions"});
  }
  switch (one.type) {
    case is_policy:
      return put(one.policy, one.envelope.in_force_from);
    case is_team:
      for (const std::string& key : one.team.members) duty_.person_of(key);
      teams_[one.team.key] = one.team;
      return defined_answer("team", one.team.key);
    case is_service:
      duty_.person_of(one.service.owner);
      services_[one.service.key] = one.service;
      return defined_answer("service", one.service.key);
    case is_role:
      for (const std::string& key : one.role.people) duty_.person_of(key);
      roles_[one.role.key] = one.role;
      return defined_answer("role", one.role.key);
    case is_manager:
      duty_.person_of(one.line.manager);
      managers_[one.line.person] = one.line.manager;
      return defined_answer("manager", one.line.person);
    default:
      refuse_findings("escalation.refused", lint(one.calendar, *zones_));
      std::erase_if(calendar_definitions_, [&](const auto& other) { return other.key == one.calendar.key; });
      calendar_definitions_.push_back(one.calendar);
      calendars_.reset();
      graphs_.clear();
      return defined_answer("business_calendar", one.calendar.key);
  }
}

// A version from the same instant takes the place of the one before.
std::string escalation_session::put(const escalation_policy& policy, instant from) {
  refuse_findings("escalation.refused", malformations(policy));
  const escalation_graph graph(policy, 1, simulation_schema(),
                               [&](std::string_view key) { return calendars().find(key); });
  know(graph.policy());
  std::vector<dated<escalation_policy>>& versions = policies_[policy.key];
  const auto known = std::ranges::find(versions, from, &dated<escalation_policy>::from);
  if (known != versions.end()) {
    known->definition = policy;
  } else {
    versions.push_back({from, policy});
    std::ranges::stable_sort(versions, {}, &dated<escalation_policy>::from);
  }
  graphs_.erase(policy.key);
  return defined_answer("escalation_policy", policy.key);
}

void escalation_session::know(const escalation_policy& policy) {
  for (const escalation_node& node : policy.nodes) {
    for (const escalation_target& target : node.targets) {
      const bool names_person =
          target.kind == escalation_target_kind::person || target.kind == escalation_target_kind::manager_of;
      if (names_person) duty_.person_of(target.key);
    }
  }
}

const calendar_book& escalation_session::calendars() {
  if (!calendars_) calendars_ = std::make_unique<calendar_book>(calendar_definitions_, *zones_);
  return *calendars_;
}

std::vector<dated_graph> escalation_session::versions_of(const std::string& key) {
  const auto policy = policies_.find(key);
  if (policy == policies_.end()) {
    throw error(status::not_found, "escalation.unknown_policy",
                "/policy: found \"" + key + "\", allowed a policy that is defined");
  }
  std::vector<std::unique_ptr<escalation_graph>>& ready = graphs_[key];
  if (ready.empty()) {
    std::vector<std::unique_ptr<escalation_graph>> made;
    for (const dated<escalation_policy>& version : policy->second) {
      made.push_back(std::make_unique<escalation_graph>(version.definition, static_cast<std::uint32_t>(made.size() + 1),
                                                        simulation_schema(),
                                                        [&](std::string_view name) { return calendars().find(name); }));
    }
    ready = std::move(made);
  }
  std::vector<dated_graph> result;
  for (std::size_t i = 0; i < ready.size(); ++i) result.push_back({policy->second[i].from, ready[i].get()});
  return result;
}

std::string answer_escalation_lines(std::string_view book, std::string_view lines, const zone_data& zones) {
  escalation_session session(zones);
  return answer_lines(book, lines, limits::answered_lines_max, "escalation.too_many",
                      [&](std::string_view line) { return session.execute(line); });
}

}  // namespace tocsin::inline v1
