#include "answer.hpp"

#include <tocsin/base/error.hpp>
#include <tocsin/desk/permission.hpp>
#include <tocsin/desk/query.hpp>
#include <tocsin/model/known_error.hpp>
#include <tocsin/service/affected_item.hpp>
#include <tocsin/service/service_graph.hpp>

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

constexpr std::size_t suggestions_by_default = 10;

const field_row* field_named(std::span<const field_row> fields, std::string_view name) {
  return &*std::ranges::find(fields, name, &field_row::name);
}

[[noreturn]] void refuse(const char* reason, const std::string& what) {
  throw error(status::invalid_argument, reason, what);
}

// Refuses what is no item.
void check_items(const desk_state& state, const std::vector<std::string>& keys) {
  static const service_graph none;
  find_items(state.definitions.service_graph ? *state.definitions.service_graph : none, "items", keys);
}

described_trouble trouble_of(const incident* record, const suggest_query& query) {
  const bool has_text = !query.title.empty() || !query.description.empty();
  const bool has_marks = query.category || query.service || !query.items.empty();
  if (record && (has_text || has_marks)) {
    refuse("suggest.two_questions", "give an incident, or title, description, category, service and items; not both");
  }
  if (!record && !has_text && !has_marks) {
    refuse("suggest.nothing_asked", "give an incident, or one of title, description, category, service and items");
  }
  if (!record) return {query.title, query.description, query.category, query.service, query.items};
  return trouble_of(*record);
}

text_index index_of_all(const desk& d, const viewer& by) {
  text_index all;
  each_record(d, {}, [&](const incident_ptr& record) {
    if (may_be_suggested(*record, d.state()) && !by.hides(*record)) all.put(record->id, text_of(*record));
    return true;
  });
  return all;
}

class suggestion_list {
 public:
  suggestion_list(const answer_context& c, const suggest_query& query)
      : c_(c),
        d_(c.d),
        query_(query),
        at_(is_set(query.at) ? query.at : d_.state().counters.clock),
        asked_(question_about(trouble_of(c.record.get(), query), query.weights, d_.state())) {
    if (!d_.texts()) return;
    std::ranges::copy_if(d_.restricted_texts(), std::back_inserter(asked_.hidden),
                         [this](std::uint64_t id) { return c_.by.hides(record_ref{id}); });
  }

  void write() const {
    if (!query_.ranking.empty()) return write_ranking();
    if (const text_index* kept = d_.texts()) return write(*kept);
    write(index_of_all(d_, c_.by));
  }

 private:
  std::size_t most() const {
    return query_.limit == 0 ? suggestions_by_default : static_cast<std::size_t>(query_.limit);
  }

  void write(const text_index& texts) const {
    json_writer& to = c_.to;
    to.begin_object();
    to.key("suggestions");
    to.begin_array();
    for (const text_match& match : texts.best(asked_, most(), [this](std::uint64_t id) { return is_wanted({id}); })) {
      const match_parts parts = texts.parts(asked_, match.id);
      const incident_ptr record = d_.find({match.id});
      write_one(*record, parts.score(), [&] { write_parts(to, *record, parts); });
    }
    to.end_array();
    to.member("compared", static_cast<std::int64_t>(texts.size() - asked_.hidden.size()));
    to.end_object();
  }

  // In the host's order, without what the library would not suggest either: the host's index may be older than the desk.
  void write_ranking() const {
    json_writer& to = c_.to;
    std::size_t left = most();
    to.begin_object();
    to.key("suggestions");
    to.begin_array();
    for (const ranked_record& one : query_.ranking) {
      const record_ref ref{d_.find_number(d_.read_number(one.record))};
      const incident_ptr record = left == 0 ? nullptr : d_.find(ref);
      if (!record || !may_be_suggested(*record, d_.state()) || c_.by.hides(*record) || !is_wanted(ref)) continue;
      write_one(*record, one.score, [] {});
      --left;
    }
    to.end_array();
    to.member("compared", std::ssize(query_.ranking));
    to.end_object();
  }

  bool is_wanted(record_ref ref) const {
    if (ref == query_.incident) return false;
    const incident_ptr record = d_.find(ref);
    if (!record || !may_query(d_.state(), c_.asked, c_.actor(), record.get())) return false;
    const auto* const known = record->part<incident_known_error>();
    if (!known) return query_.kind != suggestion_kind::known_error;
    return query_.kind != suggestion_kind::incident && (!is_set(known->valid_until) || at_ < known->valid_until);
  }

  template <class Parts>
  void write_one(const incident& record, std::int64_t score, Parts write_its_parts) const {
    json_writer& to = c_.to;
    to.begin_object();
    to.member("kind", choices(suggestion_kind::unset)[record.part<incident_known_error>() ? 0 : 1]);
    to.member("record", d_.show_number(record.number));
    to.member("title", record.text->title);
    c_.write_if_given("state", record.state);
    to.member("score", score);
    write_its_parts();
    c_.write_if_given("category", record.category);
    if (const auto* known = record.part<incident_known_error>()) {
      write_known_error(*known);
    } else {
      write_incident(record);
    }
    to.end_object();
  }

  static void write_shares(json_writer& to, std::string_view name, std::string_view what,
                           const std::vector<match_parts::share>& shares) {
    if (shares.empty()) return;
    to.key(name);
    to.begin_array();
    for (const match_parts::share& one : shares) {
      to.begin_object();
      to.member(what, one.what);
      to.member("points", one.points);
      to.end_object();
    }
    to.end_array();
  }

  static void write_parts(json_writer& to, const incident& record, const match_parts& parts) {
    std::int64_t category = 0;
    std::int64_t service = 0;
    std::vector<match_parts::share> codes;
    std::vector<match_parts::share> items;
    for (const match_parts::share& mark : parts.marks) {
      switch (kind_of_mark(mark.what)) {
        case mark_kind::item:
          items.push_back({item_of(mark.what), mark.points});
          break;
        case mark_kind::category:
          category += mark.points;
          break;
        case mark_kind::service:
          service += mark.points;
          break;
        case mark_kind::error_code:
          codes.push_back({error_code_of(mark.what), mark.points});
          break;
      }
    }
    to.key("parts");
    to.begin_object();
    to.member("text", parts.words_points());
    write_shares(to, "words", "word", parts.words);
    to.member("category", category);
    to.member("service", service);
    write_shares(to, "error_codes", "code", codes);
    write_shares(to, "items", "item", items);
    if (record.part<incident_known_error>()) to.member("outcome", parts.merit);
    to.end_object();
  }

  void write_known_error(const incident_known_error& known) const {
    json_writer& to = c_.to;
    c_.write_if_given("workaround", known.workaround);
    c_.write_if_given("solution", known.solution);
    c_.write_if_given("affected_services", known.affected_services);
    to.member("revision", known.revision);
    c_.write_if_given("review_at", known.review_at);
    if (is_set(known.review_at) && known.review_at <= at_) to.member_boolean("review_due", true);
    to.member("use_count", known.use_count);
    to.member("helped_count", known.helped_count);
    to.member("not_helped_count", known.not_helped_count);
  }

  void write_incident(const incident& record) const {
    c_.write_if_given("service", record.service);
    c_.write_if_given("resolution_code", record.resolution_code);
    c_.write_if_given("resolution_notes", record.text->resolution_notes);
    if (record.permanent) c_.to.member_boolean("permanent", true);
    c_.write_if_given("resolved_at", record.resolved_at);
    c_.write_if_given("resolved_by", record.resolved_by);
    const auto* applied = record.part<record_known_errors>();
    if (!applied) return;
    c_.by.write_members(c_.to, {field_named(record_known_errors::fields(), "known_errors"), 1}, applied, c_.names);
  }

  const answer_context& c_;
  const desk& d_;
  const suggest_query& query_;
  instant at_;
  text_question asked_;
};

}  // namespace

std::span<const std::string_view> choices(suggestion_kind) {
  static constexpr std::string_view all[] = {"known_error", "incident"};
  return all;
}

std::span<const field_row> ranked_record::fields() {
  using self = ranked_record;
  static constexpr field_row rows[] = {
      row<&self::record>("record", "Incident or known error by number", required, one_line,
                         max_length(limits::name_length_max)),
      row<&self::score>("score", "What the host's ranking says of it; answered as it is"),
  };
  return rows;
}

std::span<const field_row> suggest_query::fields() {
  using self = suggest_query;
  static constexpr field_row rows[] = {
      row<&self::incident>("incident", "Incident by number or id that others are compared with"),
      row<&self::title>("title", "Instead: the title of one that has not been logged", one_line),
      row<&self::description>("description", "Its description", max_length(limits::text_length_max)),
      row<&self::category>("category", "Its category"),
      row<&self::service>("service", "Its service"),
      row<&self::kind>("kind", "What is suggested; both where none is given"),
      row<&self::limit>("limit", "How many; 10 where none is given", range{1, limits::suggestions_max}),
      row<&self::at>("at", "When, for the validity of known errors; the desk's clock where none is given"),
      row<&self::weights>("weights", "How much each part counts"),
      row<&self::items>("items", "Keys of the services and configuration items that it affects",
                        max_length(limits::affected_items_max)),
      row<&self::ranking>("ranking", "Records as the host ranks them, the best first, instead of the library's ranking",
                          max_length(static_cast<std::size_t>(limits::suggestions_max))),
  };
  return rows;
}

void answer(const answer_context& c, const suggest_query& query) {
  check_items(c.d.state(), query.items);
  suggestion_list(c, query).write();
}

}  // namespace tocsin::inline v1
