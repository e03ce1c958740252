// Zone data with one zone, "Test/Zone", as a host would hand it in: what scripts/generate_zones.py packs.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/time/civil.hpp>
#include <tocsin/time/instant.hpp>

namespace zone_pack {

inline void put(std::string& to, std::uint64_t value) {
  for (; value >= 0x80; value >>= 7) to += static_cast<char>((value & 0x7F) | 0x80);
  to += static_cast<char>(value);
}

inline void put_text(std::string& to, std::string_view text) {
  put(to, text.size());
  to += text;
}

inline std::string base64(std::string_view bytes) {
  constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  unsigned bits = 0;
  int count = 0;
  for (const char c : bytes) {
    bits = bits << 8 | static_cast<unsigned char>(c);
    for (count += 8; count >= 6; count -= 6) text += digits[bits >> (count - 6) & 63];
  }
  if (count != 0) text += digits[bits << (6 - count) & 63];
  while (text.size() % 4 != 0) text += '=';
  return text;
}

// Whole hours east of UTC, one more than there are transitions, which come at whole hours.
inline std::string text(std::string_view version, const std::vector<int>& offsets_s,
                        const std::vector<tocsin::instant>& transitions) {
  std::string pack = "TZPK\x01";
  put_text(pack, version);
  put(pack, 2);
  put_text(pack, "TST");
  put_text(pack, "TST-" + std::to_string(offsets_s.back() / 3600));
  put(pack, offsets_s.size());
  for (const int offset_s : offsets_s) {
    put(pack, static_cast<std::uint64_t>(offset_s) * 2);
    pack += '\0';
    put(pack, 0);
  }
  std::string zone;
  put(zone, 1);
  put(zone, 0);
  put(zone, transitions.size());
  std::int64_t from_s = tocsin::days_from_civil({1899, 12, 30}) * 86'400;
  for (std::size_t i = 0; i < transitions.size(); ++i) {
    const std::int64_t at_s = transitions[i].us / 1'000'000;
    put(zone, static_cast<std::uint64_t>((at_s - from_s) / 3600) * 2);
    put(zone, i + 1);
    from_s = at_s;
  }
  put(pack, 1);
  put_text(pack, zone);
  put(pack, 1);
  put_text(pack, "Test/Zone");
  put(pack, 0);
  put(pack, 0);
  return base64(pack);
}

}  // namespace zone_pack
