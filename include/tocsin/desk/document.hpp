// A desk spoken to in documents: commands, questions, entries and effects as JSON. The whole vocabulary of a desk passes
// through here; the C interface adds nothing to it but memory rules.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <tocsin/base/error.hpp>
#include <tocsin/base/json.hpp>
#include <tocsin/desk/desk.hpp>

namespace tocsin::inline v1 {

struct document_options {
  instant at = never;   // for commands that state no instant of their own; `never`: they must
  bool atomic = false;  // a batch is accepted as a whole or not at all
  bool dry_run = false;
  bool allow_leap = false;
  bool lines = false;  // the document is JSON Lines
};

// One command (an object), or a batch (an array, or lines); answers one result, or an array of them. See tocsin.h.
std::string execute_document(desk& d, std::string_view commands, const document_options& options);

// Who is at a record: {"incident", "actor", "activity", "at", "until"}; see presence.hpp.
void note_presence_document(desk& d, std::string_view json);

std::string entry_document(const desk& d, std::uint64_t sequence);
std::string effects_document(desk& d, std::string_view consumer, std::size_t max);

desk_options read_desk_options(std::string_view json);

// How documents name what this desk knows. Good as long as the desk.
document_names names_of(const desk& d);

// A record with all that it has: id, number, texts, fixed block and parts, as one object.
void write_record_document(json_writer& to, const incident& record, const desk& d, const document_names& names);

// An event with the members that all have: "event", then its own.
void write_event_members(json_writer& to, const event& happened, const document_names& names);

}  // namespace tocsin::inline v1
