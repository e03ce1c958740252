// What nearly every test of the core includes, compiled once.
#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <tocsin/desk/desk.hpp>
#include <tocsin/desk/document.hpp>
#include <tocsin/store/memory_store.hpp>
