#include "pack_test.hpp"

#include <tocsin/base/error.hpp>
#include <tocsin/desk/commands.hpp>
#include <tocsin/desk/document.hpp>

#include <nlohmann/json.hpp>

namespace tocsin::inline v1 {
namespace {

using nlohmann::json;

// The place where the two differ, and how; empty where everything that is expected is there.
std::string difference(const json& expected, const json& found, const std::string& path) {
  if (expected.is_object() && found.is_object()) {
    for (const auto& [name, value] : expected.items()) {
      if (!found.contains(name)) {
        if (value.is_null()) continue;  // null: it is not there
        return path + "/" + name + ": found nothing, expected " + value.dump();
      }
      if (std::string why = difference(value, found.at(name), path + "/" + name); !why.empty()) return why;
    }
    return {};
  }
  if (expected.is_array() && found.is_array() && expected.size() == found.size()) {
    for (std::size_t i = 0; i < expected.size(); ++i) {
      std::string why = difference(expected[i], found[i], path + "/" + std::to_string(i));
      if (!why.empty()) return why;
    }
    return {};
  }
  if (expected == found) return {};
  return (path.empty() ? "the answer" : path) + ": found " + found.dump() + ", expected " + expected.dump();
}

class rehearsed_test {
 public:
  rehearsed_test(desk d, const pack_test& test, std::string path)
      : d_(std::move(d)), test_(test), path_(std::move(path)) {}

  void run(publish pack) {
    pack.tests.clear();
    d_.execute({.at = test_.at, .actor = host_person, .asked = std::move(pack)});
    for (std::size_t i = 0; i < test_.steps.size(); ++i) {
      place_ = path_ + "/steps/" + std::to_string(i);
      play(json::parse(test_.steps[i].text));
    }
  }

 private:
  void play(const json& step) {
    if (!step.is_object() || step.contains("execute") + step.contains("advance") + step.contains("record") != 1) {
      fail("a step has one of execute, advance and record");
    }
    const json expected = step.value("expect", json::object());
    try {
      const json found = done(step);
      if (step.contains("refused")) fail("it was accepted, expected was the refusal " + step.at("refused").dump());
      if (const std::string why = difference(expected, found, ""); !why.empty()) fail(why);
    } catch (const error& e) {
      if (e.reason() == failed || !step.contains("refused")) throw_failed(e);
      if (step.at("refused") != e.reason()) {
        fail("it was refused with \"" + e.reason() + "\", expected was " + step.at("refused").dump());
      }
    }
  }

  json done(const json& step) {
    document_options options;
    options.allow_leap = true;
    if (step.contains("execute")) return json::parse(execute_document(d_, step.at("execute").dump(), options));
    if (step.contains("advance")) {
      const advance_result result = d_.advance(instant_in(step.at("advance")), 0, true);
      return {{"fired", result.fired}, {"more", result.more}};
    }
    return record_in(step.at("record"));
  }

  instant instant_in(const json& text) {
    instant t;
    if (!text.is_string() || !text_form_of(t).read(text.get<std::string>(), t.us)) {
      fail("/advance: found " + text.dump() + ", allowed " + std::string(text_form_of(t).what));
    }
    return t;
  }

  json record_in(const json& number) {
    const std::uint64_t id = number.is_string() ? d_.find_number(d_.read_number(number.get<std::string>())) : 0;
    const incident_ptr record = d_.find({id});
    if (!record) fail("/record: there is no record " + number.dump());
    json_writer to;
    write_record_document(to, *record, d_, names_of(d_));
    return json::parse(to.str());
  }

  [[noreturn]] void fail(const std::string& why) const {
    const std::string message = place_ + " (\"" + test_.name + "\"): " + why;
    json_writer detail;
    detail.begin_object();
    detail.member("path", place_);
    detail.member("test", test_.name);
    detail.member("why", why);
    detail.end_object();
    throw error(status::failed_precondition, failed, message, detail.take());
  }

  [[noreturn]] void throw_failed(const error& e) const {
    if (e.reason() == failed) throw error(e);
    fail(std::string("it was refused: ") + e.what());
  }

  static constexpr const char* failed = "pack.test_failed";

  desk d_;
  const pack_test& test_;
  std::string path_;
  std::string place_;
};

}  // namespace

void run_pack_tests(const publish& pack, const std::function<desk()>& rehearsal) {
  for (std::size_t i = 0; i < pack.tests.size(); ++i) {
    rehearsed_test(rehearsal(), pack.tests[i], "/tests/" + std::to_string(i)).run(pack);
  }
}

}  // namespace tocsin::inline v1
