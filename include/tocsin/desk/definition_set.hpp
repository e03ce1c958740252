// Definitions by type: those that one publication brings, and every version of those that a desk knows.
#pragma once

#include <cstdint>
#include <memory>
#include <type_traits>
#include <vector>

#include <tocsin/desk/definition_type.hpp>

namespace tocsin::inline v1 {

// ---- what a publication brings

class definition_list {
 public:
  virtual ~definition_list() = default;
  virtual std::unique_ptr<definition_list> clone() const = 0;
  virtual std::size_t size() const noexcept = 0;
  virtual const void* at(std::size_t i) const noexcept = 0;
  virtual void add(const void* definition) = 0;
};

template <class T>
class typed_definition_list final : public definition_list {
 public:
  std::unique_ptr<definition_list> clone() const override { return std::make_unique<typed_definition_list>(*this); }
  std::size_t size() const noexcept override { return values.size(); }
  const void* at(std::size_t i) const noexcept override { return &values[i]; }
  void add(const void* definition) override { values.push_back(*static_cast<const T*>(definition)); }

  std::vector<T> values;
};

// A list of definitions for each type that there is.
class definition_set {
 public:
  definition_set();
  definition_set(const definition_set& other);
  definition_set(definition_set&& other) noexcept = default;
  definition_set& operator=(const definition_set& other) { return *this = definition_set(other); }
  definition_set& operator=(definition_set&& other) noexcept = default;

  template <class T>
  const std::vector<T>& of() const {
    return static_cast<const typed_definition_list<T>&>(list(T::descriptor)).values;
  }
  template <class T>
  std::vector<T>& of() {
    return static_cast<typed_definition_list<T>&>(list(T::descriptor)).values;
  }
  const definition_list& list(const definition_type& type) const { return *lists_[type.number - 1u]; }
  definition_list& list(const definition_type& type) { return *lists_[type.number - 1u]; }

  template <class T>
  void add(T definition) {
    of<T>().push_back(std::move(definition));
  }

 private:
  std::vector<std::unique_ptr<definition_list>> lists_;  // by number
};

// ---- what a desk knows

// Every version of every definition of one type, by the number of its key in the lexicon.
class version_table {
 public:
  virtual ~version_table() = default;
  virtual std::unique_ptr<version_table> clone() const = 0;
  virtual std::uint32_t size() const noexcept = 0;
  virtual std::uint32_t latest(std::uint32_t number) const noexcept = 0;
  // As it was published; null: there is no such version.
  virtual const void* published(std::uint32_t number, std::uint32_t version) const = 0;
  // Of all versions: what is kept, without what it holds itself as a published definition.
  virtual std::size_t memory_bytes() const = 0;
  // Leaves no room behind for what was never published after all.
  virtual void remove_latest(std::uint32_t number) noexcept = 0;

  const void* published(std::uint32_t number) const { return published(number, latest(number)); }
};

// What a desk keeps of a type: a definition as it was published, or what was made of it to be ready for use, which says by
// `compiled_from` what that was.
template <class Kept>
struct definition_of {
  using type = Kept;
  static const type& get(const Kept& kept) { return kept; }
};
template <class Kept>
  requires requires { typename Kept::compiled_from; }
struct definition_of<Kept> {
  using type = typename Kept::compiled_from;
  static const type& get(const Kept& kept) {
    if constexpr (requires { kept.definition(); }) {
      return kept.definition();
    } else {
      return kept.definition;
    }
  }
};

template <class Kept>
class versions final : public version_table {
 public:
  std::unique_ptr<version_table> clone() const override { return std::make_unique<versions>(*this); }
  std::uint32_t size() const noexcept override { return static_cast<std::uint32_t>(rows_.size()); }
  std::uint32_t latest(std::uint32_t number) const noexcept override {
    return number != 0 && number <= rows_.size() ? static_cast<std::uint32_t>(rows_[number - 1].size()) : 0;
  }
  const void* published(std::uint32_t number, std::uint32_t version) const override {
    const Kept* kept = at(number, version);
    return kept ? &definition_of<Kept>::get(*kept) : nullptr;
  }
  using version_table::published;
  std::size_t memory_bytes() const override {
    std::size_t sum = heap_bytes(rows_);
    for (const auto& row : rows_) {
      sum += heap_bytes(row) + row.size() * (sizeof(Kept) + shared_block_bytes);
      if constexpr (requires(const Kept& kept) { kept.memory_bytes(); }) {
        for (const auto& kept : row) sum += kept->memory_bytes();
      }
    }
    return sum;
  }

  // Null where there is none.
  const Kept* current(std::uint32_t number) const {
    return number != 0 && number <= rows_.size() && !rows_[number - 1].empty() ? rows_[number - 1].back().get()
                                                                               : nullptr;
  }
  const Kept* at(std::uint32_t number, std::uint32_t version) const {
    return number != 0 && number <= rows_.size() && version != 0 && version <= rows_[number - 1].size()
               ? rows_[number - 1][version - 1].get()
               : nullptr;
  }

  void add(std::uint32_t number, std::shared_ptr<const Kept> definition) {
    if (rows_.size() < number) rows_.resize(number);
    rows_[number - 1].push_back(std::move(definition));
  }
  void remove_latest(std::uint32_t number) noexcept override {
    rows_[number - 1].pop_back();
    while (!rows_.empty() && rows_.back().empty()) rows_.pop_back();
  }

  // Every version replaced by what `change` makes of it.
  template <class Change>
  void rewrite(std::uint32_t number, Change change) {
    for (auto& version : rows_[number - 1]) version = std::make_shared<const Kept>(change(*version));
  }
  std::vector<std::shared_ptr<const Kept>> all(std::uint32_t number) const { return rows_[number - 1]; }
  void restore(std::uint32_t number, std::vector<std::shared_ptr<const Kept>> all) noexcept {
    rows_[number - 1] = std::move(all);
  }

 private:
  std::vector<std::vector<std::shared_ptr<const Kept>>> rows_;
};

// A table of versions for each type that there is. It is named by what is kept: `of<person>()`, `of<workflow_graph>()`.
class version_tables {
 public:
  version_tables();
  version_tables(const version_tables& other);
  version_tables(version_tables&& other) noexcept = default;
  version_tables& operator=(const version_tables& other) { return *this = version_tables(other); }
  version_tables& operator=(version_tables&& other) noexcept = default;

  template <class Kept>
  const versions<Kept>& of() const {
    return static_cast<const versions<Kept>&>(table(definition_of<Kept>::type::descriptor));
  }
  template <class Kept>
  versions<Kept>& of() {
    return static_cast<versions<Kept>&>(table(definition_of<Kept>::type::descriptor));
  }
  const version_table& table(const definition_type& type) const { return *tables_[type.number - 1u]; }
  version_table& table(const definition_type& type) { return *tables_[type.number - 1u]; }

 private:
  std::vector<std::unique_ptr<version_table>> tables_;  // by number
};

}  // namespace tocsin::inline v1
