#include <tocsin/time/business_calendar.hpp>

#include <algorithm>
#include <limits>
#include <map>
#include <mutex>
#include <optional>

#include <tocsin/base/error.hpp>
#include <tocsin/base/json.hpp>
#include <tocsin/base/refusal.hpp>
#include <tocsin/time/rfc3339.hpp>

#include "business_days.hpp"
#include "calendar_compile.hpp"
#include "calendar_findings.hpp"

namespace tocsin::inline v1 {
namespace {

using detail::always_key;
using detail::calendar_kind;
using detail::compiled_calendar;
using detail::open_time;
using compiled_parts = std::vector<std::shared_ptr<const compiled_calendar>>;

constexpr std::int64_t longest = std::numeric_limits<std::int64_t>::max();

[[noreturn]] void refuse(const std::string& key, const detail::calendar_finding& f) {
  throw error(status::invalid_argument, "calendar.invalid",
              "calendar " + quoted(key) + ": " + f.path + ": found " + f.found.shown + ", allowed " + f.allowed.words,
              refusal_detail(f.path, f.found, f.allowed));
}

[[noreturn]] void refuse_instant(instant t) {
  const std::string shown = t == never        ? "never"
                            : t == no_instant ? "no instant"
                                              : std::to_string(t.us) + " microseconds since 1970";
  throw error(status::invalid_argument, "calendar.instant_out_of_range",
              "business time is known from 1900-01-01T00:00:00Z to 2199-12-31T23:59:59.999999Z, not at " + shown);
}

void check(instant t) {
  if (!is_acceptable(t)) [[unlikely]]
    refuse_instant(t);
}

void check_sizes(std::size_t a, std::size_t b, std::size_t out) {
  if (a == b && a == out) return;
  throw error(status::invalid_argument, "calendar.sizes_differ",
              "a batch needs as many answers as questions: " + std::to_string(a) + ", " + std::to_string(b) + ", " +
                  std::to_string(out));
}

instant answer(std::int64_t us) {
  if (us > instant_max.us) return never;
  return us < instant_min.us ? no_instant : instant{us};
}

// ---- compiling

const business_calendar& part(const std::string& key, const calendar_lookup& parts, const std::string& path) {
  if (const business_calendar* found = parts ? parts(key) : nullptr) return *found;
  if (key == always_key) return business_calendar::always();
  throw error(status::not_found, "calendar.unknown", path + ": calendar \"" + key + "\" is unknown");
}

calendar_kind kind_of(const business_calendar_definition& definition) {
  if (!definition.intersection.empty()) return calendar_kind::intersection;
  return definition.union_of.empty() ? calendar_kind::own_hours : calendar_kind::union_of;
}

// Every day from 00:00 to 24:00 is what "always open" means on any clock.
detail::calendar_days own_days(business_calendar_definition definition) {
  if (definition.always_open) {
    weekly_window all_week{.days = {}, .start = {0, 0}, .end = end_of_day};
    for (unsigned d = 0; d < 7; ++d) all_week.days.push_back(week_day_of(d));
    definition.weekly = {std::move(all_week)};
  }
  return detail::calendar_days(definition);
}

zone zone_of(const business_calendar_definition& definition, const compiled_parts& parts, const zone_data& zones) {
  if (!definition.zone.empty()) return zones.get(definition.zone);
  return parts.empty() ? zones.get("UTC") : parts.front()->zone;
}

open_time open_time_of(calendar_kind kind, const std::optional<detail::calendar_days>& days,
                       const detail::zone_periods& periods, const compiled_parts& parts) {
  if (kind == calendar_kind::own_hours) return detail::open_time_of(*days, periods);
  std::vector<const open_time*> open;
  for (const auto& p : parts) open.push_back(&p->open);
  return detail::combined(kind, open);
}

void append(std::vector<std::uint8_t>& to, const digest& hash) { to.insert(to.end(), hash.begin(), hash.end()); }

digest hash_of_definition(const business_calendar_definition& definition, const compiled_parts& parts) {
  json_writer json;
  json.begin_object();
  write_members(json, definition, {});
  json.end_object();
  std::vector<std::uint8_t> bytes(json.str().begin(), json.str().end());
  for (const auto& p : parts) append(bytes, p->definition_hash);
  return sha256{}.of(bytes);
}

digest hash_of_transitions(const detail::zone_periods& periods, const compiled_parts& parts) {
  if (parts.empty()) return periods.hash();
  std::vector<std::uint8_t> bytes;
  append(bytes, periods.hash());
  for (const auto& p : parts) append(bytes, p->transitions_hash);
  return sha256{}.of(bytes);
}

// What the calendars of a process have in common: thousands of desks may publish the same one, each for itself. Nothing is
// kept that nobody uses.
class calendar_pool {
 public:
  // The calendar with that hash, made unless it is there.
  template <class Make>
  std::shared_ptr<const compiled_calendar> take(const digest& hash, Make make) {
    {
      const std::lock_guard guard(mutex_);
      const auto known = all_.find(hash);
      if (auto there = known == all_.end() ? nullptr : known->second.lock()) return there;
    }
    std::shared_ptr<const compiled_calendar> made = make();
    const std::lock_guard guard(mutex_);
    std::weak_ptr<const compiled_calendar>& place = all_[hash];
    if (auto there = place.lock()) return there;  // another thread was faster
    place = made;
    if (all_.size() > sweep_at_) sweep();
    return made;
  }

 private:
  void sweep() {
    std::erase_if(all_, [](const auto& item) { return item.second.expired(); });
    sweep_at_ = 2 * all_.size() + sweep_least;
  }

  static constexpr std::size_t sweep_least = 64;

  std::mutex mutex_;
  std::map<digest, std::weak_ptr<const compiled_calendar>> all_;
  std::size_t sweep_at_ = sweep_least;
};

digest hash_of_all(const digest& definition, const digest& transitions, std::string_view version) {
  std::vector<std::uint8_t> bytes(version.begin(), version.end());
  append(bytes, definition);
  append(bytes, transitions);
  return sha256{}.of(bytes);
}

std::shared_ptr<const compiled_calendar> made_of(const business_calendar_definition& definition, const zone_data& zones,
                                                 zone where, detail::zone_periods periods, compiled_parts parts) {
  const calendar_kind kind = kind_of(definition);
  std::optional<detail::calendar_days> days;
  if (kind == calendar_kind::own_hours) days = own_days(definition);
  open_time open = open_time_of(kind, days, periods, parts);
  const std::int64_t open_us = open.position(instant_max.us + 1) - open.position(instant_min.us);
  return std::make_shared<const compiled_calendar>(compiled_calendar{
      .data = zones,
      .definition = definition,
      .kind = kind,
      .zone = std::move(where),
      .zone_data_version = std::string(zones.version()),
      .transitions_hash = hash_of_transitions(periods, parts),
      .definition_hash = hash_of_definition(definition, parts),
      .periods = std::move(periods),
      .days = std::move(days),
      .open = std::move(open),
      .parts = std::move(parts),
      .never_open = open_us == 0,
      .always_open = open_us == instant_max.us + 1 - instant_min.us,
  });
}

std::shared_ptr<const compiled_calendar> compiled(const business_calendar_definition& definition,
                                                  const zone_data& zones, compiled_parts parts) {
  zone where = zone_of(definition, parts, zones);
  detail::zone_periods periods(where);
  static calendar_pool pool;
  const digest hash =
      hash_of_all(hash_of_definition(definition, parts), hash_of_transitions(periods, parts), zones.version());
  return pool.take(hash,
                   [&] { return made_of(definition, zones, std::move(where), std::move(periods), std::move(parts)); });
}

}  // namespace

business_calendar business_calendar::compile(const business_calendar_definition& definition, const zone_data& zones,
                                             const calendar_lookup& parts) {
  check_fields(business_calendar_definition::fields(), &definition, {}, nullptr, "business_calendar");
  const auto findings = detail::findings_of(definition, zones);
  if (!findings.empty()) refuse(definition.key, findings.front());
  compiled_parts found;
  const auto add = [&](const std::vector<std::string>& keys, const std::string& path) {
    for (std::size_t i = 0; i < keys.size(); ++i) {
      found.push_back(part(keys[i], parts, path + '/' + std::to_string(i)).compiled_);
    }
  };
  add(definition.intersection, "/intersection");
  add(definition.union_of, "/union");
  return business_calendar(compiled(definition, zones, std::move(found)));
}

const business_calendar& business_calendar::always() {
  static const business_calendar calendar =
      compile({.key = std::string(always_key), .name = "Always open (built in)", .zone = "UTC", .always_open = true});
  return calendar;
}

// ---- what it is

const business_calendar_definition& business_calendar::definition() const { return compiled_->definition; }
const zone& business_calendar::zone() const { return compiled_->zone; }
std::string_view business_calendar::zone_data_version() const { return compiled_->zone_data_version; }
const digest& business_calendar::transitions_hash() const { return compiled_->transitions_hash; }
const digest& business_calendar::definition_hash() const { return compiled_->definition_hash; }
bool business_calendar::never_open() const { return compiled_->never_open; }
bool business_calendar::always_open() const { return compiled_->always_open; }

std::size_t business_calendar::memory_bytes() const {
  const compiled_calendar& c = *compiled_;
  return sizeof c + c.open.memory_bytes() + c.periods.all().capacity() * sizeof(detail::zone_period) +
         (c.days ? c.days->memory_bytes() : 0);
}

// ---- open time (T5)

duration business_calendar::elapsed(instant from, instant to) const {
  check(from);
  check(to);
  return {compiled_->open.position(to.us) - compiled_->open.position(from.us)};
}

// The instant after the last of the open microseconds that are used up.
instant business_calendar::add(instant t, duration d) const {
  if (d.us < 0) return subtract(t, d.us == std::numeric_limits<std::int64_t>::min() ? duration{longest} : -1 * d);
  if (d.us == 0) return next_open(t);
  check(t);
  const open_time& open = compiled_->open;
  const std::int64_t position = open.position(t.us);
  if (d.us > open.total() - position) return never;
  return answer(open.instant_at(position + d.us - 1) + 1);
}

// The first of the open microseconds that are given back.
instant business_calendar::subtract(instant t, duration d) const {
  if (d.us < 0) return add(t, d.us == std::numeric_limits<std::int64_t>::min() ? duration{longest} : -1 * d);
  if (d.us == 0) return previous_close(t);
  check(t);
  const open_time& open = compiled_->open;
  const std::int64_t position = open.position(t.us);
  if (d.us > position) return no_instant;
  return answer(open.instant_at(position - d.us));
}

bool business_calendar::is_open(instant t) const {
  check(t);
  return compiled_->open.position(t.us + 1) != compiled_->open.position(t.us);
}

instant business_calendar::next_open(instant t) const {
  check(t);
  const open_time& open = compiled_->open;
  const std::int64_t position = open.position(t.us);
  return position < open.total() ? answer(open.instant_at(position)) : never;
}

instant business_calendar::next_close(instant t) const {
  const instant opening = next_open(t);
  return opening == never ? never : answer(compiled_->open.next_closed(opening.us));
}

instant business_calendar::previous_close(instant t) const {
  check(t);
  const std::int64_t position = compiled_->open.position(t.us);
  return position == 0 ? no_instant : answer(compiled_->open.instant_at(position - 1) + 1);
}

std::vector<open_interval> business_calendar::explain(instant from, instant to, std::size_t limit) const {
  check(from);
  check(to);
  std::vector<open_interval> intervals;
  while (from < to) {
    const instant start = next_open(from);
    if (start >= to) break;
    if (intervals.size() == limit) {
      throw error(status::resource_exhausted, "calendar.too_many",
                  "there are more open intervals between the two instants than " + std::to_string(limit));
    }
    const instant end = std::min(next_close(start), to);
    intervals.push_back({start, end});
    from = end;
  }
  return intervals;
}

// ---- business days (T8)

bool business_calendar::is_business_day(civil_date date) const {
  if (!is_real_date(date) || date.year < 1900 || date.year > 2199) {
    throw error(status::invalid_argument, "calendar.date_out_of_range", "dates go from 1900-01-01 to 2199-12-31");
  }
  return detail::is_business_day(*compiled_, days_from_civil(date));
}

instant business_calendar::add_business_days(instant t, std::int64_t n) const {
  check(t);
  const auto date = detail::business_day_after(*compiled_, t, n);
  if (!date) return n < 0 ? no_instant : never;
  const local_time local = compiled_->zone.to_local(t);
  const local_time wanted{*date * day.us + time_of_day(local).us};
  if (wanted == local) return next_open(t);  // also in the second of two hours that the clock shows twice
  const instant same_time = compiled_->zone.from_local(wanted).first;
  return is_acceptable(same_time) ? next_open(same_time) : never;
}

instant business_calendar::end_of_business_day(instant t, std::int64_t n) const {
  check(t);
  const auto date = detail::business_day_after(*compiled_, t, n);
  if (!date) return n < 0 ? no_instant : never;
  return answer(detail::last_closing(*compiled_, *date) * second.us);
}

// ---- batches

namespace {

template <class A, class Out, class Ask>
void each(std::span<const A> a, std::span<Out> out, Ask ask) {
  check_sizes(a.size(), a.size(), out.size());
  for (std::size_t i = 0; i < a.size(); ++i) out[i] = ask(a[i]);
}

template <class A, class B, class Out, class Ask>
void each(std::span<const A> a, std::span<const B> b, std::span<Out> out, Ask ask) {
  check_sizes(a.size(), b.size(), out.size());
  for (std::size_t i = 0; i < a.size(); ++i) out[i] = ask(a[i], b[i]);
}

}  // namespace

void business_calendar::elapsed(std::span<const instant> from, std::span<const instant> to,
                                std::span<duration> out) const {
  each(from, to, out, [this](instant a, instant b) { return elapsed(a, b); });
}

void business_calendar::add(std::span<const instant> t, std::span<const duration> d, std::span<instant> out) const {
  each(t, d, out, [this](instant a, duration b) { return add(a, b); });
}

void business_calendar::subtract(std::span<const instant> t, std::span<const duration> d,
                                 std::span<instant> out) const {
  each(t, d, out, [this](instant a, duration b) { return subtract(a, b); });
}

void business_calendar::next_open(std::span<const instant> t, std::span<instant> out) const {
  each(t, out, [this](instant a) { return next_open(a); });
}

void business_calendar::next_close(std::span<const instant> t, std::span<instant> out) const {
  each(t, out, [this](instant a) { return next_close(a); });
}

void business_calendar::previous_close(std::span<const instant> t, std::span<instant> out) const {
  each(t, out, [this](instant a) { return previous_close(a); });
}

void business_calendar::is_open(std::span<const instant> t, std::span<bool> out) const {
  each(t, out, [this](instant a) { return is_open(a); });
}

void business_calendar::add_business_days(std::span<const instant> t, std::span<const std::int64_t> n,
                                          std::span<instant> out) const {
  each(t, n, out, [this](instant a, std::int64_t b) { return add_business_days(a, b); });
}

void business_calendar::end_of_business_day(std::span<const instant> t, std::span<const std::int64_t> n,
                                            std::span<instant> out) const {
  each(t, n, out, [this](instant a, std::int64_t b) { return end_of_business_day(a, b); });
}

}  // namespace tocsin::inline v1
