#include "answer.hpp"

#include <tocsin/desk/effect_id.hpp>
#include <tocsin/desk/history.hpp>
#include <tocsin/desk/permission.hpp>
#include <tocsin/desk/query.hpp>
#include <tocsin/incident/events.hpp>

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace tocsin::inline v1 {
namespace {

constexpr std::size_t state_count = 5;

notice_state state_of(delivery_outcome outcome) { return static_cast<notice_state>(outcome); }
static_assert(static_cast<int>(delivery_outcome::delivered) == static_cast<int>(notice_state::delivered));
static_assert(static_cast<int>(delivery_outcome::failed) == static_cast<int>(notice_state::failed));
static_assert(static_cast<int>(delivery_outcome::timed_out) == static_cast<int>(notice_state::timed_out));

std::string_view name_of(notice_state s) { return choices(s)[static_cast<std::size_t>(s) - 1]; }

// The reports on one notice; the last one counts.
struct report {
  notice_reported last;
  instant at = no_instant;
  std::int64_t count = 0;
};

// Reports of all notices of the records that were asked about, read once for each.
class report_book {
 public:
  explicit report_book(const desk& d) : d_(d) {}

  const report& of(record_ref record, std::uint64_t notice) {
    if (read_.insert(record.id).second) read(record);
    return reports_[notice];
  }

 private:
  void read(record_ref ref) {
    const incident_ptr record = d_.find(ref);
    if (!record) return;
    for (const entry& e : read_chain(d_.storage(), *record, UINT64_MAX)) {
      for (const event& happened : e.events) {
        const auto* said = happened.body.get_if<notice_reported>();
        if (!said || !(happened.record == ref)) continue;
        report& r = reports_[said->notice];
        r = {*said, e.stated_at, r.count + 1};
      }
    }
  }

  const desk& d_;
  std::set<std::uint64_t> read_;
  std::map<std::uint64_t, report> reports_;
};

class delivery_writer {
 public:
  delivery_writer(const answer_context& c, const deliveries_query& query)
      : c_(c), to_(c.to), d_(c.d), query_(query), reports_(c.d) {}

  void write() {
    const auto most = static_cast<std::size_t>(query_.limit == 0 ? 100 : query_.limit);
    std::size_t written = 0;
    bool more = false;
    to_.begin_object();
    to_.member("incident", d_.show_number(c_.record->number));
    to_.key("notices");
    to_.begin_array();
    for (const entry& e : read_chain(d_.storage(), *c_.record, UINT64_MAX)) {
      if (!is_asked_for(e) || !has_notices(e)) continue;
      more = written == most;
      if (more) break;
      write_entry(e);
      ++written;
    }
    to_.end_array();
    to_.member_boolean("more", more);
    to_.end_object();
  }

 private:
  bool is_asked_for(const entry& e) const {
    const auto wanted = static_cast<std::uint64_t>(query_.sequence);
    return e.sequence > static_cast<std::uint64_t>(query_.after) && (wanted == 0 || e.sequence == wanted);
  }

  // To its own requester, or to that of a duplicate because of it.
  const requester_notice* notice_in(const event& happened) const {
    const auto* notice = happened.body.get_if<requester_notice>();
    return notice && (happened.record == query_.incident || notice->original == query_.incident) ? notice : nullptr;
  }

  bool has_notices(const entry& e) const {
    return std::ranges::any_of(e.events, [&](const event& happened) { return notice_in(happened) != nullptr; });
  }

  void write_entry(const entry& e) {
    std::array<std::int64_t, state_count> counts{};
    to_.begin_object();
    to_.member("sequence", static_cast<std::int64_t>(e.sequence));
    c_.write("at", e.stated_at);
    to_.key("to");
    to_.begin_array();
    for (std::size_t place = 0; place < e.events.size(); ++place) {
      const event& happened = e.events[place];
      const requester_notice* notice = notice_in(happened);
      const incident_ptr about = notice ? d_.find(happened.record) : nullptr;
      if (!about || !may_query(d_.state(), c_.asked, c_.actor(), about.get())) continue;
      const std::uint64_t id = effect_id(e.sequence, place);
      const report& said = reports_.of(happened.record, id);
      const notice_state state = said.count == 0 ? notice_state::not_reported : state_of(said.last.outcome);
      ++counts[static_cast<std::size_t>(state)];
      if (query_.state == notice_state::unset || query_.state == state) write_notice(id, *about, *notice, state, said);
    }
    to_.end_array();
    for (std::size_t state = 1; state < state_count; ++state) {
      to_.member(name_of(static_cast<notice_state>(state)), counts[state]);
    }
    to_.end_object();
  }

  void write_notice(std::uint64_t id, const incident& about, const requester_notice& notice, notice_state state,
                    const report& said) {
    to_.begin_object();
    to_.member("notice", static_cast<std::int64_t>(id));
    to_.member("record", d_.show_number(about.number));
    c_.write_if_given("caller", about.caller);
    to_.member("cause", choices(notice.cause)[static_cast<std::size_t>(notice.cause) - 1]);
    if (!notice.text.empty()) to_.member("text", notice.text);
    to_.member("state", name_of(state));
    if (said.count != 0) {
      c_.write("reported_at", said.at);
      to_.member("reports", said.count);
      if (!said.last.method.empty()) to_.member("method", said.last.method);
      if (!said.last.detail.empty()) to_.member("detail", said.last.detail);
    }
    to_.end_object();
  }

  const answer_context& c_;
  json_writer& to_;
  const desk& d_;
  const deliveries_query& query_;
  report_book reports_;
};

}  // namespace

std::span<const std::string_view> choices(notice_state) {
  static constexpr std::string_view all[] = {"delivered", "failed", "timed_out", "not_reported"};
  static_assert(std::size(all) + 1 == state_count);
  return all;
}

std::span<const field_row> deliveries_query::fields() {
  using self = deliveries_query;
  static constexpr field_row rows[] = {
      row<&self::incident>("incident", "Incident by number or id", required),
      row<&self::sequence>("sequence", "The notices of this entry alone", range{0, INT64_MAX}),
      row<&self::after>("after", "The notices of entries after this one", range{0, INT64_MAX}),
      row<&self::limit>("limit", "Entries at most; 100 where none is given", range{1, limits::find_limit_max}),
      row<&self::state>("state", "Lists those that stand so; counted are all"),
  };
  return rows;
}

void answer(const answer_context& c, const deliveries_query& query) { delivery_writer(c, query).write(); }

}  // namespace tocsin::inline v1
