// Entries that somebody made by hand and hashed properly: the chain holds, and what they say need not make sense. Whoever
// takes them up refuses them, or goes on; nothing crashes, hangs, or is our own mistake.
#include <doctest/doctest.h>

#include <tocsin/base/bytes.hpp>
#include <tocsin/desk/document.hpp>

#include <cstdlib>

#include "child.hpp"
#include "script.hpp"
#include "unit/desk/random_script.hpp"

namespace {

using fault::in_child;
using fault::seed;
using office::json;

std::vector<std::uint8_t> as_bytes(const tocsin::stored_entry& e) {
  tocsin::byte_writer to;
  to.text("tocsin entries 1");
  to.number(e.sequence);
  to.signed_number(e.fired_at.us);
  to.bytes(e.hash);
  to.number(e.bytes.size());
  to.bytes(e.bytes);
  to.number(e.aside.size());
  to.bytes(e.aside);
  const tocsin::byte_view all = to.view();
  return {all.begin(), all.end()};
}

// One to three changes; texts grow and shrink seldom, for most of what is then read makes no sense at once.
void forge(tocsin::stored_entry& e, const tocsin::digest& before, office::dice& dice) {
  for (std::int64_t n = 1 + dice.below(3); n > 0 && !e.bytes.empty(); --n) {
    const auto at = static_cast<std::size_t>(dice.below(static_cast<std::int64_t>(e.bytes.size())));
    const auto place = e.bytes.begin() + static_cast<std::ptrdiff_t>(at);
    switch (dice.below(8)) {
      case 0:
        e.bytes.erase(place);
        break;
      case 1:
        e.bytes.insert(place, static_cast<std::uint8_t>(dice.below(256)));
        break;
      case 2:
        *place = static_cast<std::uint8_t>(dice.below(4));
        break;
      case 3:
        *place = static_cast<std::uint8_t>(*place + 1);
        break;
      default:
        *place = static_cast<std::uint8_t>(*place ^ (1u << dice.below(7)));
        break;
    }
  }
  tocsin::sha256 hasher;
  e.hash = tocsin::chain_hash(hasher, before, e.bytes);
}

// Takes it up, and goes on with what came of it.
std::string live_with(tocsin::desk& d, const tocsin::stored_entry& forged) {
  const auto attempt = [](const std::function<void()>& work) -> std::string {
    try {
      work();
      return "";
    } catch (const tocsin::error& e) {
      const bool ours = e.code() == tocsin::status::internal;
      return ours ? "internal: " + std::string(e.what()) : "refused";
    } catch (const std::exception& e) {
      return "exception: " + std::string(e.what());
    }
  };
  const std::string taken = attempt([&] { d.apply_entries(as_bytes(forged)); });
  if (!taken.empty()) return taken;
  std::string worst;
  const auto note = [&](const std::function<void()>& work) {
    const std::string result = attempt(work);
    if (!result.empty() && result != "refused" && worst.empty()) worst = result;
  };
  note([&] { tocsin::answer_document(d, R"({"query":"find"})"); });
  note([&] { tocsin::answer_document(d, R"({"query":"status"})"); });
  for (std::uint64_t id = 1; id <= std::min<std::uint64_t>(d.state().counters.last_id, 24); ++id) {
    for (const char* query : {"get", "timeline", "clocks", "allowed_actions"}) {
      note([&] { tocsin::answer_document(d, json({{"query", query}, {"incident", id}}).dump()); });
    }
  }
  const tocsin::instant clock = d.state().counters.clock;
  if (tocsin::is_acceptable(clock + tocsin::day)) {
    note([&] { d.advance(clock + tocsin::day, 200); });
    note([&] { office::tell(d, office::log(office::text_of(clock + tocsin::day))); });
  }
  note([&] { d.verify(); });
  return worst.empty() ? "taken" : worst;
}

std::vector<tocsin::stored_entry> journal() {
  tocsin::desk d = office::open();
  for (const json& step : fault::script()) {
    if (step.is_object() && step.value("command", "") == "purge_records")
      continue;  // what was purged cannot be taken up
    try {
      fault::take(d, step);
    } catch (const tocsin::error&) {
      // It speaks of what was not purged.
    }
  }
  std::vector<tocsin::stored_entry> all;
  for (std::uint64_t s = 1; s <= d.state().counters.sequence; ++s) all.push_back(d.read_stored_entry(s));
  return all;
}

// TOCSIN_FORGERY=ENTRY:ATTEMPT, with its TOCSIN_SEED, takes that one up in this process, for a debugger.
bool one_alone(std::uint64_t sequence, int attempt) {
  const char* asked = std::getenv("TOCSIN_FORGERY");
  return asked && asked == std::to_string(sequence) + ":" + std::to_string(attempt);
}

void forge_each(int times, std::uint64_t seed) {
  const std::vector<tocsin::stored_entry> sound = journal();
  tocsin::desk d = office::open();
  office::dice dice(seed);
  int taken = 0;
  int refused = 0;
  for (const tocsin::stored_entry& next : sound) {
    for (int i = 0; i < times; ++i) {
      tocsin::stored_entry forged = next;
      forge(forged, d.state().counters.hash, dice);
      if (one_alone(next.sequence, i)) live_with(d, forged);
      const std::string result = in_child([&] { return live_with(d, forged); });
      INFO("seed " << seed << ", entry " << next.sequence << ", attempt " << i);
      const bool is_fine = result == "taken" || result == "refused";
      CHECK_MESSAGE(is_fine, result);
      taken += result == "taken";
      refused += result == "refused";
    }
    d.apply_entries(as_bytes(next));
  }
  MESSAGE("seed " << seed << ": " << taken << " taken up, " << refused << " refused");
  CHECK(taken > 0);
  CHECK(refused > 0);
}

int times(int usual) { return fault::times("TOCSIN_FORGERIES", usual); }

}  // namespace

TEST_CASE("an entry that was forged, and hashed properly, is refused or taken up, and crashes nothing") {
  forge_each(times(4), seed());
}

TEST_SUITE("full") {
  TEST_CASE("thousands of entries that were forged are refused or taken up, and crash nothing") {
    forge_each(times(60), seed());
  }
}
