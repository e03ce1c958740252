#include "publish_calendars.hpp"

#include <algorithm>

#include <tocsin/desk/definition_row.hpp>
#include "publish.hpp"

namespace tocsin::inline v1 {
namespace {

std::vector<business_calendar_definition> current_calendars(const desk_state& state) {
  std::vector<business_calendar_definition> all;
  const versions<business_calendar>& known = state.definitions.of<business_calendar>();
  for (std::uint32_t number = 1; number <= known.size(); ++number) {
    if (const business_calendar* current = known.current(number)) all.push_back(current->definition());
  }
  return all;
}

// Of all calendars, for a combination is compiled with its parts.
std::vector<std::string> zones_of_calendars(const publications& all) {
  std::vector<std::string> zones;
  all.of<business_calendar_definition>().each([&](const business_calendar_definition& d) { zones.push_back(d.zone); });
  return zones;
}

}  // namespace

std::shared_ptr<const business_calendar> compiled(const business_calendar_definition& d, const compilation& with) {
  std::vector<business_calendar_definition> others = with.published.definitions.of<business_calendar_definition>();
  for (business_calendar_definition& known : current_calendars(with.state)) {
    const bool given = std::ranges::find(others, known.key, &business_calendar_definition::key) != others.end();
    if (!given) others.push_back(std::move(known));
  }
  std::erase_if(others, [&](const business_calendar_definition& other) { return other.key == d.key; });
  return std::make_shared<const business_calendar>(compile_with(d, others, with.zones));
}

calendar_book check_calendars(const publications& all, const zone_data& zones) {
  const auto calendars = all.of<business_calendar_definition>();
  std::vector<business_calendar_definition> together;
  calendars.each([&](const business_calendar_definition& d) { together.push_back(d); });
  calendars.each_given([&](std::size_t i, const business_calendar_definition& d) {
    if (d.key == always_open_calendar) calendars.refuse_at(i, "the key is built in");
  });
  try {
    return calendar_book(together, zones);
  } catch (const error& e) {
    if (calendars.empty()) throw;
    calendars.refuse_at(0, e.what());
  }
}

void add_combinations(const publications& all, definitions_published& changes) {
  std::vector<business_calendar_definition>& changed = changes.definitions.of<business_calendar_definition>();
  const auto is_changed = [&](const std::string& key) {
    return std::ranges::find(changed, key, &business_calendar_definition::key) != changed.end();
  };
  for (bool more = !changed.empty(); more;) {
    more = false;
    all.of<business_calendar_definition>().each([&](const business_calendar_definition& d) {
      if (is_changed(d.key)) return;
      const bool follows =
          std::ranges::any_of(d.intersection, is_changed) || std::ranges::any_of(d.union_of, is_changed);
      if (follows) changed.push_back(d);
      more = more || follows;
    });
  }
}

void add_zone_data(const publications& all, const zone_data& zones, definitions_published& changes) {
  if (changes.definitions.of<business_calendar_definition>().empty()) return;
  changes.zone_data_version = zones.version();
  changes.zone_data = zones.part(zones_of_calendars(all));
}

zone_data zones_in(const std::string& packed) {
  return packed.empty() ? zone_data::bundled() : zone_data::parse_text(packed);
}

void note_zone_data(const std::string& version, desk_state& state, undo_list& undo) {
  undo.emplace_back([&state, before = state.zone_data_version]() mutable { state.zone_data_version.swap(before); });
  state.zone_data_version = version;
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
  versions<business_calendar>& known = state.definitions.of<business_calendar>();
  std::vector<business_calendar_definition> changed;
  for (const business_calendar_definition& d : all) {
    std::vector<business_calendar_definition> others = all;
    std::erase_if(others, [&](const business_calendar_definition& other) { return other.key == d.key; });
    auto renewed = std::make_shared<const business_calendar>(compile_with(d, others, zones));
    const std::uint32_t number = state.words.find(word_kind::business_calendar, d.key);
    if (renewed->transitions_hash() == known.current(number)->transitions_hash()) continue;
    undo.reserve(undo.size() + 1);
    known.add(number, std::move(renewed));
    undo.emplace_back([&known, number] { known.remove_latest(number); });
    changed.push_back(d);
  }
  follow_calendars(changed, state, undo);
  note_zone_data(e.to, state, undo);
  return changed;
}

}  // namespace tocsin::inline v1
