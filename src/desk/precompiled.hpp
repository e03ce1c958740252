// What nearly every file of the desk's layers includes, compiled once. Each file still includes what it needs: the build with
// clang goes without this, and so do the modules below the desk.
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/base/error.hpp>
#include <tocsin/base/json.hpp>
#include <tocsin/base/json_writer.hpp>
#include <tocsin/base/refusal.hpp>
#include <tocsin/desk/decide.hpp>
#include <tocsin/desk/desk.hpp>
#include <tocsin/desk/fold.hpp>
#include <tocsin/desk/query.hpp>
