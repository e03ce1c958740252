// Runs a conformance case (README.md) against a desk that is spoken to in documents. Bindings copy it: it knows nothing
// of C++ desks but the handful of calls that a `Desk` has.
//
//     std::string execute(document, at_us, flags)   throws refusal
//     std::pair<std::uint64_t, bool> advance(now_us, limit, allow_leap)   fired, more; throws refusal
//     std::int64_t next_due()                       INT64_MAX: nothing is waiting
//     std::string query(document), effects(consumer, max), entry(sequence)
//     void acknowledge(consumer, effect)
//     head_of head()
//     bool reopen()                                 false: it has no file
//     void verify()
#pragma once

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

namespace conformance {

using json = nlohmann::ordered_json;

inline constexpr std::string_view salt_seed = "tocsin conformance seed";

struct refusal {
  std::string status;
  std::string reason;
  std::string message;
  std::string detail;
};

struct head_of {
  std::uint64_t sequence = 0;
  std::string hash;  // bytes
};

struct execute_flags {
  bool atomic = false;
  bool dry_run = false;
  bool allow_leap = false;
  bool lines = false;
};

struct mismatch {
  std::string what;
};

inline json read_json(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw mismatch{"cannot read " + path.filename().string()};
  return json::parse(in);
}

inline std::vector<std::filesystem::path> cases_in(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  for (const char* part : {"cases", "peers"}) {
    for (const auto& item : std::filesystem::directory_iterator(folder / part)) {
      if (item.path().extension() == ".json") files.push_back(item.path());
    }
  }
  std::ranges::sort(files);
  return files;
}

inline bool needs_file(const json& file) {
  return std::ranges::any_of(file.at("steps"), [](const json& step) { return step.contains("reopen"); });
}

// ---- matching

// Where the answer is not what is expected; nothing where it is.
inline std::optional<std::string> differs(const json& expected, const json& found, const std::string& path = "") {
  const auto say = [&] {
    return (path.empty() ? "the answer" : path) + ": expected " + expected.dump() + ", found " + found.dump();
  };
  if (expected.is_object()) {
    if (expected.contains("$any")) return std::nullopt;
    if (expected.contains("$contains")) {
      const bool has = found.is_string() &&
                       found.get<std::string>().find(expected["$contains"].get<std::string>()) != std::string::npos;
      return has ? std::nullopt : std::optional(say());
    }
    if (!found.is_object()) return say();
    for (const auto& [name, value] : expected.items()) {
      const std::string below = path + "/" + name;
      if (value.is_object() && value.contains("$absent")) {
        if (found.contains(name)) return below + ": expected nothing, found " + found[name].dump();
      } else if (!found.contains(name)) {
        return below + ": expected " + value.dump() + ", found nothing in " + found.dump();
      } else if (auto difference = differs(value, found[name], below)) {
        return difference;
      }
    }
    return std::nullopt;
  }
  if (expected.is_array()) {
    if (!found.is_array() || found.size() != expected.size()) return say();
    for (std::size_t i = 0; i < expected.size(); ++i) {
      if (auto difference = differs(expected[i], found[i], path + "/" + std::to_string(i))) return difference;
    }
    return std::nullopt;
  }
  return expected == found ? std::nullopt : std::optional(say());
}

// ---- steps

inline std::string text_of(const json& part) {
  if (part.is_string()) return part.get<std::string>();
  std::string text;
  if (part.is_array()) {
    for (const json& p : part) text += text_of(p);
    return text;
  }
  for (int i = part.at("times").get<int>(); i > 0; --i) text += part.at("$repeat").get<std::string>();
  return text;
}

inline json expanded(const json& part) {
  if (part.is_object() && part.contains("$repeat")) return text_of(part);
  if (!part.is_structured()) return part;
  json result = part;
  for (json& p : result) p = expanded(p);
  return result;
}

inline std::string bytes_of_hex(const std::string& hex) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
    bytes += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
  return bytes;
}

// Reads "2026-11-22T08:00:00Z" and its like: UTC, whole seconds or microseconds. Enough for `advance` and `next_due`.
inline std::int64_t microseconds_of(const json& instant) {
  if (instant.is_number()) return instant.get<std::int64_t>();
  const std::string text = instant.get<std::string>();
  const auto number = [&](std::size_t at, std::size_t size) { return std::stoll(text.substr(at, size)); };
  const std::int64_t y = number(0, 4) - (number(5, 2) <= 2);
  const std::int64_t month = number(5, 2);
  const std::int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + number(8, 2) - 1;
  const std::int64_t days = y * 365 + y / 4 - y / 100 + y / 400 + day_of_year - 719'468;
  std::int64_t us = ((days * 24 + number(11, 2)) * 60 + number(14, 2)) * 60 + number(17, 2);
  us *= 1'000'000;
  if (text.size() > 20) us += std::stoll((text.substr(20, text.size() - 21) + "000000").substr(0, 6));
  return us;
}

template <class Desk>
class runner {
 public:
  explicit runner(Desk& desk) : desk_(desk) {}

  void give(const json& commands) {
    for (const json& command : commands) {
      try {
        desk_.execute(command.dump(), INT64_MAX, {});
      } catch (const refusal& r) {
        throw mismatch{"given " + command.dump() + " is refused: " + r.message};
      }
    }
  }

  void run(const json& steps) {
    for (std::size_t i = 0; i < steps.size(); ++i) {
      try {
        take(expanded(steps[i]));
      } catch (const mismatch& m) {
        throw mismatch{"step " + std::to_string(i) + " " + steps[i].dump().substr(0, 160) + "\n  " + m.what};
      }
    }
  }

 private:
  void take(const json& step) {
    if (step.contains("next_due"))
      return demand(step["next_due"].is_null() ? INT64_MAX : microseconds_of(step["next_due"]), desk_.next_due(),
                    "next_due");
    if (step.contains("head"))
      return demand(step["head"].at("sequence").get<std::uint64_t>(), desk_.head().sequence, "the head");
    if (step.contains("reopen")) {
      const head_of before = desk_.head();
      if (desk_.reopen()) demand(before.hash, desk_.head().hash, "the head after reopening");
      return;
    }
    const head_of before = desk_.head();
    std::optional<refusal> refused;
    std::string answer;
    try {
      answer = answer_to(step);
    } catch (const refusal& r) {
      refused = r;
    }
    if (refused && !step.contains("refused"))
      throw mismatch{"it is refused: " + refused->reason + ": " + refused->message + " " + refused->detail};
    if (!refused && step.contains("refused")) throw mismatch{"it is accepted, and answers " + answer};
    if (refused) {
      check_refusal(step["refused"], *refused);
      const std::uint64_t fired = step["refused"].value("fired", std::uint64_t{0});
      demand(before.sequence + fired, desk_.head().sequence, "the head after the refusal");
      if (fired == 0) demand(before.hash, desk_.head().hash, "the head's hash after the refusal");
      return;
    }
    if (step.value("dry_run", false)) demand(before.hash, desk_.head().hash, "the head after the dry run");
    if (!step.contains("expect")) return;
    if (const auto difference = differs(step["expect"], json::parse(answer))) throw mismatch{*difference};
  }

  std::string answer_to(const json& step) {
    if (step.contains("execute")) return execute(step, step["execute"].dump());
    if (step.contains("execute_text")) return execute(step, text_of(step["execute_text"]));
    if (step.contains("execute_hex")) return execute(step, bytes_of_hex(step["execute_hex"].get<std::string>()));
    if (step.contains("query")) return desk_.query(step["query"].dump());
    if (step.contains("entry")) return desk_.entry(step["entry"].get<std::uint64_t>());
    if (step.contains("effects")) return effects(step);
    if (step.contains("advance")) {
      const auto [fired, more] = desk_.advance(microseconds_of(step["advance"]), step.value("limit", std::uint64_t{0}),
                                               step.value("allow_leap", false));
      return json{{"fired", fired}, {"more", more}}.dump();
    }
    throw mismatch{"the step does nothing that is known"};
  }

  std::string execute(const json& step, const std::string& document) {
    return desk_.execute(document, step.value("at_us", std::int64_t{INT64_MAX}),
                         {.atomic = step.value("atomic", false),
                          .dry_run = step.value("dry_run", false),
                          .allow_leap = step.value("allow_leap", false),
                          .lines = step.value("lines", false)});
  }

  std::string effects(const json& step) {
    const std::string consumer = step["effects"].get<std::string>();
    std::string answer = desk_.effects(consumer, step.value("max", std::uint64_t{100}));
    if (step.value("acknowledge", false)) {
      const json taken = json::parse(answer);
      if (taken.empty()) throw mismatch{"there is no effect to acknowledge"};
      desk_.acknowledge(consumer, taken.back().at("id").template get<std::uint64_t>());
    }
    return answer;
  }

  static void check_refusal(const json& expected, const refusal& found) {
    demand(expected.at("status").get<std::string>(), found.status,
           "the status (" + found.reason + ": " + found.message + ")");
    demand(expected.at("reason").get<std::string>(), found.reason, "the reason (" + found.message + ")");
    const json detail = json::parse(found.detail.empty() ? "{}" : found.detail);
    if (expected.contains("path"))
      demand(expected["path"].dump(), detail.value("path", json()).dump(), "the path (" + found.message + ")");
    if (expected.contains("index")) demand(expected["index"].dump(), detail.value("index", json()).dump(), "the index");
    if (!expected.contains("unmet")) return;
    const json unmet = detail.value("unmet", json::array());
    demand(expected["unmet"].size(), unmet.size(), "how many conditions are unmet in " + found.detail);
    for (std::size_t i = 0; i < unmet.size(); ++i) {
      const std::string part = expected["unmet"][i].get<std::string>();
      if (unmet[i].get<std::string>().find(part) == std::string::npos)
        throw mismatch{"no \"" + part + "\" in " + unmet[i].dump()};
    }
  }

  template <class T>
  static void demand(const T& expected, const T& found, const std::string& what) {
    if (expected == found) return;
    throw mismatch{what + ": expected " + json(expected).dump(-1, ' ', true, json::error_handler_t::replace) +
                   ", found " + json(found).dump(-1, ' ', true, json::error_handler_t::replace)};
  }

  Desk& desk_;
};

// Runs one file to its end, and answers the head that it came to.
template <class Desk>
head_of run_case(const std::filesystem::path& folder, const json& file, Desk& desk) {
  runner<Desk> run(desk);
  if (file.contains("given")) run.give(read_json(folder / "given" / (file["given"].get<std::string>() + ".json")));
  run.run(file.at("steps"));
  desk.verify();
  const head_of head = desk.head();
  if (desk.reopen() && (desk.head().hash != head.hash || desk.head().sequence != head.sequence)) {
    throw mismatch{"the desk, closed and opened again, has another head"};
  }
  return head;
}

}  // namespace conformance
