// The one main of a doctest program. It takes the locale of the environment on, for C and for C++, so that a run under
// LC_ALL=de_DE.UTF-8 shows whether anything of ours lets a host's locale into a number, a date or an order.
#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include <cstdlib>
#include <iostream>
#include <locale>
#include <stdexcept>

namespace {

// False when LC_ALL names a locale that is not there: a hostile run must not pass because it was none.
bool adopt_environment_locale() {
  try {
    std::locale::global(std::locale(""));
    return true;
  } catch (const std::runtime_error&) {
    const char* asked = std::getenv("LC_ALL");
    if (asked == nullptr || *asked == '\0') return true;
    std::cerr << "LC_ALL asks for the locale " << asked << ", which is not installed\n";
    return false;
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (!adopt_environment_locale()) return 1;
  return doctest::Context(argc, argv).run();
}
