// tocsin.hpp: a desk and its errors, and above all what workflows ask a function of the host.
#include <cstdint>
#include <cstdio>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <tocsin.hpp>

namespace {

using tocsin::client::desk;
using tocsin::client::failure;

int failures = 0;

#define CHECK(condition)                                                    \
  do {                                                                      \
    if (!(condition)) {                                                     \
      std::printf("%s:%d: not true: %s\n", __FILE__, __LINE__, #condition); \
      ++failures;                                                           \
    }                                                                       \
  } while (0)

constexpr std::int64_t eight = INT64_C(1795334400000000);  // 2026-11-22T08:00:00Z

constexpr std::string_view resolve =
    R"({"command":"resolve_incident","actor":"host","incident":"INC0000001","code":"settled","notes":"Paid"})";

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

// The reason for which it fails; empty: it does not.
template <class Call>
std::string refusal(Call call) {
  try {
    call();
    return {};
  } catch (const failure& f) {
    CHECK(f.status() != TOCSIN_OK && *f.message() != '\0');
    return f.reason();
  }
}

std::string refusal_to_resolve(desk& d) {
  return refusal([&] { d.execute(resolve, eight); });
}

std::string state_of(const desk& d) {
  for (const char* state : {"begun", "done"}) {
    const std::string question = std::string(R"({"query":"find","where":{"state":")") + state + R"("}})";
    if (contains(d.query(question), "INC0000001")) return state;
  }
  return {};
}

// A desk with one incident, which is resolved if the host says so.
desk with_guard() {
  desk d;
  d.execute(
      R"({"command":"publish","actor":"host","workflows":[{"key":"credit","name":"Credit",
          "states":[{"name":"begun","kind":"new","initial":true},{"name":"done","kind":"resolved"},
                    {"name":"over","kind":"closed"}],
          "transitions":[{"verb":"resolve","from":["begun"],"to":"done",
                          "host_guards":[{"name":"credit","says":"there is no credit"}]},
                         {"verb":"close","from":["done"],"to":"over"}],
          "resolution_codes":["settled"]}]})",
      eight);
  d.execute(R"({"command":"log_incident","actor":"host","title":"A bill","workflow":"credit"})", eight);
  return d;
}

void test_desk_and_errors() {
  desk d = with_guard();
  CHECK(state_of(d) == "begun");
  CHECK(d.head().sequence > 0);
  CHECK(refusal([&] { d.execute(R"({"command":"cook_coffee"})", eight); }) != "");
  CHECK(refusal([&] { d.set_guard_answers("[]"); }) == "guard.answers");
  desk moved = std::move(d);
  CHECK(moved && state_of(moved) == "begun");
  moved.close();
  CHECK(!moved);
}

void test_answers() {
  desk d = with_guard();
  CHECK(refusal_to_resolve(d) == "workflow.host_guard");
  std::vector<std::string> asked;
  std::optional<bool> answer;
  d.set_guard([&](std::string_view question) {
    asked.emplace_back(question);
    return answer;
  });
  CHECK(refusal_to_resolve(d) == "workflow.host_guard");
  answer = false;
  CHECK(refusal_to_resolve(d) == "workflow.host_guard");
  CHECK(state_of(d) == "begun");
  answer = true;
  CHECK(refusal_to_resolve(d) == "");
  CHECK(state_of(d) == "done");
  CHECK(contains(d.entry(d.head().sequence), R"("event":"guard_answered")"));
  CHECK(asked.size() == 3);
  CHECK(contains(asked.at(0), R"({"guard":"credit","incident":"INC0000001","actor":"host","at":"2026-11-22T)"));
  CHECK(asked.at(0).back() == '}');
}

void test_forks_have_nobody() {
  desk d = with_guard();
  d.set_guard([](std::string_view) { return true; });
  desk fork = d.fork();
  CHECK(refusal_to_resolve(fork) == "workflow.host_guard");
  fork.set_guard_answers(R"({"credit":true})");
  CHECK(refusal_to_resolve(fork) == "");
  CHECK(state_of(d) == "begun");
}

// What it throws arrives at the call that asked, and nothing has changed.
void test_exceptions() {
  desk d = with_guard();
  d.set_guard([](std::string_view) -> std::optional<bool> { throw std::out_of_range("no line to the bank"); });
  const std::uint64_t before = d.head().sequence;
  std::string said;
  for (const std::uint32_t flags : {0u, std::uint32_t{TOCSIN_EXECUTE_DRY_RUN}}) {
    try {
      d.execute(resolve, eight, flags);
    } catch (const std::out_of_range& e) {
      said += e.what();
    }
  }
  CHECK(said == "no line to the bankno line to the bank");
  int caught = 0;
  desk moved = std::move(d);  // in a batch that goes on after a refusal, and in a desk that has moved
  try {
    moved.execute("[" + std::string(resolve) + "," + std::string(resolve) + "]", eight);
  } catch (const std::out_of_range&) {
    ++caught;
  }
  moved.set_guard([](std::string_view) -> std::optional<bool> { throw 7; });
  try {
    moved.execute(resolve, eight);
  } catch (int thrown) {
    caught += thrown;
  }
  CHECK(caught == 8);
  CHECK(moved.head().sequence == before && state_of(moved) == "begun");

  // What was thrown through the C interface belongs to nobody, and does not come up later.
  CHECK(tocsin_desk_execute(moved.get(), eight, resolve.data(), resolve.size(), 0, nullptr, nullptr) ==
        TOCSIN_CANCELLED);
  moved.interrupt();
  CHECK(refusal_to_resolve(moved) == "desk.interrupted");
  moved.set_guard([](std::string_view) { return true; });
  CHECK(refusal_to_resolve(moved) == "");
}

// A function that says by its own end when it is freed.
struct counted {
  std::shared_ptr<int> life;
  std::optional<bool> operator()(std::string_view) const { return false; }
};

void test_freed_once() {
  const auto life = std::make_shared<int>();
  desk d = with_guard();
  d.set_guard(counted{life});
  CHECK(life.use_count() == 2);
  d.set_guard(counted{life});  // the one before goes
  CHECK(life.use_count() == 2);
  d.set_guard(nullptr);
  CHECK(life.use_count() == 1);
  CHECK(refusal_to_resolve(d) == "workflow.host_guard");
  d.set_guard(counted{life});
  desk moved = std::move(d);
  CHECK(life.use_count() == 2);
  desk fork = moved.fork();
  moved.close();
  CHECK(life.use_count() == 1);
  CHECK(refusal([&] { moved.set_guard(counted{life}); }) == "argument.null");
  CHECK(life.use_count() == 1);
  fork.set_guard(counted{life});
  fork = with_guard();
  CHECK(life.use_count() == 1);
}

void test_log_and_progress() {
  desk d = with_guard();
  std::vector<std::string> heard;
  const auto life = std::make_shared<int>();
  d.set_log([&heard, life](std::int32_t level, std::string_view category, std::string_view message) {
    heard.push_back(std::to_string(level) + " " + std::string(category));
    if (contains(std::string(message), "late")) throw std::runtime_error("the log is full");
  });
  CHECK(life.use_count() == 2);
  CHECK(heard == std::vector<std::string>{"3 desk"});  // what was opened
  d.execute(R"({"command":"log_incident","actor":"host","title":"x"})", eight);
  d.execute(R"({"command":"hold_incident","actor":"host","incident":2,"reason":"awaiting_vendor",)"
            R"("follow_up_at":"2026-11-22T09:00:00Z"})",
            eight);
  d.advance(eight + 2 * 3'600'000'000);  // what the log throws is lost
  CHECK(heard.size() == 2 && heard.back() == "2 time");
  d.set_log(nullptr);
  CHECK(life.use_count() == 1);

  std::string lines;
  for (int i = 0; i < 1'100; ++i)
    lines += R"({"command":"log_incident","actor":"host","title":"x"})"
             "\n";
  std::vector<std::string> reports;
  d.set_progress([&](std::string_view doing, std::uint64_t done, std::uint64_t total) {
    reports.push_back(std::string(doing) + " " + std::to_string(done) + " of " + std::to_string(total));
    if (doing == "verify") throw std::runtime_error("enough");
    return reports.size() != 1;
  });
  const std::int64_t ten = eight + 2 * 3'600'000'000;
  CHECK(refusal([&] { d.execute(lines, ten, TOCSIN_EXECUTE_LINES | TOCSIN_EXECUTE_ATOMIC); }) == "desk.stopped");
  CHECK(refusal([&] { d.execute(lines, ten, TOCSIN_EXECUTE_LINES | TOCSIN_EXECUTE_ATOMIC); }) == "");
  CHECK(reports == std::vector<std::string>(2, "execute 1024 of 0"));
  CHECK(refusal([&] { d.verify(); }) == "desk.stopped");
  CHECK(reports.size() == 3);
  d.set_progress(nullptr);
  CHECK(refusal([&] { d.verify(); }) == "");
}

}  // namespace

int main() {
  static_assert(std::is_nothrow_move_constructible_v<desk> && !std::is_copy_constructible_v<desk>);
  test_desk_and_errors();
  test_answers();
  test_forks_have_nobody();
  test_exceptions();
  test_freed_once();
  test_log_and_progress();
  if (failures == 0) std::puts("capi wrapper: all as promised");
  return failures == 0 ? 0 : 1;
}
