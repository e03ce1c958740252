#include "publish.hpp"

#include <tocsin/model/definition.hpp>
#include <tocsin/oncall/schedule.hpp>

#include "desk/publish_calendars.hpp"

#include <set>

namespace tocsin::inline v1 {
namespace {

void check_skills(const publication<person>& people, std::size_t i, const publication<skill>& skills) {
  std::set<std::string_view> seen;
  for (std::size_t s = 0; s < people[i].skills.size(); ++s) {
    const std::string& key = people[i].skills[s].skill;
    const std::string path = "/skills/" + std::to_string(s) + ": the skill";
    people.demand_one(i, skills, key, path);
    if (!seen.insert(key).second) people.refuse_at(i, path + " " + quoted(key) + " is there twice");
  }
}

void check_people(const publications& all, const zone_data& zones) {
  const auto people = all.of<person>();
  people.each_given([&](std::size_t i, const person& p) {
    if (p.key == "system" || p.key == "host") people.refuse_at(i, "the key is built in");
    if (!p.zone.empty() && !zones.find(p.zone)) people.refuse_at(i, "the zone " + quoted(p.zone) + " is unknown");
    people.demand(i, all.of<customer>(), p.customer, "the customer");
    check_skills(people, i, all.of<skill>());
  });
}

// From one to the next by a key; what is named must be there, and must not lead back.
template <class T, class Next>
void check_chain(const publication<T>& all, std::size_t i, const std::string& what, Next next) {
  const T* at = &all[i];
  for (std::size_t passed = 0; !next(*at).empty(); ++passed) {
    const std::string& key = next(*at);
    all.demand(i, all, key, what);
    if (key == all[i].key || passed == limits::reporting_chain_max) {
      all.refuse_at(i, what + " " + quoted(next(all[i])) + " leads back to it, or goes on for ever");
    }
    at = all.find(key);
  }
}

void check_managers(const publication<person>& people) {
  for (std::size_t i = 0; i < people.size(); ++i) {
    check_chain(people, i, "the manager", [](const person& p) -> const std::string& { return p.manager; });
  }
}

void check_teams(const publications& all) {
  const auto teams = all.of<team>();
  const auto people = all.of<person>();
  teams.each_given([&](std::size_t i, const team& t) {
    check_chain(teams, i, "the next support level",
                [](const team& one) -> const std::string& { return one.escalates_to; });
    for (const std::string& member : t.members) teams.demand_one(i, people, member, "members: the person");
    teams.demand(i, all.of<schedule>(), t.schedule, "the schedule");
  });
}

void check(const publication_check& against) {
  const publications& all = against.all;
  check_people(all, against.state.zones);
  check_managers(all.of<person>());
  check_teams(all);
  check_calendar_of<person>(all);
  check_calendar_of<team>(all);
  check_calendar_of<customer>(all);
}

}  // namespace

constinit const publication_rules organisation_publication{.check = check};

}  // namespace tocsin::inline v1
