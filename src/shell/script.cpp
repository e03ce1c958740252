#include <script.hpp>

#include <algorithm>

#include <complaint.hpp>
#include <moment.hpp>
#include <text.hpp>

namespace shell {
namespace {

constexpr std::size_t batch_bytes_max = 4u << 20;

bool is_refusal(std::string_view result) {
  const outline shape = outline_of(result);
  return !shape.names.empty() && shape.names.front() == "error";
}

std::string message_of(std::string_view refusal) {
  const json document = json::parse(refusal, nullptr, false);
  return document.is_object() ? text_at(document.value("error", json::object()), "message") : std::string();
}

// What goes through all that is stored would miss what its batch has just done.
bool stands_alone(std::string_view command) { return command == "purge_records" || command == "erase_personal"; }

// An answer at the prompt: of a command, "INC0000002  version 2  work begun"; of a question, all of it.
std::string told(const json& answer) {
  if (!answer.contains("events") || !answer.contains("sequence")) return answer.dump(2);
  std::string result;
  if (const auto record = answer.find("record"); record != answer.end()) {
    result = text_at(*record, "number") + "  version " + text_at(*record, "version") + "  ";
  }
  std::string events;
  for (const json& event : list_at(answer, "events")) {
    events += (events.empty() ? "" : ", ") + spoken(text_at(event, "event"));
  }
  return result + events;
}

}  // namespace

std::string with_actor(std::string_view command, const outline& shape, const std::string& actor) {
  if (shape.has("actor")) return std::string(trim(command));
  return with_member(command, "\"actor\":" + json(actor).dump());
}

std::uint32_t execute_flags(const options& given) { return given.allow_leap ? TOCSIN_EXECUTE_ALLOW_LEAP : 0; }

void script::line(std::string_view text, std::size_t number) {
  text = trim(text);
  if (text.empty() || text.front() == '#') return;
  const outline shape = outline_of(text);
  const bool is_command = shape.is == outline::form::object && shape.has("command");
  if (is_command) {
    const bool is_alone = stands_alone(shape.command);
    if (is_alone) flush_pending();
    pending_.push_back({with_actor(text, shape, with_.given.actor), number, shape.has("at")});
    pending_bytes_ += pending_.back().command.size();
    if (is_alone || pending_.size() >= batch_ || pending_bytes_ >= batch_bytes_max) flush_pending();
    return;
  }
  flush_pending();
  if (shape.is == outline::form::array) return execute_array(text, number);
  if (shape.has("query")) return ask(text, number);
  if (shape.has("advance")) return advance(shape, number);
  execute_alone({std::string(text), number, false});  // the desk says what is wrong with it
}

void script::flush() {
  flush_pending();
  with_.out.flush();
}

void script::flush_pending() {
  if (pending_.size() == 1) execute_alone(pending_.front());
  if (pending_.size() > 1) execute_batch();
  pending_.clear();
  pending_bytes_ = 0;
}

void script::execute_alone(const line_of_script& line) {
  try {
    const std::int64_t at_us = line.has_instant ? TOCSIN_NEVER : with_.now_us();
    answer(with_.desk->execute(line.command, at_us, execute_flags(with_.given)), line.number);
  } catch (const tocsin::client::failure& failure) {
    refuse(failure, line.number);
  }
}

void script::execute_batch() {
  std::string lines;
  lines.reserve(pending_bytes_ + pending_.size());
  for (const line_of_script& line : pending_) lines += line.command + '\n';
  const auto has_instant = [](const line_of_script& line) { return line.has_instant; };
  const bool has_instants = std::all_of(pending_.begin(), pending_.end(), has_instant);
  std::string results;
  try {
    const std::int64_t at_us = has_instants ? TOCSIN_NEVER : with_.now_us();
    results = with_.desk->execute(lines, at_us, execute_flags(with_.given) | TOCSIN_EXECUTE_LINES);
  } catch (const tocsin::client::failure& failure) {
    if (is_fatal(failure)) throw;
    // Refused as a whole, so nothing of it happened: each line by itself shows which one it was.
    for (const line_of_script& line : pending_) execute_alone(line);
    return;
  }
  std::size_t i = 0;
  for (const std::string_view result : elements(results)) answer(result, pending_[i++].number);
}

void script::execute_array(std::string_view text, std::size_t number) {
  std::string batch;
  for (const std::string_view element : elements(text)) {
    const outline shape = outline_of(element);
    const bool is_object = shape.is == outline::form::object;
    batch += batch.empty() ? "[" : ",";
    batch += is_object ? with_actor(element, shape, with_.given.actor) : std::string(element);
  }
  batch += batch.empty() ? "[]" : "]";
  try {
    answer(with_.desk->execute(batch, with_.now_us(), execute_flags(with_.given) | TOCSIN_EXECUTE_ATOMIC), number);
  } catch (const tocsin::client::failure& failure) {
    refuse(failure, number);
  }
}

void script::ask(std::string_view question, std::size_t number) {
  try {
    answer(with_.ask_text(question), number);
  } catch (const tocsin::client::failure& failure) {
    refuse(failure, number);
  }
}

void script::advance(const outline& shape, std::size_t number) {
  if (shape.names.size() != 1 || !shape.advance_to) {
    return refuse_advance("", "another member, or one that is no text", number);
  }
  const std::string& text = *shape.advance_to;
  const std::optional<std::int64_t> instant = text == "now" ? with_.now_us() : parse_instant(text);
  if (!instant) return refuse_advance("/advance", json(text).dump(), number);
  try {
    const std::uint32_t flags = with_.given.allow_leap ? TOCSIN_ADVANCE_ALLOW_LEAP : 0;
    const tocsin::client::advanced done = with_.desk->advance(*instant, 0, flags);
    answer(json{{"advance", to_rfc3339(*instant)}, {"fired", done.fired}}.dump(), number);
  } catch (const tocsin::client::failure& failure) {
    refuse(failure, number);
  }
}

// As the desk refuses a command.
void script::refuse_advance(const std::string& path, const std::string& found, std::size_t number) {
  const std::string allowed = "an instant, as {\"advance\":\"2026-11-22T08:00:00Z\"}, or \"now\"";
  const std::string message = (path.empty() ? "an advance" : path) + ": found " + found + ", allowed " + allowed;
  const json error{{"status", tocsin_status_name(TOCSIN_INVALID_ARGUMENT)},
                   {"reason", "document.malformed_value"},
                   {"message", message},
                   {"detail", {{"path", path}, {"found", found}, {"allowed", allowed}}}};
  ++answered_;
  note_refusal(message, number);
  if (!with_.is_interactive) with_.out.line(json{{"error", error}}.dump());
  if (with_.is_interactive) complain(printable(message));
}

void script::answer(std::string_view result, std::size_t number) {
  ++answered_;
  if (is_refusal(result)) note_refusal(message_of(result), number);
  with_.out.line(with_.is_interactive ? told(parse_answer(std::string(result))) : std::string(result));
}

void script::refuse(const tocsin::client::failure& failure, std::size_t number) {
  if (is_fatal(failure)) throw failure;
  ++answered_;
  note_refusal(failure.message(), number);
  if (!with_.is_interactive) with_.out.line(error_line(failure));
  if (with_.is_interactive) complain_of(failure);
}

void script::note_refusal(std::string_view message, std::size_t number) {
  if (refused_++ == 0) first_refusal_ = "line " + std::to_string(number) + ": " + std::string(message);
}

void complain_of_refusals(const script& done) {
  const std::string count = std::to_string(done.refused()) + " of " + std::to_string(done.answered());
  complain(count + (done.answered() == 1 ? " line was refused" : " lines were refused"),
           "  first: " + printable(done.first_refusal()));
}

}  // namespace shell
