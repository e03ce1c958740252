// A record as conditions see it while an entry is being made: as it is now, and as it was before (`changed`, `from`, `to`).
#pragma once

#include <tocsin/desk/decide.hpp>
#include <tocsin/desk/record_schema.hpp>

namespace tocsin::inline v1 {

// Refers to itself, so it stays where it was made.
class changed_view {
 public:
  // `before` may be null: nothing has happened to it.
  changed_view(const incident& record, const incident* before, const decision& given)
      : then_{*given.state.definitions.schemas, given.state.definitions, given.state.words, before ? *before : record,
              given.actor},
        seen_{.schemas = then_.schemas,
              .known = then_.known,
              .words = then_.words,
              .record = record,
              .actor = given.actor,
              .before = before ? &then_ : nullptr} {}
  // Before the entry: as the desk has it.
  changed_view(const incident& record, const decision& given)
      : changed_view(record, given.state.live.find(record.id).get(), given) {}
  changed_view(const changed_view&) = delete;
  changed_view& operator=(const changed_view&) = delete;

  const record_view& seen() const { return seen_; }
  condition_data data() const { return seen_.data(); }

 private:
  record_view then_;
  record_view seen_;
};

}  // namespace tocsin::inline v1
