// A store for what memory alone costs.
#pragma once

#include <malloc.h>

#include <cstddef>
#include <functional>
#include <optional>
#include <string_view>

#include <tocsin/desk/store.hpp>

namespace bench {

// Forgets everything.
class no_store final : public tocsin::store {
 public:
  tocsin::store_contents load() override { return {}; }
  void commit(const tocsin::store_transaction&) override {}
  bool load_entry(std::uint64_t, tocsin::stored_entry&) const override { return false; }
  void scan_entries(std::uint64_t, std::uint64_t, bool,
                    const std::function<bool(const tocsin::stored_entry&)>&) const override {}
  tocsin::incident_ptr load_closed(std::uint64_t) const override { return nullptr; }
  std::uint64_t find_closed_number(std::uint64_t) const override { return 0; }
  void scan_closed(const tocsin::record_scan&, const std::function<bool(const tocsin::incident_ptr&)>&) const override {
  }
  std::optional<tocsin::purged_record> find_purged(std::uint64_t) const override { return {}; }
  std::optional<tocsin::purged_record> find_purged_number(std::uint64_t) const override { return {}; }
  tocsin::remembered_key find_key(tocsin::person_ref, std::string_view) const override { return {}; }
  std::uint64_t load_cursor(std::string_view) const override { return 0; }
  void save_cursor(std::string_view, std::uint64_t) override {}
  std::uint64_t count_consumers() const override { return 0; }
  void check() const override {}
};

// What malloc has handed out, its own overhead included.
inline std::size_t bytes_in_use() {
  const struct mallinfo2 info = mallinfo2();
  return info.uordblks + info.hblkhd;
}

}  // namespace bench
