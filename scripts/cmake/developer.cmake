# What only those who work on Tocsin get: warnings as errors, sanitizers, the compiler cache.

if(TOCSIN_DEVELOPER)
  find_program(TOCSIN_CCACHE ccache)
  mark_as_advanced(TOCSIN_CCACHE)
  if(TOCSIN_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    set(CMAKE_C_COMPILER_LAUNCHER ${TOCSIN_CCACHE})
    # What it must not ask of precompiled headers, or it would not cache what uses them.
    set(CMAKE_CXX_COMPILER_LAUNCHER
      ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime ${TOCSIN_CCACHE})
  endif()
endif()

set(TOCSIN_WARNINGS
  -Wall -Wextra -Wpedantic
  -Wcast-align -Wcast-qual -Wconversion -Wdouble-promotion -Wformat=2 -Wimplicit-fallthrough -Wshadow -Wsign-conversion
  -Wundef -Wunused)
set(TOCSIN_WARNINGS_CXX -Wextra-semi -Wnon-virtual-dtor -Wold-style-cast -Woverloaded-virtual)
set(TOCSIN_WARNINGS_C -Wmissing-prototypes -Wstrict-prototypes)
# gcc 12 sees uninitialised values and overlapping copies in the standard library and in nlohmann/json that are none;
# clang looks for real ones. Designated initialisers leave to their defaults what they do not name.
set(TOCSIN_WARNINGS_GNU -Wduplicated-cond -Wlogical-op -Wno-maybe-uninitialized -Wno-restrict -Wno-missing-field-initializers)
# clang shows that the stable_sort of gcc 12's library uses what that library deprecates.
set(TOCSIN_WARNINGS_CLANG -Wno-deprecated-declarations -Wno-missing-field-initializers)

# Warnings are errors, but where a preset says otherwise: what ships must build with the compilers of next year, and
# instrumented code makes gcc warn of what is not there.
if(TOCSIN_DEVELOPER AND NOT DEFINED CMAKE_COMPILE_WARNING_AS_ERROR)
  set(CMAKE_COMPILE_WARNING_AS_ERROR ON)
endif()

function(tocsin_developer_options target)
  if(TOCSIN_PRECOMPILE AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(${target} PRIVATE "$<$<COMPILE_LANGUAGE:CXX>:-fpch-preprocess>")  # for the compiler cache
  endif()
  if(TOCSIN_DEVELOPER AND CMAKE_CXX_COMPILER_ID MATCHES "GNU|Clang")
    target_compile_options(${target} PRIVATE
      ${TOCSIN_WARNINGS}
      "$<$<COMPILE_LANGUAGE:CXX>:${TOCSIN_WARNINGS_CXX}>"
      "$<$<COMPILE_LANGUAGE:C>:${TOCSIN_WARNINGS_C}>"
      "$<$<CXX_COMPILER_ID:GNU>:${TOCSIN_WARNINGS_GNU}>"
      "$<$<CXX_COMPILER_ID:Clang>:${TOCSIN_WARNINGS_CLANG}>")
  endif()
  if(TOCSIN_SANITIZE)
    # The checks of each access through a pointer double the time that everything takes to compile, and a null pointer ends
    # the program without them, too.
    target_compile_options(${target} PRIVATE
      -fsanitize=${TOCSIN_SANITIZE} -fno-sanitize=null,alignment,object-size,vptr -fno-sanitize-recover=all
      -fno-omit-frame-pointer)
    target_link_options(${target} PRIVATE -fsanitize=${TOCSIN_SANITIZE})
  endif()
endfunction()
