#include <tocsin/base/field_bytes.hpp>

#include <tocsin/base/error.hpp>
#include <tocsin/base/utf8.hpp>

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

enum class form : std::uint8_t { here = 0, copy = 1, commitment = 2 };

constexpr std::uint8_t kept = 1;
constexpr std::uint8_t erased = 0;

constexpr std::uint64_t end_of_members = 0;
constexpr std::uint64_t header(std::size_t place, form f) { return (place << 2) | static_cast<std::uint64_t>(f); }

const std::string& text_of(const void* value) { return *static_cast<const std::string*>(value); }
const std::string& json_of(const void* value) { return static_cast<const embedded_json*>(value)->text; }

void encode_value(byte_writer& to, const type_row& type, const void* value, commitment_writer* personal_values) {
  switch (type.kind) {
    case field_kind::text:
      return to.text(text_of(value));
    case field_kind::json:
      return to.text(json_of(value));
    case field_kind::object:
      return encode_members(to, type.fields(), value, {}, personal_values);
    case field_kind::list:
    case field_kind::custom: {
      const std::size_t count = type.count(value);
      to.number(count);
      for (std::size_t i = 0; i < count; ++i) encode_value(to, *type.element, type.item(value, i), personal_values);
      return;
    }
    default:
      return to.signed_number(type.get(value));
  }
}

std::string_view decode_text(byte_reader& from) {
  const std::string_view text = from.text();
  if (count_code_points(text) != invalid_utf8) return text;
  throw error(status::corrupt, "journal.text", "a text is not UTF-8");
}

// What a member cannot hold, or has no name for, was never written.
void decode_scalar(byte_reader& from, const type_row& type, void* value) {
  const std::int64_t number = from.signed_number();
  const bool is_named =
      type.kind != field_kind::choice || (number >= 0 && static_cast<std::uint64_t>(number) <= type.choices().size());
  if (is_named) type.set(value, number);
  if (is_named && type.get(value) == number) return;
  throw error(status::corrupt, "journal.range",
              "the number " + std::to_string(number) + " is beyond what a member holds");
}

void decode_value(byte_reader& from, const type_row& type, void* value, commitment_reader* personal_values) {
  switch (type.kind) {
    case field_kind::text:
      *static_cast<std::string*>(value) = decode_text(from);
      return;
    case field_kind::json:
      static_cast<embedded_json*>(value)->text = decode_text(from);
      return;
    case field_kind::object:
      return decode_members(from, type.fields(), value, {}, personal_values);
    case field_kind::list:
    case field_kind::custom: {
      const std::uint64_t count = from.number();
      if (personal_values) personal_values->enter_list();
      for (std::uint64_t i = 0; i < count; ++i) {
        if (personal_values) personal_values->enter_item(*type.element, static_cast<std::size_t>(i));
        decode_value(from, *type.element, type.append(value), personal_values);
      }
      if (personal_values) personal_values->leave_list();
      return;
    }
    default:
      return decode_scalar(from, type, value);
  }
}

// The member of the entry's command that the event's may be a copy of; null: there is none.
const field_row* twin_of(const copy_source& source, std::size_t i) {
  const std::size_t place = source.plan ? (*source.plan)[i] : 0u;
  return place == 0 ? nullptr : &source.fields[place - 1];
}

// Most members are scalars, and most of those are absent: each is read once.
void encode_scalar(byte_writer& to, std::size_t i, const field_row& field, const void* object,
                   const copy_source& source) {
  const std::int64_t value = field.read(object);
  if (value == field.type->absent) return;
  const field_row* twin = twin_of(source, i);
  if (twin && twin->read(source.object) == value) return to.number(header(i + 1, form::copy));
  to.number(header(i + 1, form::here));
  to.signed_number(value);
}

void encode_commitment(byte_writer& to, const type_row& type, const void* value, commitment_writer& personal_values) {
  byte_writer& plain = personal_values.scratch();
  plain.clear();
  encode_value(plain, type, value, nullptr);
  to.bytes(personal_values.commit(plain.view()));
}

void decode_commitment(byte_reader& from, const field_row& field, void* value, commitment_reader& personal_values) {
  if (const auto plain = personal_values.next(from.bytes(std::tuple_size_v<digest>), field)) {
    byte_reader reader(*plain);
    decode_value(reader, *field.type, value, nullptr);
  }
}

}  // namespace

digest commitment_of(sha256& hasher, const salt& s, byte_view value) { return hasher.of(s, value); }

void commitment_writer::begin(std::uint64_t sequence) {
  sequence_ = sequence;
  drawn_ = 0;
  aside_.clear();
}

// One hash of seed, sequence and block number gives two salts; whoever learns one learns nothing of the other.
salt commitment_writer::next_salt() {
  if (drawn_ % 2 == 0) {
    std::array<std::uint8_t, 16> input;
    for (std::size_t i = 0; i < 8; ++i) {
      input[i] = static_cast<std::uint8_t>(sequence_ >> (8 * i));
      input[8 + i] = static_cast<std::uint8_t>((drawn_ / 2) >> (8 * i));
    }
    block_ = hasher_.of(seed_, input);
  }
  salt result;
  std::copy_n(block_.begin() + static_cast<std::ptrdiff_t>((drawn_ % 2) * salt_size), salt_size, result.begin());
  ++drawn_;
  return result;
}

digest commitment_writer::commit(byte_view value) {
  const salt s = next_salt();
  aside_.byte(kept);
  aside_.bytes(s);
  aside_.number(value.size());
  aside_.bytes(value);
  return commitment_of(hasher_, s, value);
}

std::optional<byte_view> commitment_reader::next(byte_view commitment, const field_row& member) {
  items_.push_back(item_);
  items_.back().member = &member;
  const std::uint8_t mark = aside_.byte();
  if (mark == erased) return std::nullopt;
  if (mark != kept)
    throw error(status::corrupt, "journal.aside", "a value beside the entry is neither kept nor erased");
  salt s;
  std::ranges::copy(aside_.bytes(salt_size), s.begin());
  const byte_view value = aside_.bytes(aside_.number());
  if (!std::ranges::equal(commitment_of(hasher_, s, value), commitment)) {
    throw error(status::corrupt, "journal.commitment", "a personal value does not fit the commitment in its entry");
  }
  return value;
}

void commitment_reader::end() const {
  if (!aside_.at_end())
    throw error(status::corrupt, "journal.aside", "more stands beside the entry than it has commitments");
}

std::vector<std::uint8_t> erased_aside(byte_view aside, const std::function<bool(std::size_t place)>& which) {
  byte_writer result;
  byte_reader reader(aside);
  for (std::size_t place = 0; !reader.at_end(); ++place) {
    if (reader.byte() == erased) {
      result.byte(erased);
      continue;
    }
    const byte_view s = reader.bytes(salt_size);
    const byte_view value = reader.bytes(reader.number());
    if (which(place)) {
      result.byte(erased);
      continue;
    }
    result.byte(kept);
    result.bytes(s);
    result.number(value.size());
    result.bytes(value);
  }
  const byte_view all = result.view();
  return {all.begin(), all.end()};
}

bool has_erased(byte_view aside) {
  byte_reader reader(aside);
  while (!reader.at_end()) {
    if (reader.byte() == erased) return true;
    reader.bytes(salt_size);
    reader.bytes(reader.number());
  }
  return false;
}

copy_plan plan_copies(std::span<const field_row> to, std::span<const field_row> from) {
  copy_plan plan(to.size(), 0);
  for (std::size_t i = 0; i < to.size(); ++i) {
    for (std::size_t j = 0; j < from.size(); ++j) {
      if (to[i].name == from[j].name && to[i].type == from[j].type) plan[i] = static_cast<std::uint8_t>(j + 1);
    }
  }
  return plan;
}

void encode_members(byte_writer& to, std::span<const field_row> fields, const void* object, const copy_source& source,
                    commitment_writer* personal_values) {
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const field_row& field = fields[i];
    if (field.read && !field.personal) {
      encode_scalar(to, i, field, object, source);
      continue;
    }
    const void* member = field.at(object);
    if (is_absent(*field.type, member)) continue;
    const field_row* twin = twin_of(source, i);
    if (twin && equal(*field.type, member, twin->at(source.object))) {
      to.number(header(i + 1, form::copy));
    } else if ((field.personal || field.erasable) && personal_values) {
      to.number(header(i + 1, form::commitment));
      encode_commitment(to, *field.type, member, *personal_values);
    } else {
      to.number(header(i + 1, form::here));
      encode_value(to, *field.type, member, personal_values);
    }
  }
  to.number(end_of_members);
}

void decode_members(byte_reader& from, std::span<const field_row> fields, void* object, const copy_source& source,
                    commitment_reader* personal_values) {
  while (const std::uint64_t head = from.number()) {
    const std::uint64_t place = head >> 2;
    if (place == 0 || place > fields.size()) {
      throw error(status::unsupported, "journal.unknown_field",
                  "a member has place " + std::to_string(place) + " of " + std::to_string(fields.size()) +
                      " known: written by a newer library, or damaged");
    }
    const field_row& field = fields[place - 1];
    void* member = field.place(object);
    switch (static_cast<form>(head & 3)) {
      case form::here:
        decode_value(from, *field.type, member, personal_values);
        break;
      case form::copy: {
        const std::size_t twin = source.plan ? (*source.plan)[place - 1] : 0u;
        if (twin == 0) throw error(status::corrupt, "journal.copy", "a member is a copy of nothing");
        assign(*field.type, member, source.fields[twin - 1].at(source.object));
        break;
      }
      case form::commitment:
        if (!personal_values) throw error(status::corrupt, "journal.commitment", "a commitment where none can be");
        decode_commitment(from, field, member, *personal_values);
        break;
      default:
        throw error(status::corrupt, "journal.form", "a member has an unknown form");
    }
  }
}

void assign(const type_row& type, void* to, const void* from) {
  switch (type.kind) {
    case field_kind::text:
      *static_cast<std::string*>(to) = text_of(from);
      return;
    case field_kind::json:
      static_cast<embedded_json*>(to)->text = json_of(from);
      return;
    case field_kind::object:
      for (const field_row& field : type.fields()) assign(*field.type, field.place(to), field.at(from));
      return;
    case field_kind::list:
    case field_kind::custom:
      for (std::size_t i = 0, count = type.count(from); i < count; ++i) {
        assign(*type.element, type.append(to), type.item(from, i));
      }
      return;
    default:
      type.set(to, type.get(from));
  }
}

}  // namespace tocsin::inline v1
