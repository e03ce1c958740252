// Compiled zone files, RFC 9636: a header and a data block with times of 32 bits; from version 2 on a second header and
// block with times of 64 bits follow, and a footer.
#include <algorithm>
#include <string>

#include <tocsin/base/error.hpp>
#include <tocsin/time/zone.hpp>

#include "posix_rule.hpp"
#include "zone_rules.hpp"

namespace tocsin::inline v1 {
namespace detail {
namespace {

struct zone_file {
  std::string name;
  std::string bytes;
  zone_rules rules;
};

struct tzif_counts {
  std::size_t is_utc, is_standard, leap_seconds, transitions, types, characters;
};

class tzif_reader {
 public:
  explicit tzif_reader(const zone_file& file) : file_(file), rest_(file.bytes) {}

  zone_rules read() {
    const char version = read_header();
    if (version == '\0') return read_block(4);
    if (version < '2' || version > '4') fail("its version is unknown");
    skip_block(4);
    if (read_header() != version) fail("its two headers differ");
    zone_rules rules = read_block(8);
    read_footer(rules);
    return rules;
  }

 private:
  [[noreturn]] void fail(const std::string& what) const {
    throw error{status::corrupt, "zone.malformed",
                "the file of time zone \"" + file_.name + "\" is malformed: " + what};
  }

  std::string_view take(std::size_t size) {
    if (size > rest_.size()) fail("it ends too early");
    const std::string_view taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }

  static std::int64_t big_endian(std::string_view bytes) {
    std::uint64_t value = (bytes[0] & 0x80) != 0 ? ~std::uint64_t{0} : 0;
    for (const char byte : bytes) value = value << 8 | static_cast<unsigned char>(byte);
    return static_cast<std::int64_t>(value);
  }

  char read_header() {
    if (take(4) != "TZif") fail("it does not begin with TZif");
    const char version = take(16)[0];
    for (std::size_t* count : {&counts_.is_utc, &counts_.is_standard, &counts_.leap_seconds, &counts_.transitions,
                               &counts_.types, &counts_.characters}) {
      *count = static_cast<std::uint32_t>(big_endian(take(4)));
      if (*count > limits::zone_data_bytes_max) fail("it ends too early");
    }
    return version;
  }

  void skip_block(std::size_t time_size) {
    take(counts_.transitions * (time_size + 1) + counts_.types * 6 + counts_.characters);
    take(counts_.leap_seconds * (time_size + 4) + counts_.is_standard + counts_.is_utc);
  }

  zone_rules read_block(std::size_t time_size) {
    if (counts_.leap_seconds != 0) fail("it counts leap seconds");
    const std::string_view times = take(counts_.transitions * time_size);
    const std::string_view kinds = take(counts_.transitions);
    types_ = take(counts_.types * 6);
    abbreviations_ = take(counts_.characters);
    take(counts_.is_standard + counts_.is_utc);
    zone_rules rules = begin_rules(offset_of(0));
    for (std::size_t i = 0; i < kinds.size(); ++i) {
      const std::int64_t at_s = big_endian(times.substr(i * time_size, time_size));
      if (i > 0 && at_s <= last_transition_s_) fail("its transitions do not rise");
      append_transition(rules, at_s, offset_of(static_cast<unsigned char>(kinds[i])));
      last_transition_s_ = at_s;
    }
    return rules;
  }

  local_offset offset_of(std::size_t kind) const {
    if (kind >= counts_.types) fail("a type of local time is missing");
    const std::string_view row = types_.substr(kind * 6, 6);
    return {static_cast<std::int32_t>(big_endian(row.substr(0, 4))), row[4] != 0,
            abbreviation_at(static_cast<unsigned char>(row[5]))};
  }

  std::string_view abbreviation_at(std::size_t place) const {
    const std::size_t end = abbreviations_.find('\0', place);
    if (end == std::string_view::npos) fail("an abbreviation does not end");
    return abbreviations_.substr(place, end - place);
  }

  // An empty footer says nothing: the last period lasts.
  void read_footer(zone_rules& rules) {
    if (rest_.size() < 2 || rest_.front() != '\n' || rest_.back() != '\n') fail("it has no footer");
    const std::string_view text = rest_.substr(1, rest_.size() - 2);
    if (text.empty()) return;
    const auto rule = parse_posix_rule(text);
    if (!rule) fail("its footer is not understood");
    append_footer(rules, *rule, last_transition_s_);
  }

  const zone_file& file_;
  std::string_view rest_;
  tzif_counts counts_{};
  std::string_view types_;
  std::string_view abbreviations_;
  std::int64_t last_transition_s_ = no_instant.us;
};

}  // namespace
}  // namespace detail

zone read_tzif(std::string_view name, std::span<const std::byte> bytes) {
  if (!detail::is_zone_name(name)) {
    throw error{status::invalid_argument, "zone.name",
                "the name of a time zone has 1 to 64 letters, digits, '/', '_', '+' and '-'"};
  }
  if (bytes.size() > limits::zone_data_bytes_max) {
    throw error{status::resource_exhausted, "zone.too_large",
                "the file of time zone \"" + std::string{name} + "\" has " + std::to_string(bytes.size()) +
                    " bytes (limit: " + std::to_string(limits::zone_data_bytes_max) + ")"};
  }
  auto file = std::make_shared<detail::zone_file>();
  file->name = name;
  file->bytes.assign(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  file->rules = detail::tzif_reader{*file}.read();
  const std::string_view kept_name = file->name;
  return zone{std::shared_ptr<const detail::zone_rules>{file, &file->rules}, kept_name, kept_name};
}

}  // namespace tocsin::inline v1
