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

struct query_type;

struct document_options {
  instant at = never;   // for commands that state no instant of their own; `never`: they must
  bool atomic = false;  // a batch is accepted as a whole or not at all
  bool dry_run = false;
  bool allow_leap = false;
  bool lines = false;  // the document is JSON Lines
};

// One command (an object), or a batch (an array, or lines); answers one result, or an array of them. See tocsin.h.
std::string execute_document(desk& d, std::string_view commands, const document_options& options);

// What stands beside a question's own fields: the actor who asks, and sees what they may (D9).
struct asker {
  person_ref actor;

  static std::span<const field_row> fields();
};

// One question, an object with "query" and that question's fields; answers an object.
std::string answer_document(const desk& d, std::string_view query);

// Reads a question of that type into `query`, a fresh one of it, and has it permitted as answer_document has. "query" may be
// left out; then nobody can be named who asks. Who asks; no person: the host.
person_ref read_question(const desk& d, const query_type& type, std::string_view json, void* query);

// Who is at a record: {"incident", "actor", "activity", "at", "until"}; see presence.hpp.
void note_presence_document(desk& d, std::string_view json);

// One command, by these names; it may come without an instant.
request read_command(std::string_view json, const document_names& names);

std::string entry_document(const desk& d, std::uint64_t sequence);
std::string effects_document(desk& d, std::string_view consumer, std::size_t max);

desk_options read_desk_options(std::string_view json);
// {"credit":true,"build":false}: what the host says of the guards with these names.
guard_answers read_guard_answers(std::string_view json);
// What the host is asked: {"guard", "incident", "actor", "at"}.
std::string guard_document(const desk& d, const guard_question& asked);

// How documents name what this desk knows. Good as long as the desk.
document_names names_of(const desk& d);

// How a document that is being read names records: as its actor knows them, so that one that is hidden from the actor is
// as unknown as one that never was (D9). Good as long as the desk and the text.
class asked_names {
 public:
  // `unnamed`: who asks where the document names nobody; no person: then nothing that is restricted is known.
  asked_names(const desk& d, std::string_view json, person_ref unnamed) : d_(d), json_(json), unnamed_(unnamed) {}
  document_names names() const;

 private:
  static std::uint64_t find(const void* context, std::string_view text);
  bool is_known(std::uint64_t id) const;

  const desk& d_;
  std::string_view json_;
  person_ref unnamed_;
};

// A record with all that it has: id, number, texts, fixed block and parts, as one object.
void write_record_document(json_writer& to, const incident& record, const desk& d, const document_names& names);

// An event with the members that all have: "event", then its own.
void write_event_members(json_writer& to, const event& happened, const document_names& names);

}  // namespace tocsin::inline v1
