#include "publish_permissions.hpp"

#include <tocsin/desk/permission.hpp>
#include <tocsin/desk/vocabulary.hpp>
#include <tocsin/model/definition.hpp>

#include "publish_calendars.hpp"
#include "publish_conditions.hpp"

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

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

void check_owners(const publication<permission_policy>& policies, std::size_t i, const publications& all) {
  const std::vector<definition_ownership>& owners = policies[i].owners;
  for (std::size_t o = 0; o < owners.size(); ++o) {
    const std::string at = "owners/" + std::to_string(o) + ": ";
    for (const std::string& kind : owners[o].kinds) {
      if (find_definition_type(kind)) continue;
      std::vector<std::string> known;
      for (const definition_type* type : definition_types()) known.emplace_back(type->name);
      policies.refuse_at(i, at + "the kind " + quoted(kind) + " is unknown" + did_you_mean(nearest_of(kind, known)));
    }
    for (const std::string& key : owners[o].people) policies.demand_one(i, all.of<person>(), key, at + "the person");
    for (const std::string& key : owners[o].teams) policies.demand_one(i, all.of<team>(), key, at + "the team");
  }
}

}  // namespace

void check_permissions(const publications& all, const record_schemas& schemas) {
  const auto policies = all.of<permission_policy>();
  for (std::size_t i = 0; i < policies.size(); ++i) {
    check_owners(policies, i, all);
    const std::vector<permission_grant>& grants = policies[i].grants;
    for (std::size_t g = 0; g < grants.size(); ++g) {
      const auto refuse = [&](const std::string& why) {
        policies.refuse_at(i, "grants/" + std::to_string(g) + ": " + why);
      };
      check_names<command_type>(grants[g].commands, command_types(), "the command", refuse);
      const std::string at = "grants/" + std::to_string(g) + ": ";
      for (const std::string& key : grants[g].people) policies.demand_one(i, all.of<person>(), key, at + "the person");
      for (const std::string& key : grants[g].teams) policies.demand_one(i, all.of<team>(), key, at + "the team");
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

void derive_permissions(desk_state& state, undo_list& undo) {
  definition_table& all = state.definitions;
  if (all.of<permission_policy>().size() == 0) return;
  replace(all.permissions, std::make_shared<const permissions>(all, state.words), undo);
}

void each_condition(const permission_policy& p, const record_schemas& schemas, const condition_visitor& to) {
  for (std::size_t i = 0; i < p.grants.size(); ++i) {
    visit_condition("grants/" + std::to_string(i) + "/where", p.grants[i].where, schemas.record(), to);
  }
}

}  // namespace tocsin::inline v1
