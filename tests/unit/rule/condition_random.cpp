// Conditions under random rules and data, against an evaluator that follows the words of condition.hpp on a tree of its
// own; and documents that are no conditions.
#include <doctest/doctest.h>

#include <tocsin/base/error.hpp>
#include <tocsin/rule/condition.hpp>

#include <algorithm>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "sample.hpp"

using namespace tocsin;
using namespace rule_sample;

namespace {

__extension__ typedef __int128 wide;

constexpr instant now{1'763'812'800'000'000};
// An offset for ever, so that a sum says what its clocks show.
constexpr const char* zone_name = "Asia/Kolkata";
constexpr std::int64_t zone_offset = 19'800'000'000;
constexpr std::int64_t day_us = 86'400'000'000;
constexpr const char* days[] = {"thursday", "friday", "saturday", "sunday", "monday", "tuesday", "wednesday"};
constexpr const char* services[] = {"mail", "vpn", "Mail"};
constexpr const char* texts[] = {"a", "b", "ab", "abab", "B", "aB", "vpn", "VPN"};
constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t integers[] = {0, 1, -1, 2, 3, 7, 100, most, least, most / 2, 4'000'000'000};
constexpr std::int64_t durations[] = {0, 1'000'000, 60'000'000, -60'000'000, 3'600'000'000, 86'400'000'000};

// ---- the slow, obvious evaluator

struct naive_value {
  bool given = false;
  wide number = 0;
  std::string text = {};
};

// `list` and `object` stand for nothing here; choices and words are apart by their paths.
struct naive_node {
  std::string op;  // "constant", "var" or an operator
  field_kind kind = field_kind::boolean;
  naive_value value = {};
  std::string path = {};
  std::vector<naive_node> operands = {};
  bool of_item = false;  // the path is written as that of a spare part
};

std::string name_of(const ticket& t, const std::string& path) {
  const auto choice = [](level l) {
    return l == level::unset ? "" : std::string(choices(l)[static_cast<std::size_t>(l) - 1]);
  };
  if (path == "impact") return choice(t.impact);
  if (path == "urgency") return choice(t.urgency);
  if (path == "service") return std::string(words().word(word_kind::service, t.service.index));
  if (path == "title") return t.title;
  if (path == "note") return t.note;
  return t.device.model;
}

std::int64_t number_of(const ticket& t, const std::string& path) {
  if (path == "vip") return t.vip;
  if (path == "confirmed") return t.confirmed;
  if (path == "count") return t.count;
  if (path == "score") return t.score;
  if (path == "device.ports") return t.device.ports;
  if (path == "opened_at") return t.opened_at.us;
  if (path == "due_at") return t.due_at.us;
  if (path == "held_time") return t.held_time.us;
  return t.target.us;
}

bool is_named(field_kind kind) {
  return kind == field_kind::text || kind == field_kind::choice || kind == field_kind::word;
}

naive_value read(const ticket& t, const naive_node& n) {
  if (is_named(n.kind)) {
    const std::string text = name_of(t, n.path);
    return {!text.empty(), 0, text};
  }
  const std::int64_t number = number_of(t, n.path);
  return {n.kind != field_kind::instant || number != no_instant.us, number};
}

naive_value number_or_missing(wide n) {
  if (n > most || n < least) return {};
  return {true, n};
}

naive_value truth_of(bool t) { return {true, t}; }

bool naive_truth(const naive_node& n, const naive_value& v) {
  const bool counts = n.kind == field_kind::boolean || n.kind == field_kind::integer || n.kind == field_kind::duration;
  return v.given && (!counts || v.number != 0);
}

naive_value evaluate(const ticket& t, const naive_node& n);

bool truth_of(const ticket& t, const naive_node& n) { return naive_truth(n, evaluate(t, n)); }

bool naive_compare(const std::string& op, const naive_value& a, const naive_value& b) {
  if (!a.given || !b.given) return false;
  const bool same = a.number == b.number && a.text == b.text;
  if (op == "==" || op == "===") return same;
  if (op == "!=" || op == "!==") return !same;
  if (op == "<") return a.number < b.number;
  if (op == "<=") return a.number <= b.number;
  if (op == ">") return a.number > b.number;
  return a.number >= b.number;
}

naive_value naive_calculation(const naive_node& n, const std::vector<naive_value>& of) {
  for (const naive_value& v : of) {
    if (!v.given) return {};
  }
  if (n.op == "-" && of.size() == 1) return number_or_missing(-of[0].number);
  naive_value result = of[0];
  for (std::size_t i = 1; i < of.size() && result.given; ++i) {
    const wide b = of[i].number;
    if (n.op == "+") result = number_or_missing(result.number + b);
    if (n.op == "-") result = number_or_missing(result.number - b);
    if (n.op == "*") result = number_or_missing(result.number * b);
    if (n.op == "/") result = b == 0 ? naive_value{} : number_or_missing(result.number / b);
    if (n.op == "%") result = b == 0 ? naive_value{} : number_or_missing(result.number % b);
    if (n.op == "max") result = number_or_missing(std::max(result.number, b));
    if (n.op == "min") result = number_or_missing(std::min(result.number, b));
  }
  return result;
}

naive_value naive_choice(const ticket& t, const naive_node& n) {
  std::size_t i = 0;
  for (; i + 1 < n.operands.size(); i += 2) {
    if (truth_of(t, n.operands[i])) return evaluate(t, n.operands[i + 1]);
  }
  return i < n.operands.size() ? evaluate(t, n.operands[i]) : naive_value{};
}

naive_value lowered(naive_value v) {
  for (char& c : v.text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return v;
}

// The texts are ASCII: code points are bytes.
naive_value naive_part(const std::vector<naive_value>& of) {
  for (const naive_value& v : of) {
    if (!v.given) return {};
  }
  const wide size = static_cast<wide>(of[0].text.size());
  const wide first = of[1].number < 0 ? std::max<wide>(0, size + of[1].number) : std::min(size, of[1].number);
  wide last = size;
  if (of.size() == 3) last = std::clamp<wide>(of[2].number < 0 ? size + of[2].number : first + of[2].number, 0, size);
  if (last <= first) return {};
  return {true, 0, of[0].text.substr(static_cast<std::size_t>(first), static_cast<std::size_t>(last - first))};
}

naive_value naive_join(const naive_node& n, const std::vector<naive_value>& of) {
  naive_value result{true};
  for (std::size_t i = 0; i < of.size(); ++i) {
    if (!of[i].given) return {};
    const bool number = n.operands[i].kind == field_kind::integer;
    result.text += number ? std::to_string(static_cast<std::int64_t>(of[i].number)) : of[i].text;
  }
  result.given = !result.text.empty();
  return result;
}

naive_value naive_local(const naive_node& n, const std::vector<naive_value>& of) {
  const naive_value asked = of.empty() ? naive_value{true, now.us} : of[0];
  if (!asked.given || !is_acceptable({static_cast<std::int64_t>(asked.number)})) return {};
  const wide local = asked.number + zone_offset;
  const wide day = local >= 0 ? local / day_us : (local - day_us + 1) / day_us;
  if (n.op == "hour") return {true, (local - day * day_us) / hour.us};
  return {true, 0, days[static_cast<std::size_t>((day % 7 + 7) % 7)]};
}

bool truth_of(const ticket& t, const naive_node& n);

// A spare part stands where the ticket has its device.
naive_value naive_quantity(const ticket& t, const naive_node& n) {
  std::size_t holding = 0;
  for (const device& spare : t.spares) {
    ticket of_item;
    of_item.device = spare;
    holding += truth_of(of_item, n.operands[0]);
  }
  if (n.op == "some") return truth_of(holding > 0);
  if (n.op == "none") return truth_of(holding == 0);
  return truth_of(!t.spares.empty() && holding == t.spares.size());
}

const ticket* naive_before = nullptr;  // what the ticket was before

naive_value naive_change(const ticket& t, const naive_node& n) {
  const naive_value after = read(t, n.operands[0]);
  const naive_value before = read(*naive_before, n.operands[0]);
  const bool changed = after.given != before.given ||
                       (after.given && (after.number != before.number || after.text != before.text));
  if (n.op == "changed") return truth_of(changed);
  if (!changed) return {};
  return n.op == "from" ? before : after;
}

naive_value evaluate(const ticket& t, const naive_node& n) {
  if (n.op == "constant") return n.value;
  if (n.op == "now") return {true, now.us};
  if (n.op == "some" || n.op == "all" || n.op == "none") return naive_quantity(t, n);
  if (n.op == "changed" || n.op == "from" || n.op == "to") return naive_change(t, n);
  if (n.op == "var") {
    const naive_value v = read(t, n);
    return v.given || n.operands.empty() ? v : n.operands[0].value;
  }
  if (n.op == "if") return naive_choice(t, n);
  std::vector<naive_value> of;
  std::size_t truths = 0;
  std::size_t given = 0;
  for (const naive_node& o : n.operands) {
    of.push_back(evaluate(t, o));
    truths += naive_truth(o, of.back());
    given += of.back().given;
  }
  if (n.op == "and") return truth_of(truths == of.size());
  if (n.op == "or") return truth_of(truths > 0);
  if (n.op == "!") return truth_of(truths == 0);
  if (n.op == "!!") return truth_of(truths == 1);
  if (n.op == "missing") return truth_of(given < of.size());
  if (n.op == "missing_some") return truth_of(given < static_cast<std::size_t>(n.value.number));
  if (n.op == "in")
    return truth_of(std::any_of(of.begin() + 1, of.end(), [&](auto& v) { return naive_compare("==", of[0], v); }));
  if (n.op == "in text")
    return truth_of(of[0].given && of[1].given && of[1].text.find(of[0].text) != std::string::npos);
  if (n.op == "starts_with")
    return truth_of(of[0].given && of[1].given && of[0].text.starts_with(of[1].text));
  if (n.op == "ends_with") return truth_of(of[0].given && of[1].given && of[0].text.ends_with(of[1].text));
  if (n.op == "contains_any") {
    return truth_of(of[0].given && std::any_of(of.begin() + 1, of.end(), [&](const naive_value& v) {
      return v.given && of[0].text.find(v.text) != std::string::npos;
    }));
  }
  if (n.op == "cat") return naive_join(n, of);
  if (n.op == "substr") return naive_part(of);
  if (n.op == "weekday" || n.op == "hour") return naive_local(n, of);
  if (n.op == "lower") return lowered(of[0]);
  if (n.op == "age") return of[0].given ? number_or_missing(now.us - of[0].number) : naive_value{};
  if (n.kind != field_kind::boolean) return naive_calculation(n, of);
  for (std::size_t i = 1; i < of.size(); ++i) {
    if (!naive_compare(n.op, of[i - 1], of[i])) return truth_of(false);
  }
  return truth_of(true);
}

// ---- as a document

void write(json_writer& to, const naive_node& n);

void write_constant(json_writer& to, const naive_node& n) {
  const auto number = static_cast<std::int64_t>(n.value.number);
  char text[text_form::size_max];
  switch (n.kind) {
    case field_kind::boolean:
      return to.boolean(number != 0);
    case field_kind::integer:
      return to.integer(number);
    case field_kind::instant:
      return to.text({text, text_form_of(instant{}).write(number, text)});
    case field_kind::duration:
      return to.text({text, text_form_of(duration{}).write(number, text)});
    default:
      return to.text(n.value.text);
  }
}

void write_each(json_writer& to, const std::vector<naive_node>& all, std::size_t from, bool paths = false) {
  to.begin_array();
  for (std::size_t i = from; i < all.size(); ++i) {
    if (paths) {
      to.text(all[i].path);
    } else {
      write(to, all[i]);
    }
  }
  to.end_array();
}

void write_operands(json_writer& to, const naive_node& n) {
  if (n.op == "missing") return write_each(to, n.operands, 0, true);
  if (n.op == "changed" || n.op == "from" || n.op == "to") return to.text(n.operands[0].path);
  if (n.op == "weekday" || n.op == "hour") {
    to.begin_array();
    to.text(zone_name);
    for (const naive_node& o : n.operands) write(to, o);
    return to.end_array();
  }
  if (n.op == "some" || n.op == "all" || n.op == "none") {
    to.begin_array();
    to.raw(R"({"var":"spares"})");
    write(to, n.operands[0]);
    return to.end_array();
  }
  if (n.op != "in" && n.op != "contains_any" && n.op != "missing_some") return write_each(to, n.operands, 0);
  to.begin_array();
  if (n.op == "in" || n.op == "contains_any") {
    write(to, n.operands[0]);
    write_each(to, n.operands, 1);
  } else {
    to.integer(static_cast<std::int64_t>(n.value.number));
    write_each(to, n.operands, 0, true);
  }
  to.end_array();
}

void write(json_writer& to, const naive_node& n) {
  if (n.op == "constant") return write_constant(to, n);
  to.begin_object();
  to.key(n.op == "in text" ? "in" : n.op);
  if (n.op == "var") {
    to.begin_array();
    to.text(n.of_item ? n.path.substr(n.path.find('.') + 1) : n.path);
    for (const naive_node& o : n.operands) write(to, o);
    to.end_array();
  } else {
    write_operands(to, n);
  }
  to.end_object();
}

// ---- random ones

class generator {
 public:
  explicit generator(std::uint64_t seed) : random_(seed) {}

  naive_node condition(int depth) { return truth(depth); }

  ticket data() {
    ticket t;
    if (chance(70)) t.title = pick(texts);
    if (chance(70)) t.note = pick(texts);
    if (chance(50)) t.device.model = pick(texts);
    t.impact = static_cast<level>(below(4));
    t.urgency = static_cast<level>(below(4));
    if (chance(70)) t.service = {words().add(word_kind::service, pick(services))};
    t.vip = chance(50);
    t.confirmed = chance(50);
    t.count = pick(integers);
    t.score = pick(integers);
    t.device.ports = static_cast<std::int32_t>(below(4));
    if (chance(70)) t.opened_at = some_instant();
    if (chance(50)) t.due_at = some_instant();
    t.held_time = {pick(durations)};
    t.target = {pick(durations)};
    for (std::size_t i = below(4); i > 0; --i) {
      t.spares.push_back({chance(70) ? pick(texts) : "", static_cast<std::int32_t>(below(4))});
    }
    return t;
  }

  std::size_t below(std::size_t n) { return random_() % n; }
  bool chance(std::size_t percent) { return below(100) < percent; }

 private:
  // What can be compared: a type of values, and what belongs to it.
  enum class family { text, level, service, integer, duration, instant, boolean };

  template <class T, std::size_t N>
  T pick(T const (&all)[N]) {
    return all[below(N)];
  }

  instant some_instant() { return now + static_cast<std::int64_t>(below(7)) * hour - 3 * hour; }

  naive_node constant(family f) {
    naive_node n{.op = "constant", .kind = kind_of(f), .value = {.given = true}};
    switch (f) {
      case family::text:
        n.value.text = pick(texts);
        break;
      case family::level:
        n.value.text = choices(level{})[below(3)];
        break;
      case family::service:
        n.value.text = pick(services);
        break;
      case family::integer:
        n.value.number = pick(integers);
        break;
      case family::duration:
        n.value.number = pick(durations);
        break;
      case family::instant:
        n.value.number = some_instant().us;
        break;
      case family::boolean:
        n.value.number = chance(50);
        break;
    }
    return n;
  }

  static field_kind kind_of(family f) {
    constexpr field_kind kinds[] = {field_kind::text,     field_kind::choice,  field_kind::word,   field_kind::integer,
                                    field_kind::duration, field_kind::instant, field_kind::boolean};
    return kinds[static_cast<std::size_t>(f)];
  }

  naive_node path(family f) {
    static const std::vector<std::vector<std::string>> paths = {{"title", "note", "device.model"},
                                                                {"impact", "urgency"},
                                                                {"service"},
                                                                {"count", "score", "device.ports"},
                                                                {"held_time", "target"},
                                                                {"opened_at", "due_at"},
                                                                {"vip", "confirmed"}};
    const auto& all = paths[static_cast<std::size_t>(f)];
    return {.op = "var", .kind = kind_of(f), .path = all[below(all.size())]};
  }

  naive_node var(family f) {
    naive_node n = path(f);
    if (chance(20)) n.operands.push_back(constant(f));
    return n;
  }

  family some_family() { return static_cast<family>(below(7)); }
  family some_ordered() { return static_cast<family>(3 + below(3)); }

  naive_node value(family f, int depth) {
    if (f == family::boolean && depth > 0) return truth(depth);
    if (depth > 0 && chance(30)) return choice(f, depth - 1);
    if (depth > 0 && chance(60)) return calculated(f, depth - 1);
    return chance(60) ? var(f) : constant(f);
  }

  naive_node choice(family f, int depth) {
    naive_node n{.op = "if", .kind = kind_of(f)};
    const std::size_t parts = 2 + below(3);
    for (std::size_t i = 0; i < parts; ++i) {
      n.operands.push_back(i % 2 == 0 && i + 1 < parts ? truth(depth) : value(f, depth));
    }
    return n;
  }

  naive_node calculation(std::string op, family result, std::vector<naive_node> operands) {
    return {.op = std::move(op), .kind = kind_of(result), .operands = std::move(operands)};
  }

  naive_node calculated(family f, int depth) {
    const char* extreme = chance(50) ? "max" : "min";
    const char* sum = chance(50) ? "+" : "-";
    const std::size_t which = below(5);
    if (chance(10) && f != family::boolean && f != family::level) return change(chance(50) ? "from" : "to", f);
    switch (f) {
      case family::text:
        if (which == 0) return calculation("cat", f, {value(f, depth), value(some_text(), depth), value(f, depth)});
        if (which == 1) return calculation("substr", f, {value(f, depth), value(family::integer, depth)});
        if (which == 2)
          return calculation("substr", f, {value(f, depth), small_integer(), chance(50) ? small_integer() : var(family::integer)});
        return calculation("lower", f, {value(f, depth)});
      case family::integer:
        if (chance(15)) return local("hour", f, depth);
        if (chance(15)) return calculation("/", f, {value(f, depth), value(f, depth)});
        if (chance(10)) return calculation("/", f, {value(family::duration, depth), value(family::duration, depth)});
        if (which == 0) return calculation(extreme, f, {value(f, depth), value(f, depth)});
        if (which == 1) return calculation("-", f, {value(f, depth)});
        if (which == 2) return calculation("%", f, {value(f, depth), value(f, depth)});
        return calculation(which == 3 ? "*" : sum, f, {value(f, depth), value(f, depth)});
      case family::duration:
        if (chance(15)) return calculation("/", f, {value(f, depth), value(family::integer, depth)});
        if (which == 0) return calculation(extreme, f, {value(f, depth), value(f, depth)});
        if (which == 1) return calculation("age", f, {value(family::instant, depth)});
        if (which == 2) return calculation("*", f, {value(family::integer, depth), value(f, depth)});
        if (which == 3) return calculation("-", f, {value(family::instant, depth), value(family::instant, depth)});
        return calculation(sum, f, {value(f, depth), value(f, depth)});
      case family::instant:
        if (which == 1) return {.op = "now", .kind = kind_of(f)};
        if (which == 0) return calculation(extreme, f, {value(f, depth), value(f, depth)});
        return calculation(sum, f, {value(f, depth), value(family::duration, depth)});
      default:
        return var(f);
    }
  }

  naive_node truth(int depth) {
    if (depth <= 0) return chance(80) ? var(family::boolean) : constant(family::boolean);
    naive_node n;
    switch (below(13)) {
      case 9:
        return text_question(depth - 1);
      case 10:
        return quantity();
      case 11:
        return change("changed", some_family());
      case 12:
        return on_a_day(depth - 1);
      case 0:
      case 1:
        return junction(depth - 1);
      case 2:
        return {.op = chance(50) ? "!" : "!!", .operands = {asked(depth - 1)}};
      case 3:
        return choice(family::boolean, depth - 1);
      case 4:
        return among(depth - 1);
      case 5:
        return {.op = "in text", .operands = {value(family::text, depth - 1), value(family::text, depth - 1)}};
      case 6:
        return absence();
      case 7:
        return equality(depth - 1);
      default:
        return order(depth - 1);
    }
  }

  family some_text() {
    constexpr family all[] = {family::text, family::level, family::service, family::integer};
    return all[below(4)];
  }

  naive_node small_integer() {
    naive_node n = constant(family::integer);
    n.value.number = static_cast<wide>(below(7)) - 3;
    return n;
  }

  naive_node change(const char* op, family f) {
    return {.op = op, .kind = op == std::string("changed") ? field_kind::boolean : kind_of(f), .operands = {path(f)}};
  }

  naive_node local(const char* op, family f, int depth) {
    naive_node n{.op = op, .kind = kind_of(f)};
    if (chance(70)) n.operands.push_back(value(family::instant, depth));
    return n;
  }

  naive_node on_a_day(int depth) {
    naive_node named{.op = "constant", .kind = field_kind::choice, .value = {.given = true, .text = days[below(7)]}};
    return {.op = chance(50) ? "==" : "!=", .operands = {local("weekday", family::level, depth), named}};
  }

  naive_node text_question(int depth) {
    constexpr const char* ops[] = {"starts_with", "ends_with", "contains_any"};
    naive_node n{.op = pick(ops), .operands = {value(family::text, depth), value(family::text, depth)}};
    if (n.op == "contains_any" && chance(50)) n.operands.push_back(value(family::text, depth));
    return n;
  }

  naive_node quantity() {
    constexpr const char* ops[] = {"some", "all", "none"};
    const naive_node model{.op = "var", .kind = field_kind::text, .path = "device.model", .of_item = true};
    const naive_node ports{.op = "var", .kind = field_kind::integer, .path = "device.ports", .of_item = true};
    naive_node one{.op = "==", .operands = {model, constant(family::text)}};
    naive_node other{.op = "<", .operands = {ports, small_integer()}};
    naive_node inner{.op = chance(50) ? "and" : "or", .operands = {one, other}};
    return {.op = pick(ops), .operands = {chance(30) ? one : chance(50) ? other : inner}};
  }

  // Where a truth is asked for: a truth, or the value of a path.
  naive_node asked(int depth) { return chance(60) ? truth(depth) : var(some_family()); }

  naive_node junction(int depth) {
    naive_node n{.op = chance(50) ? "and" : "or"};
    for (std::size_t i = 0; i <= below(3); ++i) n.operands.push_back(asked(depth));
    return n;
  }

  naive_node equality(int depth) {
    constexpr const char* ops[] = {"==", "!=", "===", "!=="};
    const family f = some_family();
    return {.op = pick(ops), .operands = {var(f), value(f, depth)}};
  }

  naive_node order(int depth) {
    constexpr const char* ops[] = {"<", "<=", ">", ">="};
    const family f = some_ordered();
    const std::size_t op = below(4);
    naive_node n{.op = ops[op], .operands = {value(f, depth), var(f)}};
    if (op < 2 && chance(30)) n.operands.push_back(value(f, depth));
    return n;
  }

  naive_node among(int depth) {
    const family f = some_family();
    naive_node n{.op = "in", .operands = {value(f, depth), var(f)}};
    for (std::size_t i = 0; i < below(4); ++i) n.operands.push_back(value(f, depth));
    return n;
  }

  naive_node absence() {
    naive_node n{.op = chance(50) ? "missing" : "missing_some"};
    const std::size_t count = 1 + below(4);
    for (std::size_t i = 0; i < count; ++i) n.operands.push_back(path(some_family()));
    n.value.number = static_cast<wide>(1 + below(count));
    return n;
  }

  std::mt19937_64 random_;
};

std::string document_of(const naive_node& n) {
  json_writer to;
  write(to, n);
  return to.take();
}

// Compiles, and answers and explains of the data; a refusal is an answer, too.
bool survives(std::string_view document, const ticket& t) {
  const void* objects[] = {&t};
  const table_objects all{schema(), objects, &words()};
  try {
    const tocsin::condition c = compile_condition(document, schema());
    CHECK(c.steps.size() <= limits::condition_steps_max);
    const explanation why = explain(c, data_of(all), now);
    const bool answer = holds(c, data_of(all), now);
    if (why.kind == field_kind::boolean) CHECK((why.result == "true") == answer);
    return true;
  } catch (const error& e) {
    CHECK_FALSE(e.detail().empty());
    return false;
  }
}

// One byte, or one value, put in the place of another.
std::string spoilt(std::string document, generator& random) {
  constexpr std::string_view parts[] = {"null", "[]",   "{}",      "1",   "-1",
                                        "\"\"", "true", "\"P1D\"", "1e9", "{\"var\":\"title\"}"};
  const std::size_t at = random.below(document.size());
  if (random.chance(50)) {
    document[at] = "{}[]\":,0a-"[random.below(10)];
  } else {
    const std::size_t end = std::min(document.find_first_of(",]}", at), document.size());
    document.replace(at, end - at, parts[random.below(std::size(parts))]);
  }
  return document;
}

}  // namespace

TEST_CASE("answers are those of the slow evaluator, under random conditions and data") {
  std::size_t holding = 0;
  constexpr std::size_t rounds = 20'000;
  for (std::size_t seed = 0; seed < rounds; ++seed) {
    generator random(seed);
    const naive_node rule = random.condition(1 + static_cast<int>(seed % 4));
    const std::string document = document_of(rule);
    CAPTURE(seed);
    CAPTURE(document);
    const tocsin::condition c = compile_condition(document, schema());
    for (int i = 0; i < 3; ++i) {
      const ticket before = random.data();
      const ticket t = random.chance(80) ? random.data() : before;
      naive_before = &before;
      const bool expected = truth_of(t, rule);
      REQUIRE(ask(c, t, before, now) == expected);
      holding += expected;
    }
  }
  CHECK(holding > rounds / 2);
}

TEST_CASE("no document crashes, and every refusal says what is allowed") {
  std::size_t compiled = 0;
  constexpr std::size_t rounds = 20'000;
  for (std::size_t seed = 0; seed < rounds; ++seed) {
    generator random(seed);
    std::string document = document_of(random.condition(3));
    for (std::size_t i = 0; i < 1 + seed % 3; ++i) document = spoilt(document, random);
    CAPTURE(document);
    compiled += survives(document, random.data());
  }
  CHECK(compiled > rounds / 200);
  CHECK(compiled < rounds / 2);
}
