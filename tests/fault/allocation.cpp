// Every allocation of every command fails once: nothing has changed, and the next call works.
#include <doctest/doctest.h>

#include <cstdlib>
#include <new>

#if defined(__GLIBC__)
#include <malloc.h>
#endif

#include "conformance/temporary_file.hpp"
#include "script.hpp"

#include <tocsin/base/json.hpp>
#include <tocsin/desk/memory.hpp>
#include <tocsin/store/sqlite_store.hpp>
#include <tocsin/time/calendar_question.hpp>

namespace {

thread_local std::int64_t allocations_until_failure = 0;  // 0: none fails

thread_local std::int64_t bytes_taken = 0;  // that are not given back

std::int64_t usable_bytes(void* memory) {
#if defined(__GLIBC__)
  return static_cast<std::int64_t>(malloc_usable_size(memory));
#else
  static_cast<void>(memory);
  return 0;
#endif
}

void* counted(void* memory) {
  bytes_taken += usable_bytes(memory);
  return memory;
}

void release(void* memory) {
  bytes_taken -= usable_bytes(memory);
  std::free(memory);
}

void* allocate(std::size_t size) {
  if (allocations_until_failure != 0 && --allocations_until_failure == 0) return nullptr;
  return counted(std::malloc(size == 0 ? 1 : size));
}

void* allocate_aligned(std::size_t size, std::align_val_t alignment) {
  if (allocations_until_failure != 0 && --allocations_until_failure == 0) return nullptr;
  const auto a = static_cast<std::size_t>(alignment);
  return counted(std::aligned_alloc(a, (size + a - 1) / a * a));
}

void* or_throw(void* memory) {
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}

}  // namespace

void* operator new(std::size_t size) { return or_throw(allocate(size)); }
void* operator new[](std::size_t size) { return or_throw(allocate(size)); }
void* operator new(std::size_t size, std::align_val_t alignment) { return or_throw(allocate_aligned(size, alignment)); }
void* operator new[](std::size_t size, std::align_val_t alignment) {
  return or_throw(allocate_aligned(size, alignment));
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return allocate(size); }
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept { return allocate(size); }
void operator delete(void* memory) noexcept { release(memory); }
void operator delete[](void* memory) noexcept { release(memory); }
void operator delete(void* memory, std::size_t) noexcept { release(memory); }
void operator delete[](void* memory, std::size_t) noexcept { release(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { release(memory); }
void operator delete[](void* memory, std::align_val_t) noexcept { release(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { release(memory); }
void operator delete[](void* memory, std::size_t, std::align_val_t) noexcept { release(memory); }

namespace {

enum class outcome { done, out_of_memory, other };

outcome take_with_failure(tocsin::desk& d, const office::json& step, std::int64_t n, std::string& why) {
  const std::string document = step.is_string() ? "" : fault::named(d, step).dump();
  const tocsin::instant now = step.is_string() ? office::at(step.get<std::string>()) : tocsin::instant{};
  outcome result = outcome::done;
  allocations_until_failure = n;
  try {
    if (document.empty()) {
      d.advance(now);
    } else {
      tocsin::execute_document(d, document, {.atomic = true});
    }
  } catch (const std::bad_alloc&) {
    result = outcome::out_of_memory;
  } catch (const tocsin::error& e) {
    allocations_until_failure = 0;
    result = e.code() == tocsin::status::out_of_memory ? outcome::out_of_memory : outcome::other;
    why = e.reason();
  } catch (const std::exception& e) {
    allocations_until_failure = 0;
    result = outcome::other;
    why = e.what();
  }
  allocations_until_failure = 0;
  return result;
}

tocsin::person_ref actor_of(const tocsin::desk& d, const office::json& step) {
  return {d.state().words.find(tocsin::word_kind::person, step["actor"].get<std::string>())};
}

// The next allocation to fail: each of the first ones, of later ones fewer and fewer.
std::int64_t next_try(std::int64_t n) { return n + 1 + n / 200; }

// Answers how many allocations failed.
std::int64_t run(tocsin::desk& d, tocsin::desk& twin, const std::vector<office::json>& script) {
  std::int64_t failures = 0;
  for (const office::json& step : script) {
    CAPTURE(step.dump());
    const std::string before = office::picture_of(d);
    for (std::int64_t n = 1;; n = next_try(n)) {
      CAPTURE(n);
      REQUIRE(n < 100'000);
      std::string why;
      const outcome got = take_with_failure(d, step, n, why);
      CAPTURE(why);
      REQUIRE(got != outcome::other);
      // The answer may fail to be written when all is done: then the command has been taken.
      const bool taken = d.state().counters.sequence != 0 && office::picture_of(d) != before;
      if (got == outcome::done) break;
      ++failures;
      REQUIRE_FALSE(taken);
      if (step.is_object() && step.contains("idempotency_key"))
        CHECK(d.storage().find_key(actor_of(d, step), step["idempotency_key"].get<std::string>()).sequence == 0);
    }
    fault::take(twin, step);
    REQUIRE(office::picture_of(d) == office::picture_of(twin));
  }
  CHECK(office::journal_of(d) == office::journal_of(twin));
  d.verify();
  return failures;
}

}  // namespace

TEST_CASE("whichever allocation fails, nothing has changed and the next command works: in memory") {
  tocsin::desk d = office::open();
  tocsin::desk twin = office::open();
  const std::int64_t failures = run(d, twin, fault::script());
  MESSAGE(failures << " allocations failed");
  CHECK(failures > 500);
}

TEST_CASE("whichever allocation fails, nothing has changed and the next command works: in a file") {
  const conformance::temporary_file place;
  tocsin::desk twin = office::open();
  tocsin::desk d =
      office::open(tocsin::open_sqlite_store({.path = place.path(), .durability = tocsin::durability::normal}));
  const std::int64_t failures = run(d, twin, fault::short_script());
  MESSAGE(failures << " allocations failed");
  CHECK(failures > 500);
}

TEST_CASE("whichever allocation fails on a fork or on the parent of one, nothing has changed") {
  tocsin::desk parent = office::open();
  tocsin::desk twin = office::open();
  const auto& all = fault::short_script();
  for (std::size_t i = 0; i < 8; ++i) fault::take(parent, all[i]);
  const tocsin::desk fork = parent.fork();
  tocsin::desk other = parent.fork();
  const std::string forked = office::picture_of(fork);
  for (std::size_t i = 8; i < all.size(); ++i) {
    if (all[i].is_object() && all[i]["command"] == "purge_records") continue;  // would take it from under the forks
    for (tocsin::desk* d : {&parent, &other}) {
      const std::string before = office::picture_of(*d);
      for (std::int64_t n = 1;; n = next_try(n)) {
        std::string why;
        const outcome got = take_with_failure(*d, all[i], n, why);
        CAPTURE(n);
        CAPTURE(why);
        CAPTURE(all[i].dump());
        REQUIRE(got != outcome::other);
        if (got == outcome::done) break;
        REQUIRE(office::picture_of(*d) == before);
      }
    }
  }
  CHECK(office::picture_of(fork) == forked);
  CHECK(office::journal_of(parent) == office::journal_of(other));
  parent.verify();
  other.verify();
}

TEST_CASE("whichever allocation fails while a calendar is compiled or asked, the next try works") {
  const std::string_view document = R"({"key":"c","zone":"Europe/Berlin","weekly":[{"days":["monday","friday"],
      "start":"09:00","end":"17:00"}],"holidays":[{"month":12,"day":25,"to_year":1999}]})";
  const auto ask = [&] {
    tocsin::business_calendar_definition definition;
    tocsin::read_object(document, tocsin::business_calendar_definition::fields(), &definition, {}, "a calendar");
    const auto calendar = tocsin::business_calendar::compile(definition);
    return tocsin::answer_question(calendar, R"({"operation":"add","at":"2026-11-20T15:30:00Z","duration":"PT2H"})");
  };
  const std::string expected = ask();
  bool failed = true;
  for (std::int64_t n = 1; failed; n += 1 + n / 50) {
    std::string answer;
    failed = false;
    allocations_until_failure = n;
    try {
      answer = ask();
    } catch (const std::bad_alloc&) {
      failed = true;
    }
    failed |= allocations_until_failure == 0;
    allocations_until_failure = 0;
    CHECK((answer == expected || answer.empty()));
    CHECK(ask() == expected);
  }
}

#if defined(__GLIBC__)
TEST_CASE("what a desk says of its memory is what it asked the allocator for, within a quarter") {
  tocsin::desk_options options;
  options.text_index = true;
  tocsin::desk d = office::furnished(tocsin::make_memory_store(), options);
  const auto counted_bytes = [&] {
    const std::string document = tocsin::memory_document(d);
    return office::json::parse(document)["bytes"].get<std::int64_t>();
  };
  const auto log = [&](int n) {
    office::tell(d, office::log("2026-11-23T08:00:00Z", {{"title", "Printer " + std::to_string(n) + " is out of toner"},
                                                         {"description", std::string(400, 'x')},
                                                         {"caller", "carla"},
                                                         {"category", "disk"}}));
  };
  for (int n = 0; n < 100; ++n) log(n);
  const std::int64_t taken_before = bytes_taken;
  const std::int64_t counted_before = counted_bytes();
  for (int n = 100; n < 3000; ++n) log(n);
  const std::int64_t taken = bytes_taken - taken_before;
  const std::int64_t counted = counted_bytes() - counted_before;
  INFO("taken " << taken << ", counted " << counted);
  CHECK(counted > taken * 3 / 4);
  CHECK(counted < taken * 5 / 4);
}
#endif
