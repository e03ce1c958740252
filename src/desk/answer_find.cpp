// Questions about all records that meet conditions.
#include <tocsin/desk/record_schema.hpp>
#include <tocsin/rule/condition_lint.hpp>

#include "answer.hpp"
#include "audience.hpp"

namespace tocsin::inline v1 {

void write_warnings(const answer_context& c, const embedded_json& condition) {
  if (!condition) return;
  const condition_schema& schema = c.d.state().definitions.schemas->record();
  std::vector<std::string> odd = lint(compile_condition(condition.text, schema), schema);
  if (odd.empty()) return;
  for (std::string& one : odd) one.insert(0, "/condition: ");
  c.write_texts("warnings", odd);
}

void answer(const answer_context& c, const find_query& q) {
  const shown_members shown(q.members, c.d.state().words);
  const find_answer found = find(c.d, q, c.actor());
  c.to.begin_object();
  c.to.key("records");
  c.to.begin_array();
  for (const incident_ptr& record : found.records) {
    const incident_ptr now = is_set(q.as_of) ? c.d.find({record->id}) : record;
    c.to.begin_object();
    shown.write(c.to, *record, c.d, c.names, c.audience(now.get()), c.by);
    c.to.end_object();
  }
  c.to.end_array();
  if (!found.cursor.empty()) c.to.member("cursor", found.cursor);
  write_warnings(c, q.condition);
  c.to.end_object();
}

void answer(const answer_context& c, const count_query& q) {
  const std::vector<counted_field> fields = count_fields(c.d, q);
  std::uint64_t total = 0;
  c.to.begin_object();
  c.to.key("groups");
  c.to.begin_array();
  for (const count_group& group : count(c.d, q, c.actor())) {
    c.to.begin_object();
    c.write_counted(fields, group.values);
    c.to.member("count", static_cast<std::int64_t>(group.count));
    c.to.end_object();
    total += group.count;
  }
  c.to.end_array();
  c.to.member("total", static_cast<std::int64_t>(total));
  write_warnings(c, q.condition);
  c.to.end_object();
}

}  // namespace tocsin::inline v1
