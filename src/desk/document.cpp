#include <tocsin/desk/document.hpp>

#include <tocsin/base/refusal.hpp>
#include <tocsin/desk/decide.hpp>
#include <tocsin/desk/permission.hpp>
#include <tocsin/desk/viewer.hpp>
#include <tocsin/desk/vocabulary.hpp>

#include "batch.hpp"
#include "refusal_of.hpp"

#include <nlohmann/json.hpp>

namespace tocsin::inline v1 {
namespace {

// ---- names

[[noreturn]] void refuse_purged(const desk& d, const purged_record& gone) {
  const std::string number = d.show_number(gone.number);
  throw error(status::not_found, "record.purged",
              number + " was purged by entry " + std::to_string(gone.sequence) + " and is gone for good",
              "{\"record\":\"" + number + "\",\"entry\":" + std::to_string(gone.sequence) + "}");
}

std::uint64_t find_record(const void* context, std::string_view text) {
  const desk& d = *static_cast<const desk*>(context);
  const std::uint64_t number = d.read_number(text);
  const std::uint64_t id = d.find_number(number);
  if (id != 0 || number == 0) return id;
  if (const auto gone = d.storage().find_purged_number(number)) refuse_purged(d, *gone);
  return 0;
}

bool write_record_number(const void* context, std::uint64_t id, std::string& number) {
  const desk& d = *static_cast<const desk*>(context);
  const incident_ptr record = d.find({id});
  if (record) return number = d.show_number(record->number), true;
  const auto gone = d.storage().find_purged(id);
  if (gone) number = d.show_number(gone->number);
  return gone.has_value();
}

// The actor that a document names, which may not have been read so far; nothing where it names none, or is not sound.
struct actor_named {
  std::size_t count = 0;
  std::string key;
  bool is_sound = false;
};

actor_named actor_in(std::string_view text) {
  using nlohmann::json;
  actor_named found;
  bool is_next = false;
  const auto look = [&](int depth, json::parse_event_t event, json& value) {
    if (depth != 1) return true;
    if (is_next && event == json::parse_event_t::value && value.is_string()) found.key = value.get<std::string>();
    is_next = event == json::parse_event_t::key && value == "actor";
    found.count += is_next ? 1 : 0;
    return true;
  };
  found.is_sound = !json::parse(text, look, false).is_discarded();
  return found;
}

// ---- commands in

const tagged_form& command_form() {
  static const std::vector<tagged_type> types = [] {
    std::vector<tagged_type> all;
    for (const command_type* t : command_types()) all.push_back({t->name, t->fields});
    return all;
  }();
  static const tagged_form form{"a command", "command", request::fields(), types, "see the schema of commands"};
  return form;
}

request read_request(const desk& d, std::string_view json, instant at) {
  request asked = read_command(json, asked_names(d, json, {}).names());
  if (!is_set(asked.at)) asked.at = at;
  if (asked.at == never) {
    throw error(status::invalid_argument, "command.no_instant",
                "missing field \"at\" of a command, for no instant is given with it",
                refusal_detail("/at", "nothing", std::string(text_form_of(asked.at).what)));
  }
  return asked;
}

// ---- results out

// Whom a result is for: who gave the command, and the record that it named, which may have been hidden by it.
struct addressee {
  addressee(const desk& d, const request& asked) : by(d, asked.actor), about(subject(asked.asked)) {}
  bool sees(record_ref record) const { return record == about || !by.hides(record); }

  viewer by;
  record_ref about;
};

void write_result(json_writer& to, const result& r, const desk& d, const document_names& names, const addressee& who) {
  to.begin_object();
  to.member("sequence", static_cast<std::int64_t>(r.sequence));
  to.key("recorded_at");
  write_value(to, detail::type_of<instant>, &r.recorded_at, names);
  if (r.record && who.sees(r.record)) {
    to.key("record");
    to.begin_object();
    to.member("id", static_cast<std::int64_t>(r.record.id));
    to.member("number", d.show_number(r.number));
    to.member("version", r.version);
    to.end_object();
  }
  if (r.repeated) {
    to.member_boolean("repeated", true);
    to.key("keys_since");
    write_value(to, detail::type_of<instant>, &r.keys_since, names);
  }
  to.key("events");
  to.begin_array();
  for (const event& happened : r.events) {
    if (!who.sees(happened.record) || who.by.hides(happened)) continue;
    to.begin_object();
    who.by.write_event_members(to, happened, names);
    to.end_object();
  }
  to.end_array();
  to.end_object();
}

std::string execute_one(desk& d, std::string_view json, const document_options& options) {
  desk_transaction transaction(d, {options.dry_run, options.allow_leap});
  json_writer to;
  request asked = read_request(d, json, options.at);
  const addressee who(d, asked);
  write_result(to, transaction.execute_alone(std::move(asked)), d, names_of(d), who);
  transaction.commit();  // the answer stands already: what is committed is answered
  return to.take();
}

std::string execute_batch(desk& d, const std::vector<std::string_view>& items, const document_options& options) {
  desk_transaction transaction(d, {options.dry_run, options.allow_leap});
  const document_names names = names_of(d);
  json_writer to;
  to.begin_array();
  for (std::size_t i = 0; i < items.size(); ++i) {
    try {
      request asked = read_request(d, items[i], options.at);
      const addressee who(d, asked);
      write_result(to, transaction.execute(std::move(asked)), d, names, who);
    } catch (const error& e) {
      if (options.atomic || !is_refusal(e.code())) throw_with_index(e, i);
      to.begin_object();
      to.key("error");
      write_error(to, e);
      to.end_object();
    }
  }
  to.end_array();
  transaction.commit();
  return to.take();
}

}  // namespace

request read_command(std::string_view json, const document_names& names) {
  request asked;
  read_tagged(
      json, command_form(), &asked, [&](std::size_t type) { return asked.asked.emplace(*command_types()[type]); },
      names);
  check_fields(request::fields(), &asked, {}, nullptr, "a command");
  return asked;
}

document_names names_of(const desk& d) { return {&d.state().words, &d, find_record, write_record_number}; }

document_names asked_names::names() const { return {&d_.state().words, this, find, nullptr}; }

std::uint64_t asked_names::find(const void* context, std::string_view text) {
  const auto& self = *static_cast<const asked_names*>(context);
  const std::uint64_t id = find_record(&self.d_, text);
  return id != 0 && self.is_known(id) ? id : 0;
}

bool asked_names::is_known(std::uint64_t id) const {
  const incident_ptr record = d_.find({id});
  if (!record || !is_restricted(*record)) return true;
  const actor_named named = actor_in(json_);
  person_ref actor = unnamed_;
  if (named.count != 0) actor = {d_.state().words.find(word_kind::person, named.key)};
  return named.is_sound && named.count <= 1 && actor && !is_hidden(d_.state(), *record, actor);
}

void write_record_document(json_writer& to, const incident& record, const desk& d, const document_names& names) {
  to.begin_object();
  to.member("id", static_cast<std::int64_t>(record.id));
  to.member("number", d.show_number(record.number));
  write_members(to, incident_text::fields(), record.text.get(), names);
  for (field_row field : incident::fields()) {
    field.always |= field.name == "type";  // an ordinary incident has none of its own
    write_members(to, {&field, 1}, &record, names);
  }
  for (const part_type* part : part_types()) {
    const void* block = record.parts.find(part->number);
    if (!block) continue;
    for (const field_row& field : part->fields()) {
      if (!field.unshown) write_members(to, {&field, 1}, block, names);
    }
  }
  to.end_object();
}

void write_event_members(json_writer& to, const event& happened, const document_names& names) {
  const event_type& type = *happened.body.type();
  to.member("event", type.name);
  write_members(to, type.fields(), happened.body.address(), names);
}

std::string execute_document(desk& d, std::string_view commands, const document_options& options) {
  if (commands.size() > limits::document_bytes_max) {
    throw error(status::resource_exhausted, "document.too_large",
                "the document has " + std::to_string(commands.size()) + " bytes, allowed are " +
                    std::to_string(limits::document_bytes_max));
  }
  if (options.lines) return execute_batch(d, split_lines(commands), options);
  const std::size_t start = commands.find_first_not_of(" \t\r\n");
  if (start != std::string_view::npos && commands[start] == '[')
    return execute_batch(d, split_array(commands), options);
  return execute_one(d, commands, options);
}

void note_presence_document(desk& d, std::string_view json) {
  presence said;
  read_object(json, presence::fields(), &said, asked_names(d, json, {}).names(), "a presence");
  check_fields(presence::fields(), &said, {}, nullptr, "a presence");
  d.note_presence(said);
}

std::string entry_document(const desk& d, std::uint64_t sequence) {
  const stored_entry stored = d.read_stored_entry(sequence);
  sha256 hasher;
  const entry e = decode_entry(stored, hasher);
  const document_names names = names_of(d);
  json_writer to;
  to.begin_object();
  to.member("sequence", static_cast<std::int64_t>(e.sequence));
  to.key("recorded_at");
  write_value(to, detail::type_of<instant>, &e.recorded_at, names);
  to.key("stated_at");
  write_value(to, detail::type_of<instant>, &e.stated_at, names);
  to.key("actor");
  write_value(to, detail::type_of<person_ref>, &e.actor, names);
  if (!e.idempotency_key.empty()) to.member("idempotency_key", e.idempotency_key);
  if (const command_type* type = e.asked.type()) {
    to.key("asked");
    to.begin_object();
    to.member("command", type->name);
    write_members(to, type->fields(), e.asked.address(), names);
    to.end_object();
  }
  to.key("events");
  to.begin_array();
  for (const event& happened : e.events) {
    to.begin_object();
    write_event_members(to, happened, names);
    if (happened.record) {
      to.key("record");
      write_value(to, detail::type_of<record_ref>, &happened.record, names);
      to.member("previous", static_cast<std::int64_t>(happened.previous));
    }
    to.end_object();
  }
  to.end_array();
  to.member("hash", to_hex(stored.hash));
  to.member("bytes", static_cast<std::int64_t>(stored.bytes.size()));
  to.end_object();
  return to.take();
}

std::string effects_document(desk& d, std::string_view consumer, std::size_t max) {
  const document_names names = names_of(d);
  json_writer to;
  to.begin_array();
  for (const effect& e : d.take_effects(consumer, std::min(max, limits::effects_take_max))) {
    to.begin_object();
    to.member("id", static_cast<std::int64_t>(e.id));
    to.member("effect", e.body.type()->name);
    to.key("record");
    write_value(to, detail::type_of<record_ref>, &e.record, names);
    if (const incident_ptr record = d.find(e.record); record && record->caller) {
      to.key("caller");
      write_value(to, detail::type_of<person_ref>, &record->caller, names);
    }
    to.key("scheduled_at");
    write_value(to, detail::type_of<instant>, &e.scheduled_at, names);
    to.key("recorded_at");
    write_value(to, detail::type_of<instant>, &e.recorded_at, names);
    write_members(to, e.body.type()->fields(), e.body.address(), names);
    to.end_object();
  }
  to.end_array();
  return to.take();
}

guard_answers read_guard_answers(std::string_view json) {
  const auto refuse = [](const std::string& path, const char* found) {
    throw unexpected(status::invalid_argument, "guard.answers", path, found, "an object of true and false by name");
  };
  const auto read = nlohmann::json::parse(json, nullptr, false);
  if (!read.is_object()) refuse("", "something else");
  guard_answers answers;
  for (const auto& [name, answer] : read.items()) {
    if (!answer.is_boolean()) refuse("/" + name, "neither true nor false");
    answers[name] = answer.get<bool>();
  }
  return answers;
}

std::string guard_document(const desk& d, const guard_question& asked) {
  json_writer to;
  to.begin_object();
  to.member("guard", asked.guard);
  to.member("incident", d.show_number(asked.record.number));
  to.member("actor", d.state().words.word(word_kind::person, asked.actor.index));
  to.key("at");
  write_value(to, detail::type_of<instant>, &asked.at, {});
  to.end_object();
  return to.take();
}

desk_options read_desk_options(std::string_view json) {
  desk_options options;
  read_object(json, desk_options::fields(), &options, {}, "desk_options");
  check_fields(desk_options::fields(), &options, {}, nullptr, "desk_options");
  return options;
}

}  // namespace tocsin::inline v1
