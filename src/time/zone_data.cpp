// The packed zone data, whose format scripts/generate_zones.py describes. Indexed at once; a zone's rules are unpacked
// when it is first asked for.
#include <algorithm>
#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include <tocsin/base/error.hpp>
#include <tocsin/time/zone.hpp>

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

  std::string_view version;
  std::vector<std::string_view> names;
  std::vector<name_row> rows;  // beside the names

 private:
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
