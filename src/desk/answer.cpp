// From the document of a question to that of its answer: its row is found by name, its struct filled by the row's fields, the
// actor's permission asked as the row says, and the answer made by the row's function.
#include <tocsin/base/error.hpp>
#include <tocsin/desk/document.hpp>
#include <tocsin/desk/permission.hpp>
#include <tocsin/desk/references.hpp>
#include <tocsin/desk/vocabulary.hpp>

#include <tocsin/desk/answer_context.hpp>

namespace tocsin::inline v1 {
namespace {

const tagged_form& query_form() {
  static const std::vector<tagged_type> types = [] {
    std::vector<tagged_type> all;
    for (const query_type* t : query_types()) all.push_back({t->name, t->fields});
    return all;
  }();
  static const tagged_form form{"a query", "query", asker::fields(), types, "see the schema of queries"};
  return form;
}

void demand(const desk& d, const query_type& asked, person_ref actor, const incident* record) {
  if (may_query(d.state(), asked, actor, record)) return;
  const std::string who(d.state().words.word(word_kind::person, actor.index));
  throw error(status::permission_denied, "permission.denied",
              "no permission policy lets " + who + " ask " + std::string(asked.name) +
                  (record ? " of " + d.show_number(record->number) : std::string()));
}

// The record that the question names, once the actor is known to be permitted (D9). One that is hidden from them is as
// little there as one that never was.
incident_ptr permitted_subject(const desk& d, const query_type& asked, const void* query, const viewer& by) {
  const record_ref named = asked.subject ? asked.subject(query) : record_ref{};
  incident_ptr record = named ? by.find(named) : nullptr;
  if (!asked.filters_itself) demand(d, asked, by.actor(), record.get());
  if (named && !record) refuse_unknown_record(named);
  return record;
}

}  // namespace

std::span<const field_row> asker::fields() {
  static constexpr field_row rows[] = {
      row<&asker::actor>("actor", "Person who asks, and sees what they may; the embedding program where none is given"),
  };
  return rows;
}

std::string answer_document(const desk& d, std::string_view query) {
  typed_value<query_type> asked;
  asker envelope;
  const asked_names names(d, query, host_person);
  read_tagged(
      query, query_form(), &envelope, [&](std::size_t type) { return asked.emplace(*query_types()[type]); },
      names.names());
  const query_type& type = *asked.type();
  check_fields(type.fields(), asked.address(), {}, nullptr, type.name);
  const viewer by(d, envelope.actor);
  json_writer to;
  type.answer({d, type, by, to, names_of(d), permitted_subject(d, type, asked.address(), by)}, asked.address());
  return to.take();
}

person_ref read_question(const desk& d, const query_type& type, std::string_view json, void* query) {
  asker envelope;
  const asked_names names(d, json, host_person);
  if (json.find("\"query\"") == std::string_view::npos) {
    read_object(json, type.fields(), query, names.names(), "a " + std::string(type.name) + " query");
  } else {
    const tagged_type types[] = {{type.name, type.fields}};
    const tagged_form form{"a query", "query", asker::fields(), types};
    read_tagged(json, form, &envelope, [&](std::size_t) { return query; }, names.names());
  }
  check_fields(type.fields(), query, {}, nullptr, type.name);
  permitted_subject(d, type, query, viewer(d, envelope.actor));
  return envelope.actor;
}

}  // namespace tocsin::inline v1
