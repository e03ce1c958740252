#include <tocsin/time/calendar_book.hpp>

#include <set>
#include <utility>

#include <tocsin/base/error.hpp>

namespace tocsin::inline v1 {
namespace {

// Compiles the parts of a calendar before it.
class binder {
 public:
  using definitions_by_key = std::map<std::string_view, const business_calendar_definition*>;
  using calendars_by_key = std::map<std::string, business_calendar, std::less<>>;

  binder(const zone_data& zones, calendars_by_key& to) : zones_(zones), calendars_(to) {}

  void add(const business_calendar_definition& d) {
    if (definitions_.emplace(d.key, &d).second) return;
    throw error(status::already_exists, "calendar.key_twice", "calendar \"" + d.key + "\" is there twice");
  }

  void compile_all() {
    for (const auto& [key, definition] : definitions_) compile(key);
  }

  // nullptr for a key without a definition.
  const business_calendar* compile(std::string_view key) {
    if (const auto ready = calendars_.find(key); ready != calendars_.end()) return &ready->second;
    const auto found = definitions_.find(key);
    if (found == definitions_.end()) return nullptr;
    if (!underway_.insert(key).second) {
      throw error(status::invalid_argument, "calendar.circular",
                  "calendar \"" + std::string(key) + "\" is a part of itself");
    }
    auto calendar =
        business_calendar::compile(*found->second, zones_, [this](std::string_view part) { return compile(part); });
    underway_.erase(key);
    return &calendars_.emplace(key, std::move(calendar)).first->second;
  }

 private:
  const zone_data& zones_;
  calendars_by_key& calendars_;
  definitions_by_key definitions_;
  std::set<std::string_view> underway_;
};

}  // namespace

calendar_book::calendar_book(std::span<const business_calendar_definition> definitions, const zone_data& zones) {
  binder all(zones, calendars_);
  for (const business_calendar_definition& d : definitions) all.add(d);
  all.compile_all();
}

const business_calendar* calendar_book::find(std::string_view key) const {
  if (const auto found = calendars_.find(key); found != calendars_.end()) return &found->second;
  const business_calendar& built_in = business_calendar::always();
  return key == built_in.definition().key ? &built_in : nullptr;
}

const business_calendar& calendar_book::get(std::string_view key) const {
  if (const business_calendar* found = find(key)) return *found;
  throw error(status::not_found, "calendar.unknown", "calendar \"" + std::string(key) + "\" is unknown");
}

business_calendar compile_with(const business_calendar_definition& definition,
                               std::span<const business_calendar_definition> others, const zone_data& zones) {
  binder::calendars_by_key calendars;
  binder all(zones, calendars);
  for (const business_calendar_definition& d : others) all.add(d);
  all.add(definition);
  return *all.compile(definition.key);
}

}  // namespace tocsin::inline v1
