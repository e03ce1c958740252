// What is asked about changes: which were near before an incident (R-P12), which get in each other's way, which are
// planned.
#include "answer.hpp"

#include <tocsin/base/refusal.hpp>
#include <tocsin/change/change.hpp>
#include <tocsin/change/dependency_ways.hpp>
#include <tocsin/desk/history.hpp>
#include <tocsin/desk/query.hpp>
#include <tocsin/model/incident.hpp>
#include <tocsin/service/affected_item.hpp>
#include <tocsin/time/icalendar.hpp>

#include <algorithm>
#include <memory>

namespace tocsin::inline v1 {
namespace {

constexpr std::int64_t default_rows = 100;
constexpr std::int64_t default_calendar_rows = 1'000;
constexpr duration default_within = 72 * hour;
constexpr range listed_rows{1, limits::listed_changes_max};

std::size_t limit_or(std::int64_t asked, std::int64_t otherwise) {
  return static_cast<std::size_t>(asked == 0 ? otherwise : asked);
}

// At one instant, what is going on then.
void check_span(instant from, instant until) {
  if (from <= until) return;
  throw unexpected(status::invalid_argument, "change.span", "/until", "an instant before `from`",
                   "an instant that is not");
}

// ---- changes

const change_details& change_part(const incident& record) { return *record.part<change_details>(); }

// Nothing of what a requester may see of a record is about changes: to those who see no more, there are none.
bool shows_all(const answer_context& c, const incident& record) { return c.audience(&record) != visibility::requester; }

// Cancelled before work on it began: nothing was changed, and nothing will be.
bool is_void(const incident& record) {
  return record.state_kind == state_kind::cancelled && !is_set(change_part(record).implemented_from);
}

// Calls `visit` with each change that the actor may ask of, live ones first.
template <class Visit>
void each_change(const answer_context& c, Visit visit) {
  if (c.d.state().words.find(word_kind::record_type, change_type) == 0) return;
  const record_filter may_see(c.d, {}, c.asked, c.actor());
  const type_filter changes(c.d.state(), {std::string(change_type)}, {}, may_see);
  record_outline outline;
  if (auto test = changes.as_test()) outline.tests.push_back(std::move(*test));
  each_record(
      c.d, {},
      [&](const incident_ptr& record) {
        const bool is_one = record->part<change_details>() && !is_void(*record);
        if (is_one && may_see(*record) && shows_all(c, *record)) visit(record);
        return true;
      },
      outline);
}

instant began(const change_details& change) {
  return is_set(change.implemented_from) ? change.implemented_from : change.planned_from;
}

void write_change(const answer_context& c, const incident& record) {
  const change_details& change = change_part(record);
  c.to.member("number", c.d.show_number(record.number));
  c.to.member("title", record.text->title);
  c.write("state", record.state);
  c.write("state_kind", record.state_kind);
  c.write_if_given("change_kind", change.change_kind);
  c.write_if_given("change_risk", change.change_risk);
  c.write_if_given("planned_from", change.planned_from);
  c.write_if_given("planned_until", change.planned_until);
  c.write_if_given("implemented_from", change.implemented_from);
  c.write_if_given("implemented_until", change.implemented_until);
  c.write_if_given("change_outcome", change.change_outcome);
}

void write_not_listed(const answer_context& c, std::size_t found, std::size_t limit) {
  if (found > limit) c.to.member("not_listed", static_cast<std::int64_t>(found - limit));
}

// ---- what they are near to

const service_graph& graph_of(const answer_context& c) {
  static const service_graph none;
  const auto& graph = c.d.state().definitions.service_graph;
  return graph ? *graph : none;
}

// The items that the record names; where it names none, its service.
std::vector<item_number> items_of(const answer_context& c, const incident& record) {
  const service_graph& graph = graph_of(c);
  std::vector<item_number> items;
  const auto add = [&](std::string_view key) {
    const item_number item = graph.find(key);
    if (item != no_item) items.push_back(item);
  };
  const std::vector<affected_item>& named = affected_items_of(record);
  for (const affected_item& one : named) {
    if (one.how != affected_how::not_affected) add(one.item);
  }
  if (named.empty() && record.service) add(c.d.state().words.word(word_kind::service, record.service.index));
  return items;
}

// Those that lead somewhere, the shortest first, then by the key of the item that they lead to.
std::vector<dependency_way> found_ways(const service_graph& graph, std::vector<dependency_way> all) {
  std::erase_if(all, [](const dependency_way& way) { return way.empty(); });
  std::ranges::stable_sort(all, [&](const dependency_way& a, const dependency_way& b) {
    if (a.size() != b.size()) return a.size() < b.size();
    return graph.key(a.back()) < graph.key(b.back());
  });
  return all;
}

void write_ways(const answer_context& c, const std::vector<dependency_way>& ways) {
  const service_graph& graph = graph_of(c);
  c.to.key("near");
  c.to.begin_array();
  for (std::size_t i = 0; i < std::min(ways.size(), limits::near_items_max); ++i) {
    c.to.begin_object();
    c.to.member("item", graph.key(ways[i].back()));
    std::vector<std::string> keys;
    for (const item_number step : ways[i]) keys.emplace_back(graph.key(step));
    c.write_texts("way", keys);
    c.to.end_object();
  }
  c.to.end_array();
}

// Changes and the items of each, one after the other.
struct placed_changes {
  std::vector<incident_ptr> changes;
  std::vector<item_number> items;
  std::vector<std::size_t> ends;  // of each change: where its items end

  void add(const answer_context& c, const incident_ptr& record) {
    const std::vector<item_number> own = items_of(c, *record);
    changes.push_back(record);
    items.insert(items.end(), own.begin(), own.end());
    ends.push_back(items.size());
  }
  std::size_t begin_of(std::size_t change) const { return change == 0 ? 0 : ends[change - 1]; }
  std::span<const item_number> items_at(std::size_t change) const {
    return std::span(items).subspan(begin_of(change), ends[change] - begin_of(change));
  }
  // Of ways to all items, those to the items of one change.
  std::vector<dependency_way> ways_to(std::size_t change, const std::vector<dependency_way>& all) const {
    const auto first = all.begin() + static_cast<std::ptrdiff_t>(begin_of(change));
    return {first, all.begin() + static_cast<std::ptrdiff_t>(ends[change])};
  }
};

// ---- before an incident

struct near_change {
  incident_ptr record;
  std::vector<dependency_way> ways;
};

std::vector<near_change> near_changes(const answer_context& c, const placed_changes& placed,
                                      std::span<const item_number> starts) {
  const service_graph& graph = graph_of(c);
  const std::vector<dependency_way> all = dependency_ways(graph, placed.items).from(starts);
  std::vector<near_change> found;
  for (std::size_t i = 0; i < placed.changes.size(); ++i) {
    std::vector<dependency_way> ways = found_ways(graph, placed.ways_to(i, all));
    if (!ways.empty()) found.push_back({placed.changes[i], std::move(ways)});
  }
  std::ranges::sort(found, [](const near_change& a, const near_change& b) {
    const instant first = began(change_part(*a.record));
    const instant second = began(change_part(*b.record));
    return first != second ? first > second : a.record->number > b.record->number;
  });
  return found;
}

// ---- collisions

struct collision {
  std::size_t first;
  std::size_t second;
  change_window window;
  std::vector<dependency_way> ways;
};

// Those whose plans touch the range, by their beginning; they all have a window.
placed_changes planned_in(const answer_context& c, const change_window& range) {
  std::vector<incident_ptr> found;
  each_change(c, [&](const incident_ptr& record) {
    if (overlap(planned_window(change_part(*record)), range)) found.push_back(record);
  });
  std::ranges::sort(found, [](const incident_ptr& a, const incident_ptr& b) {
    const instant first = change_part(*a).planned_from;
    const instant second = change_part(*b).planned_from;
    return first != second ? first < second : a->number < b->number;
  });
  placed_changes placed;
  for (const incident_ptr& record : found) placed.add(c, record);
  return placed;
}

std::vector<collision> collisions(const answer_context& c, const placed_changes& placed) {
  const service_graph& graph = graph_of(c);
  const dependency_ways ways(graph, placed.items);
  std::vector<std::vector<dependency_way>> from;  // each change to all items
  for (std::size_t i = 0; i < placed.changes.size(); ++i) from.push_back(ways.from(placed.items_at(i)));
  std::vector<collision> found;
  for (std::size_t i = 0; i < placed.changes.size(); ++i) {
    c.d.step("query", i, placed.changes.size());
    const change_window first = planned_window(change_part(*placed.changes[i]));
    for (std::size_t j = i + 1; j < placed.changes.size(); ++j) {
      const change_window second = planned_window(change_part(*placed.changes[j]));
      if (!overlap(first, second)) break;  // later ones begin later still
      std::vector<dependency_way> both = placed.ways_to(j, from[i]);
      for (dependency_way& way : placed.ways_to(i, from[j])) {
        if (way.size() > 1) both.push_back(std::move(way));  // what they share stands there already
      }
      both = found_ways(graph, std::move(both));
      if (!both.empty()) found.push_back({i, j, common(first, second), std::move(both)});
    }
  }
  return found;
}

// ---- as a calendar

std::string_view icalendar_status(const incident& record) {
  if (record.state_kind == state_kind::cancelled) return "CANCELLED";
  return record.state_kind == state_kind::fresh ? "TENTATIVE" : "CONFIRMED";
}

std::string export_changes(const answer_context& c, std::span<const incident_ptr> changes) {
  icalendar_writer to;
  to.begin("VCALENDAR");
  to.property("VERSION", "2.0");
  to.property("PRODID", "-//Tocsin//Changes//EN");
  to.text("X-WR-CALNAME", "Changes");
  for (const incident_ptr& record : changes) {
    const change_details& change = change_part(*record);
    const std::string number = c.d.show_number(record->number);
    to.begin("VEVENT");
    to.text("UID", number + "@tocsin");
    to.utc_time("DTSTAMP", record->updated_at);
    to.utc_time("DTSTART", change.planned_from);
    to.utc_time("DTEND", change.planned_until);
    to.text("SUMMARY", number + " " + record->text->title);
    to.property("STATUS", icalendar_status(*record));
    to.text("X-TOCSIN-STATE", c.d.state().words.word(word_kind::state, record->state.index));
    to.end("VEVENT");
  }
  to.end("VCALENDAR");
  return to.str();
}

}  // namespace

std::span<const std::string_view> choices(calendar_form) {
  static constexpr std::string_view all[] = {"json", "ical"};
  return all;
}

std::span<const field_row> changes_before_query::fields() {
  using self = changes_before_query;
  static constexpr field_row rows[] = {
      row<&self::incident>("incident", "Incident before whose onset, and near to whose affected items or service"),
      row<&self::items>("items", "Keys of services and configuration items that changes are near to, too",
                        max_length(limits::affected_items_max)),
      row<&self::until>("until", "Changes up to then; none: the onset of the incident, or now"),
      row<&self::within>("within", "So long before that; 72 hours where nothing is said",
                         range{second.us, limits::change_window_max.us}),
      row<&self::limit>("limit", "So many are listed, newest first; 100 where nothing is given", listed_rows),
  };
  return rows;
}

void answer(const answer_context& c, const changes_before_query& query) {
  if (!c.record && query.items.empty()) throw missing_field("/incident", "changes_before", "an incident, or items");
  std::vector<item_number> starts = find_items(graph_of(c), "items", query.items);
  if (c.record) {
    const std::vector<item_number> own = items_of(c, *c.record);
    starts.insert(starts.begin(), own.begin(), own.end());
  }
  const instant now = c.d.state().counters.clock;
  const instant onset = is_set(query.until) ? query.until : c.record ? onset_of(*c.record) : now;
  const instant since = onset - (query.within.us == 0 ? default_within : query.within);
  placed_changes placed;
  each_change(c, [&](const incident_ptr& record) {
    const change_details& change = change_part(*record);
    const bool is_itself = c.record && c.record->id == record->id;
    const bool is_then = touches(planned_window(change), since, onset) || touches(implementation(change), since, onset);
    if (is_then && !is_itself) placed.add(c, record);
  });
  const std::vector<near_change> found = near_changes(c, placed, starts);
  const std::size_t limit = limit_or(query.limit, default_rows);
  c.to.begin_object();
  c.write("onset", onset);
  c.to.key("changes");
  c.to.begin_array();
  for (std::size_t i = 0; i < std::min(limit, found.size()); ++i) {
    c.to.begin_object();
    write_change(c, *found[i].record);
    write_ways(c, found[i].ways);
    c.to.end_object();
  }
  c.to.end_array();
  write_not_listed(c, found.size(), limit);
  c.to.end_object();
}

std::span<const field_row> change_collisions_query::fields() {
  using self = change_collisions_query;
  static constexpr field_row rows[] = {
      row<&self::from>("from", "Changes that are planned for then or later", required),
      row<&self::until>("until", "And before then", required),
      row<&self::limit>("limit", "So many pairs are listed, by their beginning; 100 where nothing is given",
                        listed_rows),
  };
  return rows;
}

void answer(const answer_context& c, const change_collisions_query& query) {
  check_span(query.from, query.until);
  const placed_changes placed = planned_in(c, {query.from, query.until});
  if (placed.changes.size() > limits::colliding_changes_max) {
    throw error(status::resource_exhausted, "change.too_many",
                std::to_string(placed.changes.size()) + " changes are planned for that time, and at most " +
                    std::to_string(limits::colliding_changes_max) + " are compared: ask for less of it");
  }
  const std::vector<collision> found = collisions(c, placed);
  const std::size_t limit = limit_or(query.limit, default_rows);
  c.to.begin_object();
  c.to.key("collisions");
  c.to.begin_array();
  for (std::size_t i = 0; i < std::min(limit, found.size()); ++i) {
    const collision& one = found[i];
    c.to.begin_object();
    c.write_texts("changes", {c.d.show_number(placed.changes[one.first]->number),
                              c.d.show_number(placed.changes[one.second]->number)});
    c.write("from", one.window.from);
    c.write("until", one.window.to);
    write_ways(c, one.ways);
    c.to.end_object();
  }
  c.to.end_array();
  write_not_listed(c, found.size(), limit);
  c.to.end_object();
}

std::span<const field_row> change_calendar_query::fields() {
  using self = change_calendar_query;
  static constexpr field_row rows[] = {
      row<&self::from>("from", "Changes that are planned for then or later", required),
      row<&self::until>("until", "And before then", required),
      row<&self::format>("format", "As json, where nothing is said, or as the text of an iCalendar"),
      row<&self::limit>("limit", "So many are listed, by their beginning; 1000 where nothing is given", listed_rows),
  };
  return rows;
}

void answer(const answer_context& c, const change_calendar_query& query) {
  check_span(query.from, query.until);
  const placed_changes placed = planned_in(c, {query.from, query.until});
  const std::size_t limit = limit_or(query.limit, default_calendar_rows);
  const std::span listed = std::span(placed.changes).first(std::min(limit, placed.changes.size()));
  c.to.begin_object();
  if (query.format == calendar_form::ical) {
    c.to.member("ical", export_changes(c, listed));
  } else {
    c.to.key("changes");
    c.to.begin_array();
    for (const incident_ptr& record : listed) {
      c.to.begin_object();
      write_change(c, *record);
      c.to.end_object();
    }
    c.to.end_array();
  }
  write_not_listed(c, placed.changes.size(), limit);
  c.to.end_object();
}

}  // namespace tocsin::inline v1
