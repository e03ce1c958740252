// A desk's file that was damaged after it was written: by single bits, bytes, pages, or its end. Whoever opens it and
// asks it anything gets the answers of the sound one, or `corrupt`. Each damaged file is looked at in a process of its
// own, so that a crash, or a question without an end, is a result like any other.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <map>

#include <tocsin/base/bytes.hpp>
#include <tocsin/desk/document.hpp>
#include <tocsin/store/sqlite_store.hpp>

#include "child.hpp"
#include "conformance/temporary_file.hpp"
#include "script.hpp"
#include "unit/desk/random_script.hpp"

namespace {

using fault::in_child;
using fault::seed;
using office::json;
using tocsin::status;

std::string bytes_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void write_file(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

void leave_alone(const std::string& path) {
  for (const auto& beside : std::filesystem::directory_iterator(std::filesystem::path(path).parent_path())) {
    std::filesystem::remove_all(beside);
  }
}

tocsin::desk open_at(const std::string& path, bool read_only = false) {
  return office::open(
      tocsin::open_sqlite_store({.path = path, .read_only = read_only, .durability = tocsin::durability::normal}));
}

// ---- what a file answers

struct answer {
  std::string asked;
  status code = status::ok;
  std::string text;  // or why there is none
};

answer ask(const std::string& what, const std::function<std::string()>& question) {
  try {
    return {what, status::ok, question()};
  } catch (const tocsin::error& e) {
    return {what, e.code(), e.reason() + ": " + e.what()};
  }
}

// Opens it and asks what people and machines ask; the last answer is that of `verify`.
std::vector<answer> answers_of(const std::string& path, bool read_only) {
  std::vector<answer> all;
  std::unique_ptr<tocsin::desk> opened;
  all.push_back(ask("open", [&] {
    opened = std::make_unique<tocsin::desk>(open_at(path, read_only));
    return std::string("opened");
  }));
  if (!opened) return all;
  tocsin::desk& d = *opened;
  const auto query = [&](const json& q) {
    all.push_back(ask(q.dump(), [&] { return tocsin::answer_document(d, q.dump()); }));
  };
  query({{"query", "status"}});
  query({{"query", "find"}});
  query({{"query", "find"}, {"closed", true}});
  query({{"query", "definitions"}, {"kind", "workflow"}});
  for (std::uint64_t id = 1; id <= 8; ++id) {
    query({{"query", "get"}, {"incident", id}});
    query({{"query", "timeline"}, {"incident", id}});
  }
  for (std::uint64_t sequence = 1; sequence <= 12; ++sequence) {
    all.push_back(ask("entry " + std::to_string(sequence), [&] { return tocsin::entry_document(d, sequence); }));
  }
  all.push_back(ask("effects", [&] { return tocsin::effects_document(d, "pager", 100); }));
  all.push_back(ask("verify", [&] { return tocsin::to_hex(d.verify().head); }));
  return all;
}

// "same", "corrupt", "misled" (another answer, but verify finds the damage), or what is wrong.
std::string judge(const std::vector<answer>& sound, const std::vector<answer>& found) {
  bool is_corrupt = false;
  std::string other;
  for (std::size_t i = 0; i < found.size(); ++i) {
    const answer& a = found[i];
    if (a.code == status::corrupt) {
      is_corrupt = true;
      if (a.text.size() < 20) return "says too little of the damage: " + a.text;
    } else if (a.code != sound[i].code || (a.code == status::ok && a.text != sound[i].text)) {
      if (a.code != status::ok && a.code != status::not_found) {
        return a.asked + " answers " + std::string(name(a.code)) + ", " + a.text;
      }
      if (other.empty()) other = a.asked + " answers otherwise";
    }
  }
  if (found.back().code == status::corrupt) return other.empty() ? "corrupt" : "misled: " + other;
  if (!other.empty()) return other + ", and verify finds nothing";
  return is_corrupt ? "a question is corrupt, and verify finds nothing" : "same";
}

// ---- the desks

json small_step(int i) {
  const std::string when = office::text_of(office::at("2026-11-23T08:00:00Z") + i * tocsin::minute);
  switch (i) {
    case 0:
      return office::log(when, {{"caller", "carla"}, {"description", "No mail"}, {"idempotency_key", "first"}});
    case 1:
      return office::log(when, {{"caller", "dora"}, {"category", "disk"}});
    case 2:
      return office::note(when);
    case 3:
      return office::resolve(when, "INC0000002");
    case 4:
      return office::command("close_incident", when, "ana", {{"incident", 2}});
    default:
      return office::log(when, {{"idempotency_key", "last"}});
  }
}

void make_small(tocsin::desk& d) {
  office::tell(d, office::furniture());
  for (int i = 0; i <= 5; ++i) office::tell(d, small_step(i));
  d.acknowledge_effects("mailer", 0);
}

void make_large(tocsin::desk& d) {
  for (const json& step : fault::script()) fault::take(d, step);
}

class sound_file {
 public:
  explicit sound_file(const std::function<void(tocsin::desk&)>& make) {
    {
      tocsin::desk d = open_at(place_.path());
      make(d);
    }
    bytes_ = bytes_of(place_.path());
    answers_ = answers_of(place_.path(), true);
    leave_alone(place_.path());
  }

  const std::string& bytes() const { return bytes_; }

  // What comes of that damage; half of the files are opened for writing.
  std::string try_out(const std::string& damaged, bool read_only) const {
    write_file(place_.path(), damaged);
    const std::string result = in_child([&] { return judge(answers_, answers_of(place_.path(), read_only)); });
    leave_alone(place_.path());
    return result;
  }

 private:
  conformance::temporary_file place_;
  std::string bytes_;
  std::vector<answer> answers_;
};

class tally {
 public:
  void add(const std::string& result, const std::string& damage) {
    const std::string kind = result.substr(0, result.find(':'));
    ++counts_[kind];
    if (kind == "same" || kind == "corrupt") return;
    INFO(damage);
    if (kind == "misled") {
      MESSAGE(damage << ": " << result);
    } else {
      FAIL_CHECK(damage << ": " << result);
    }
  }
  int of(const std::string& kind) { return counts_[kind]; }
  std::string text() const {
    std::string all;
    for (const auto& [kind, count] : counts_) all += (all.empty() ? "" : ", ") + std::to_string(count) + " " + kind;
    return all;
  }

 private:
  std::map<std::string, int> counts_;
};

int times(int usual) { return fault::times("TOCSIN_CORRUPTIONS", usual); }

void flip_bits(const sound_file& sound, int count, std::uint64_t from) {
  office::dice dice(from);
  tally found;
  for (int i = 0; i < count; ++i) {
    std::string damaged = sound.bytes();
    const auto at = static_cast<std::size_t>(dice.below(static_cast<std::int64_t>(damaged.size())));
    const auto bit = dice.below(8);
    damaged[at] = static_cast<char>(static_cast<unsigned char>(damaged[at]) ^ (1u << bit));
    found.add(sound.try_out(damaged, dice.chance(50)), "bit " + std::to_string(bit) + " of byte " + std::to_string(at));
  }
  MESSAGE("seed " << from << ", " << sound.bytes().size() << " bytes: " << found.text());
  CHECK(found.of("corrupt") > 0);
}

void change_bytes(const sound_file& sound, int count, std::uint64_t from) {
  office::dice dice(from);
  tally found;
  for (int i = 0; i < count; ++i) {
    std::string damaged = sound.bytes();
    const auto at = static_cast<std::size_t>(dice.below(static_cast<std::int64_t>(damaged.size())));
    const auto by = static_cast<char>(dice.below(256));
    damaged[at] = by;
    found.add(sound.try_out(damaged, dice.chance(50)),
              "byte " + std::to_string(at) + " is " + std::to_string(static_cast<unsigned char>(by)));
  }
  MESSAGE("seed " << from << ", " << sound.bytes().size() << " bytes: " << found.text());
}

constexpr std::size_t page_size = 4096;

void swap_pages(const sound_file& sound, int count, std::uint64_t from) {
  office::dice dice(from);
  tally found;
  const auto pages = static_cast<std::int64_t>(sound.bytes().size() / page_size);
  for (int i = 0; i < count; ++i) {
    const auto one = static_cast<std::size_t>(dice.below(pages));
    const auto other = static_cast<std::size_t>(dice.below(pages));
    std::string damaged = sound.bytes();
    const std::string kept = damaged.substr(one * page_size, page_size);
    damaged.replace(one * page_size, page_size, damaged.substr(other * page_size, page_size));
    if (dice.chance(70)) damaged.replace(other * page_size, page_size, kept);
    found.add(sound.try_out(damaged, dice.chance(50)),
              "pages " + std::to_string(one) + " and " + std::to_string(other));
  }
  MESSAGE("seed " << from << ", " << pages << " pages: " << found.text());
}

void cut_short(const sound_file& sound, int count, std::uint64_t from) {
  office::dice dice(from);
  for (int i = 0; i < count; ++i) {
    const auto left = static_cast<std::size_t>(1 + dice.below(static_cast<std::int64_t>(sound.bytes().size()) - 1));
    CAPTURE(left);
    CHECK(sound.try_out(sound.bytes().substr(0, left), dice.chance(50)) == "corrupt");
  }
}

}  // namespace

TEST_CASE("a bit that flips in a desk's file changes no answer, or is found to be damage") {
  flip_bits(sound_file(make_small), times(150), seed());
}

TEST_CASE("a byte that changes in a larger file changes no answer, or is found to be damage") {
  change_bytes(sound_file(make_large), times(40), seed());
}

TEST_CASE("pages that stand in each other's place, and a file that ends too early, are found to be damage") {
  const sound_file sound(make_small);
  swap_pages(sound, times(40), seed());
  cut_short(sound, times(20), seed());
}

TEST_CASE("a file without its write-ahead log says so") {
  const conformance::temporary_file place;
  tocsin::desk d = open_at(place.path());
  make_small(d);
  REQUIRE(std::filesystem::exists(place.path() + "-wal"));
  const conformance::temporary_file copied;
  std::filesystem::copy_file(place.path(), copied.path());
  for (const bool read_only : {false, true}) {
    const auto found = answers_of(copied.path(), read_only);
    CHECK(found[0].code == status::corrupt);
    CHECK(found[0].text.find("write-ahead log") != std::string::npos);
  }
  std::filesystem::copy_file(place.path() + "-wal", copied.path() + "-wal");
  CHECK(open_at(copied.path()).verify().head == d.verify().head);
}

TEST_CASE("a write-ahead log that was damaged gives the desk as it was at an earlier commit, or is found out") {
  const conformance::temporary_file place;
  tocsin::desk d = open_at(place.path());
  make_small(d);
  const std::string file = bytes_of(place.path());
  const std::string log = bytes_of(place.path() + "-wal");
  std::vector<std::string> heads = {tocsin::to_hex(tocsin::digest{})};
  for (std::uint64_t s = 1; s <= d.state().counters.sequence; ++s)
    heads.push_back(tocsin::to_hex(d.read_stored_entry(s).hash));
  const conformance::temporary_file copied;
  const std::uint64_t from = seed();
  office::dice dice(from);
  for (int i = 0; i < times(40); ++i) {
    std::string damaged = log;
    const auto at = static_cast<std::size_t>(dice.below(static_cast<std::int64_t>(damaged.size())));
    if (dice.chance(50)) {
      damaged.resize(at);
    } else {
      damaged[at] = static_cast<char>(static_cast<unsigned char>(damaged[at]) ^ (1u << dice.below(8)));
    }
    CAPTURE(from);
    CAPTURE(at);
    write_file(copied.path(), file);
    write_file(copied.path() + "-wal", damaged);
    const std::string result = in_child([&]() -> std::string {
      const std::vector<answer> found = answers_of(copied.path(), dice.chance(50));
      const answer& last = found.back();
      if (last.code == status::corrupt) return "corrupt";
      if (last.code != status::ok) return last.asked + ": " + last.text;
      return std::ranges::find(heads, last.text) == heads.end() ? "a head that never was" : "earlier";
    });
    const bool is_known = result == "corrupt" || result == "earlier";
    CHECK_MESSAGE(is_known, result);
    leave_alone(copied.path());
  }
}

TEST_SUITE("full") {
  // TOCSIN_CORRUPTIONS=N tries as many of each kind; every bit of even a small file is a matter of hours.
  TEST_CASE("thousands of bits that flip in a desk's file change no answer, or are found to be damage") {
    flip_bits(sound_file(make_small), times(4'000), seed());
  }
  TEST_CASE("thousands of bytes that change in a larger file change no answer, or are found to be damage") {
    change_bytes(sound_file(make_large), times(1'000), seed());
  }
}
