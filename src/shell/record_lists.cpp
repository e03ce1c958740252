#include <record_lists.hpp>

#include <algorithm>
#include <array>

#include <moment.hpp>
#include <text.hpp>

namespace shell {
namespace {

std::string joined(const std::vector<std::string>& parts) {
  std::string line;
  for (const std::string& part : parts) {
    if (!part.empty()) line += (line.empty() ? "" : ", ") + part;
  }
  return line;
}

std::string shown_instant(const session& with, const json& item, const char* name, const std::string& before) {
  const auto at = instant_at(item, name);
  return at ? before + with.show(*at) : std::string();
}

std::string shown_numbers(const json& item, const char* name, const std::string& before) {
  std::string text;
  for (const json& number : list_at(item, name)) text += (text.empty() ? before : ", ") + text_of(number);
  return text;
}

std::string said(const json& item, const char* name, const char* word) {
  return item.contains(name) ? word : std::string();
}

// "2  Mount the disk   open, blocking, ben, due 2026-11-23 12:00:00Z, after 1"
std::string task_line(const session& with, const json& task) {
  const std::string what =
      joined({spoken(text_at(task, "state")), said(task, "blocking", "blocking"), said(task, "overdue", "overdue"),
              text_at(task, "owner"), text_at(task, "team"), shown_instant(with, task, "due_at", "due "),
              shown_numbers(task, "depends_on", "after ")});
  return text_of(task.at("number")) + "  " + text_at(task, "title") + "   " + what;
}

// "caused by INC0000007", "caused by change CHG0030012"
std::string link_line(const session&, const json& link) {
  std::string line = spoken(text_at(link, "kind"));
  for (const char* name : {"record", "outside", "outside_key"}) {
    if (link.contains(name))
      line += ' ' + (name == std::string_view("outside") ? spoken(text_at(link, name)) : text_at(link, name));
  }
  return line + said(link, "held", ", which made it wait") + said(link, "resolved", ", which resolved it");
}

std::string attachment_line(const session&, const json& file) {
  const std::string name = text_at(file, "name");
  return text_of(file.at("number")) + "  " + (name.empty() ? "(erased)" : name) + "   " +
         joined({text_at(file, "media_type"), text_of(file.at("size")) + " bytes", spoken(text_at(file, "visibility")),
                 text_at(file, "uri")});
}

std::string work_line(const session&, const json& share) {
  return text_at(share, "person") + "   " + show_iso_open_time(text_at(share, "spent"));
}

// "resolution 1: 4 of 5   dora, 2026-11-23 08:08:00Z, after closing: It took a while"
std::string satisfaction_line(const session& with, const json& answer) {
  const std::string person = text_at(answer, "person");
  const std::string comment = text_at(answer, "comment");
  return "resolution " + text_of(answer.at("cycle")) + ": " + text_of(answer.at("score")) + " of 5   " +
         joined({person.empty() ? "(erased)" : person, shown_instant(with, answer, "answered_at", ""),
                 said(answer, "after_closing", "after closing")}) +
         (comment.empty() ? "" : ": " + comment);
}

struct list_form {
  std::string_view name;
  std::string (*line)(const session&, const json&);
};

constexpr std::array<list_form, 5> forms{{{"tasks", task_line},
                                          {"links", link_line},
                                          {"attachments", attachment_line},
                                          {"work", work_line},
                                          {"satisfaction", satisfaction_line}}};

const list_form* form_of(std::string_view name) {
  const auto found = std::find_if(forms.begin(), forms.end(), [&](const list_form& f) { return f.name == name; });
  return found == forms.end() ? nullptr : &*found;
}

}  // namespace

bool is_record_list(std::string_view name) { return form_of(name) != nullptr; }

std::vector<std::string> record_list_lines(const session& with, std::string_view name, const json& items) {
  std::vector<std::string> lines;
  for (const json& item : items) lines.push_back(form_of(name)->line(with, item));
  return lines;
}

}  // namespace shell
