// Members as bytes, by the tables of fields. A member is (place in the table, form, value); the form says whether the
// value stands here, is that of a member of the entry's command, or stands beside the entry behind a commitment.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <tocsin/base/bytes.hpp>
#include <tocsin/base/field.hpp>
#include <tocsin/base/hash.hpp>

namespace tocsin::inline v1 {

inline constexpr std::size_t salt_size = 16;
using salt = std::array<std::uint8_t, salt_size>;

// The commitment to a personal value: SHA-256 of salt and value bytes (D10).
digest commitment_of(sha256& hasher, const salt& s, byte_view value);

// Collects the personal values of one entry, in order, with salts drawn from seed and sequence.
class commitment_writer {
 public:
  commitment_writer(sha256& hasher, byte_view seed) : hasher_(hasher), seed_(seed) {}

  void begin(std::uint64_t sequence);
  digest commit(byte_view value);
  byte_writer& scratch() { return scratch_; }        // for the bytes of a value, before they are committed
  byte_view aside() const { return aside_.view(); }  // what is kept beside the entry

 private:
  salt next_salt();

  sha256& hasher_;
  byte_view seed_;
  std::uint64_t sequence_ = 0;
  std::uint64_t drawn_ = 0;
  digest block_{};
  byte_writer aside_;
  byte_writer scratch_;
};

// Gives them back, in order. A value that does not fit its commitment is `corrupt`; an erased one is nothing.
class commitment_reader {
 public:
  commitment_reader(sha256& hasher, byte_view aside) : hasher_(hasher), aside_(aside) {}

  std::optional<byte_view> next(byte_view commitment, const field_row& member);
  void end() const;  // nothing may be left over

  // In which item of which list each value so far was met; of lists inside one another the outermost counts.
  struct item {
    const type_row* of = nullptr;  // type of the list's items
    std::size_t place = 0;
    const field_row* member = nullptr;
  };
  void enter_list() { ++depth_; }
  void enter_item(const type_row& of, std::size_t place) {
    if (depth_ == 1) item_ = {&of, place, nullptr};
  }
  void leave_list() { --depth_; }
  const std::vector<item>& items() const { return items_; }

 private:
  sha256& hasher_;
  byte_reader aside_;
  item item_;
  std::size_t depth_ = 0;
  std::vector<item> items_;
};

// The same number of values, those erased for which `which` is true of their place, from 0.
std::vector<std::uint8_t> erased_aside(byte_view aside, const std::function<bool(std::size_t place)>& which);

bool has_erased(byte_view aside);

// For each row of one table the place of the row with the same name and type in another, from 1; 0: none.
using copy_plan = std::vector<std::uint8_t>;
copy_plan plan_copies(std::span<const field_row> to, std::span<const field_row> from);

// The command that an event's members may be copies of.
struct copy_source {
  const copy_plan* plan = nullptr;
  std::span<const field_row> fields = {};
  const void* object = nullptr;
};

// Without a commitment_writer personal members are written as they are: for stored records, which are not hashed.
void encode_members(byte_writer& to, std::span<const field_row> fields, const void* object, const copy_source& source,
                    commitment_writer* personal_values);
void decode_members(byte_reader& from, std::span<const field_row> fields, void* object, const copy_source& source,
                    commitment_reader* personal_values);

// Makes `to` equal to `from`, both of this type.
void assign(const type_row& type, void* to, const void* from);

}  // namespace tocsin::inline v1
