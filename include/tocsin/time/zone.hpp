// A time zone: how the wall clocks of a place differ from UTC, at every instant from 1900 to 2199 (T1, T2).
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include <tocsin/time/instant.hpp>
#include <tocsin/time/local_time.hpp>

namespace tocsin::inline v1 {

namespace limits {
inline constexpr std::size_t zone_data_bytes_max = 1u << 20;  // zone data or one zone file that a host hands in
inline constexpr std::size_t zones_max = 10'000;              // zones and aliases in zone data
inline constexpr std::size_t zone_text_length_max = 4 * (zone_data_bytes_max / 3 + 1);  // the same as text
}  // namespace limits

namespace detail {
struct zone_rules;
class zone_pack;
}  // namespace detail

struct local_offset {
  std::int32_t utc_offset_s = 0;  // east of UTC is positive; less than a day
  bool dst = false;               // may be winter: Dublin's standard time is its summer's (negative DST)
  std::string_view abbreviation;  // lives as long as its zone
  friend bool operator==(const local_offset&, const local_offset&) = default;
};

enum class local_kind : std::uint8_t { unique, skipped, repeated };

// When a wall clock shows a given time: once (first = second), never (both are the instant at which the clock jumps
// over it), or twice.
struct local_instants {
  local_kind kind = local_kind::unique;
  instant first;
  instant second;
};

// A cheap value, safe to share between threads; it keeps alive the zone data that it came from. Its instants and local
// times are those of the years accepted.
class zone {
 public:
  std::string_view name() const noexcept { return name_; }  // as it was asked for, maybe an alias
  std::string_view canonical_name() const noexcept { return canonical_name_; }

  local_offset offset_at(instant t) const noexcept;
  local_time to_local(instant t) const noexcept;
  local_instants from_local(local_time local) const noexcept;

  // The first instant after t at which offset, dst or abbreviation change; `never` if that is not before 2200.
  instant next_transition(instant t) const noexcept;

 private:
  friend class zone_data;
  friend zone read_tzif(std::string_view name, std::span<const std::byte> bytes);
  zone(std::shared_ptr<const detail::zone_rules> rules, std::string_view name, std::string_view canonical_name)
      : rules_(std::move(rules)), name_(name), canonical_name_(canonical_name) {}

  std::shared_ptr<const detail::zone_rules> rules_;
  std::string_view name_;
  std::string_view canonical_name_;
};

// All zones of one version of the IANA data. A cheap value, safe to share between threads.
class zone_data {
 public:
  // The data that the library carries. Nothing is read from the machine.
  static const zone_data& bundled();

  // Newer data in the packed format of scripts/generate_zones.py, which is copied and checked throughout: an error
  // "zone_data.malformed", "zone_data.unsupported", "zone_data.too_large", or "zone.malformed" of a zone in it.
  static zone_data parse(std::span<const std::byte> bytes);
  // The same from base64 (RFC 4648), as documents hold it; an error "zone_data.malformed" for what is none.
  static zone_data parse_text(std::string_view base64);

  // The data of these zones alone, in base64; names that it does not know are left out. What it says of them is the same.
  std::string part(std::span<const std::string> names) const;

  // Names are exact, as IANA writes them; aliases are names too.
  std::optional<zone> find(std::string_view name) const;
  zone get(std::string_view name) const;  // an error "zone.unknown" if there is no such zone

  std::string_view version() const noexcept;                 // "2025b"
  std::span<const std::string_view> names() const noexcept;  // rising, with aliases

 private:
  explicit zone_data(std::shared_ptr<const detail::zone_pack> pack) : pack_(std::move(pack)) {}

  std::shared_ptr<const detail::zone_pack> pack_;
};

// One compiled zone file (TZif, RFC 9636, versions 1 to 4), under a name that the host gives it. Transitions before 1900
// are folded into the beginning, the footer holds after the last one. An error "zone.name", "zone.too_large", or
// "zone.malformed" if it cannot be used: files that count leap seconds are among those.
zone read_tzif(std::string_view name, std::span<const std::byte> bytes);

// RFC 3339 with the zone's numeric offset: "2050-07-01T08:00:00-04:00". Offsets of old local mean time, which RFC 3339
// cannot say, are rounded to whole minutes: the text still names the same instant, the clock it shows is near.
std::string to_rfc3339(instant t, const zone& where);

}  // namespace tocsin::inline v1
