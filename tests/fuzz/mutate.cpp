// Plays changed conformance scripts through the C interface and demands what must hold whatever is given (README.md).
#include <cinttypes>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <unistd.h>

#include <nlohmann/json.hpp>

#include <tocsin.h>

extern "C" void __sanitizer_set_death_callback(void (*callback)()) __attribute__((weak));

namespace {

namespace fs = std::filesystem;
using json = nlohmann::ordered_json;

// ---- where it is, for whoever has to repeat a round that ended badly

std::uint64_t seed = 1;
std::uint64_t round_now = 0;
bool shows_documents = false;
constexpr unsigned seconds_per_round_max = 60;

void say_where() {
  char text[120];
  const int size =
      std::snprintf(text, sizeof text, "\nfuzz: repeat with --seed %" PRIu64 " --round %" PRIu64 "\n", seed, round_now);
  if (write(2, text, static_cast<std::size_t>(size)) < 0) _exit(1);
}

void end_badly(int signal_number) {
  say_where();
  std::signal(signal_number, SIG_DFL);
  std::raise(signal_number);
}

[[noreturn]] void fail(const std::string& what, std::string_view document = {}) {
  std::fprintf(stderr, "fuzz: %s\n%.*s\n", what.c_str(), static_cast<int>(std::min<std::size_t>(document.size(), 4000)),
               document.data());
  say_where();
  std::exit(1);
}

// ---- the scripts

struct script {
  std::string name;
  json options;
  std::vector<json> steps;  // those of `given` are executes, too
};

json read_json(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return json::parse(in);
}

std::vector<script> read_scripts(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const char* part : {"cases", "peers"}) {
    for (const auto& item : fs::directory_iterator(folder / part)) {
      if (item.path().extension() == ".json") files.push_back(item.path());
    }
  }
  std::sort(files.begin(), files.end());
  std::vector<script> scripts;
  for (const fs::path& path : files) {
    const json file = read_json(path);
    script s{path.stem().string(), file.value("options", json::object()), {}};
    if (file.contains("given")) {
      for (const json& c : read_json(folder / "given" / (file["given"].get<std::string>() + ".json"))) {
        s.steps.push_back({{"execute", c}});
      }
    }
    for (const json& step : file.at("steps")) {
      if (step.dump().find("$repeat") == std::string::npos) s.steps.push_back(step);
    }
    scripts.push_back(std::move(s));
  }
  return scripts;
}

// ---- change

// What members of a name hold anywhere in the scripts: values that a changed member is given.
class dictionary {
 public:
  void read(const json& value) {
    if (value.is_object()) {
      for (const auto& [name, member] : value.items()) {
        names_.push_back(name);
        std::vector<json>& known = values_[name];
        if (known.size() < 64) known.push_back(member);
        read(member);
      }
    } else if (value.is_array()) {
      for (const json& item : value) read(item);
    }
  }
  const std::vector<std::string>& names() const { return names_; }
  const std::vector<json>* values(const std::string& name) const {
    const auto found = values_.find(name);
    return found == values_.end() ? nullptr : &found->second;
  }

 private:
  std::vector<std::string> names_;
  std::map<std::string, std::vector<json>> values_;
};

const std::vector<json>& hostile_values() {
  static const std::vector<json> values = {
      nullptr,
      true,
      0,
      -1,
      1,
      4'294'967'296,
      INT64_MAX,
      INT64_MIN,
      UINT64_MAX,
      0.5,
      1e300,
      "",
      " ",
      "a",
      "\xE4\xB8\xAD\xE4\xB8\xAD\xE4\xB8\xAD",
      std::string("nul\0inside", 10),
      std::string(300, 'x'),
      "a" +
          [] {
            std::string long_text;
            for (int i = 0; i < 60; ++i) long_text += "\xE4\xB8\xAD";
            return long_text;
          }(),
      "INC0000001",
      "INC9999999",
      "host",
      "system",
      "nobody",
      "24x7",
      "PT1M",
      "-PT1H",
      "P99999D",
      "2026-11-23T08:00:00Z",
      "1899-12-31T23:59:59Z",
      "2199-12-31T23:59:59Z",
      "2026-02-30T08:00:00Z",
      "Europe/Berlin",
      "No/Where",
      json::array(),
      json::object(),
      json::array({json::array({json::array()})}),
      json{{"var", "priority"}},
      json{{"==", json::array({json{{"var", "nothing"}}, 1})}},
  };
  return values;
}

class changer {
 public:
  changer(const dictionary& words, std::uint64_t with) : words_(words), random_(with) {}

  bool chance(int in_a_hundred) { return below(100) < static_cast<std::size_t>(in_a_hundred); }
  std::size_t below(std::size_t n) { return n == 0 ? 0 : random_() % n; }

  void change(json& document) {
    std::vector<json*> nodes;
    collect(document, nodes);
    change_node(*nodes[below(nodes.size())]);
  }

  void change_bytes(std::string& text) {
    const std::size_t at = below(text.size() + 1);
    switch (below(6)) {
      case 0:
        text.resize(at);
        break;
      case 1:
        text.insert(at, 1, static_cast<char>(below(256)));
        break;
      case 2:
        if (at < text.size()) text[at] = static_cast<char>(text[at] ^ (1 << below(8)));
        break;
      case 3:
        text.insert(at, "\xC3");
        break;
      case 4:
        text.insert(at, text.substr(below(text.size()), below(80)));
        break;
      default:
        text.insert(at, std::string(1 + below(200), "[{\"\\"[below(4)]));
    }
  }

 private:
  static void collect(json& value, std::vector<json*>& nodes) {
    nodes.push_back(&value);
    if (!value.is_structured()) return;
    for (json& part : value) collect(part, nodes);
  }

  void change_node(json& node) {
    if (node.is_object() && !node.empty()) return change_object(node);
    if (node.is_array() && !node.empty() && chance(60)) return change_array(node);
    const auto& values = hostile_values();
    node = values[below(values.size())];
  }

  void change_object(json& node) {
    const auto member = std::next(node.begin(), static_cast<std::ptrdiff_t>(below(node.size())));
    const std::string name = member.key();
    switch (below(5)) {
      case 0:
        node.erase(name);
        return;
      case 1: {
        const std::string& other = words_.names()[below(words_.names().size())];
        if (const auto* values = words_.values(other)) node[other] = (*values)[below(values->size())];
        return;
      }
      case 2:
        node[name] = hostile_values()[below(hostile_values().size())];
        return;
      default:
        if (const auto* values = words_.values(name)) node[name] = (*values)[below(values->size())];
    }
  }

  void change_array(json& node) {
    const std::size_t at = below(node.size());
    switch (below(3)) {
      case 0:
        node.erase(at);
        return;
      case 1:
        node.push_back(json(node[at]));
        return;
      default:
        std::swap(node[at], node[below(node.size())]);
    }
  }

  const dictionary& words_;
  std::mt19937_64 random_;
};

// ---- what must hold

bool is_utf8(std::string_view text) {
  try {
    static_cast<void>(json(std::string(text)).dump());
    return true;
  } catch (const json::exception&) {
    return false;
  }
}

void demand_json(std::string_view text, const char* of_what, bool lines = false) {
  if (!lines) {
    if (!json::accept(text)) fail(std::string(of_what) + " is not JSON", text);
    return;
  }
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    if (!json::accept(text.substr(at, end - at))) fail(std::string(of_what) + " has a line that is not JSON", text);
    at = end + 1;
  }
}

class buffer {
 public:
  buffer() = default;
  buffer(const buffer&) = delete;
  buffer& operator=(const buffer&) = delete;
  ~buffer() { tocsin_buf_dispose(&made_); }
  tocsin_buf* out() { return &made_; }
  std::string_view text() const { return {made_.data ? made_.data : "", made_.size}; }

 private:
  tocsin_buf made_ = {};
};

// An error says what went wrong in valid text, and never that we did.
// A reference: the call that sets the error may stand among the arguments.
bool refused(tocsin_status status, tocsin_error*& error, std::string_view document) {
  if (status == TOCSIN_OK) {
    if (error) fail("a success has an error", document);
    return false;
  }
  if (!error || tocsin_error_status(error) != status) fail("status and error differ", document);
  const std::string message = tocsin_error_message(error);
  const std::string reason = tocsin_error_reason(error);
  if (status == TOCSIN_INTERNAL || status == TOCSIN_CORRUPT) fail("status " + reason + ": " + message, document);
  if (message.empty() || message.find('\n') != std::string::npos) fail("not one line: " + message, document);
  if (!is_utf8(message)) fail("a message that is not UTF-8", document);
  demand_json(tocsin_error_detail(error), "an error's detail");
  tocsin_error_free(error);
  return true;
}

class player {
 public:
  player(const script& played, std::string path) : played_(played), path_(std::move(path)) { open(); }
  ~player() { tocsin_desk_close(desk_); }
  player(const player&) = delete;
  player& operator=(const player&) = delete;

  void execute(const std::string& document, std::uint32_t flags, std::int64_t at_us) {
    note(("execute " + std::to_string(flags)).c_str(), document);
    const std::uint64_t before = sequence();
    buffer results;
    tocsin_error* error = nullptr;
    const tocsin_status status =
        tocsin_desk_execute(desk_, at_us, document.data(), document.size(), flags, results.out(), &error);
    const bool is_refused = refused(status, error, document);
    if (!is_refused) demand_json(results.text(), "an answer");
    if (is_refused || (flags & TOCSIN_EXECUTE_DRY_RUN)) demand_only_timers(before, document);
  }

  void ask(const std::string& question) {
    note("query", question);
    const std::uint64_t before = sequence();
    buffer answer;
    tocsin_error* error = nullptr;
    const tocsin_status status = tocsin_desk_query(desk_, question.data(), question.size(), answer.out(), &error);
    if (!refused(status, error, question)) demand_json(answer.text(), "an answer");
    if (sequence() != before) fail("a question changed the desk", question);
  }

  void advance(std::int64_t now_us) {
    note("advance", std::to_string(now_us));
    std::uint64_t fired = 0;
    tocsin_error* error = nullptr;
    int32_t more = 0;
    refused(tocsin_desk_advance(desk_, now_us, 2000, 0, &fired, &more, &error), error, "advance");
  }

  void take_effects() {
    buffer effects;
    tocsin_error* error = nullptr;
    if (!refused(tocsin_desk_take_effects(desk_, "fuzz", TOCSIN_CSTR, 100, effects.out(), &error), error, "effects"))
      demand_json(effects.text(), "effects");
  }

  // Sound; and what its journal alone gives, and its file, answer as it does.
  void conclude() {
    demand_sound(desk_);
    const auto own = head(desk_);
    demand_same_from_journal(own);
    if (path_.empty()) return;
    const std::string before = summary(desk_);
    tocsin_desk_close(desk_);
    desk_ = nullptr;
    open();
    if (head(desk_) != own) fail("the desk, closed and opened again, has another head");
    if (summary(desk_) != before) fail("the desk, closed and opened again, answers otherwise");
    demand_sound(desk_);
  }

  std::int64_t next_due() const { return tocsin_desk_next_due(desk_); }

 private:
  using head_of = std::pair<std::uint64_t, std::string>;

  static void note(const char* what, std::string_view document) {
    if (shows_documents) std::printf("%s %.*s\n", what, static_cast<int>(document.size()), document.data());
  }

  void open() {
    tocsin_open_options options;
    tocsin_open_options_init(&options, sizeof options);
    const std::string config = played_.options.dump();
    options.config = config.c_str();
    options.path = path_.empty() ? nullptr : path_.c_str();
    tocsin_error* error = nullptr;
    if (refused(tocsin_desk_open(TOCSIN_ABI_VERSION, &options, &desk_, &error), error, config))
      fail("a desk does not open");
  }

  static head_of head(const tocsin_desk* desk) {
    head_of found{0, std::string(TOCSIN_HASH_SIZE, '\0')};
    tocsin_error* error = nullptr;
    refused(tocsin_desk_head(desk, &found.first, reinterpret_cast<std::uint8_t*>(found.second.data()), &error), error,
            "head");
    return found;
  }
  std::uint64_t sequence() const { return head(desk_).first; }

  static std::string summary(const tocsin_desk* desk) {
    buffer answer;
    tocsin_error* error = nullptr;
    const char* question = R"({"query":"summary"})";
    refused(tocsin_desk_query(desk, question, TOCSIN_CSTR, answer.out(), &error), error, question);
    json answered = json::parse(answer.text());
    answered.erase("as_of");  // the clock of a desk that fired nothing yet is in no journal
    return answered.dump();
  }

  // What was refused left nothing but the timers that were due before (D2).
  void demand_only_timers(std::uint64_t before, std::string_view document) const {
    for (std::uint64_t at = before + 1, last = sequence(); at <= last; ++at) {
      buffer entry;
      tocsin_error* error = nullptr;
      refused(tocsin_desk_entry(desk_, at, entry.out(), &error), error, "entry");
      const json read = json::parse(entry.text());
      if (read.contains("command") && !read["command"].is_null() && read.value("actor", "") != "system")
        fail("a refusal left an entry: " + std::string(entry.text()), document);
    }
  }

  static void demand_sound(const tocsin_desk* desk) {
    tocsin_error* error = nullptr;
    refused(tocsin_desk_verify(desk, nullptr, &error), error, "verify");
  }

  void demand_same_from_journal(const head_of& own) const {
    const player other(played_, "");
    for (std::uint64_t from = 1; from <= own.first;) {
      buffer entries;
      tocsin_error* error = nullptr;
      refused(tocsin_desk_read_entries(desk_, from, 1 << 20, entries.out(), &error), error, "read_entries");
      std::uint64_t applied = 0;
      if (refused(
              tocsin_desk_apply_entries(other.desk_, entries.text().data(), entries.text().size(), &applied, &error),
              error, "apply_entries"))
        return;  // entries that were purged: such a journal begins with a copy
      from += applied;
    }
    if (head(other.desk_) != own) fail("the journal, applied to an empty desk, has another head");
    const std::string expected = summary(desk_);
    const std::string found = summary(other.desk_);
    if (found != expected) fail("the journal, applied to an empty desk, answers otherwise", expected + "\n" + found);
  }

  const script& played_;
  std::string path_;
  tocsin_desk* desk_ = nullptr;
};

// ---- a round

std::uint32_t flags_of(const json& step) {
  return (step.value("atomic", false) ? TOCSIN_EXECUTE_ATOMIC : 0u) |
         (step.value("dry_run", false) ? TOCSIN_EXECUTE_DRY_RUN : 0u) |
         (step.value("allow_leap", false) ? TOCSIN_EXECUTE_ALLOW_LEAP : 0u);
}

std::string changed(changer& by, json document) {
  if (by.chance(50)) return document.dump(-1, ' ', false, json::error_handler_t::replace);
  for (std::size_t times = 1 + by.below(3); times > 0; --times) by.change(document);
  std::string text = document.dump(-1, ' ', false, json::error_handler_t::replace);
  if (by.chance(10)) by.change_bytes(text);
  return text;
}

void take(player& desk, changer& by, const json& step) {
  if (step.contains("execute")) {
    const std::uint32_t flags = by.chance(90) ? flags_of(step) : static_cast<std::uint32_t>(by.below(16));
    desk.execute(changed(by, step["execute"]), flags, step.value("at_us", TOCSIN_NEVER));
  } else if (step.contains("query")) {
    desk.ask(changed(by, step["query"]));
  } else if (step.contains("advance")) {
    if (const std::int64_t due = desk.next_due(); due != TOCSIN_NEVER)
      desk.advance(due + static_cast<std::int64_t>(by.below(3'600'000'000)));
  } else if (step.contains("effects")) {
    desk.take_effects();
  }
}

void play_round(const std::vector<script>& scripts, const dictionary& words, const fs::path& file) {
  changer by(words, seed * 1'000'003 + round_now);
  const script& played = scripts[by.below(scripts.size())];
  const bool in_file = by.chance(15);
  if (shows_documents) std::printf("# %s\n", played.name.c_str());
  std::error_code ignored;
  for (const char* part : {"", "-wal", "-shm"}) fs::remove(file.string() + part, ignored);
  player desk(played, in_file ? file.string() : "");
  for (const json& step : played.steps) {
    if (by.chance(5)) {
      const script& other = scripts[by.below(scripts.size())];
      if (!other.steps.empty()) take(desk, by, other.steps[by.below(other.steps.size())]);
    }
    take(desk, by, step);
  }
  desk.conclude();
}

std::uint64_t number(const char* text) { return std::strtoull(text, nullptr, 10); }

}  // namespace

int main(int argc, char** argv) {
  double seconds = 10;
  std::uint64_t rounds = UINT64_MAX;
  std::uint64_t only = 0;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string_view option = argv[i];
    if (option == "--seed")
      seed = number(argv[i + 1]);
    else if (option == "--seconds")
      seconds = static_cast<double>(number(argv[i + 1]));
    else if (option == "--rounds")
      rounds = number(argv[i + 1]), seconds = 1e9;
    else if (option == "--round")
      only = number(argv[i + 1]);
    else
      return std::fputs("usage: fuzz_mutate [--seed N] [--seconds N | --rounds N | --round N]\n", stderr), 2;
  }
  if (__sanitizer_set_death_callback)
    __sanitizer_set_death_callback(say_where);
  else
    for (const int s : {SIGSEGV, SIGABRT, SIGFPE, SIGBUS}) std::signal(s, end_badly);
  std::signal(SIGALRM, end_badly);

  const std::vector<script> scripts = read_scripts(fs::path(TOCSIN_SOURCE_DIR) / "tests" / "conformance");
  dictionary words;
  for (const script& s : scripts) {
    for (const json& step : s.steps) words.read(step);
  }
  const fs::path file = fs::temp_directory_path() / ("tocsin-fuzz-" + std::to_string(getpid()) + ".desk");
  std::printf("fuzz: seed %" PRIu64 ", %zu scripts\n", seed, scripts.size());
  if (only != 0) {
    shows_documents = true;
    round_now = only;
    play_round(scripts, words, file);
  } else {
    const auto start = std::chrono::steady_clock::now();
    for (round_now = 1; round_now <= rounds; ++round_now) {
      if (std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count() > seconds) break;
      alarm(seconds_per_round_max);
      play_round(scripts, words, file);
    }
    std::printf("fuzz: %" PRIu64 " rounds held\n", round_now - 1);
  }
  std::error_code ignored;
  for (const char* part : {"", "-wal", "-shm"}) fs::remove(file.string() + part, ignored);
  return 0;
}
