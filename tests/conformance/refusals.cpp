// Every function of the C interface, with what it must refuse: none of the refusals is `internal`, each has an error with
// a reason, a message and a detail that is JSON, and the desk goes on afterwards.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include <tocsin.h>
#include <tocsin/desk/vocabulary.hpp>
#include <tocsin/escalation/document.hpp>
#include <tocsin/oncall/document.hpp>
#include <tocsin/problem/document.hpp>
#include <tocsin/rule/condition_document.hpp>
#include <tocsin/service/document.hpp>

#include "temporary_file.hpp"

namespace {

using nlohmann::json;

constexpr std::int64_t eight = INT64_C(1795334400000000);  // 2026-11-22T08:00:00Z

// Counts what was refused with which status, and checks how.
class refusals {
 public:
  // A reference: the call that sets the error may stand among the arguments.
  void note(const std::string& what, tocsin_status found, tocsin_error*& error) {
    INFO(what);
    INFO(std::string(tocsin_error_message(error)));
    CHECK(found != TOCSIN_INTERNAL);
    CHECK(tocsin_error_status(error) == found);
    CHECK((error == nullptr) == (found == TOCSIN_OK));
    if (error) {
      CHECK(*tocsin_error_reason(error) != '\0');
      CHECK(*tocsin_error_message(error) != '\0');
      CHECK(json::accept(tocsin_error_detail(error)));
      ++count_;
    }
    tocsin_error_free(error);
    error = nullptr;
  }
  int count() const { return count_; }

 private:
  int count_ = 0;
};

// What is wrong as a document wherever one is expected.
const std::vector<std::string>& bad_documents() {
  static const std::vector<std::string> all = {"",
                                               " ",
                                               "null",
                                               "true",
                                               "7",
                                               "\"x\"",
                                               "[]",
                                               "{}",
                                               "[[]]",
                                               "[null]",
                                               "{",
                                               "}",
                                               "{\"",
                                               "{\"a\":",
                                               "nul",
                                               "{\"a\":1}",
                                               "{\"a\":1,\"a\":2}",
                                               std::string(5'000, '['),
                                               std::string(5'000, '{'),
                                               "{\"command\":7}",
                                               "{\"query\":null}",
                                               "{\"command\":\"\"}",
                                               "{\"query\":\"\"}",
                                               "{\"define\":[]}",
                                               "{\"operation\":{}}",
                                               "{\"command\":\"no_such\"}",
                                               "{\"query\":\"no_such\"}",
                                               std::string("{\"a\0b\":1}", 9),
                                               "\xff\xfe",
                                               "{\"title\":\"\xc3\"}",
                                               "{\"command\":\"\xed\xa0\x80\"}",
                                               "1e999",
                                               "-",
                                               "{\"at\":1e999}",
                                               "{\"at\":99999999999999999999}"};
  return all;
}

// Values that hardly any field takes.
const std::vector<std::string>& odd_values() {
  static const std::vector<std::string> all = {"null",
                                               "true",
                                               "0",
                                               "-1",
                                               "7",
                                               "18446744073709551615",
                                               "-9223372036854775808",
                                               "1.5",
                                               "1e300",
                                               "\"\"",
                                               "\"x\"",
                                               "\"INC9999999\"",
                                               "\"2026-11-22T08:00:00Z\"",
                                               "\"P1D\"",
                                               "\"-P1D\"",
                                               "\"\xc3\"",
                                               "\"\\ud800\"",
                                               "[]",
                                               "[[]]",
                                               "[null]",
                                               "[{}]",
                                               "[\"x\"]",
                                               "{}",
                                               "{\"x\":1}",
                                               "{\"==\":[1]}",
                                               "{\"var\":\"nope\"}",
                                               "\"" + std::string(2'000, 'm') + "\""};
  return all;
}

tocsin_desk* open_desk(const tocsin_open_options* options = nullptr) {
  tocsin_desk* desk = nullptr;
  REQUIRE(tocsin_desk_open(TOCSIN_ABI_VERSION, options, &desk, nullptr) == TOCSIN_OK);
  return desk;
}

tocsin_desk* open_file(const std::string& path, std::uint32_t flags = 0) {
  tocsin_open_options options;
  tocsin_open_options_init(&options, sizeof options);
  options.path = path.c_str();
  options.flags = flags;
  return open_desk(&options);
}

bool is_usable(tocsin_desk* desk) {
  std::uint64_t sequence = 0;
  return tocsin_desk_head(desk, &sequence, nullptr, nullptr) == TOCSIN_OK;
}

tocsin_status execute(tocsin_desk* desk, const std::string& document, tocsin_error** error, std::uint32_t flags = 0) {
  tocsin_buf out = {};
  const tocsin_status found = tocsin_desk_execute(desk, eight, document.data(), document.size(), flags, &out, error);
  tocsin_buf_dispose(&out);
  return found;
}

tocsin_status ask(const tocsin_desk* desk, const std::string& document, tocsin_error** error) {
  tocsin_buf out = {};
  const tocsin_status found = tocsin_desk_query(desk, document.data(), document.size(), &out, error);
  tocsin_buf_dispose(&out);
  return found;
}

// {"<tag>":"<name>", <more>, "<field>":<value>} for each field and each odd value.
void each_odd_document(const std::string& tag, std::string_view name, std::span<const tocsin::field_row> fields,
                       const std::string& more, const std::function<void(const std::string&)>& visit) {
  const std::string start = "{\"" + tag + "\":\"" + std::string(name) + "\"" + more;
  visit(start + "}");
  for (const tocsin::field_row& field : fields) {
    for (const std::string& value : odd_values()) visit(start + ",\"" + std::string(field.name) + "\":" + value + "}");
  }
}

constexpr const char* log_one = R"({"command":"log_incident","actor":"host","title":"x"})";

using document_call = std::function<tocsin_status(const char*, std::size_t, tocsin_error**)>;

void walk_documents(const std::string& what, const document_call& call, refusals& all) {
  tocsin_error* error = nullptr;
  for (const std::string& document : bad_documents()) {
    const tocsin_status found = call(document.data(), document.size(), &error);
    all.note(what + " " + document.substr(0, 40), found, error);
  }
  const tocsin_status found = call(nullptr, 7, &error);
  all.note(what + " NULL", found, error);
}

}  // namespace

TEST_CASE("no refusal of an opening or a backup is internal") {
  refusals all;
  const conformance::temporary_file place;
  const std::string path = place.path();
  const std::string folder = std::filesystem::path(path).parent_path().string();
  const auto refused = [&](const std::string& what, tocsin_status expected,
                           const std::function<void(tocsin_open_options&)>& set,
                           std::uint32_t abi = TOCSIN_ABI_VERSION) {
    tocsin_open_options options;
    tocsin_open_options_init(&options, sizeof options);
    set(options);
    tocsin_desk* desk = nullptr;
    tocsin_error* error = nullptr;
    const tocsin_status found = tocsin_desk_open(abi, &options, &desk, &error);
    INFO(what);
    CHECK(found == expected);
    CHECK(desk == nullptr);
    all.note(what, found, error);
  };
  std::ofstream(folder + "/text") << std::string(5'000, 't');
  const std::string text = folder + "/text";
  const std::string missing = folder + "/none/desk";
  refused("another ABI", TOCSIN_UNSUPPORTED, [](auto&) {}, TOCSIN_ABI_VERSION + 1);
  refused("unknown flags", TOCSIN_UNSUPPORTED, [](auto& o) { o.flags = 1u << 30; });
  refused("no size", TOCSIN_INVALID_ARGUMENT, [](auto& o) { o.struct_size = 0; });
  refused("a bad config", TOCSIN_INVALID_ARGUMENT, [](auto& o) { o.config = "{\"nope\":1}"; });
  refused("a config that is none", TOCSIN_INVALID_ARGUMENT, [](auto& o) { o.config = "\xff"; });
  refused("a short seed", TOCSIN_INVALID_ARGUMENT, [](auto& o) { o.salt_seed = "x", o.salt_seed_size = 1; });
  refused("read only in memory", TOCSIN_INVALID_ARGUMENT, [](auto& o) { o.flags = TOCSIN_OPEN_READ_ONLY; });
  refused("no file", TOCSIN_NOT_FOUND, [&](auto& o) { o.path = path.c_str(), o.flags = TOCSIN_OPEN_MUST_EXIST; });
  refused("no file to read", TOCSIN_NOT_FOUND,
          [&](auto& o) { o.path = text.c_str(), o.path_size = text.size() - 1, o.flags = TOCSIN_OPEN_READ_ONLY; });
  refused("no folder", TOCSIN_NOT_FOUND, [&](auto& o) { o.path = missing.c_str(); });
  refused("a folder", TOCSIN_IO, [&](auto& o) { o.path = folder.c_str(); });
  refused("an empty path", TOCSIN_INVALID_ARGUMENT, [](auto& o) { o.path = ""; });
  refused("a zero byte in the path", TOCSIN_INVALID_ARGUMENT, [](auto& o) { o.path = "a\0b", o.path_size = 3; });
  refused("no desk", TOCSIN_CORRUPT, [&](auto& o) { o.path = text.c_str(); });
  tocsin_error* error = nullptr;
  all.note("nowhere to put it", tocsin_desk_open(TOCSIN_ABI_VERSION, nullptr, nullptr, &error), error);

  tocsin_desk* desk = open_file(path);
  REQUIRE(execute(desk, log_one, nullptr) == TOCSIN_OK);
  refused("in use", TOCSIN_BUSY, [&](auto& o) { o.path = path.c_str(); });
  const auto backup = [&](const tocsin_desk* of, const std::string& to, tocsin_status expected) {
    const tocsin_status found = tocsin_desk_backup(of, to.data(), to.size(), &error);
    INFO(to);
    CHECK(found == expected);
    all.note("backup to " + to, found, error);
  };
  backup(desk, folder + "/backup", TOCSIN_OK);
  backup(desk, folder + "/backup", TOCSIN_ALREADY_EXISTS);
  backup(desk, path, TOCSIN_ALREADY_EXISTS);
  backup(desk, folder, TOCSIN_ALREADY_EXISTS);
  backup(desk, missing, TOCSIN_NOT_FOUND);
  backup(desk, "", TOCSIN_INVALID_ARGUMENT);
  backup(desk, std::string("a\0b", 3), TOCSIN_INVALID_ARGUMENT);
  tocsin_desk* memory = open_desk();
  backup(memory, folder + "/memory", TOCSIN_UNSUPPORTED);
  CHECK(is_usable(desk));
  CHECK(is_usable(memory));
  tocsin_desk_close(memory);
  tocsin_desk_close(desk);
}

TEST_CASE("a desk that was taken over refuses questions and commands by name") {
  refusals all;
  const conformance::temporary_file place;
  tocsin_desk* old_one = open_file(place.path());
  REQUIRE(execute(old_one, log_one, nullptr) == TOCSIN_OK);
  tocsin_desk* fork = nullptr;
  REQUIRE(tocsin_desk_fork(old_one, &fork, nullptr) == TOCSIN_OK);
  tocsin_desk* new_one = open_file(place.path(), TOCSIN_OPEN_TAKE_OVER);
  REQUIRE(execute(new_one, log_one, nullptr) == TOCSIN_OK);
  tocsin_buf out = {};
  std::uint64_t number = 0;
  std::size_t count = 0;
  tocsin_incident_row rows[1];
  tocsin_error* error = nullptr;
  const auto fenced = [&](const std::string& what, tocsin_status found) {
    INFO(what);
    CHECK(found == TOCSIN_CONFLICT);
    CHECK(std::string(tocsin_error_reason(error)) == "store.fenced");
    all.note(what, found, error);
  };
  const std::string find = R"({"query":"find"})";
  fenced("query", tocsin_desk_query(old_one, find.data(), find.size(), &out, &error));
  fenced("incidents",
         tocsin_desk_incidents(old_one, find.data(), find.size(), rows, sizeof rows[0], 1, &count, &out, &error));
  fenced("head", tocsin_desk_head(old_one, &number, nullptr, &error));
  fenced("entry", tocsin_desk_entry(old_one, 1, &out, &error));
  fenced("verify", tocsin_desk_verify(old_one, &out, &error));
  fenced("memory", tocsin_desk_memory(old_one, &out, &error));
  fenced("read_entries", tocsin_desk_read_entries(old_one, 1, 1'000, &out, &error));
  fenced("take_effects", tocsin_desk_take_effects(old_one, "mail", TOCSIN_CSTR, 1, &out, &error));
  fenced("execute", execute(old_one, log_one, &error));
  fenced("a dry run", execute(old_one, log_one, &error, TOCSIN_EXECUTE_DRY_RUN));
  fenced("advance", tocsin_desk_advance(old_one, eight, 0, 0, nullptr, nullptr, &error));
  CHECK(is_usable(fork));  // it says what was true when it was made
  CHECK(is_usable(new_one));
  tocsin_desk_close(fork);
  tocsin_desk_close(old_one);
  REQUIRE(execute(new_one, log_one, nullptr) == TOCSIN_OK);
  tocsin_desk_close(new_one);
}

TEST_CASE("no refusal of a command is internal") {
  refusals all;
  tocsin_desk* desk = open_desk();
  tocsin_error* error = nullptr;
  REQUIRE(execute(desk, log_one, nullptr) == TOCSIN_OK);
  walk_documents(
      "execute",
      [&](const char* data, std::size_t size, tocsin_error** e) {
        return tocsin_desk_execute(desk, eight, data, size, 0, nullptr, e);
      },
      all);
  walk_documents(
      "execute lines",
      [&](const char* data, std::size_t size, tocsin_error** e) {
        return tocsin_desk_execute(desk, eight, data, size, TOCSIN_EXECUTE_LINES, nullptr, e);
      },
      all);
  for (const tocsin::command_type* type : tocsin::command_types()) {
    each_odd_document("command", type->name, type->fields(), R"(,"actor":"host")", [&](const std::string& document) {
      const tocsin_status found = execute(desk, document, &error, TOCSIN_EXECUTE_DRY_RUN);
      all.note(document.substr(0, 120), found, error);
    });
  }
  for (const std::int64_t at :
       {INT64_MIN, INT64_MIN + 1, std::int64_t{-1}, std::int64_t{0}, INT64_MAX - 1, INT64_MAX}) {
    const tocsin_status found =
        tocsin_desk_execute(desk, at, log_one, TOCSIN_CSTR, TOCSIN_EXECUTE_DRY_RUN, nullptr, &error);
    all.note("at " + std::to_string(at), found, error);
    const tocsin_status advanced = tocsin_desk_advance(desk, at, 1, 0, nullptr, nullptr, &error);
    all.note("advance to " + std::to_string(at), advanced, error);
  }
  all.note("flags", execute(desk, log_one, &error, 1u << 20), error);
  all.note("flags", tocsin_desk_advance(desk, eight, 0, 1u << 20, nullptr, nullptr, &error), error);
  all.note("no desk", execute(nullptr, log_one, &error), error);
  all.note("no desk", tocsin_desk_advance(nullptr, eight, 0, 0, nullptr, nullptr, &error), error);
  walk_documents(
      "presence",
      [&](const char* data, std::size_t size, tocsin_error** e) {
        return tocsin_desk_note_presence(desk, data, size, e);
      },
      all);
  walk_documents(
      "entries",
      [&](const char* data, std::size_t size, tocsin_error** e) {
        return tocsin_desk_apply_entries(desk, data, size, nullptr, e);
      },
      all);
  walk_documents(
      "consumer",
      [&](const char* data, std::size_t size, tocsin_error** e) {
        return tocsin_desk_take_effects(desk, data, size, 1, nullptr, e);
      },
      all);
  for (const std::uint64_t id : {std::uint64_t{1}, UINT64_MAX})
    all.note("acknowledge", tocsin_desk_acknowledge_effects(desk, "mail", TOCSIN_CSTR, id, &error), error);
  CHECK(is_usable(desk));
  MESSAGE(all.count() << " refusals");
  CHECK(all.count() > 3'000);
  tocsin_desk_close(desk);
}

TEST_CASE("no refusal of a question is internal") {
  refusals all;
  tocsin_desk* desk = open_desk();
  tocsin_error* error = nullptr;
  REQUIRE(execute(desk, log_one, nullptr) == TOCSIN_OK);
  walk_documents(
      "query",
      [&](const char* data, std::size_t size, tocsin_error** e) {
        return tocsin_desk_query(desk, data, size, nullptr, e);
      },
      all);
  for (const tocsin::query_type* type : tocsin::query_types()) {
    each_odd_document("query", type->name, type->fields(), "", [&](const std::string& document) {
      const tocsin_status found = ask(desk, document, &error);
      all.note(document.substr(0, 120), found, error);
    });
  }
  tocsin_incident_row rows[1];
  std::size_t count = 0;
  walk_documents(
      "incidents",
      [&](const char* data, std::size_t size, tocsin_error** e) {
        return tocsin_desk_incidents(desk, data, size, rows, sizeof rows[0], 1, &count, nullptr, e);
      },
      all);
  const auto incidents = [&](void* to, std::size_t row_size, std::size_t capacity, std::size_t* counted) {
    all.note("incidents",
             tocsin_desk_incidents(desk, "{}", TOCSIN_CSTR, to, row_size, capacity, counted, nullptr, &error), error);
  };
  incidents(nullptr, sizeof rows[0], 1, &count);
  incidents(rows, 0, 1, &count);
  incidents(rows, sizeof rows[0], 1, nullptr);
  all.note("entry 0", tocsin_desk_entry(desk, 0, nullptr, &error), error);
  all.note("entry 99", tocsin_desk_entry(desk, 99, nullptr, &error), error);
  all.note("head nowhere", tocsin_desk_head(desk, nullptr, nullptr, &error), error);
  all.note("no desk", ask(nullptr, "{}", &error), error);
  all.note("no desk", tocsin_desk_verify(nullptr, nullptr, &error), error);
  all.note("no desk", tocsin_desk_memory(nullptr, nullptr, &error), error);
  all.note("no fork", tocsin_desk_fork(desk, nullptr, &error), error);
  CHECK(is_usable(desk));
  MESSAGE(all.count() << " refusals");
  CHECK(all.count() > 500);
  tocsin_desk_close(desk);
}

TEST_CASE("no refusal of what needs no desk is internal") {
  refusals all;
  tocsin_error* error = nullptr;
  const auto two = [&](const std::string& what, auto function) {
    walk_documents(
        what,
        [&](const char* data, std::size_t size, tocsin_error** e) {
          return function(nullptr, std::size_t{0}, data, size, nullptr, e);
        },
        all);
    walk_documents(
        what,
        [&](const char* data, std::size_t size, tocsin_error** e) {
          return function(data, size, "{}", std::size_t{2}, nullptr, e);
        },
        all);
  };
  two("oncall", tocsin_oncall_answer);
  two("escalation", tocsin_escalation_answer);
  two("impact", tocsin_impact_answer);
  two("recurrence", tocsin_recurrence_answer);
  two("condition", tocsin_condition_answer);
  two("intake", tocsin_intake_commands);
  const auto lines = [&](auto function, std::span<const tocsin::tagged_type> types) {
    for (const tocsin::tagged_type& type : types) {
      each_odd_document("operation", type.name, type.fields(), "", [&](const std::string& document) {
        const tocsin_status found =
            function(nullptr, std::size_t{0}, document.data(), document.size(), nullptr, &error);
        all.note(document.substr(0, 120), found, error);
      });
    }
  };
  lines(tocsin_oncall_answer, tocsin::oncall_question_types());
  lines(tocsin_escalation_answer, tocsin::escalation_question_types());
  lines(tocsin_impact_answer, tocsin::service_graph_question_types());
  lines(tocsin_recurrence_answer, tocsin::recurrence_question_types());
  lines(tocsin_condition_answer, tocsin::condition_question_types());
  walk_documents(
      "holidays",
      [&](const char* data, std::size_t size, tocsin_error** e) {
        return tocsin_import_holidays(data, size, nullptr, e);
      },
      all);
  walk_documents(
      "schema",
      [&](const char* data, std::size_t size, tocsin_error** e) { return tocsin_schema(data, size, nullptr, e); }, all);
  tocsin_calendar* calendar = nullptr;
  walk_documents(
      "calendar",
      [&](const char* data, std::size_t size, tocsin_error** e) {
        return tocsin_calendar_new(data, size, nullptr, 0, &calendar, e);
      },
      all);
  std::int64_t instant = 0;
  std::int64_t other = INT64_MAX - 1;
  walk_documents(
      "zone",
      [&](const char* data, std::size_t size, tocsin_error** e) {
        return tocsin_instant_to_local(data, size, 0, &instant, e);
      },
      all);
  all.note("local", tocsin_local_to_instant("UTC", TOCSIN_CSTR, INT64_MAX, &instant, nullptr, &error), error);
  all.note("local", tocsin_local_to_instant("UTC", TOCSIN_CSTR, 0, nullptr, nullptr, &error), error);
  REQUIRE(tocsin_calendar_new(R"({"key":"x","zone":"UTC","always_open":true})", TOCSIN_CSTR, nullptr, 0, &calendar,
                              nullptr) == TOCSIN_OK);
  walk_documents(
      "calendar question",
      [&](const char* data, std::size_t size, tocsin_error** e) {
        return tocsin_calendar_ask(calendar, data, size, nullptr, e);
      },
      all);
  all.note("elapsed", tocsin_calendar_elapsed(calendar, &other, &instant, &instant, 1, &error), error);
  all.note("add", tocsin_calendar_add(calendar, &other, &instant, &instant, 1, &error), error);
  all.note("add", tocsin_calendar_add(calendar, nullptr, &instant, &instant, 1, &error), error);
  all.note("next open", tocsin_calendar_next_open(nullptr, &instant, &instant, 1, &error), error);
  all.note("days", tocsin_calendar_add_business_days(calendar, &instant, &other, &instant, 1, &error), error);
  tocsin_calendar_free(calendar);
  MESSAGE(all.count() << " refusals");
  CHECK(all.count() > 300);
}
