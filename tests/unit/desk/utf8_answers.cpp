// Whatever bytes come in, what goes out is UTF-8, and JSON where it is a document.
#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

#include <tocsin/base/utf8.hpp>
#include <tocsin/desk/document.hpp>
#include <tocsin/desk/intake.hpp>
#include <tocsin/escalation/document.hpp>
#include <tocsin/incident/commands.hpp>
#include <tocsin/oncall/document.hpp>
#include <tocsin/schema/catalogue.hpp>
#include <tocsin/time/calendar_question.hpp>
#include <tocsin/time/icalendar_holidays.hpp>

#include "random_script.hpp"

using namespace tocsin;

namespace {

constexpr std::uint64_t seed = 20261123;
constexpr int rounds = 150;

// Each is accepted as it stands; what the mutations make of it mostly is not.
const std::vector<std::string>& commands() {
  static const std::vector<std::string> all = {
      R"({"command":"log_incident","at":"2026-11-23T08:00:00Z","actor":"ana","title":"Mail \u4e2d is down","impact":"high","urgency":"low","service":"mail"})",
      R"({"command":"add_note","at":"2026-11-23T08:00:00Z","actor":"ana","incident":"INC0000001","text":"Gr\u00fc\u00dfe"})",
      R"({"command":"hold_incident","at":"2026-11-23T08:00:00Z","actor":"ben","incident":"INC0000001","reason":"awaiting_caller"})",
      R"({"command":"publish","at":"2026-11-23T08:00:00Z","actor":"host","teams":[{"key":"t","members":["ana"]}],"sla_policies":[{"key":"k","kind":"sla","metric":"resolution","where":{"==":[{"var":"service"},"mail"]},"targets":[{"duration":"PT4H"}],"calendar":"24x7"}]})",
      R"({"command":"set_custom_fields","at":"2026-11-23T08:00:00Z","actor":"ana","incident":"INC0000001","custom":{"floor":3}})",
  };
  return all;
}

const std::vector<std::string>& questions() {
  static const std::vector<std::string> all = {
      R"({"query":"find","where":{"state":"new","text":"mail"},"limit":5})",
      R"({"query":"find","condition":{"and":[{"==":[{"var":"service"},"mail"]},{"<":[{"age":{"var":"opened_at"}},"PT4H"]}]}})",
      R"({"query":"get","incident":"INC0000001"})",
      R"({"query":"who_is_on_call","schedule":"primary","at":"2026-11-23T08:00:00Z"})",
      R"({"query":"explain","incident":"INC0000001","condition":{"in":["a",{"var":"title"}]}})",
  };
  return all;
}

const std::vector<std::string>& oncall_lines() {
  static const std::vector<std::string> all = {
      R"({"define":"team","key":"t","members":["ann","bob"]})",
      R"({"define":"rotation","key":"r","type":"weekly","start":"2026-06-01T09:00","zone":"Europe/Berlin","participants":[{"people":["ann"]}]})",
      R"({"operation":"who","rotation":"r","at":"2026-06-02T09:00:00Z"})",
  };
  return all;
}

const std::vector<std::string>& escalation_lines() {
  static const std::vector<std::string> all = {
      R"({"define":"escalation_policy","key":"p","steps":[{"targets":[{"kind":"person","key":"ann"}],"delay":"PT5M"}]})",
      R"({"operation":"simulate","policy":"p","opened_at":"2026-06-02T09:00:00Z","until":"2026-06-02T12:00:00Z"})",
      R"({"operation":"lint","policy":"p","from":"2026-06-02T09:00:00Z"})",
  };
  return all;
}

const std::string& calendar_question_text() {
  static const std::string text = R"({"operation":"add","at":"2026-11-20T15:30:00Z","duration":"PT2H"})";
  return text;
}

// Bytes changed, left out and put in; characters of several bytes cut in the middle; a long text that messages cut.
class vandal {
 public:
  std::string of(std::string text) {
    for (std::int64_t n = 1 + dice_.below(3); n > 0; --n) strike(text);
    return text;
  }
  std::string of_any(const std::vector<std::string>& all) {
    return of(all[static_cast<std::size_t>(dice_.below(static_cast<std::int64_t>(all.size())))]);
  }

 private:
  void strike(std::string& text) {
    const auto at = static_cast<std::size_t>(dice_.below(static_cast<std::int64_t>(text.size()) + 1));
    switch (dice_.below(5)) {
      case 0:
        if (at < text.size()) text[at] = static_cast<char>(dice_.below(256));
        return;
      case 1:
        text.insert(at, 1, static_cast<char>(0x80 + dice_.below(128)));
        return;
      case 2:
        text.erase(at, static_cast<std::size_t>(dice_.below(4)) + 1);
        return;
      case 3: {
        const std::size_t quote = text.find('"', at);  // inside of a text, mostly
        if (quote == std::string::npos) return;
        std::string many(static_cast<std::size_t>(dice_.below(4)), 'x');
        for (int i = 0; i < 60; ++i) many += "\xe4\xb8\xad";
        text.insert(quote + 1, many);
        return;
      }
      default:
        text.insert(
            at, dice_.any({"\xe4\xb8", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xc0\xaf", "\xff\xfe", "\xe4\xb8\xad"}));
    }
  }

  office::dice dice_{seed};
};

void expect_json(const std::string& given, const std::string& answer) {
  CAPTURE(given);
  CAPTURE(answer);
  CHECK(office::json::accept(answer));
}

// The answer, or what is said instead.
template <class Body>
void expect_text(const std::string& given, Body&& body) {
  try {
    expect_json(given, body());
  } catch (const error& e) {
    CAPTURE(given);
    CHECK(count_code_points(e.what()) != invalid_utf8);
    CHECK(e.code() != status::internal);
    json_writer to;
    write_error(to, e);
    expect_json(given, to.take());
  }
}

void expect_lines(const std::string& given, const std::string& answers) {
  for (const std::string_view line : split_lines(answers)) expect_json(given, std::string(line));
}

}  // namespace

TEST_CASE("every answer and every message of a desk is UTF-8 and JSON, whatever the bytes that come in") {
  desk d = office::furnished();
  execute_document(d, commands()[0], {});
  vandal hand;
  for (int i = 0; i < rounds; ++i) {
    const std::string command = hand.of_any(commands());
    expect_text(command, [&] { return execute_document(d, command, {}); });
    expect_text(command, [&] { return execute_document(d, "[" + command + "]", {}); });
    const std::string question = hand.of_any(questions());
    expect_text(question, [&] { return answer_document(d, question); });
    const std::string name = hand.of("pager");
    expect_text(name, [&] { return effects_document(d, name, 3); });
    expect_text(name, [&] { return schema_document(name); });
  }
}

TEST_CASE("every line that is answered without a desk is UTF-8 and JSON, whatever the bytes that come in") {
  vandal hand;
  for (int i = 0; i < rounds; ++i) {
    const std::string duty = hand.of_any(oncall_lines());
    expect_text(duty, [&] { return expect_lines(duty, answer_oncall_lines("", duty)), "{}"; });
    expect_text(duty, [&] { return answer_oncall_lines(duty, oncall_lines()[2]), "{}"; });
    const std::string escalation = hand.of_any(escalation_lines());
    expect_text(escalation, [&] { return expect_lines(escalation, answer_escalation_lines("", escalation)), "{}"; });
    const std::string asked = hand.of(calendar_question_text());
    expect_text(asked, [&] { return answer_question(business_calendar::always(), asked); });
    const std::string event =
        hand.of(R"({"title":"Disk \u4e2d full","alerts":[{"status":"firing","labels":{"alertname":"a"}}]})");
    expect_text(event, [&] { return expect_lines(event, intake_commands("alertmanager", event)), "{}"; });
    const std::string feed = hand.of(
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20260101\r\nSUMMARY:New "
        "Year\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");
    expect_text(feed, [&] { return import_holidays(feed), "{}"; });
  }
}
