// `tocsin DESK import graph FILE...`: services, configuration items and what they need, from another system's files.
#pragma once

#include <arguments.hpp>
#include <session.hpp>

namespace shell {

// The words behind `graph`. An exit status.
int import_graph(session& with, arguments& words, bool dry_run, bool as_json);

}  // namespace shell
