#include <tocsin/model/configuration_item.hpp>

namespace tocsin::inline v1 {

std::span<const field_row> configuration_item::fields() {
  using self = configuration_item;
  constexpr max_length key_length{limits::key_length_max};
  static constexpr field_row rows[] = {
      row<&self::key>("key", "Key by which documents name the configuration item", required, one_line, key_length),
      row<&self::name>("name", "Name as people know it", one_line),
      row<&self::item_class>("class", "What it is, in a word of the host's: server, database, line", one_line,
                             key_length),
      row<&self::owner>("owner", "Key of the person who is responsible for it", one_line, key_length),
      row<&self::owner_team>("owner_team", "Key of the team that is responsible for it, where no person is", one_line,
                             key_length),
      row<&self::support_team>("support_team", "Key of the team that works on it", one_line, key_length),
      row<&self::customers>("customers", "Keys of the customers that use it themselves",
                            max_length(limits::customers_max)),
      row<&self::criticality>("criticality", "How much depends on it"),
      row<&self::cost_per_hour>("cost_per_hour", "What an hour of outage in the open time of its calendar costs",
                                range{0, limits::cost_per_hour_max}),
      row<&self::calendar>("calendar", "Key of the business calendar of the time in which it is needed", one_line,
                           key_length),
      row<&self::external_key>("external_key", "What the system that it was imported from calls it", one_line),
      row<&self::depends_on>("depends_on", "Keys of services and configuration items that must all be well",
                             max_length(limits::dependencies_max)),
      row<&self::runs_on>("runs_on", "The same: what it runs on", max_length(limits::dependencies_max)),
      row<&self::part_of>("part_of", "The same: what it is a part of", max_length(limits::dependencies_max)),
      row<&self::groups>("groups", "Dependency groups, of each of which some must be well",
                         max_length(limits::dependency_groups_max)),
      row<&self::retired>("retired", "No longer to be named by new records"),
      row<&self::currency>("currency", "What unit of money its cost is in, as EUR", one_line,
                           max_length(limits::currency_length_max)),
  };
  return rows;
}

std::vector<std::string> lint(const configuration_item& definition) { return lint(graph_item_of(definition)); }

}  // namespace tocsin::inline v1
