// What of a record is shown to whoever asks: all of it, or what a requester may see (D9, R-O01).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <tocsin/base/json_writer.hpp>
#include <tocsin/desk/desk.hpp>
#include <tocsin/desk/document.hpp>
#include <tocsin/desk/viewer.hpp>
#include <tocsin/model/incident.hpp>

namespace tocsin::inline v1 {

// Which members of a record an answer shows; all where none is named. To a requester, those of them that they may see.
class shown_members {
 public:
  shown_members() {
    add_all();
    show_type();
  }
  // "custom.<key>": of the custom fields this one alone. `words`: the desk's own.
  shown_members(const std::vector<std::string>& names, const lexicon& words);

  // As members of an object that has been begun.
  void write(json_writer& to, const incident& record, const desk& d, const document_names& names, visibility audience,
             const viewer& by) const;

 private:
  struct part_member {
    const part_type* part;
    field_row field;
  };

  void add(const std::string& name, const lexicon& words);
  void add_all();
  void show_type();
  bool add_part(std::string_view name);
  // What of the block is shown.
  incident_details shown_of(const incident_details& d, const definition_table& known, bool all) const;

  bool id_ = false;
  bool number_ = false;
  std::vector<field_row> texts_;
  std::vector<field_row> fields_;
  std::vector<part_member> parts_;
  std::vector<custom_field_ref> custom_;  // those shown; none: all, where custom fields are shown at all
};

// May the audience know of it at all? Internal notes and what else nobody declared to be for a requester it may not.
bool is_for(visibility audience, const event& happened);

// "event", then its own members, those that the audience may see.
void write_event_for(visibility audience, json_writer& to, const event& happened, const document_names& names,
                     const viewer& by);

}  // namespace tocsin::inline v1
