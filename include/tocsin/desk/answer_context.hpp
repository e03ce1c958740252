// What an answer is made from: the desk, the question's row, who asks, and the document that is being written. When a
// question is answered, it has been permitted as its row says (D9): nobody who writes an answer asks for that again, but
// for the records that a question which filters itself comes across.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <tocsin/base/json.hpp>
#include <tocsin/base/json_writer.hpp>
#include <tocsin/desk/desk.hpp>
#include <tocsin/desk/query_type.hpp>
#include <tocsin/desk/viewer.hpp>

namespace tocsin::inline v1 {

struct counted_field;
struct counted_value;

struct answer_context {
  const desk& d;
  const query_type& asked;
  const viewer& by;
  json_writer& to;
  document_names names;
  incident_ptr record;  // the one that the question names, as it is now; null where it names none

  person_ref actor() const { return by.actor(); }
  // How much the actor is shown of that record, which is as it is now: what a requester may see, or all of it.
  visibility audience(const incident* now) const;

  template <class T>
  void write(std::string_view name, const T& value) const {
    to.key(name);
    write_value(to, detail::type_of<T>, &value, names);
  }
  // The same, left out where there is nothing to show.
  template <class T>
  void write_if_given(std::string_view name, const T& value) const {
    if (!is_absent(detail::type_of<T>, &value)) write(name, value);
  }
  void write_texts(std::string_view name, const std::vector<std::string>& texts) const;

  // A group that figures are counted by: a member for each field, none for a value that is not given.
  void write_counted(const std::vector<counted_field>& fields, const std::vector<counted_value>& values) const;
};

}  // namespace tocsin::inline v1
