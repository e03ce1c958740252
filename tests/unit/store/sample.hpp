// Made-up entries and records for tests of stores, and a folder that goes when the test does.
#pragma once

#include <doctest/doctest.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <stdlib.h>  // mkdtemp: POSIX

#include <tocsin/base/error.hpp>
#include <tocsin/desk/store.hpp>
#include <tocsin/desk/vocabulary.hpp>
#include <tocsin/model/incident.hpp>

namespace sample {

using namespace tocsin;

class folder {
 public:
  folder() {
    std::string name = (std::filesystem::temp_directory_path() / "tocsin-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  ~folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  folder(const folder&) = delete;
  folder& operator=(const folder&) = delete;

  std::string file(const char* name = "desk") const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

inline constexpr std::int64_t start_us = 1'767'225'600'000'000;  // 2026-01-01T00:00:00Z

// A value that the field can hold, another one for each place and seed.
inline std::int64_t value_for(const type_row& type, std::size_t place, std::uint64_t seed) {
  const auto distinct = static_cast<std::int64_t>(place + 100 * seed);
  switch (type.kind) {
    case field_kind::boolean:
      return 1;
    case field_kind::choice:
      return 1 + distinct % static_cast<std::int64_t>(type.choices().size());
    case field_kind::instant:
      return start_us + distinct;
    default:
      return 1 + distinct;
  }
}

inline std::shared_ptr<const incident_text> texts(std::uint64_t seed) {
  auto text = std::make_shared<incident_text>();
  for (const field_row& field : incident_text::fields()) {
    *static_cast<std::string*>(field.place(text.get())) = std::string(field.name) + " " + std::to_string(seed);
  }
  return text;
}

// An incident with every field set.
inline std::shared_ptr<incident> record(std::uint64_t id, state_kind kind, std::uint64_t seed = 1) {
  auto result = std::make_shared<incident>();
  std::size_t place = 0;
  for (const field_row& field : incident::fields()) {
    field.type->set(field.place(result.get()), value_for(*field.type, ++place, seed));
  }
  result->id = id;
  result->number = id + 1'000;
  result->last_entry = 1;
  result->state_kind = kind;
  if (!is_final(kind)) result->closed_at = result->cancelled_at = no_instant;
  result->text = texts(seed);
  return result;
}

inline bool same(const incident& a, const incident& b) {
  if (a.id != b.id || a.number != b.number || a.last_entry != b.last_entry) return false;
  for (const field_row& field : incident::fields()) {
    if (!equal(*field.type, field.at(&a), field.at(&b))) return false;
  }
  for (const field_row& field : incident_text::fields()) {
    if (!equal(*field.type, field.at(a.text.get()), field.at(b.text.get()))) return false;
  }
  for (const part_type* part : part_types()) {
    const void* left = a.parts.find(part->number);
    const void* right = b.parts.find(part->number);
    if (!left != !right) return false;
    for (const field_row& field : left ? part->fields() : std::span<const field_row>{}) {
      if (!equal(*field.type, field.at(left), field.at(right))) return false;
    }
  }
  return true;
}

inline std::vector<std::uint8_t> bytes_at(std::uint64_t sequence) {
  std::vector<std::uint8_t> result;
  for (std::uint64_t i = 0; i < 20 + sequence % 50; ++i) result.push_back(static_cast<std::uint8_t>(sequence + i));
  return result;
}

// In the chain of all before it.
inline const digest& hash_at(std::uint64_t sequence) {
  static const std::vector<digest> chain = [] {
    std::vector<digest> made(1);
    sha256 hasher;
    while (made.size() <= 20'000) made.push_back(chain_hash(hasher, made.back(), bytes_at(made.size())));
    return made;
  }();
  return chain.at(sequence);
}

inline entry_change entry_at(std::uint64_t sequence) {
  entry_change result;
  result.stored.sequence = sequence;
  result.stored.bytes = bytes_at(sequence);
  if (sequence % 3 == 0) result.stored.aside = {1, 2, static_cast<std::uint8_t>(sequence)};
  result.stored.hash = hash_at(sequence);
  if (sequence % 5 == 0) result.stored.fired_at = {start_us + static_cast<std::int64_t>(sequence) * 10};
  result.recorded_at = {start_us + static_cast<std::int64_t>(sequence)};
  result.actor = host_person;
  result.command = static_cast<std::uint8_t>(sequence % 5 == 0 ? 0 : 2);
  result.traits = {sequence % 4 == 1, sequence % 2 == 1};
  return result;
}

inline bool same(const stored_entry& a, const stored_entry& b) {
  return a.sequence == b.sequence && a.bytes == b.bytes && a.aside == b.aside && a.hash == b.hash &&
         a.fired_at == b.fired_at;
}

// Entries up to `last`, after those that the store has.
inline store_transaction transaction(std::uint64_t first, std::uint64_t last) {
  store_transaction result;
  for (std::uint64_t sequence = first; sequence <= last; ++sequence) result.entries.push_back(entry_at(sequence));
  return result;
}

inline void add_new(store_transaction& to, std::shared_ptr<incident> made) {
  made->last_entry = to.entries.empty() ? made->last_entry : to.entries.back().stored.sequence;
  to.records.push_back({std::move(made), true, true});
}

template <class Work>
void check_refused(status code, std::string_view reason, const Work& work) {
  try {
    work();
    FAIL_CHECK("was not refused; expected " << reason);
  } catch (const error& e) {
    INFO(e.what());
    CHECK(name(e.code()) == std::string_view(name(code)));
    CHECK(e.reason() == reason);
  }
}

}  // namespace sample
