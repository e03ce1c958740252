#include <tocsin/knowledge/text_index.hpp>

#include <algorithm>
#include <bit>

namespace tocsin::inline v1 {
namespace {

// ---- the logarithm, by integers alone

constexpr unsigned fraction_bits = 40;

// log2 in units of 2^-40, of a number above 0: the place of the top bit, then a bit for each squaring.
std::uint64_t log2_of(std::uint64_t number) {
  const auto whole = static_cast<unsigned>(std::bit_width(number)) - 1;
  std::uint64_t mantissa = whole > 31 ? number >> (whole - 31) : number << (31 - whole);  // 1 to 2, in 2^-31
  std::uint64_t result = std::uint64_t{whole} << fraction_bits;
  for (unsigned bit = fraction_bits; bit-- > fraction_bits - 30;) {
    mantissa = (mantissa * mantissa) >> 31;
    if (mantissa >> 32 == 0) continue;
    result |= std::uint64_t{1} << bit;
    mantissa >>= 1;
  }
  return result;
}

constexpr std::uint64_t ln2_in_millionths = 693'147;

std::uint64_t ln_in_millionths(std::uint64_t log2) { return (log2 >> 20) * ln2_in_millionths >> 20; }

}  // namespace

bm25::bm25(std::uint64_t texts, std::uint64_t words)
    : texts_(texts), average_(std::max<std::uint64_t>(texts == 0 ? 0 : words * 256 / texts, 256)) {}

std::uint64_t bm25::rarity(std::uint64_t having) const {
  return ln_in_millionths(log2_of(2 * texts_ + 2) - log2_of(2 * having + 1));
}

}  // namespace tocsin::inline v1
