#include <tocsin/model/definition.hpp>

namespace tocsin::inline v1 {

std::span<const field_row> skill::fields() {
  static constexpr field_row rows[] = {
      row<&skill::key>("key", "Key by which documents name the skill", required, one_line,
                       max_length(limits::key_length_max)),
      row<&skill::name>("name", "Name as people know it", one_line),
      row<&skill::retired>("retired", "No longer to be named by new definitions"),
  };
  return rows;
}

std::span<const field_row> person_skill::fields() {
  static constexpr field_row rows[] = {
      row<&person_skill::skill>("skill", "Key of the skill", required, one_line, max_length(limits::key_length_max)),
      row<&person_skill::level>("level", "How good the person is at it; larger is better, 1 where none is given",
                                range{1, limits::skill_level_max}),
  };
  return rows;
}

std::span<const field_row> person::fields() {
  static constexpr field_row rows[] = {
      row<&person::key>("key", "Pseudonym by which documents name the person", required, one_line,
                        max_length(limits::key_length_max)),
      row<&person::name>("name", "Name as colleagues know it", personal, one_line),
      row<&person::mail>("mail", "Mail address", personal, one_line),
      row<&person::phone>("phone", "Telephone number", personal, one_line),
      row<&person::zone>("zone", "Time zone of the person, an IANA name", one_line),
      row<&person::retired>("retired", "No longer to be named by new records"),
      row<&person::calendar>("calendar", "Key of the business calendar that holds for the person", one_line,
                             max_length(limits::key_length_max)),
      row<&person::manager>("manager", "Key of the person to whom this one reports", one_line,
                            max_length(limits::key_length_max)),
      row<&person::customer>("customer", "Key of the customer that the person belongs to", one_line,
                             max_length(limits::key_length_max)),
      row<&person::skills>("skills", "What the person is good at", max_length(limits::skills_per_person_max)),
      row<&person::capacity>("capacity", "Open records that the person can have at a time; none: unknown",
                             range{0, limits::capacity_max}),
      row<&person::custom>("custom", "Values of custom fields by key, an object"),
  };
  return rows;
}

std::span<const field_row> team::fields() {
  static constexpr field_row rows[] = {
      row<&team::key>("key", "Key by which documents name the team", required, one_line,
                      max_length(limits::key_length_max)),
      row<&team::name>("name", "Name as people know it", one_line),
      row<&team::members>("members", "Keys of the people in it", max_length(limits::definitions_max)),
      row<&team::retired>("retired", "No longer to be named by new records"),
      row<&team::calendar>("calendar", "Key of the business calendar that it works by", one_line,
                           max_length(limits::key_length_max)),
      row<&team::escalates_to>("escalates_to", "Key of the team at the next support level", one_line,
                               max_length(limits::key_length_max)),
      row<&team::schedule>("schedule", "Key of the schedule that says who of it is on call; none: all are paged",
                           one_line, max_length(limits::key_length_max)),
      row<&team::custom>("custom", "Values of custom fields by key, an object"),
  };
  return rows;
}

std::span<const field_row> service::fields() {
  static constexpr field_row rows[] = {
      row<&service::key>("key", "Key by which documents name the service", required, one_line,
                         max_length(limits::key_length_max)),
      row<&service::name>("name", "Name as people know it", one_line),
      row<&service::owner>("owner", "Key of the person who is responsible for it", one_line,
                           max_length(limits::key_length_max)),
      row<&service::retired>("retired", "No longer to be named by new records"),
      row<&service::calendar>("calendar", "Key of the business calendar that it is agreed for", one_line,
                              max_length(limits::key_length_max)),
      row<&service::owner_team>("owner_team", "Key of the team that is responsible for it, where no person is",
                                one_line, max_length(limits::key_length_max)),
      row<&service::custom>("custom", "Values of custom fields by key, an object"),
      row<&service::support_team>("support_team", "Key of the team that works on it", one_line,
                                  max_length(limits::key_length_max)),
      row<&service::customers>("customers", "Keys of the customers that use it", max_length(limits::customers_max)),
      row<&service::criticality>("criticality", "How much depends on it"),
      row<&service::cost_per_hour>("cost_per_hour", "What an hour of outage in the open time of its calendar costs",
                                   range{0, limits::cost_per_hour_max}),
      row<&service::external_key>("external_key", "What the system that it was imported from calls it", one_line),
      row<&service::depends_on>("depends_on", "Keys of services and configuration items that must all be well",
                                max_length(limits::dependencies_max)),
      row<&service::runs_on>("runs_on", "The same: what it runs on", max_length(limits::dependencies_max)),
      row<&service::part_of>("part_of", "The same: what it is a part of", max_length(limits::dependencies_max)),
      row<&service::groups>("groups", "Dependency groups, of each of which some must be well",
                            max_length(limits::dependency_groups_max)),
      row<&service::currency>("currency", "What unit of money its cost is in, as EUR", one_line,
                              max_length(limits::currency_length_max)),
  };
  return rows;
}

std::vector<std::string> lint(const service& definition) { return lint(graph_item_of(definition)); }

std::span<const field_row> customer::fields() {
  static constexpr field_row rows[] = {
      row<&customer::key>("key", "Key by which documents name the customer", required, one_line,
                          max_length(limits::key_length_max)),
      row<&customer::name>("name", "Name as people know it", one_line),
      row<&customer::calendar>("calendar", "Key of the business calendar that holds for it", one_line,
                               max_length(limits::key_length_max)),
      row<&customer::retired>("retired", "No longer to be named"),
      row<&customer::custom>("custom", "Values of custom fields by key, an object"),
  };
  return rows;
}

std::span<const field_row> vendor::fields() {
  static constexpr field_row rows[] = {
      row<&vendor::key>("key", "Key by which documents name the vendor", required, one_line,
                        max_length(limits::key_length_max)),
      row<&vendor::name>("name", "Name as people know it", one_line),
      row<&vendor::mail>("mail", "Mail address of its support", one_line),
      row<&vendor::phone>("phone", "Telephone number of its support", one_line),
      row<&vendor::support>("support", "Other ways to reach its support: a portal, an account number",
                            max_length(limits::text_length_max)),
      row<&vendor::retired>("retired", "No longer to be named"),
  };
  return rows;
}

std::span<const field_row> category::fields() {
  static constexpr field_row rows[] = {
      row<&category::key>("key", "Key by which documents name the category", required, one_line,
                          max_length(limits::key_length_max)),
      row<&category::name>("name", "Name as people know it", one_line),
      row<&category::parent>("parent", "Key of the category above it; none at the root", one_line,
                             max_length(limits::key_length_max)),
      row<&category::retired>("retired", "No longer to be named by new records"),
      row<&category::replaced_by>("replaced_by", "Of a retired one, key of the category that statistics count it under",
                                  one_line, max_length(limits::key_length_max)),
  };
  return rows;
}

}  // namespace tocsin::inline v1
