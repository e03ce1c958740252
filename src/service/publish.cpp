#include "publish.hpp"

#include <tocsin/model/definition.hpp>

#include "desk/publication.hpp"
#include "desk/publish_calendars.hpp"

namespace tocsin::inline v1 {
namespace {

void check_services(const publications& all) {
  const auto services = all.of<service>();
  for (std::size_t i = 0; i < services.size(); ++i) {
    const std::string& owner = services[i].owner;
    const std::string& owner_team = services[i].owner_team;
    if (!owner.empty() && !owner_team.empty()) services.refuse_at(i, "it has both an owner and an owner_team");
    services.demand(i, all.of<team>(), owner_team, "owner_team: the team");
    services.demand(i, all.of<person>(), owner, "owner: the person");
  }
}

// Where statistics count a retired category from now on must be there, and must not lead back to it.
void check_replacements(const publications& all) {
  const auto categories = all.of<category>();
  for (std::size_t i = 0; i < categories.size(); ++i) {
    const category* at = &categories[i];
    if (at->replaced_by.empty()) continue;
    if (!at->retired) categories.refuse_at(i, "it has a replaced_by, but is not retired");
    for (std::size_t steps = 1; !at->replaced_by.empty(); ++steps) {
      const std::string& next = at->replaced_by;
      if (steps > limits::category_replacements_max) {
        categories.refuse_at(i, "replaced_by leads in a circle, or over more than " +
                                    std::to_string(limits::category_replacements_max) + " categories");
      }
      categories.demand(i, categories, next, "replaced_by: the category");
      at = categories.find(next);
    }
  }
}

void check_categories(const publications& all) {
  const auto categories = all.of<category>();
  check_replacements(all);
  for (std::size_t i = 0; i < categories.size(); ++i) {
    std::string parent = categories[i].parent;
    for (std::size_t depth = 1; !parent.empty(); ++depth) {
      if (depth >= limits::category_depth_max) {
        categories.refuse_at(i, "the tree is a loop, or deeper than " + std::to_string(limits::category_depth_max));
      }
      categories.demand(i, categories, parent, "parent: the category");
      parent = categories.find(parent)->parent;
    }
  }
}

void check(const publication_check& against) {
  check_services(against.all);
  check_categories(against.all);
  check_calendar_of<service>(against.all);
}

void derive(const definitions_published& e, desk_state& state, undo_list& undo) {
  definition_table& all = state.definitions;
  if (all.category_tree && e.definitions.of<category>().empty()) return;
  replace(all.category_tree, std::make_shared<const category_tree>(all.of<category>(), state.words), undo);
}

}  // namespace

constinit const publication_rules service_publication{.check = check, .derive = derive};

}  // namespace tocsin::inline v1
