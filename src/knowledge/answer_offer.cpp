// What goes well with resolving a record (R-C05, R-A06).
#include <tocsin/desk/permission.hpp>
#include <tocsin/incident/commands.hpp>
#include <tocsin/knowledge/article.hpp>
#include <tocsin/knowledge/commands.hpp>
#include <tocsin/model/known_error.hpp>

#include "answer.hpp"

#include <algorithm>
#include <set>

namespace tocsin::inline v1 {
namespace {

class knowledge_offer {
 public:
  explicit knowledge_offer(const answer_context& c) : c_(c), state_(c.d.state()), record_(*c.record) {}

  void write() const {
    const std::vector<incident_ptr> fitting = fitting_known_errors();
    c_.to.key("offers");
    c_.to.begin_object();
    write_commands();
    c_.to.key("known_errors");
    c_.to.begin_array();
    for (const incident_ptr& one : fitting) write_known_error(*one);
    c_.to.end_array();
    write_articles(fitting);
    c_.to.end_object();
  }

 private:
  person_ref actor() const { return c_.actor() ? c_.actor() : host_person; }

  void write_commands() const {
    const instant now = state_.counters.clock;
    std::vector<std::string> names;
    for (const command_type* type : {&link_known_error::descriptor, &link_article::descriptor}) {
      if (may_command(state_, *type, actor(), &record_, now)) names.emplace_back(type->name);
    }
    const command_type& publish = publish_known_error::descriptor;
    if (may_command(state_, publish, actor(), nullptr, now)) names.emplace_back(publish.name);
    c_.write_texts("commands", names);
  }

  bool may_be_offered(const incident& one) const {
    const auto* const known = one.part<incident_known_error>();
    if (!known || !is_open(one.state_kind) || find_applied(known_errors_of(record_), {one.id})) return false;
    if (is_set(known->valid_until) && known->valid_until <= state_.counters.clock) return false;
    return !c_.by.hides(one) && may_query(state_, suggest_query::descriptor, c_.actor(), &one);
  }

  // The newest; all of them are live, as long as they are not retired.
  std::vector<incident_ptr> candidates() const {
    std::vector<incident_ptr> all;
    state_.live.each([&](const incident_ptr& one) {
      if (may_be_offered(*one)) all.push_back(one);
      return true;
    });
    std::ranges::sort(all, std::greater<>(), [](const incident_ptr& one) { return one->id; });
    if (all.size() > limits::offered_from_max) all.resize(limits::offered_from_max);
    return all;
  }

  std::vector<incident_ptr> fitting_known_errors() const {
    text_index texts;
    for (const incident_ptr& one : candidates()) texts.put(one->id, text_of(*one));
    const text_question asked = question_about(trouble_of(record_), {}, state_);
    std::vector<incident_ptr> fitting;
    for (const text_match& match : texts.best(asked, limits::offered_known_errors_max)) {
      fitting.push_back(c_.d.find({match.id}));
    }
    return fitting;
  }

  void write_known_error(const incident& one) const {
    const incident_known_error& known = *one.part<incident_known_error>();
    c_.to.begin_object();
    c_.to.member("record", c_.d.show_number(one.number));
    c_.to.member("title", one.text->title);
    c_.write_if_given("workaround", known.workaround);
    c_.write_if_given("solution", known.solution);
    c_.to.member("use_count", known.use_count);
    c_.to.member("helped_count", known.helped_count);
    c_.to.end_object();
  }

  // Those that the known errors are linked to, and the record is not.
  void write_articles(const std::vector<incident_ptr>& fitting) const {
    std::set<std::string_view> written;
    c_.to.key("articles");
    c_.to.begin_array();
    for (const incident_ptr& known : fitting) {
      for (const linked_article& one : articles_of(*known)) {
        if (written.size() == limits::offered_articles_max) break;
        if (find_article(articles_of(record_), one.key) || !written.insert(one.key).second) continue;
        c_.to.begin_object();
        c_.to.member("key", one.key);
        c_.write_if_given("title", one.title);
        c_.write_if_given("url", one.url);
        c_.to.end_object();
      }
    }
    c_.to.end_array();
  }

  const answer_context& c_;
  const desk_state& state_;
  const incident& record_;
};

}  // namespace

void offer_knowledge(const answer_context& c, const command_type& with) {
  if (&with != &resolve_incident::descriptor || !c.record || c.record->part<incident_known_error>()) return;
  if (c.audience(c.record.get()) == visibility::requester) return;
  knowledge_offer(c).write();
}

}  // namespace tocsin::inline v1
