// What one actor sees of a desk: a record that is restricted to others is not there, nor is any word of it (D9).
#pragma once

#include <span>
#include <string_view>

#include <tocsin/base/json.hpp>
#include <tocsin/desk/desk.hpp>
#include <tocsin/desk/event_type.hpp>

namespace tocsin::inline v1 {

struct decision;

class viewer {
 public:
  // No actor: the embedding program, which sees everything.
  viewer(const desk& d, person_ref actor) : state_(d.state()), desk_(&d), actor_(actor ? actor : host_person) {}
  // Whoever gives the command that is being decided.
  explicit viewer(const decision& given);

  person_ref actor() const { return actor_; }
  bool sees_all() const { return actor_.index <= host_person.index; }  // the system and the host do
  bool hides(const incident& record) const;
  bool hides(record_ref record) const;
  // Null where there is none, or none for this actor.
  incident_ptr find(record_ref record) const;

  // Says the event nothing but how its record stands to one that is hidden?
  bool hides(const event& happened) const;

  // The record without what names hidden ones, for conditions: an answer to one would tell of them. Null: it names none.
  incident_ptr without_hidden(const incident& record) const;

  // As write_members and write_event_members, without references to records that are hidden.
  void write_members(json_writer& to, std::span<const field_row> fields, const void* object,
                     const document_names& names) const;
  void write_event_members(json_writer& to, const event& happened, const document_names& names) const;

 private:
  bool hides(const type_row& type, const void* value) const;
  bool names_hidden(std::span<const field_row> fields, const void* object) const;
  void write_list(json_writer& to, const field_row& field, const void* list, const document_names& names) const;

  incident_ptr look_up(record_ref record) const;

  const desk_state& state_;
  const desk* desk_ = nullptr;
  const decision* given_ = nullptr;  // instead
  person_ref actor_;
};

}  // namespace tocsin::inline v1
