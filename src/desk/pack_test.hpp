// The tests that a pack brings along: scenarios that are played on an empty desk with its definitions before it is
// published.
#pragma once

#include <functional>

#include <tocsin/desk/commands.hpp>
#include <tocsin/desk/desk.hpp>

namespace tocsin::inline v1 {

// `rehearsal` makes an empty desk with the definitions that are in force. Throws `pack.test_failed` for the first test
// that does not come out as it says, naming step, path, what was found and what was expected.
void run_pack_tests(const publish& pack, const std::function<desk()>& rehearsal);

}  // namespace tocsin::inline v1
