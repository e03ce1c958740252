// The packed zone data, whose format scripts/generate_zones.py describes. Indexed at once; a zone's rules are unpacked
// when it is first asked for.
#include <algorithm>
#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include <tocsin/base/error.hpp>
#include <tocsin/time/zone.hpp>

#include "base64.hpp"
#include "posix_rule.hpp"
#include "zone_rules.hpp"

namespace tocsin::inline v1 {
namespace detail {
namespace {

constexpr unsigned char bundled_table[] = {
#include "zone_table.inc"
};

constexpr std::string_view magic = "TZPK";
constexpr unsigned char format = 1;

[[noreturn]] void refuse(const std::string& what) {
  throw error{status::corrupt, "zone_data.malformed", "the time zone data is malformed: " + what};
}

struct pack_reader {
  std::string_view rest;

  std::string_view take(std::size_t size) {
    if (size > rest.size()) refuse("it ends too early");
    const std::string_view taken = rest.substr(0, size);
    rest.remove_prefix(size);
    return taken;
  }

  std::size_t take_unsigned() {
    std::uint32_t value = 0;
    for (unsigned shift = 0; shift < 28; shift += 7) {
      const auto byte = static_cast<unsigned char>(take(1)[0]);
      value |= static_cast<std::uint32_t>(byte & 0x7F) << shift;
      if ((byte & 0x80) == 0) return value;
    }
    // Five bytes: seconds of more than eight years.
    const auto byte = static_cast<unsigned char>(take(1)[0]);
    if (byte > 0x0F) refuse("a number is too large");
    return value | static_cast<std::uint32_t>(byte) << 28;
  }

  std::int64_t take_signed() {
    const auto zigzag = static_cast<std::int64_t>(take_unsigned());
    return (zigzag & 1) != 0 ? -(zigzag >> 1) - 1 : zigzag >> 1;
  }

  std::string_view take_text() { return take(take_unsigned()); }

  // Each of the things counted takes a byte at least.
  std::size_t take_count() {
    const std::size_t count = take_unsigned();
    if (count > rest.size()) refuse("it ends too early");
    return count;
  }

  template <class T>
  const T& take_one_of(const std::vector<T>& values) {
    const std::size_t place = take_unsigned();
    if (place >= values.size()) refuse("a reference leads nowhere");
    return values[place];
  }
};

}  // namespace

class zone_pack {
 public:
  struct name_row {
    std::size_t rules;
    std::size_t canonical;
  };

  explicit zone_pack(std::string_view bytes) : reader_{bytes} { read(); }
  explicit zone_pack(std::string bytes) : kept_(std::move(bytes)), reader_{kept_} { read(); }
  zone_pack(const zone_pack&) = delete;
  zone_pack& operator=(const zone_pack&) = delete;
  ~zone_pack() {
    for (std::size_t i = 0; i < zones_.size(); ++i) delete unpacked_[i].load();
  }

  // Threads that ask at the same time may each unpack; the first one's rules are everybody's.
  const zone_rules& rules(std::size_t place) const {
    std::atomic<const zone_rules*>& slot = unpacked_[place];
    if (const zone_rules* ready = slot.load(std::memory_order_acquire)) return *ready;
    auto mine = std::make_unique<const zone_rules>(unpack(zones_[place]));
    const zone_rules* theirs = nullptr;
    if (!slot.compare_exchange_strong(theirs, mine.get(), std::memory_order_acq_rel)) return *theirs;
    return *mine.release();
  }

  void check_all() const {
    for (const std::string_view bytes : zones_) unpack(bytes);
  }

  // A pack of these places alone, in the order of their names.
  std::string part(const std::vector<std::size_t>& places) const;

  std::string_view version;
  std::vector<std::string_view> names;
  std::vector<name_row> rows;  // beside the names

 private:
  friend class pack_part;

  void read() {
    if (reader_.take(magic.size()) != magic) refuse("it does not begin with " + std::string{magic});
    if (static_cast<unsigned char>(reader_.take(1)[0]) != format) {
      throw error{status::unsupported, "zone_data.unsupported",
                  "the time zone data is in a format that this library does not know (known: 1)"};
    }
    version = reader_.take_text();
    if (!is_zone_name(version)) refuse("its version is no word");
    read_strings();
    read_types();
    read_zones();
    read_names();
    if (!reader_.rest.empty()) refuse("it goes on after its end");
  }

  void read_strings() {
    strings_.resize(reader_.take_count());
    for (std::string_view& text : strings_) text = reader_.take_text();
  }

  void read_types() {
    types_.resize(reader_.take_count());
    for (local_offset& type : types_) {
      const std::int64_t offset_s = reader_.take_signed();
      if (offset_s < -utc_offset_s_max || offset_s > utc_offset_s_max) refuse("an offset is a day or more");
      const char dst = reader_.take(1)[0];
      type = {static_cast<std::int32_t>(offset_s), dst != 0, reader_.take_one_of(strings_)};
    }
  }

  void read_zones() {
    const std::size_t count = reader_.take_count();
    if (count > limits::zones_max) refuse("it has too many zones (limit: " + std::to_string(limits::zones_max) + ")");
    zones_.resize(count);
    for (std::string_view& bytes : zones_) bytes = reader_.take_text();
    unpacked_ = std::make_unique<std::atomic<const zone_rules*>[]>(count);
  }

  void read_names() {
    const std::size_t count = reader_.take_count();
    if (count > limits::zones_max) refuse("it has too many names (limit: " + std::to_string(limits::zones_max) + ")");
    names.reserve(count);
    rows.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
      const std::string_view name = reader_.take_text();
      if (!is_zone_name(name)) refuse("a name has other signs than letters, digits, '/', '_', '+' and '-'");
      if (!names.empty() && name <= names.back()) refuse("its names are not in order");
      const std::size_t rules = reader_.take_unsigned();
      const std::size_t canonical = reader_.take_unsigned();
      if (rules >= zones_.size() || canonical >= count) refuse("a reference leads nowhere");
      names.push_back(name);
      rows.push_back({rules, canonical});
    }
    for (const name_row& row : rows) {
      const name_row& canonical = rows[row.canonical];
      if (&rows[canonical.canonical] != &canonical || canonical.rules != row.rules) refuse("an alias is of no zone");
    }
  }

  zone_rules unpack(std::string_view bytes) const {
    pack_reader reader{bytes};
    const std::string_view footer = reader.take_one_of(strings_);
    local_offset present = reader.take_one_of(types_);
    local_offset before = present;
    zone_rules rules = begin_rules(present);
    std::int64_t at_s = rules_begin_s;
    const std::size_t count = reader.take_count();
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t step = reader.take_unsigned();
      const auto hours = static_cast<std::int64_t>(step >> 1);
      at_s += hours != 0 ? hours * 3600 : static_cast<std::int64_t>(reader.take_unsigned());
      if (at_s >= rules_end_s) refuse("a transition lies beyond the years accepted");
      const local_offset following = (step & 1) != 0 ? before : reader.take_one_of(types_);
      append_transition(rules, at_s, following);
      before = std::exchange(present, following);
    }
    if (!reader.rest.empty()) refuse("a zone goes on after its end");
    const auto rule = parse_posix_rule(footer);
    if (!rule) refuse("a footer is not understood");
    append_footer(rules, *rule, at_s);
    return rules;
  }

  std::string kept_;
  pack_reader reader_;
  std::vector<std::string_view> strings_;
  std::vector<local_offset> types_;
  std::vector<std::string_view> zones_;
  std::unique_ptr<std::atomic<const zone_rules*>[]> unpacked_;
};

// Writes a pack with some of the zones of another.
class pack_part {
 public:
  pack_part(const zone_pack& all, const std::vector<std::size_t>& places) : all_(all), places_(places) {}

  std::string take() {
    for (const std::size_t place : places_) put_text(names_, all_.names[place]), put_row(place);
    std::string result(magic);
    result += static_cast<char>(format);
    put_text(result, all_.version);
    put_list(result, strings_);
    put_list(result, types_);
    put_list(result, zones_);
    put_unsigned(result, places_.size());
    return result + names_;
  }

 private:
  struct list {
    std::string bytes;
    std::vector<std::size_t> members;  // their places in the whole
  };

  static void put_unsigned(std::string& to, std::size_t value) {
    for (; value >= 0x80; value >>= 7) to += static_cast<char>((value & 0x7F) | 0x80);
    to += static_cast<char>(value);
  }

  static void put_signed(std::string& to, std::int64_t value) {
    put_unsigned(to, static_cast<std::size_t>(value < 0 ? -(value + 1) * 2 + 1 : value * 2));
  }

  static void put_text(std::string& to, std::string_view text) {
    put_unsigned(to, text.size());
    to += text;
  }

  static void put_list(std::string& to, const list& l) {
    put_unsigned(to, l.members.size());
    to += l.bytes;
  }

  // The place in the part; `write` puts what is new there.
  template <class Write>
  static std::size_t place_in(list& l, std::size_t member, Write write) {
    const auto found = std::find(l.members.begin(), l.members.end(), member);
    if (found == l.members.end()) {
      const std::string bytes = write();
      l.members.push_back(member);
      l.bytes += bytes;
      return l.members.size() - 1;
    }
    return static_cast<std::size_t>(found - l.members.begin());
  }

  std::size_t string_at(std::size_t place) {
    return place_in(strings_, place, [&] {
      std::string bytes;
      put_text(bytes, all_.strings_[place]);
      return bytes;
    });
  }

  std::size_t type_at(std::size_t place) {
    const local_offset& type = all_.types_[place];
    const auto text = std::find(all_.strings_.begin(), all_.strings_.end(), type.abbreviation);
    const std::size_t abbreviation = string_at(static_cast<std::size_t>(text - all_.strings_.begin()));
    return place_in(types_, place, [&] {
      std::string bytes;
      put_signed(bytes, type.utc_offset_s);
      bytes += static_cast<char>(type.dst ? 1 : 0);
      put_unsigned(bytes, abbreviation);
      return bytes;
    });
  }

  std::string zone_at(std::size_t place) {
    pack_reader from{all_.zones_[place]};
    std::string bytes;
    put_unsigned(bytes, string_at(from.take_unsigned()));
    put_unsigned(bytes, type_at(from.take_unsigned()));
    const std::size_t count = from.take_count();
    put_unsigned(bytes, count);
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t step = from.take_unsigned();
      put_unsigned(bytes, step);
      if (step >> 1 == 0) put_unsigned(bytes, from.take_unsigned());
      if ((step & 1) == 0) put_unsigned(bytes, type_at(from.take_unsigned()));
    }
    std::string whole;
    put_text(whole, bytes);
    return whole;
  }

  // A canonical name is among the places with its aliases.
  void put_row(std::size_t place) {
    const zone_pack::name_row& row = all_.rows[place];
    if (std::find(zones_.members.begin(), zones_.members.end(), row.rules) == zones_.members.end()) {
      std::string bytes = zone_at(row.rules);
      zones_.members.push_back(row.rules);
      zones_.bytes += bytes;
    }
    const auto rules = std::find(zones_.members.begin(), zones_.members.end(), row.rules);
    put_unsigned(names_, static_cast<std::size_t>(rules - zones_.members.begin()));
    const auto canonical = std::lower_bound(places_.begin(), places_.end(), row.canonical);
    put_unsigned(names_, static_cast<std::size_t>(canonical - places_.begin()));
  }

  const zone_pack& all_;
  const std::vector<std::size_t>& places_;
  list strings_;
  list types_;
  list zones_;
  std::string names_;
};

std::string zone_pack::part(const std::vector<std::size_t>& places) const { return pack_part(*this, places).take(); }

}  // namespace detail

const zone_data& zone_data::bundled() {
  static const zone_data data{std::make_shared<const detail::zone_pack>(
      std::string_view{reinterpret_cast<const char*>(detail::bundled_table), sizeof detail::bundled_table})};
  return data;
}

zone_data zone_data::parse(std::span<const std::byte> bytes) {
  if (bytes.size() > limits::zone_data_bytes_max) {
    throw error{status::resource_exhausted, "zone_data.too_large",
                "the time zone data has " + std::to_string(bytes.size()) +
                    " bytes (limit: " + std::to_string(limits::zone_data_bytes_max) + ")"};
  }
  const auto pack =
      std::make_shared<const detail::zone_pack>(std::string{reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  pack->check_all();
  return zone_data{pack};
}

zone_data zone_data::parse_text(std::string_view base64) {
  const std::optional<std::string> bytes = detail::from_base64(base64);
  if (!bytes) {
    throw error{status::corrupt, "zone_data.malformed", "the time zone data is malformed: it is no base64 (RFC 4648)"};
  }
  return parse(std::as_bytes(std::span(*bytes)));
}

std::string zone_data::part(std::span<const std::string> names) const {
  std::vector<std::size_t> places;
  for (const std::string& name : names) {
    const auto found = std::lower_bound(pack_->names.begin(), pack_->names.end(), name);
    if (found == pack_->names.end() || *found != name) continue;
    places.push_back(static_cast<std::size_t>(found - pack_->names.begin()));
    places.push_back(pack_->rows[places.back()].canonical);
  }
  std::sort(places.begin(), places.end());
  places.erase(std::unique(places.begin(), places.end()), places.end());
  return detail::to_base64(pack_->part(places));
}

std::optional<zone> zone_data::find(std::string_view name) const {
  const auto found = std::lower_bound(pack_->names.begin(), pack_->names.end(), name);
  if (found == pack_->names.end() || *found != name) return std::nullopt;
  const auto& row = pack_->rows[static_cast<std::size_t>(found - pack_->names.begin())];
  return zone{std::shared_ptr<const detail::zone_rules>{pack_, &pack_->rules(row.rules)}, *found,
              pack_->names[row.canonical]};
}

zone zone_data::get(std::string_view name) const {
  if (auto found = find(name)) return *std::move(found);
  if (!detail::is_zone_name(name)) {
    throw error{status::not_found, "zone.unknown",
                "the name of a time zone has 1 to 64 letters, digits, '/', '_', '+' and '-'"};
  }
  throw error{status::not_found, "zone.unknown",
              "time zone \"" + std::string{name} + "\" is unknown in zone data " + std::string{version()}};
}

std::string_view zone_data::version() const noexcept { return pack_->version; }

std::span<const std::string_view> zone_data::names() const noexcept { return pack_->names; }

}  // namespace tocsin::inline v1
