#include "publish.hpp"

#include <tocsin/base/json.hpp>
#include <tocsin/desk/commands.hpp>
#include <tocsin/desk/events.hpp>
#include <tocsin/desk/permission.hpp>
#include <tocsin/desk/record_schema.hpp>
#include <tocsin/desk/vocabulary.hpp>
#include <tocsin/incident/commands.hpp>
#include <tocsin/time/calendar_book.hpp>
#include <tocsin/time/zone.hpp>

#include "attributes.hpp"
#include "publication.hpp"
#include "publish_conditions.hpp"
#include "publish_duty.hpp"
#include "publish_routing.hpp"

#include <algorithm>
#include <optional>
#include <set>

namespace tocsin::inline v1 {
namespace {

constexpr std::string_view built_in_type = "incident";
constexpr std::string_view always_open_calendar = "24x7";

// ---- what is wrong with a definition, beside what its own linter finds

void check_people(const publications& all, const zone_data& zones) {
  const auto& people = all.of<word_kind::person>();
  for (std::size_t i = 0; i < people.given().size(); ++i) {
    const person& p = people.given()[i];
    if (p.key == "system" || p.key == "host") people.refuse_at(i, "the key is built in");
    if (!p.zone.empty() && !zones.find(p.zone)) people.refuse_at(i, "the zone " + quoted(p.zone) + " is unknown");
    if (!p.customer.empty() && !all.of<word_kind::customer>().has(p.customer)) {
      people.refuse_at(i, "the customer " + quoted(p.customer) + " has not been published" +
                              all.of<word_kind::customer>().hint_for(p.customer));
    }
  }
}

// From one to the next by a key; what is named must be there, and must not lead back.
template <word_kind Kind, class Next>
void check_chain(const publications& all, std::size_t i, const char* what, Next next) {
  const auto& kind = all.of<Kind>();
  const std::string& first = kind.given()[i].key;
  std::string key = next(kind.given()[i]);
  for (std::size_t passed = 0; !key.empty(); ++passed) {
    const auto* found = kind.find(key);
    if (!found) kind.refuse_at(i, std::string(what) + quoted(key) + " has not been published" + kind.hint_for(key));
    if (key == first || passed == limits::reporting_chain_max) {
      kind.refuse_at(i, std::string(what) + quoted(next(kind.given()[i])) + " leads back to it, or goes on for ever");
    }
    key = next(*found);
  }
}

void check_managers(const publications& all) {
  for (std::size_t i = 0; i < all.of<word_kind::person>().given().size(); ++i) {
    check_chain<word_kind::person>(all, i, "the manager ", [](const person& p) { return p.manager; });
  }
}

void check_teams(const publications& all) {
  const auto& teams = all.of<word_kind::team>();
  for (std::size_t i = 0; i < teams.given().size(); ++i) {
    check_chain<word_kind::team>(all, i, "the next support level ", [](const team& t) { return t.escalates_to; });
    for (const std::string& member : teams.given()[i].members) {
      if (all.of<word_kind::person>().has(member)) continue;
      teams.refuse_at(i, "the member " + quoted(member) + " is no person that has been published" +
                             all.of<word_kind::person>().hint_for(member));
    }
    const std::string& schedule = teams.given()[i].schedule;
    if (schedule.empty() || all.of<word_kind::schedule>().has(schedule)) continue;
    teams.refuse_at(i, "the schedule " + quoted(schedule) + " has not been published" +
                           all.of<word_kind::schedule>().hint_for(schedule));
  }
}

void check_services(const publications& all) {
  const auto& services = all.of<word_kind::service>();
  for (std::size_t i = 0; i < services.given().size(); ++i) {
    const std::string& owner = services.given()[i].owner;
    const std::string& owner_team = services.given()[i].owner_team;
    if (!owner.empty() && !owner_team.empty()) services.refuse_at(i, "it has both an owner and an owner_team");
    if (!owner_team.empty() && !all.of<word_kind::team>().has(owner_team)) {
      services.refuse_at(i, "the owner_team " + quoted(owner_team) + " is no team that has been published");
    }
    if (owner.empty() || all.of<word_kind::person>().has(owner)) continue;
    services.refuse_at(i, "the owner " + quoted(owner) + " is no person that has been published");
  }
}

// Where statistics count a retired category from now on must be there, and must not lead back to it.
void check_replacements(const publications& all) {
  const auto& categories = all.of<word_kind::category>();
  for (std::size_t i = 0; i < categories.given().size(); ++i) {
    const category* at = &categories.given()[i];
    if (at->replaced_by.empty()) continue;
    if (!at->retired) categories.refuse_at(i, "it has a replaced_by, but is not retired");
    for (std::size_t steps = 1; !at->replaced_by.empty(); ++steps) {
      const std::string& next = at->replaced_by;
      if (steps > limits::category_replacements_max) {
        categories.refuse_at(i, "replaced_by leads in a circle, or over more than " +
                                    std::to_string(limits::category_replacements_max) + " categories");
      }
      at = categories.find(next);
      if (!at) categories.refuse_at(i, "the replaced_by " + quoted(next) + " is no category that has been published");
    }
  }
}

void check_categories(const publications& all) {
  const auto& categories = all.of<word_kind::category>();
  check_replacements(all);
  for (std::size_t i = 0; i < categories.given().size(); ++i) {
    std::string parent = categories.given()[i].parent;
    for (std::size_t depth = 1; !parent.empty(); ++depth) {
      if (depth >= limits::category_depth_max) {
        categories.refuse_at(i, "the tree is a loop, or deeper than " + std::to_string(limits::category_depth_max));
      }
      const category* above = categories.find(parent);
      if (!above) categories.refuse_at(i, "the parent " + quoted(parent) + " is no category that has been published");
      parent = above->parent;
    }
  }
}

void check_custom_fields(const publications& all) {
  const auto& fields = all.of<word_kind::custom_field>();
  std::size_t count = 0;
  fields.each([&](const custom_field&) { ++count; });
  for (std::size_t i = 0; i < fields.given().size(); ++i) {
    const custom_field& field = fields.given()[i];
    if (count > limits::custom_fields_max) {
      fields.refuse_at(i, "a desk has at most " + std::to_string(limits::custom_fields_max) + " custom fields");
    }
    const custom_field* before = fields.before(field.key);
    if (before && before->kind != field.kind) fields.refuse_at(i, "its kind cannot change; take another key");
    for (const std::string& type : field.types) {
      if (type != built_in_type && !all.of<word_kind::record_type>().has(type)) {
        fields.refuse_at(i, "the type " + quoted(type) + " is no record type that has been published");
      }
    }
  }
}

bool is_field_of_log(const std::string& path, const publications& all) {
  constexpr std::string_view custom = "custom.";
  if (path.starts_with(custom)) {
    const custom_field* field = all.of<word_kind::custom_field>().find(path.substr(custom.size()));
    return field && is_of(*field, custom_holder::record);
  }
  return std::ranges::find(log_incident::fields(), path, &field_row::name) != log_incident::fields().end();
}

void check_record_types(const publications& all, const desk_state& state) {
  const auto& types = all.of<word_kind::record_type>();
  for (std::size_t i = 0; i < types.given().size(); ++i) {
    const record_type& type = types.given()[i];
    if (type.key == built_in_type) types.refuse_at(i, "the key is built in; take another for a type of base incident");
    if (type.key == all_types && !types.before(type.key))
      types.refuse_at(i, "the key is what questions call every type");
    if (!all.of<word_kind::workflow>().has(type.workflow)) {
      types.refuse_at(i, "the workflow " + quoted(type.workflow) + " has not been published" +
                             all.of<word_kind::workflow>().hint_for(type.workflow));
    }
    if (const record_type* before = types.before(type.key)) {
      if (before->base != type.base) types.refuse_at(i, "its base cannot change");
      if (before->number_prefix != type.number_prefix) types.refuse_at(i, "its number_prefix cannot change");
    }
    if (type.number_prefix == state.incident_prefix) {
      types.refuse_at(i, "the number_prefix " + quoted(type.number_prefix) + " is that of incidents");
    }
    types.each([&](const record_type& other) {
      if (other.key != type.key && other.number_prefix == type.number_prefix) {
        types.refuse_at(i, "the number_prefix " + quoted(type.number_prefix) + " is that of " + quoted(other.key));
      }
    });
    for (const std::string& path : type.required) {
      if (!is_field_of_log(path, all)) types.refuse_at(i, "required: log_incident has no " + quoted(path));
    }
  }
}

// Keys of calendars that other definitions name.
template <word_kind Kind>
void check_calendar_of(const publications& all) {
  const auto& kind = all.of<Kind>();
  for (std::size_t i = 0; i < kind.given().size(); ++i) {
    const std::string& key = kind.given()[i].calendar;
    if (key.empty() || key == always_open_calendar || all.of<word_kind::business_calendar>().has(key)) continue;
    kind.refuse_at(i, "the calendar " + quoted(key) + " has not been published" +
                          all.of<word_kind::business_calendar>().hint_for(key));
  }
}

// Compiled all together, as they will be: parts that are missing, and circles, are found here.
calendar_book check_calendars(const publications& all, const zone_data& zones) {
  const auto& calendars = all.of<word_kind::business_calendar>();
  std::vector<business_calendar_definition> together;
  calendars.each([&](const business_calendar_definition& d) { together.push_back(d); });
  for (std::size_t i = 0; i < calendars.given().size(); ++i) {
    if (calendars.given()[i].key == always_open_calendar) calendars.refuse_at(i, "the key is built in");
  }
  try {
    return calendar_book(together, zones);
  } catch (const error& e) {
    if (calendars.given().empty()) throw;
    calendars.refuse_at(0, e.what());
  }
}

// What workflows count by: the time of timed moves (L2), and the days of silence (L5).
void check_calendars_of_workflows(const publications& all, const calendar_book& calendars) {
  const auto& workflows = all.of<word_kind::workflow>();
  for (std::size_t i = 0; i < workflows.given().size(); ++i) {
    const auto demand = [&](const std::string& path, const std::string& key) {
      if (key.empty() || key == always_open_calendar) return;
      const business_calendar* calendar = calendars.find(key);
      if (!calendar)
        workflows.refuse_at(i, path + ": the calendar " + quoted(key) + " has not been published" +
                                   all.of<word_kind::business_calendar>().hint_for(key));
      if (calendar->never_open()) workflows.refuse_at(i, path + ": the calendar " + quoted(key) + " is never open");
    };
    const workflow& w = workflows.given()[i];
    demand("auto_close_calendar", w.auto_close_calendar);
    for (std::size_t t = 0; t < w.transitions.size(); ++t) {
      demand("transitions/" + std::to_string(t) + "/calendar", w.transitions[t].calendar);
    }
  }
}

bool is_hold_reason(const std::string& name, const publications& all, const desk_state& state) {
  bool found = state.words.find(word_kind::hold_reason, name) != 0;
  all.of<word_kind::workflow>().each([&](const workflow& w) {
    found = found || std::ranges::find(w.hold_reasons, name, &workflow_hold_reason::name) != w.hold_reasons.end();
  });
  return found;
}

std::string errors_of(const std::vector<sla_finding>& findings) {
  std::string result;
  for (const sla_finding& f : findings) {
    if (f.kind == sla_finding_kind::error) result += (result.empty() ? "" : "; ") + f.what;
  }
  return result;
}

void check_sla_policies(const publications& all, const desk_state& state, const record_schemas& schemas,
                        const calendar_book& calendars) {
  const auto& policies = all.of<word_kind::sla_policy>();
  const auto find_calendar = [&](std::string_view key) { return calendars.find(key); };
  for (std::size_t i = 0; i < policies.given().size(); ++i) {
    const sla_policy& policy = policies.given()[i];
    const std::string why = errors_of(lint(policy, schemas.record(), find_calendar));
    if (!why.empty()) policies.refuse_at(i, why);
    for (const std::string& reason : policy.pause_reasons) {
      if (!is_hold_reason(reason, all, state)) policies.refuse_at(i, "there is no hold reason " + quoted(reason));
    }
  }
}

// What two policies for one metric and population are depends on the contracts that they hold under: one by contract goes
// before one without, and contracts have ranks. So those without one are held against each other, and those of each
// contract.
void check_competition(const publications& all, const record_schemas& schemas) {
  const auto& policies = all.of<word_kind::sla_policy>();
  const auto& contracts = all.of<word_kind::contract>();
  if (policies.given().empty() && contracts.given().empty()) return;
  std::set<std::string> bound;
  contracts.each([&](const contract& c) { bound.insert(c.policies.begin(), c.policies.end()); });
  std::vector<sla_policy> general;
  policies.each([&](const sla_policy& p) {
    if (!bound.contains(p.key)) general.push_back(p);
  });
  const std::string why = errors_of(lint(general, schemas.record()));
  if (!why.empty() && !policies.given().empty()) policies.refuse_at(0, why);
  if (!why.empty()) contracts.refuse_at(0, why);
  contracts.each([&](const contract& c) {
    std::vector<sla_policy> together;
    for (const std::string& key : c.policies) {
      if (const sla_policy* p = policies.find(key)) together.push_back(*p);
    }
    const std::string found = errors_of(lint(together, schemas.record()));
    if (found.empty()) return;
    const std::string said = "under the contract " + quoted(c.key) + ": " + found;
    if (!policies.given().empty()) policies.refuse_at(0, said);
    contracts.refuse_at(0, said);
  });
}

std::string_view name_of(agreement kind) { return choices(kind)[static_cast<std::size_t>(kind) - 1]; }

void check_contracts(const publications& all) {
  const auto& contracts = all.of<word_kind::contract>();
  for (std::size_t i = 0; i < contracts.given().size(); ++i) {
    const contract& c = contracts.given()[i];
    const auto demand = [&](bool known, const char* what, const std::string& key) {
      if (!known) contracts.refuse_at(i, std::string(what) + quoted(key) + " has not been published");
    };
    demand(c.customer.empty() || all.of<word_kind::customer>().has(c.customer), "the customer ", c.customer);
    demand(c.vendor.empty() || all.of<word_kind::vendor>().has(c.vendor), "the vendor ", c.vendor);
    for (const std::string& key : c.services) demand(all.of<word_kind::service>().has(key), "the service ", key);
    for (const std::string& key : c.policies) {
      const sla_policy* policy = all.of<word_kind::sla_policy>().find(key);
      demand(policy != nullptr, "the policy ", key);
      if (policy->kind == c.kind) continue;
      contracts.refuse_at(i, "the policy " + quoted(key) + " is of kind " + std::string(name_of(policy->kind)) +
                                 ", the contract of kind " + std::string(name_of(c.kind)));
    }
  }
}

// ---- escalation policies (E1, E8)

using escalation_findings = std::function<void(const std::string& path, const std::string& what)>;

void check_target(const publications& all, const escalation_target& target, const std::string& path,
                  const escalation_findings& find) {
  const auto demand = [&](bool known, const char* what) {
    if (!target.key.empty() && !known) find(path, what + quoted(target.key) + " has not been published");
  };
  switch (target.kind) {
    case escalation_target_kind::person:
    case escalation_target_kind::manager_of:
      return demand(all.of<word_kind::person>().has(target.key), "the person ");
    case escalation_target_kind::team:
      return demand(all.of<word_kind::team>().has(target.key), "the team ");
    case escalation_target_kind::service_owner:
      return demand(all.of<word_kind::service>().has(target.key), "the service ");
    case escalation_target_kind::schedule:
      return demand(all.of<word_kind::schedule>().has(target.key), "the schedule ");
    case escalation_target_kind::role:
      return demand(all.of<word_kind::role>().has(target.key), "the role ");
    default:
      return;
  }
}

void check_names_in(const escalation_policy& policy, const publications& all, const escalation_findings& find) {
  const auto check_all = [&](const std::vector<escalation_target>& targets, const std::string& path) {
    for (std::size_t t = 0; t < targets.size(); ++t) {
      check_target(all, targets[t], path + "/targets/" + std::to_string(t), find);
    }
  };
  for (std::size_t s = 0; s < policy.steps.size(); ++s)
    check_all(policy.steps[s].targets, "/steps/" + std::to_string(s));
  for (std::size_t n = 0; n < policy.nodes.size(); ++n) {
    const std::string path = "/nodes/" + std::to_string(n);
    const std::string& team = policy.nodes[n].team;
    check_all(policy.nodes[n].targets, path);
    if (!team.empty() && !all.of<word_kind::team>().has(team)) {
      find(path + "/team", "the team " + quoted(team) + " has not been published");
    }
  }
}

void check_escalation_policies(const publications& all, const record_schemas& schemas, const calendar_book& calendars) {
  const auto& policies = all.of<word_kind::escalation_policy>();
  const auto find_calendar = [&](std::string_view key) { return calendars.find(key); };
  for (std::size_t i = 0; i < policies.given().size(); ++i) {
    std::string why;
    try {
      plan_of(policies.given()[i], 1, schemas.escalation(), find_calendar);
    } catch (const error& e) {
      why = e.what();
    }
    check_names_in(policies.given()[i], all, [&](const std::string& path, const std::string& what) {
      why += (why.empty() ? "" : "; ") + path + ": " + what;
    });
    if (!why.empty()) policies.refuse_at(i, why);
  }
}

bool names_calendar(const escalation_policy& policy, const std::vector<business_calendar_definition>& changed) {
  const auto is_changed = [&](const std::string& key) {
    return !key.empty() && std::ranges::find(changed, key, &business_calendar_definition::key) != changed.end();
  };
  return std::ranges::any_of(policy.nodes, is_changed, &escalation_node::calendar) ||
         std::ranges::any_of(policy.triggers, is_changed, &escalation_trigger::calendar);
}

// A policy is compiled with its calendars: where one of these changes, it has a new version, too (T7).
void add_followers(const publications& all, definitions_published& changes) {
  if (changes.business_calendars.empty()) return;
  all.of<word_kind::escalation_policy>().each([&](const escalation_policy& p) {
    const auto& known = changes.escalation_policies;
    if (std::ranges::find(known, p.key, &escalation_policy::key) != known.end()) return;
    if (names_calendar(p, changes.business_calendars)) changes.escalation_policies.push_back(p);
  });
}

// A combination is compiled with its parts: where one of these changes, it has a new version, too.
void add_combinations(const publications& all, std::vector<business_calendar_definition>& changed) {
  const auto is_changed = [&](const std::string& key) {
    return std::ranges::find(changed, key, &business_calendar_definition::key) != changed.end();
  };
  for (bool more = !changed.empty(); more;) {
    more = false;
    all.of<word_kind::business_calendar>().each([&](const business_calendar_definition& d) {
      if (is_changed(d.key)) return;
      const bool follows =
          std::ranges::any_of(d.intersection, is_changed) || std::ranges::any_of(d.union_of, is_changed);
      if (follows) changed.push_back(d);
      more = more || follows;
    });
  }
}

// Of all calendars, for a combination is compiled with its parts.
std::vector<std::string> zones_of_calendars(const publications& all) {
  std::vector<std::string> zones;
  all.of<word_kind::business_calendar>().each([&](const business_calendar_definition& d) { zones.push_back(d.zone); });
  return zones;
}

template <class Named, class Types>
void check_names(const std::vector<std::string>& names, const Types& types, const std::string& what,
                 const std::function<void(const std::string&)>& refuse) {
  for (const std::string& name : names) {
    if (name == "*" || std::ranges::find(types, name, &Named::name) != types.end()) continue;
    refuse(what + " " + quoted(name) + " is unknown");
  }
}

// Other questions tell of a record what only those may know who see all of it (R-O01).
template <class Refuse>
void check_audience(const permission_grant& grant, Refuse refuse) {
  static constexpr std::string_view able[] = {"get", "find", "timeline", "changes", "allowed_actions", "form"};
  if (grant.audience == visibility::unset || grant.audience == visibility::internal) return;
  if (grant.audience != visibility::requester) refuse("audience: allowed internal, requester");
  for (const std::string& query : grant.queries) {
    if (std::ranges::find(able, query) != std::end(able)) continue;
    refuse("queries: for the audience requester allowed get, find, timeline, changes, allowed_actions, form; found " +
           quoted(query));
  }
}

void check_permissions(const publications& all, const record_schemas& schemas) {
  const auto& policies = all.of<word_kind::permission_policy>();
  for (std::size_t i = 0; i < policies.given().size(); ++i) {
    const std::vector<permission_grant>& grants = policies.given()[i].grants;
    for (std::size_t g = 0; g < grants.size(); ++g) {
      const auto refuse = [&](const std::string& why) {
        policies.refuse_at(i, "grants/" + std::to_string(g) + ": " + why);
      };
      check_names<command_type>(grants[g].commands, command_types(), "the command", refuse);
      for (const std::string& key : grants[g].people) {
        const auto& people = all.of<word_kind::person>();
        if (!people.has(key)) refuse("the person " + quoted(key) + " has not been published" + people.hint_for(key));
      }
      for (const std::string& key : grants[g].teams) {
        const auto& teams = all.of<word_kind::team>();
        if (!teams.has(key)) refuse("the team " + quoted(key) + " has not been published" + teams.hint_for(key));
      }
      check_audience(grants[g], refuse);
      if (!grants[g].where) continue;
      try {
        compile_condition(grants[g].where.text, schemas.record(), "/where");
      } catch (const error& e) {
        refuse(e.what());
      }
    }
  }
}

void check_record_templates(const publications& all) {
  const auto& templates = all.of<word_kind::record_template>();
  for (std::size_t i = 0; i < templates.given().size(); ++i) {
    const record_template& t = templates.given()[i];
    const auto demand = [&](bool known, const char* what, const std::string& key) {
      if (!key.empty() && !known) templates.refuse_at(i, std::string(what) + quoted(key) + " has not been published");
    };
    demand(t.type == built_in_type || all.of<word_kind::record_type>().has(t.type), "the type ", t.type);
    demand(all.of<word_kind::category>().has(t.category), "the category ", t.category);
    demand(all.of<word_kind::service>().has(t.service), "the service ", t.service);
    demand(all.of<word_kind::team>().has(t.team), "the team ", t.team);
    for (const template_custom& custom : t.custom) {
      demand(all.of<word_kind::custom_field>().has(custom.field), "the custom field ", custom.field);
    }
  }
}

// What they say of themselves the linter has looked at.
void check_metrics(const publications& all, const record_schemas& schemas) {
  const auto& metrics = all.of<word_kind::metric>();
  for (std::size_t i = 0; i < metrics.given().size(); ++i) {
    const metric& m = metrics.given()[i];
    if (!m.calendar.empty() && !all.of<word_kind::business_calendar>().has(m.calendar)) {
      metrics.refuse_at(i, "the calendar " + quoted(m.calendar) + " has not been published" +
                               all.of<word_kind::business_calendar>().hint_for(m.calendar));
    }
    if (!m.where) continue;
    try {
      compile_condition(m.where.text, schemas.record(), "/where");
    } catch (const error& e) {
      metrics.refuse_at(i, e.what());
    }
  }
}

void check_event_sources(const publications& all) {
  const auto& sources = all.of<word_kind::event_source>();
  for (std::size_t i = 0; i < sources.given().size(); ++i) {
    const std::string& key = sources.given()[i].record_template;
    if (key.empty() || all.of<word_kind::record_template>().has(key)) continue;
    sources.refuse_at(i, "the template " + quoted(key) + " has not been published" +
                             all.of<word_kind::record_template>().hint_for(key));
  }
}

// ---- what the linters find

template <class Kind>
void check_findings(const publication<Kind>& all, const record_schemas& schemas, const zone_data& zones) {
  using definition = typename Kind::definition;
  for (std::size_t i = 0; i < all.given().size(); ++i) {
    std::vector<std::string> findings;
    if constexpr (std::is_same_v<definition, sla_policy>) {
      continue;  // together with the calendars
    } else if constexpr (std::is_same_v<definition, workflow>) {
      findings = lint(all.given()[i], schemas);
    } else if constexpr (std::is_same_v<definition, incident_class_policy>) {
      findings = lint(all.given()[i], schemas.record());
    } else if constexpr (requires(const definition& d) { lint(d, zones); }) {
      findings = lint(all.given()[i], zones);
    } else if constexpr (requires(const definition& d) { lint(d); }) {
      findings = lint(all.given()[i]);
    }
    std::string why;
    for (const std::string& finding : findings) why += (why.empty() ? "" : "; ") + finding;
    if (!why.empty()) all.refuse_at(i, why);
  }
}

void add_matrix_warnings(definitions_published& changes) {
  for (const priority_matrix& matrix : changes.priority_matrices) {
    for (std::string& odd : warnings(matrix)) {
      if (changes.warnings.size() == limits::warnings_max) return;
      changes.warnings.push_back({name(word_kind::priority_matrix), matrix.key, std::move(odd)});
    }
  }
}

record_schemas schemas_with(const publications& all, const zone_data& zones) {
  std::vector<const custom_field*> fields;
  all.of<word_kind::custom_field>().each([&](const custom_field& f) { fields.push_back(&f); });
  return record_schemas(fields, zones);
}

// ---- coming into force

using undo_list = std::vector<std::function<void()>>;

template <class T>
void add_version(versions<T>& all, std::uint32_t number, std::shared_ptr<const T> definition, undo_list& undo) {
  undo.reserve(undo.size() + 1);
  all.add(number, std::move(definition));
  undo.emplace_back([&all, number] { all.remove_latest(number); });
}

// What a desk keeps of a definition, ready to be used.
template <class T>
std::shared_ptr<const T> made_ready(const T& definition, desk_state&) {
  return std::make_shared<const T>(definition);
}

std::shared_ptr<const workflow_graph> made_ready(const workflow& w, desk_state& state) {
  for (const auto& s : w.states) state.words.add(word_kind::state, s.name);
  for (const auto& reason : w.hold_reasons) state.words.add(word_kind::hold_reason, reason.name);
  for (const auto& code : w.resolution_codes) state.words.add(word_kind::resolution_code, code);
  const std::uint32_t number = state.words.add(word_kind::workflow, w.key);
  const std::uint32_t version = state.definitions.workflows.latest(number) + 1;
  return std::make_shared<const workflow_graph>(w, version, state.words, *state.definitions.schemas);
}

// The data that an entry brought along. Entries of earlier releases have none, and what they made goes by the library's.
zone_data zones_in(const std::string& packed) {
  return packed.empty() ? zone_data::bundled() : zone_data::parse_text(packed);
}

// What a definition came with.
struct company {
  const definitions_published& published;
  zone_data zones;
};

std::shared_ptr<const business_calendar> made_ready(const business_calendar_definition& d, desk_state& state,
                                                    const company& with) {
  std::vector<business_calendar_definition> others = with.published.business_calendars;
  const versions<business_calendar>& known = state.definitions.business_calendars;
  for (std::uint32_t number = 1; number <= known.size(); ++number) {
    const business_calendar* current = known.current(number);
    const bool given = !current || std::ranges::find(others, current->definition().key,
                                                     &business_calendar_definition::key) != others.end();
    if (!given) others.push_back(current->definition());
  }
  std::erase_if(others, [&](const business_calendar_definition& other) { return other.key == d.key; });
  return std::make_shared<const business_calendar>(compile_with(d, others, with.zones));
}

std::shared_ptr<const compiled_contract> made_ready(const contract& c, desk_state& state) {
  compiled_contract ready{.number = {state.words.add(word_kind::contract, c.key)},
                          .definition = c,
                          .customer = {state.words.find(word_kind::customer, c.customer)},
                          .services = {},
                          .policies = {}};
  for (const std::string& key : c.services) ready.services.push_back({state.words.find(word_kind::service, key)});
  for (const std::string& key : c.policies) ready.policies.push_back({state.words.find(word_kind::sla_policy, key)});
  return std::make_shared<const compiled_contract>(std::move(ready));
}

std::shared_ptr<const sla_agreement> made_ready(const sla_policy& policy, desk_state& state) {
  const sla_policy_ref number{state.words.add(word_kind::sla_policy, policy.key)};
  const std::uint32_t version = state.definitions.sla_policies.latest(number.index) + 1;
  return std::make_shared<const sla_agreement>(
      sla_agreement{policy, rules_of(policy, number, version, state.words),
                    compile_policy(policy, state.definitions.schemas->record())});
}

std::shared_ptr<const escalation_plan> made_ready(const escalation_policy& policy, desk_state& state) {
  const definition_table& all = state.definitions;
  const std::uint32_t number = state.words.add(word_kind::escalation_policy, policy.key);
  const auto find_calendar = [&](std::string_view key) {
    return all.business_calendars.current(state.words.find(word_kind::business_calendar, key));
  };
  return std::make_shared<const escalation_plan>(
      plan_of(policy, all.escalation_policies.latest(number) + 1, all.schemas->escalation(), find_calendar));
}

std::shared_ptr<const compiled_assignment_rule> made_ready(const assignment_rule& rule, desk_state& state) {
  return std::make_shared<const compiled_assignment_rule>(compile_rule(rule, state.definitions.schemas->record()));
}

std::shared_ptr<const compiled_template> made_ready(const record_template& t, desk_state&) {
  return std::make_shared<const compiled_template>(t);
}

std::shared_ptr<const compiled_class_policy> made_ready(const incident_class_policy& p, desk_state& state) {
  return std::make_shared<const compiled_class_policy>(p, state.definitions.schemas->record());
}

// Some need to know what else came with them: of custom fields, what may come into force later.
template <class T>
auto made_ready(const T& definition, desk_state& state, const company& with) {
  if constexpr (requires { definition.custom_values; }) {
    if (!definition.custom) return made_ready(definition, state);
    T ready = definition;
    const auto field_named = [&](const std::string& key) -> const custom_field* {
      const std::vector<custom_field>& given = with.published.custom_fields;
      const auto found = std::ranges::find(given, key, &custom_field::key);
      if (found != given.end()) return &*found;
      return state.definitions.custom_fields.current(state.words.find(word_kind::custom_field, key));
    };
    ready.custom_values = attributes_of(definition.custom, field_named, state.words);
    return std::make_shared<const T>(std::move(ready));
  } else {
    return made_ready(definition, state);
  }
}

template <class T>
void replace(std::shared_ptr<const T>& place, std::shared_ptr<const T> by, undo_list& undo) {
  undo.emplace_back([&place, before = place] { place = before; });
  place = std::move(by);
}

void note_zone_data(const std::string& version, desk_state& state, undo_list& undo) {
  undo.emplace_back([&state, before = state.zone_data_version]() mutable { state.zone_data_version.swap(before); });
  state.zone_data_version = version;
}

void renew_schemas(desk_state& state, undo_list& undo) {
  std::vector<const custom_field*> fields;
  const versions<custom_field>& known = state.definitions.custom_fields;
  for (std::uint32_t number = 1; number <= known.size(); ++number) fields.push_back(known.current(number));
  const record_schemas* before = state.definitions.schemas.get();
  replace(state.definitions.schemas, std::make_shared<const record_schemas>(fields, state.zones, before), undo);
}

// Every version of the policies that name them counts by the calendars as they are now, so that runs under way do, too.
void follow_calendars(const std::vector<business_calendar_definition>& changed, desk_state& state, undo_list& undo) {
  versions<escalation_plan>& known = state.definitions.escalation_policies;
  const auto find_calendar = [&](std::string_view key) {
    return state.definitions.business_calendars.current(state.words.find(word_kind::business_calendar, key));
  };
  for (std::uint32_t number = 1; number <= known.size(); ++number) {
    const auto all = known.all(number);
    const auto follows = [&](const auto& plan) { return names_calendar(plan->policy, changed); };
    if (std::ranges::none_of(all, follows)) continue;
    undo.emplace_back([&known, number, all] { known.restore(number, all); });
    known.rewrite(number, [&](const escalation_plan& plan) {
      return plan_of(plan.policy, plan.graph.version(), state.definitions.schemas->escalation(), find_calendar);
    });
  }
}

std::vector<business_calendar_definition> current_calendars(const desk_state& state) {
  std::vector<business_calendar_definition> all;
  const versions<business_calendar>& known = state.definitions.business_calendars;
  for (std::uint32_t number = 1; number <= known.size(); ++number) {
    if (const business_calendar* current = known.current(number)) all.push_back(current->definition());
  }
  return all;
}

}  // namespace

void refuse_definition(std::string_view list, std::size_t index, const std::string& key, const std::string& why) {
  const std::string path = "/" + std::string(list) + "/" + std::to_string(index);
  json_writer detail;
  detail.begin_object();
  detail.member("path", path);
  detail.member("key", key);
  detail.member("why", why);
  detail.end_object();
  throw error(status::invalid_argument, "definition.refused", path + " (\"" + key + "\"): " + why, detail.take());
}

std::string_view publications::published_as(word_kind kind) {
  return std::ranges::find(definition_types(), std::string_view(name(kind)), &definition_type::kind)->published;
}

namespace {

definitions_published check_settled(const publish& c, const desk_state& state) {
  const publications all(c, state);
  const zone_data& zones = state.zones;
  const record_schemas schemas = schemas_with(all, zones);
  check_people(all, zones);
  check_managers(all);
  check_teams(all);
  check_services(all);
  check_categories(all);
  check_custom_fields(all);
  check_attributes(all, state.words);
  all.each([&](const auto& one) { check_findings(one, schemas, zones); });
  check_record_types(all, state);
  check_calendar_of<word_kind::person>(all);
  check_calendar_of<word_kind::team>(all);
  check_calendar_of<word_kind::service>(all);
  check_calendar_of<word_kind::customer>(all);
  const calendar_book calendars = check_calendars(all, zones);
  check_calendars_of_workflows(all, calendars);
  check_sla_policies(all, state, schemas, calendars);
  check_escalation_policies(all, schemas, calendars);
  check_contracts(all);
  check_competition(all, schemas);
  check_permissions(all, schemas);
  check_record_templates(all);
  check_event_sources(all);
  check_metrics(all, schemas);
  check_duty(all, state);
  check_routing(all, schemas);
  check_conditions(all, schemas, state.words);
  definitions_published changes;
  changes.pack = c.pack;
  each_definition_kind([&]<class Kind>(Kind) { Kind::published(changes) = all.of<Kind::kind>().changed(); });
  add_combinations(all, changes.business_calendars);
  changes.warnings = duty_warnings(changes, all);
  add_matrix_warnings(changes);
  add_routing_warnings(all, changes);
  add_condition_warnings(schemas, changes);
  add_followers(all, changes);
  if (!changes.business_calendars.empty()) {
    changes.zone_data_version = zones.version();
    changes.zone_data = zones.part(zones_of_calendars(all));
  }
  return changes;
}

// Fills in default storm limits at publication, so that later defaults do not change old policies (E5).
publish settled_storms(publish c) {
  for (escalation_policy& policy : c.escalation_policies) policy.storms = settled(policy.storms);
  return c;
}

}  // namespace

definitions_published check_definitions(const publish& c, const desk_state& state, instant now) {
  if (!has_duty(c) && c.escalation_policies.empty()) return check_settled(c, state);
  return check_settled(settled_storms(has_duty(c) ? settled_duty(c, state, now) : c), state);
}

void apply_definitions(const definitions_published& e, desk_state& state, undo_list& undo) {
  definition_table& all = state.definitions;
  undo.emplace_back([&state, at = state.words.position()] { state.words.rewind(at); });
  const company with{e, zones_in(e.zone_data)};
  for (const person& p : e.people) state.words.add(word_kind::person, p.key);
  for (const custom_field& f : e.custom_fields) state.words.add(word_kind::custom_field, f.key);
  each_definition_kind([&]<class Kind>(Kind) {
    for (const auto& definition : Kind::published(e)) {
      const std::uint32_t number = state.words.add(Kind::kind, key_of(definition));
      add_version(Kind::known(all), number, made_ready(definition, state, with), undo);
    }
    if (Kind::kind == word_kind::custom_field && (!all.schemas || !e.custom_fields.empty())) renew_schemas(state, undo);
  });
  for (const schedule_override& o : e.schedule_overrides) {
    const std::uint32_t schedule = state.words.find(word_kind::schedule, o.schedule);
    undo.reserve(undo.size() + 1);
    all.overrides.add(schedule, state.words.find(word_kind::schedule_override, o.key), o.from, o.until);
    undo.emplace_back([&all, schedule] { all.overrides.take_back(schedule); });
  }
  if (!all.category_tree || !e.categories.empty()) {
    replace(all.category_tree, std::make_shared<const category_tree>(all.categories, state.words), undo);
  }
  if (all.permission_policies.size() != 0) {
    replace(all.permissions, std::make_shared<const permissions>(all, state.words), undo);
  }
  if (!e.zone_data_version.empty()) note_zone_data(e.zone_data_version, state, undo);
  all.incident_matrix = {state.words.find(word_kind::priority_matrix, default_definition)};
  all.incident_classes = {state.words.find(word_kind::incident_class_policy, default_definition)};
}

std::optional<zone_data_changed> changed_zone_data(const desk_state& state) {
  if (state.zone_data_version.empty() || state.zone_data_version == state.zones.version()) return {};
  std::vector<std::string> zones;
  for (const business_calendar_definition& d : current_calendars(state)) zones.push_back(d.zone);
  return zone_data_changed{state.zone_data_version, std::string(state.zones.version()), state.zones.part(zones)};
}

std::vector<business_calendar_definition> apply_zone_data(const zone_data_changed& e, desk_state& state,
                                                          undo_list& undo) {
  const std::vector<business_calendar_definition> all = current_calendars(state);
  const zone_data zones = zones_in(e.zone_data);
  versions<business_calendar>& known = state.definitions.business_calendars;
  std::vector<business_calendar_definition> changed;
  for (const business_calendar_definition& d : all) {
    std::vector<business_calendar_definition> others = all;
    std::erase_if(others, [&](const business_calendar_definition& other) { return other.key == d.key; });
    auto renewed = std::make_shared<const business_calendar>(compile_with(d, others, zones));
    const std::uint32_t number = state.words.find(word_kind::business_calendar, d.key);
    if (renewed->transitions_hash() == known.current(number)->transitions_hash()) continue;
    add_version(known, number, std::move(renewed), undo);
    changed.push_back(d);
  }
  follow_calendars(changed, state, undo);
  note_zone_data(e.to, state, undo);
  return changed;
}

category_tree::category_tree(const versions<category>& categories, const lexicon& words)
    : parents_(categories.size()), successors_(categories.size()), inner_(categories.size()) {
  for (std::uint32_t number = 1; number <= categories.size(); ++number) {
    const category* c = categories.current(number);
    successors_[number - 1] = c ? words.find(word_kind::category, c->replaced_by) : 0;
    const std::uint32_t parent = c ? words.find(word_kind::category, c->parent) : 0;
    parents_[number - 1] = parent;
    if (parent != 0 && !c->retired) inner_[parent - 1] = true;
  }
}

std::uint32_t category_tree::now(std::uint32_t number) const {
  for (std::size_t steps = 0; number != 0 && steps <= limits::category_replacements_max; ++steps) {
    const std::uint32_t next = number <= successors_.size() ? successors_[number - 1] : 0;
    if (next == 0) break;
    number = next;
  }
  return number;
}

std::uint32_t category_tree::at_level(std::uint32_t number, std::size_t level) const {
  const std::vector<std::uint32_t> path = path_of(number);
  return path.size() <= level ? number : path[level - 1];
}

std::vector<std::uint32_t> category_tree::path_of(std::uint32_t number) const {
  std::vector<std::uint32_t> path;
  for (; number != 0 && path.size() < limits::category_depth_max; number = parent_of(number)) path.push_back(number);
  std::ranges::reverse(path);
  return path;
}

void forget_person(person_ref ref, desk_state& state, undo_list& undo) {
  auto& people = state.definitions.people;
  if (!people.current(ref.index)) return;
  undo.emplace_back([&people, ref, all = people.all(ref.index)] { people.restore(ref.index, all); });
  people.rewrite(ref.index, [](person p) {
    p.name.clear();
    p.mail.clear();
    p.phone.clear();
    return p;
  });
  const std::uint32_t profile =
      state.words.find(word_kind::contact_profile, state.words.word(word_kind::person, ref.index));
  auto& profiles = state.definitions.contact_profiles;
  if (!profiles.current(profile)) return;
  undo.emplace_back([&profiles, profile, all = profiles.all(profile)] { profiles.restore(profile, all); });
  profiles.rewrite(profile, [](contact_profile p) {
    for (contact_method& method : p.methods) method.address.clear();
    return p;
  });
}

}  // namespace tocsin::inline v1
