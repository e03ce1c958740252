// The parts of a record: blocks that only some records have. Each concept declares its own as a row at the struct
// (`incident_clocks::descriptor`), and its slice lists them. A change copies the part that it changes, and nothing else.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/base/sole_owner.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

namespace limits {
inline constexpr std::size_t part_types_max = 64;  // the first half are the library's, the others are the host's
}  // namespace limits

struct incident;
enum class timer_kind : std::uint8_t;

// Whoever is told of each timer that stands for a record.
struct timer_visitor {
  void* context = nullptr;
  void (*visit)(void* context, timer_kind kind, instant due) = nullptr;

  void operator()(timer_kind kind, instant due) const { visit(context, kind, due); }
};

// Stored, verified, shown and described in schemas by its table of fields.
struct part_type {
  std::uint8_t number = 0;  // which part of a record it is; that of the struct (`part_number`)
  std::string_view name;
  std::string_view meaning;
  std::span<const field_row> (*fields)() = nullptr;
  std::shared_ptr<void> (*make)() = nullptr;  // a new one, with nothing in it
  std::shared_ptr<void> (*copy)(const void* part) = nullptr;
  // Takes out what is personal, and with `texts` all that was written freely, too; null: there is neither.
  void (*erase)(void* part, bool texts) = nullptr;
  // Visits the timers that stand for a record that has it (D6); null: it has none. They follow from the record alone.
  void (*timers)(const void* part, const incident& record, timer_visitor visit) = nullptr;
  bool is_for_conditions = true;  // conditions may ask for its fields, by their names alone
  std::size_t size = 0;           // of the struct
};

// The row of a struct that has `part_number` and `fields()`.
template <class Part>
constexpr part_type part_row(std::string_view name, std::string_view meaning) {
  static_assert(Part::part_number < limits::part_types_max);
  part_type row{Part::part_number, name, meaning, &Part::fields};
  row.size = sizeof(Part);
  row.make = []() -> std::shared_ptr<void> { return std::make_shared<Part>(); };
  row.copy = [](const void* part) -> std::shared_ptr<void> {
    return std::make_shared<Part>(*static_cast<const Part*>(part));
  };
  return row;
}

// Of a part that has timers.
template <class Part, void (*Timers)(const Part&, const incident&, timer_visitor)>
constexpr part_type with_timers(part_type row) {
  row.timers = [](const void* part, const incident& record, timer_visitor visit) {
    Timers(*static_cast<const Part*>(part), record, visit);
  };
  return row;
}

// Of a part whose fields conditions cannot ask for; what they may know of it are facts with names of their own.
constexpr part_type not_for_conditions(part_type row) {
  row.is_for_conditions = false;
  return row;
}

// Of a part with something to erase.
template <class Part, void (*Erase)(Part&, bool texts)>
constexpr part_type part_row(std::string_view name, std::string_view meaning) {
  part_type row = part_row<Part>(name, meaning);
  row.erase = [](void* part, bool texts) { Erase(*static_cast<Part*>(part), texts); };
  return row;
}

class record_parts {
 public:
  // Null where the record has none.
  const void* find(std::uint8_t number) const noexcept {
    return (has_ & bit(number)) != 0 ? at(place(number)).get() : nullptr;
  }
  template <class Part>
  const Part* find() const noexcept {
    return static_cast<const Part*>(find(Part::part_number));
  }

  // The part as one's own, to be changed: made, copied, or as it is where nobody else sees it.
  template <class Part>
  Part& own() {
    return *static_cast<Part*>(own(Part::descriptor));
  }
  void* own(const part_type& type) {
    if (!find(type.number)) return put(type.number, type.make());
    std::shared_ptr<const void>& part = at(place(type.number));
    if (!is_sole_owner(part)) part = type.copy(part.get());
    return const_cast<void*>(part.get());
  }

  // In the place of the one that it has, if it has one. What was put.
  void* put(std::uint8_t number, std::shared_ptr<void> part) {
    void* const now = part.get();
    const std::size_t i = place(number);
    if ((has_ & bit(number)) == 0) make_place(i);
    has_ |= bit(number);
    at(i) = std::move(part);
    return now;
  }

  // Calls `visit(number, part)` for each that it has, in order of number.
  template <class Visit>
  void each(Visit visit) const {
    std::size_t i = 0;
    for (std::uint64_t left = has_; left != 0; left &= left - 1, ++i) {
      visit(static_cast<std::uint8_t>(std::countr_zero(left)), at(i).get());
    }
  }

  // The memory for those that do not stand in the record itself.
  std::size_t list_bytes() const noexcept { return heap_bytes(more_); }

  // Are all of them the very same ones, not only equal?
  bool is_same(const record_parts& as) const noexcept {
    return has_ == as.has_ && first_ == as.first_ && more_ == as.more_;
  }

 private:
  static constexpr std::size_t first_count = 4;  // few records have more

  static constexpr std::uint64_t bit(std::uint8_t number) noexcept { return std::uint64_t{1} << number; }

  // How many are before it.
  std::size_t place(std::uint8_t number) const noexcept {
    std::size_t count = 0;
    for (std::uint64_t before = has_ & (bit(number) - 1); before != 0; before &= before - 1) ++count;
    return count;
  }

  const std::shared_ptr<const void>& at(std::size_t i) const noexcept {
    return i < first_count ? first_[i] : more_[i - first_count];
  }
  std::shared_ptr<const void>& at(std::size_t i) noexcept {
    return i < first_count ? first_[i] : more_[i - first_count];
  }

  void make_place(std::size_t i) {
    if (i >= first_count) return void(more_.emplace(more_.begin() + static_cast<std::ptrdiff_t>(i - first_count)));
    if (first_.back()) more_.insert(more_.begin(), first_.back());
    std::move_backward(first_.begin() + static_cast<std::ptrdiff_t>(i), first_.end() - 1, first_.end());
  }

  std::uint64_t has_ = 0;                                       // bit n: it has the part with number n
  std::array<std::shared_ptr<const void>, first_count> first_;  // in order of number
  std::vector<std::shared_ptr<const void>> more_;               // the others
};

}  // namespace tocsin::inline v1
