// The working part of a desk: what one transaction has changed so far, and how it is taken back.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include <tocsin/desk/decide.hpp>
#include <tocsin/desk/desk.hpp>
#include <tocsin/desk/fold.hpp>
#include <tocsin/desk/references.hpp>
#include <tocsin/desk/suggestion.hpp>

namespace tocsin::inline v1 {

struct definition_rows;
struct definitions_published;
struct assignment_rules_applied;
struct page;
struct records_purged;

struct desk::core {
  std::shared_ptr<store> where;
  desk_options options;
  std::vector<std::uint8_t> seed;
  desk_state state;
  bool founded = false;  // the built-in pack stands in the journal
  bool is_fork = false;
  bool busy = false;  // a transaction is under way
  std::atomic<bool> interrupted = false;
  sha256 hasher;
  const std::vector<std::shared_ptr<incident>>* open_records = nullptr;  // that an entry is changing
  record_lookup lookup;
  presence_book presences;
  host_guards guards;
  host_hooks hooks;
  std::unique_ptr<text_index> texts;                       // null: the host did not ask for it
  std::set<std::uint64_t> restricted_texts;                // of these, the restricted ones
  std::unordered_map<std::string, std::uint64_t> scanned;  // by consumer: effects up to this sequence were looked at
  std::unique_ptr<desk_transaction::work> spare;           // kept, so that a transaction allocates little
  std::size_t timers_most = 64;                            // more, and those that do not stand any more are swept out

  void open();
  void say_opened();
  void step(const char* doing, std::uint64_t done, std::uint64_t total);
  void prepare_lookup();
  bool begins_as_this_library(const entry& first) const;           // its definitions are those of a new desk
  void forget_founding(std::vector<std::function<void()>>& undo);  // the journal begins with others
  std::unique_ptr<core> beside() const;  // a core with this one's options, words and definitions, but no store yet
  std::unique_ptr<core> rehearsal() const;
  bool stands(const timer& t) const noexcept;
  void tidy_timers() noexcept;
  void complete(page& paged, effect& around) const;
  void admit_consumer(std::string_view consumer, std::uint64_t cursor);
  void note_text(const incident& record);
  void forget_text(std::uint64_t id);
  void index_texts();
};

struct desk_transaction::work {
  explicit work(desk::core& core) : d(core), personal_values(core.hasher, core.seed) { emptied.reserve(64); }

  // Where a command began, to be gone back to if it is refused.
  struct mark {
    desk_counters counters;
    std::size_t changes, popped, undo, entries, definitions, series, erasures, purged, emptied, turns;
    bool founded;
  };

  // A record as it was before one of the transaction's entries.
  struct change {
    std::uint64_t id;
    incident_ptr before;
    bool was_live;
  };

  // What the first result said that its entry does not.
  struct keyed {
    std::uint64_t sequence;
    std::uint32_t version;
  };

  desk::core& d;
  execute_options options;
  mark start;
  std::vector<change> changes;
  std::vector<timer> popped;  // timers that were taken from the queue, to be put back with what they did
  std::vector<std::function<void()>> undo;
  store_transaction out;
  std::map<std::pair<std::uint32_t, std::string>, keyed> keys;  // of its entries, by actor and idempotency key
  std::vector<std::shared_ptr<incident>> open;                  // records that the current entry changes
  std::vector<timer> missed;  // that the host is too late for: they fire after all else that is due (D8)
  std::vector<event> events;
  std::vector<event> more;          // that reactors answer
  std::vector<named_record> named;  // by the command under way
  entry current;
  result done;                        // of the command that was executed last; its memory is used again
  std::vector<stored_entry> emptied;  // memory of entries that are over
  byte_writer bytes;
  commitment_writer personal_values;
  std::uint64_t steps = 0;    // commands, and timers, since it began
  bool is_late_told = false;  // that timers fire late
  bool is_founding = false;   // the entry under way is the first: its definitions are in force already

  void begin(const execute_options& with);
  mark here() const;
  void back_to(const mark& m) noexcept;
  // Since it began, or its last commit: otherwise there is nothing to go back from.
  bool has_changes() const noexcept {
    return !(out.entries.empty() && changes.empty() && popped.empty() && missed.empty() && undo.empty());
  }

  void check_instant(instant at, bool is_advance = false) const;
  instant recorded_at(instant at) const;
  const result& execute(request&& asked);
  bool repeated(const request& asked);   // the key is known; `done` is its first result (D3)
  const result& admit(request&& asked);  // a command whose key is not known
  void demand_acceptable(const request& asked);
  const result& carry_out(request&& asked);
  std::uint64_t fire(instant until, bool inclusive, instant now, std::uint64_t limit);
  void tell_of_delay(instant now);
  void demand_continuation(const stored_entry& stored) const;
  void adopt(const stored_entry& stored, entry e);
  void demand_same(const stored_entry& stored) const;
  void put_missed_back() noexcept;
  void demand_no_purge() const;
  void demand_nothing_before_purge() const;
  void commit();

 private:
  [[noreturn]] void refuse_to_follow(const stored_entry& stored, const std::string& why) const;
  void clear() noexcept;
  void drop_entries(std::size_t from) noexcept;
  void conclude();
  using reactor = void (*)(const incident&, const decision&, std::vector<event>&);
  void review_clocks(instant at, reactor react);
  bool find_first(const request& asked, instant since, stored_entry& first) const;
  void conclude_repeated(entry& first, const request& asked);
  void demand_kept(const request& asked, std::uint64_t sequence) const;
  bool was_hidden(const entry& first, record_ref which, person_ref actor) const;
  bool may_see_again(record_ref which, person_ref actor) const;
  void note_first_version(const request& asked, std::uint64_t sequence);
  void follow_zone_data();
  bool fire_next(instant now);
  bool fire_missed(instant until, instant now);
  bool fire_one(const timer& next, instant at, instant now);
  void check_version(const request& asked) const;
  void demand_permission(const request& asked);
  void found(instant at);
  void append(instant recorded, instant stated, person_ref actor, instant fired_at);
  void fold_and_react(const event_context& context, const decision& given);
  void check_count() const;
  void apply(const event& happened, const event_context& context);
  void take_number(std::uint64_t number);
  void take_turn(const assignment_rules_applied& by);
  incident& edit(std::uint64_t id);
  void settle(const event_context& context);
  void forget_number(std::uint64_t id) noexcept;
  void store_entry(instant fired_at);
  void note_definitions(const definitions_published& published);
  void note_rows(definition_rows rows);
  void erase(const event& happened);
  void demand_no_definitions_before_erasure() const;
  void purge(const records_purged& gone);
  void gather_records();
  void note_texts() noexcept;
};

}  // namespace tocsin::inline v1
